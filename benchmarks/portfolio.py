"""The portfolio at full size: its figures against bare SQL, its page against the small register.

On the registers of `reported.py`: four occurrences a measure and three reports.
"""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import register
from benchmarks.filling import COORDINATOR
from benchmarks.reported import reported
from benchmarks.results import Row, Scale, Telling
from comity.accounts.models import User
from comity.audit.kept import Kept
from comity.portfolio.queries.figures import counted
from comity.portfolio.queries.history import calibrated, learnt

TITLE = "Portfolio"
READERS = {"nobody": None, "coordinator": COORDINATOR}
MOST_GROWTH, MOST_QUERIES, MOST_OVER_BARE = 1.5, 12, 2
#: The same figures, asked of the table as directly as can be.
BARE = """
SELECT programme_id,
  COUNT(*) FILTER (WHERE done_on <= %(day)s AND NOT given_up),
  COUNT(*) FILTER (WHERE done_on <= %(day)s AND NOT given_up AND done_on > due_on),
  COUNT(*) FILTER (WHERE done_on <= %(day)s AND given_up),
  COUNT(*) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND due_on < %(day)s),
  COUNT(*) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND due_on >= %(day)s
    AND opens_on <= %(day)s),
  COUNT(*) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND due_on >= %(day)s
    AND opens_on > %(day)s),
  COUNT(*) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND disputed_since <= %(day)s),
  COUNT(*) FILTER (WHERE COALESCE(first_due_on, due_on) < %(day)s
    AND NOT (given_up AND done_on <= %(day)s)),
  COUNT(*) FILTER (WHERE COALESCE(first_due_on, due_on) < %(day)s
    AND done_on <= COALESCE(first_due_on, due_on) AND NOT given_up),
  COUNT(*) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND due_on >= %(day)s
    AND first_due_on < %(day)s),
  MIN(due_on) FILTER (WHERE (done_on IS NULL OR done_on > %(day)s) AND due_on >= %(day)s)
FROM programmes_occurrence WHERE NOT withdrawn GROUP BY programme_id
"""


def measure(scale: Scale, telling: Telling) -> list[Row]:
    small, large = (reported(size, telling) for size in (scale.small, scale.large))
    told = telling.begin("Counting and asking", 2 + len(READERS))
    at = f"{scale.large:,} measures"
    rows = [_figures(large, at), *_learning(large, at)]
    told(2)
    for reader, email in READERS.items():
        growth = _page((small, large), reader, email, 3 * scale.rounds)
        rows.append(replace(growth, at=at))
        told(1)
    return rows


def _figures(large: Path, at: str) -> Row:
    register.use(large)
    today, ours, bare = timezone.localdate(), [], []
    for _ in range(5):
        bare.append(_seconds(lambda: _ask_bare(today)))
        ours.append(_seconds(lambda: counted(today)))
    ratio = median(ours) / median(bare)
    return Row(
        "its figures from scratch",
        at,
        f"≤ {MOST_OVER_BARE} × the bare SQL aggregate",
        f"{ratio:.2f} × ({median(ours):.2f} s against {median(bare):.2f} s)",
        ratio <= MOST_OVER_BARE,
    )


def _ask_bare(day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"day": day.isoformat()})
        cursor.fetchall()


def _learning(large: Path, at: str) -> list[Row]:
    """Once a day, for the first who asks; told for the record."""
    register.use(large)
    kept, today = Kept(), timezone.localdate()
    parts = {"what is at risk, learnt": learnt, "its calibration": calibrated}
    return [
        Row(name, at, "", f"{_seconds(lambda: part(kept, today)):.1f} s, once a day", None)  # noqa: B023  # called at once
        for name, part in parts.items()
    ]


def _page(both: tuple[Path, Path], reader: str, email: str | None, rounds: int) -> Row:
    """Made anew, as after an hour: what is kept of the whole register stays until a write."""
    small, large = both
    seconds: dict[Path, list[float]] = {small: [], large: []}
    queries = 0
    for path in (small, large):
        register.use(path)
        client = _client(email)
        client.get("/portfolio/")  # which warms up, too
        with CaptureQueriesContext(connection) as asked:
            caches["pages"].clear()
            client.get("/portfolio/")
        queries = max(queries, len(asked))
    for _turn in range(rounds):
        for path in (small, large):
            register.use(path)
            client = _client(email)
            client.get("/bare/1/")  # opens the database
            caches["pages"].clear()
            gc.collect()  # what the test client leaves in rings, which a server does not
            seconds[path].append(_seconds(lambda: client.get("/portfolio/")))  # noqa: B023  # called at once
    growth = quantiles(seconds[large], n=20)[-1] / quantiles(seconds[small], n=20)[-1]
    return Row(
        f"the page, {reader}",
        "",
        f"p95 ≤ {MOST_GROWTH} × that at {10_000:,} measures, ≤ {MOST_QUERIES} queries",
        f"p95 {growth:.2f} ×, median {median(seconds[large]) * 1000:.0f} ms, {queries} queries",
        growth <= MOST_GROWTH and queries <= MOST_QUERIES,
    )


def _client(email: str | None) -> Client:
    client = Client(SERVER_NAME="localhost")
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def _seconds(act: Callable[[], object]) -> float:
    started = process_time()
    act()
    return process_time() - started
