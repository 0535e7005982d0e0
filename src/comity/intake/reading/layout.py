"""The columns of a table as understood, and what holds for every table of measures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from comity.intake.reading import deadlines
from comity.intake.reading.grid import Cell, Table
from comity.intake.reading.model import Column, ColumnRole
from comity.intake.reading.text import flat, fold

R = ColumnRole
NUMBER_LIKE = re.compile(
    r"\(?(?:[A-ZА-ЯЁІ]{0,3}[-.]?\d{1,4}(?:[.\-–]\d{1,3}){0,4}\.?[а-яa-zА-ЯA-Z]?|"
    r"[IVXІХ]{1,5}|[A-Za-zА-Яа-я])[.)]{0,2}\s*\Z"
)
MARK = re.compile(r"\s*[xхXХ+✓✔√vV*●■▪•]\s*\Z")
FUNDING_ROLES = frozenset(
    {R.FUNDING, R.FUNDING_SOURCE, R.FUNDING_TOTAL, R.FUNDING_YEAR, R.CURRENCY}
)
DUE_ROLES = frozenset({R.DUE, R.DUE_START, R.DUE_END})


@dataclass(slots=True)
class Layout:
    """The columns of a table as understood."""

    columns: dict[int, Column]
    headings: dict[int, str] = field(default_factory=dict)
    header: tuple[int, ...] = ()
    width: int = 0
    lines: tuple[tuple[str, ...], ...] = ()
    """What each row of the header says, to know it again."""
    marked: frozenset[int] = frozenset()
    """Columns whose heading is a time and whose cells are ticks."""

    def first(self, role: ColumnRole) -> int | None:
        return next((at for at, column in self.columns.items() if column.role is role), None)

    def of(self, *roles: ColumnRole) -> list[int]:
        return [at for at, column in self.columns.items() if column.role in roles]

    def signature(self) -> tuple[str, ...]:
        return tuple(fold(text) for _, text in sorted(self.headings.items()))


def keeps_to(row: Iterable[Cell], layout: Layout) -> bool:
    """Whether a row has a number or a time where a layout has them."""
    number, dues = layout.first(R.NUMBER), layout.of(*DUE_ROLES)
    texts = {cell.column: flat(cell.text) for cell in row if cell.text.strip()}
    if len(texts) < 2:
        return False
    numbered = number in texts and NUMBER_LIKE.match(texts[number or 0]) is not None
    return numbered or any(deadlines.likeness(texts[at]) for at in dues if at in texts)


def with_overrides(
    layout: Layout | None, chosen: dict[int, Column], table: Table, header: tuple[int, ...]
) -> Layout:
    """The layout with the columns that a person set; the others stay as understood."""
    base = layout or Layout({}, header=header, width=table.width)
    unique = {
        column.role for column in chosen.values()
        if column.role in (R.NUMBER, R.TITLE, R.EXPECTED_RESULT, R.DUE)
    }  # fmt: skip
    columns = {
        at: Column(R.OTHER) if column.role in unique and at not in chosen else column
        for at, column in base.columns.items()
    }
    columns.update(chosen)
    return replace(base, columns=dict(sorted(columns.items())))
