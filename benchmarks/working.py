"""Pages of those who report, verify and coordinate.

Asked for as the other pages are (see `pages.py`), on the registers of
`reported.py`: four occurrences a measure and three reports.
"""

from typing import Any

from benchmarks.filling import COORDINATOR
from benchmarks.pages import MOST_GROWTH, MOST_QUERIES, Measured, timed
from benchmarks.reported import REPORTER, VERIFIER, reported
from benchmarks.results import Row, Scale, Telling
from comity.programmes.models import Measure, Programme
from comity.reporting.models import Report

TITLE = "My work, programmes and reports"
#: Kinds of pages by who asks for them.
WANTED: dict[tuple[str, str], dict[str, tuple[str, type[Any] | None]]] = {
    ("reporter", REPORTER): {"my work": ("/work/", None)},
    ("verifier", VERIFIER): {"my work": ("/work/", None)},
    ("coordinator", COORDINATOR): {
        "my work": ("/work/", None),
        "a programme": ("/programmes/{id}/", Programme),
        "a measure": ("/measures/{id}/", Measure),
        "its reports": ("/reports/of-measure/{id}/", Measure),
        "a report": ("/reports/{id}/", Report),
    },
}


def measure(scale: Scale, telling: Telling) -> list[Row]:
    small, large = (reported(size, telling) for size in (scale.small, scale.large))
    told = telling.begin("Asking for pages of work", sum(map(len, WANTED.values())))
    rows = []
    for (reader, email), pages in WANTED.items():
        asked = timed(
            small, large, rounds=3 * scale.rounds, told=told, readers={reader: email}, pages=pages
        )
        rows += [_row(one, scale) for one in asked]
    return rows


def _row(one: Measured, scale: Scale) -> Row:
    queries = max(one.small_anew.queries, one.large_anew.queries)
    return Row(
        what=f"{one.page}, {one.reader}",
        at=f"{scale.large:,} measures",
        reach=f"p95 ≤ {MOST_GROWTH} ×, ≤ {MOST_QUERIES} queries",
        measured=f"p95 {one.growth:.2f} × ({one.large_anew.median * 1000:.0f} ms; "
        f"{one.weight_anew:.1f} × bare), {queries} queries",
        met=one.growth <= MOST_GROWTH and queries <= MOST_QUERIES,
    )
