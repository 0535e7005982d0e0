"""The facts of the example, as their files have them."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from comity.forum.actions import NewEdition, NewFigure
from comity.lib.languages import LANGUAGES
from comity.lib.partial_dates import parse_partial
from comity.territories.models import Territory

DATA = Path(__file__).parent / "data"
#: The edition at which the facts of the case were told.
CASE_TOLD_AT = 4


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the example's tables."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def editions(territories: dict[str, Territory]) -> Iterator[NewEdition]:
    """The editions of the forum with every figure that sources state, first edition first."""
    figures = {
        int(number): [_figure(row) for row in stated]
        for number, stated in groupby(rows("forum_figures"), lambda row: row["edition"])
    }
    figures[CASE_TOLD_AT] = [*figures.get(CASE_TOLD_AT, []), *_case_facts()]
    for row in rows("forum_editions"):
        start, _slash, end = row["dates"].partition("/")
        first, last = parse_partial(start), parse_partial(end or start)
        number = int(row["edition"])
        yield NewEdition(
            number=number,
            start=first.first,
            end=last.last,
            precision=first.precision,
            host=territories[row["host_country"]],
            place={language: row[f"place_{language}"] for language in LANGUAGES},
            theme={language: row[f"theme_{language}"] for language in LANGUAGES},
            sources=row["sources"].split(),
            figures=figures.get(number, []),
        )


def _case_facts() -> Iterator[NewFigure]:
    """What the report on the plenary session of one edition tells of the case."""
    source = ""
    for row in rows("case_facts"):
        source = source if row["source"] == "same report" else row["source"]
        figure = " ".join(filter(None, (row["value"], row["unit"])))
        stated = ": ".join(filter(None, (row["subject"], row["fact"], figure)))
        yield NewFigure("other", f"{stated} ({row['as_of']})", "reported", [source])


def _figure(row: dict[str, str]) -> NewFigure:
    return NewFigure(
        subject=row["figure"],
        as_stated=row["as_stated"],
        status=row["status"] or "reported",
        sources=row["sources"].split(),
        amount=Decimal(row["value"]) if row["value"] else None,
        currency=row["currency"],
    )


def years(start: str, end: str) -> tuple[date | None, date | None]:
    """The first day of one year and the last day of another, as far as they are stated."""
    return (
        date(int(start), 1, 1) if start else None,
        date(int(end), 12, 31) if end else None,
    )
