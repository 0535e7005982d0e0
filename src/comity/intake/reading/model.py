"""What a reading gives: measures, texts that were not placed, and how tables were understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from comity.intake.reading.grid import Cell
from comity.intake.reading.messages import ReadingWarning

Place = Mapping[str, int]
"""Where a text stands: table, row and column, or paragraph."""


class ColumnRole(StrEnum):
    """What a column of a table of measures holds."""

    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    DUE = "due"
    DUE_START = "due_start"
    DUE_END = "due_end"
    RESPONSIBLE = "responsible"
    EXPECTED_RESULT = "expected_result"
    FUNDING = "funding"
    FUNDING_SOURCE = "funding_source"
    FUNDING_TOTAL = "funding_total"
    FUNDING_YEAR = "funding_year"
    CURRENCY = "currency"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's role; for the responsible bodies also their side (ISO 3166-1 code)."""

    role: ColumnRole
    side: str | None = None

    def __str__(self) -> str:
        return f"{self.role.value}:{self.side}" if self.side else self.role.value

    @classmethod
    def parse(cls, text: str) -> "Column":
        """The column written as "title" or "responsible:BY"; ValueError for an unknown role."""
        role, _, side = text.partition(":")
        return cls(ColumnRole(role), side or None)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `season` is the part of the year ("MM-DD", "MM-DD") of a recurring one."""

    text: str
    kind: str
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    season: tuple[str, str] | None = None

    def as_contract(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "kind": self.kind,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "recurrence": self.recurrence,
        }


@dataclass(frozen=True, slots=True)
class Body:
    """A responsible body as the document names it, with the side it stands on."""

    text: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """Money: the text, and where it can be told the amount in whole units of the currency."""

    text: str
    amount: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """One measure."""

    number: str | None
    section: str | None
    title: str
    due: Due
    responsible: tuple[Body, ...] = ()
    expected_result: str | None = None
    funding: Funding | None = None
    source_cells: tuple[Place, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()

    def as_contract(self) -> dict[str, Any]:
        money = self.funding
        return {
            "number": self.number,
            "section": self.section,
            "title": self.title,
            "due": self.due.as_contract(),
            "responsible": [{"text": body.text, "side": body.side} for body in self.responsible],
            "expected_result": self.expected_result,
            "funding": money
            and {"text": money.text, "amount": money.amount, "currency": money.currency},
            "source_cells": [dict(place) for place in self.source_cells],
            "warnings": [str(warning) for warning in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A text of the document that is in no measure and no section."""

    text: str
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table of the source and how its columns were understood (empty: not as measures)."""

    index: int
    label: str
    rows: Sequence[Sequence[Cell]]
    header_rows: tuple[int, ...] = ()
    columns: Mapping[int, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read."""

    name: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one file."""

    source: Source
    title: str | None
    period: tuple[date, date] | None
    language: str
    measures: tuple[MeasureRead, ...]
    unplaced: tuple[Unplaced, ...]
    warnings: tuple[ReadingWarning, ...]
    tables: tuple[SourceTable, ...]

    def as_contract(self) -> dict[str, Any]:
        """The JSON of the intake contract, as plain dicts and lists."""
        period = self.period
        return {
            "source": {
                "name": self.source.name,
                "format": self.source.format,
                "sha256": self.source.sha256,
            },
            "title": self.title,
            "period": period and {"start": period[0].isoformat(), "end": period[1].isoformat()},
            "measures": [measure.as_contract() for measure in self.measures],
            "unplaced": [
                {"text": text.text, "where": None if text.where is None else dict(text.where)}
                for text in self.unplaced
            ],
            "warnings": [str(warning) for warning in self.warnings],
        }
