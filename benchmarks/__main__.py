"""Measures and writes the results into docs/performance.md.

    python -m benchmarks                      every section, at full size (`make bench`)
    python -m benchmarks pages import         some of them
    python -m benchmarks --size small         goes through the motions; writes nothing

A section is a module of this package with a `TITLE` and a function
`measure(scale: Scale, telling: Telling) -> Sequence[Row]` (see `results.py`). It is named in
`SECTIONS` below and has its place in docs/performance.md, between `<!-- name -->` and
`<!-- /name -->`. One that needs a generated register asks `register.generated(10_000, telling)`
for it, which gives the path of an SQLite file, and `register.use(path)` to work on it; that
register is shared by all, so a section that writes takes a copy (`register.copied(path)`).
Django is set up when `measure` is called, so models are imported inside functions or after
`register.begin()`; modules that `__main__` imports late, as it does sections, may do it at the top.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks import register
from benchmarks.results import SCALES, Row, Telling, write

#: Sections by name, in the order in which they run: each is a module of this package.
SECTIONS = {
    "pages": "pages",
    "work": "working",
    "search": "searching",
    "intake": "reading",
    "import": "importing",
    "reports": "issuing",
    "writers": "writing",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="How fast, how large."
    )
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--size", choices=SCALES, default="full")
    asked = parser.parse_args()
    unknown = [name for name in asked.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no section is called {', '.join(unknown)}")
    scale, console = SCALES[asked.size], Console(stderr=True)
    register.begin()
    missed = 0
    for name in asked.sections or SECTIONS:
        if find_spec(f"benchmarks.{SECTIONS[name]}") is None:
            console.print(f"{name}: nothing measures it yet")
            continue
        section = import_module(f"benchmarks.{SECTIONS[name]}")
        with _telling(console) as telling:
            rows = section.measure(scale, telling)
        _show(section.TITLE, rows)
        missed += sum(row.met is False for row in rows)
        if scale.name == "full":
            write(name, rows)
    return 1 if missed and scale.name == "full" else 0


@contextmanager
def _telling(console: Console) -> Iterator[Telling]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:

        def begin(label: str, steps: int):  # noqa: ANN202  # as Telling says
            task = bars.add_task(label, total=steps)
            return lambda done: bars.advance(task, done)

        yield Telling(begin)


def _show(title: str, rows: Sequence[Row]) -> None:
    shown = Table("what", "at", "reach", "measured", "met", title=title)
    marks = {True: "yes", False: "NO", None: ""}
    for row in rows:
        shown.add_row(row.what, row.at, row.reach, row.measured, marks[row.met])
    Console().print(shown)


if __name__ == "__main__":
    sys.exit(main())
