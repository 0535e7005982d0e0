"""The list of files: how each is made, and what has to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class Case:
    """A file, by what it is; `refused` is the code of the refusal, else so many measures are read.

    One that `is_uploaded` can also come through a browser: a folder, or a file that is not there,
    cannot.
    """

    name: str
    make: Make
    refused: str | None
    measures: int
    is_uploaded: bool


CASES: list[Case] = []


def refused(code: str, *, uploaded: bool = True) -> Callable[[Make], Make]:
    """A file that is refused with this code of `reading.messages.REFUSALS`."""
    return _listed(code, 0, uploaded=uploaded)


def read(measures: int, *, uploaded: bool = True) -> Callable[[Make], Make]:
    """A file in which so many measures are found."""
    return _listed(None, measures, uploaded=uploaded)


def _listed(code: str | None, measures: int, *, uploaded: bool) -> Callable[[Make], Make]:
    def listed(make: Make) -> Make:
        CASES.append(Case(make.__name__, make, code, measures, uploaded))
        return make

    return listed
