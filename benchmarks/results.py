"""What a section of the benchmarks gives, and how docs/performance.md shows it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the results: what was measured, at what size, what to reach, what came out."""

    what: str
    at: str
    reach: str
    measured: str
    #: None for a figure that is told without a limit of its own.
    met: bool | None


@dataclass(frozen=True, slots=True)
class Scale:
    """How large everything is: `--size full` is what counts, `small` goes through the motions."""

    name: str
    #: Measures of the register at full size, and of the one that it is compared with.
    large: int
    small: int
    #: How often each thing is timed.
    rounds: int
    #: How long the clients write and read, in seconds.
    seconds: int


SCALES = {
    "small": Scale("small", large=20_000, small=10_000, rounds=5, seconds=5),
    "middle": Scale("middle", large=100_000, small=10_000, rounds=20, seconds=20),
    "full": Scale("full", large=1_000_000, small=10_000, rounds=20, seconds=60),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """How a section tells where it is: a bar for each thing that takes longer than a moment."""

    #: Begins a bar of so many steps; gives what to call with the steps that were taken.
    begin: Callable[[str, int], Callable[[int], object]]


class Section(Protocol):
    """A module of this package that measures one subject."""

    TITLE: str

    @staticmethod
    def measure(scale: Scale, telling: Telling) -> Sequence[Row]: ...


def table(rows: Sequence[Row]) -> str:
    lines = ["| what | at | reach | measured | met |", "| --- | --- | --- | --- | --- |"]
    marks = {True: "yes", False: "**no**", None: ""}
    for row in rows:
        lines.append(f"| {row.what} | {row.at} | {row.reach} | {row.measured} | {marks[row.met]} |")
    return "\n".join(lines)


def write(section: str, rows: Sequence[Row], document: Path = DOCUMENT) -> None:
    """Puts the table of a section in its place, between its two marks in the document."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    text = document.read_text("utf-8")
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not place.search(text):
        raise LookupError(f"{document.name} has no place for {section}: {begin} … {end}")
    document.write_text(place.sub(lambda _m: f"{begin}\n{table(rows)}\n{end}", text), "utf-8")
