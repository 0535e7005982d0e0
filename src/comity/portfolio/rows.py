"""Programmes as the portfolio shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from comity.portfolio.queries.figures import NOTHING, Figures
from comity.portfolio.queries.whole import Sides
from comity.programmes.drawing import Stretch
from comity.programmes.models import Programme
from comity.territories.models import Territory
from insight.shares import Share, shares


class Side(NamedTuple):
    """A side of a programme as its name tells of it."""

    territory: Territory


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme with its figures; `at_risk` is None for those who have no part in it."""

    programme: Programme
    sides: list[Side]
    figures: Figures
    share: Share
    at_risk: int | None = None

    @property
    def bar(self) -> list[Stretch]:
        return bar(self.figures)


def rows_of(
    ids: Sequence[int],
    sides: Sides,
    places: Mapping[int, Territory],
    figures: Mapping[int, Figures],
    at_risk: Mapping[int, int],
) -> list[ProgrammeRow]:
    """Rows in the order of the ids; one query."""
    known = Programme.objects.in_bulk(ids)
    shown = [figures.get(pk, NOTHING) for pk in ids]
    told = shares([one.on_time for one in shown], [one.fallen for one in shown])
    return [
        ProgrammeRow(
            known[pk],
            [Side(places[place]) for place in sides.get(pk, ())],
            one,
            share,
            at_risk.get(pk),
        )
        for pk, one, share in zip(ids, shown, told, strict=True)
    ]


def bar(figures: Figures) -> list[Stretch]:
    """The coloured pieces of a progress bar; what is not yet due stays empty."""
    pieces, x = [], 0.0
    for name in ("done", "due", "overdue"):
        number: int = getattr(figures, name)
        width = round(100 * number / figures.total, 2) if figures.total else 0.0
        if width:
            pieces.append(Stretch(name, round(x, 2), width))
            x += width
    return pieces
