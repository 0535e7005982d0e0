"""The list of files: how each is made, and what has to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Make = Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class Case:
    """A file, by what it is; `refused` is the code of the refusal, else so many measures are read.

    One that `is_uploaded` can also come through a browser: a folder, or a file that is not there,
    cannot. One that `is_endless` would be read for longer than anybody waits.
    """

    name: str
    make: Make
    refused: str | None
    measures: int = 0
    is_uploaded: bool = True
    is_endless: bool = False


CASES: list[Case] = []


def refused(code: str, *, uploaded: bool = True) -> Callable[[Make], Make]:
    """A file that is refused with this code of `reading.messages.REFUSALS`."""
    return _listed(refused=code, is_uploaded=uploaded)


def endless(make: Make) -> Make:
    """A file that would be read for longer than anybody waits."""
    return _listed(refused="too_slow", is_endless=True)(make)


def read(measures: int, *, uploaded: bool = True) -> Callable[[Make], Make]:
    """A file in which so many measures are found."""
    return _listed(refused=None, measures=measures, is_uploaded=uploaded)


def _listed(**told: Any) -> Callable[[Make], Make]:
    def listed(make: Make) -> Make:
        CASES.append(Case(make.__name__, make, **told))
        return make

    return listed
