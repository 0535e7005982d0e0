"""Measures into the register as an import brings them, against a bare `executemany` of its rows.

Both go on in turn, a programme at a time: the register takes it in, then every row that this wrote
into any table goes by `executemany` into the same table of a second register, in one transaction
as well.
"""

import gc
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from benchmarks import register
from benchmarks.filling import Ground, bring_in, lay_ground, new_measures
from benchmarks.generated import GeneratedProgramme, Size, programmes
from benchmarks.results import Row, Scale, Telling
from comity.lib.environment import sqlite_database
from comity.programmes.rows import NewMeasure

TITLE = "Import into the register"
LEAST_SHARE = 0.25
#: How much slower per measure the last tenth may be than the first, to be called linear.
MOST_SLOWING = 1.5


#: Every table that an import adds rows to; what triggers keep beside them follows by itself.
TABLES = (
    "programmes_programme", "programmes_programmeside", "programmes_section", "programmes_measure",
    "programmes_responsibility", "programmes_occurrence", "audit_event", "audit_entry",
    "search_entry", "search_term",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Processor seconds that a programme's measures took: to import, and for their rows alone."""

    measures: int
    imported: float
    bare: float


def measure(scale: Scale, telling: Telling) -> list[Row]:
    imported, bare = (register.FOLDER / f"{name}.sqlite3" for name in ("import", "bare"))
    for database in (imported, bare):
        register.forget(database)
    size = Size.of(scale.large)
    register.use(imported)
    ground = lay_ground(size)
    gc.collect()
    gc.freeze()  # what this script keeps is not for the import to walk through
    register.settled(imported)
    shutil.copyfile(imported, bare)
    told = telling.begin("Importing", scale.large)
    spent: list[Step] = []
    with closing(_opened(imported)) as source, closing(_opened(bare)) as target:
        for one in programmes(size):
            rows = new_measures(one, ground)
            spent.append(Step(len(rows), _import(one, ground, rows), _repeat(source, target)))
            told(len(rows))
    for database in (imported, bare):
        register.forget(database)
    return _rows(spent, scale)


def _import(one: GeneratedProgramme, ground: Ground, rows: Sequence[NewMeasure]) -> float:
    started = process_time()
    bring_in(one, ground, rows)
    return process_time() - started


def _repeat(source: sqlite3.Connection, target: sqlite3.Connection) -> float:
    """Brings the rows that the second register lacks into it, and tells how long that took."""
    new = {table: _missing(table, source, target) for table in TABLES}
    started = process_time()
    target.execute("BEGIN IMMEDIATE")
    for table, rows in new.items():
        if rows:
            places = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
    target.execute("COMMIT")
    return process_time() - started


def _missing(table: str, source: sqlite3.Connection, target: sqlite3.Connection) -> list[tuple]:
    last = f"SELECT coalesce(max(rowid), 0) FROM {table}"  # noqa: S608  # our own tables
    last_id = "SELECT coalesce(max(id), 0) FROM search_entry WHERE id < ?"
    if table == "search_entry":  # kinds share it, each with ids of its own
        return [
            row
            for first, beyond in ((10**12, 2 * 10**12), (2 * 10**12, 3 * 10**12))
            for row in source.execute(
                "SELECT * FROM search_entry WHERE id > ? AND id < ?",
                (max(first, *target.execute(last_id, (beyond,)).fetchone()), beyond),
            )
        ]
    return source.execute(
        f"SELECT * FROM {table} WHERE rowid > ?",  # noqa: S608
        target.execute(last).fetchone(),
    ).fetchall()


def _opened(database: Path) -> sqlite3.Connection:
    """A connection with the settings that the register has."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript(str(sqlite_database(database)["OPTIONS"]["init_command"]))
    return connection


def _rows(steps: Sequence[Step], scale: Scale) -> list[Row]:
    measures = sum(step.measures for step in steps)
    imported, bare = sum(step.imported for step in steps), sum(step.bare for step in steps)
    tenth = max(1, len(steps) // 10)
    first, last = (_each(some) for some in (steps[:tenth], steps[-tenth:]))
    share, slowing = bare / imported, last / first
    at = f"{scale.large:,} measures"
    return [
        Row(
            "import into the register",
            at,
            f"≥ {LEAST_SHARE:.0%} of the rate of a bare executemany",
            f"{share:.0%} ({measures / imported:,.0f} against {measures / bare:,.0f} a second)",
            share >= LEAST_SHARE,
        ),
        Row(
            "the last tenth of it",
            at,
            f"linear: ≤ {MOST_SLOWING} × the time of the first tenth",
            f"{slowing:.2f} ×",
            slowing <= MOST_SLOWING,
        ),
    ]


def _each(steps: Sequence[Step]) -> float:
    return sum(step.imported for step in steps) / sum(step.measures for step in steps)
