"""Progress bars and the timeline as numbers; the templates write them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from comity.programmes.due import SETTLED, OccurrenceState
from comity.programmes.models import Occurrence, Programme
from comity.programmes.queries.progress import MeasureState, Tally
from comity.programmes.standing import MeasureRow

#: From left to right.
BAR_ORDER = (MeasureState.DONE, MeasureState.DUE, MeasureState.OVERDUE)
#: More years than this are labelled by steps.
LABELLED = 8
#: Marks that are nearer to each other, in hundredths of the axis, touch on a narrow page.
CLOSE = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a line in hundredths of its whole length."""

    name: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One occurrence on the timeline, where its day is."""

    x: float
    #: A state, or what tells it apart: done after its day, disputed while it is open.
    state: str
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Track:
    """One measure on the timeline."""

    row: MeasureRow
    windows: list[Stretch]
    marks: list[Mark]

    @property
    def is_dense(self) -> bool:
        """Whether its marks would lie on each other where there is little room."""
        places = sorted(mark.x for mark in self.marks)
        return any(later - earlier < CLOSE for earlier, later in pairwise(places))


@dataclass(frozen=True, slots=True)
class Timeline:
    years: list[Stretch]
    today: float | None
    tracks: list[Track]


def bar(tally: Tally) -> list[Stretch]:
    """The coloured pieces of a progress bar; what is not yet due stays empty."""
    pieces, x = [], 0.0
    for state in BAR_ORDER:
        width = round(100 * tally[state] / tally.total, 2) if tally.total else 0
        if width:
            pieces.append(Stretch(str(state), round(x, 2), width))
            x += width
    return pieces


def timeline(programme: Programme, rows: Sequence[MeasureRow], day: date) -> Timeline | None:
    """The measures with a date on an axis of whole years; None if none has a date."""
    standing = {
        row.measure.pk: [o for o in row.measure.occurrences.all() if not o.withdrawn]
        for row in rows
    }
    dated = [occurrence for shown in standing.values() for occurrence in shown]
    if not dated:
        return None
    days = [day for o in dated for day in (o.opens_on, o.due_on)]
    days += [day for day in (programme.start, programme.end) if day]
    axis = _Axis(date(min(days).year, 1, 1), date(max(days).year, 12, 31))
    return Timeline(
        years=axis.years(),
        today=axis.at(day) if axis.start <= day <= axis.end else None,
        tracks=[_track(row, standing[row.measure.pk], axis, day) for row in rows],
    )


def _track(row: MeasureRow, shown: list[Occurrence], axis: "_Axis", day: date) -> Track:
    return Track(
        row,
        [axis.stretch("", o.opens_on, o.due_on) for o in shown],
        [Mark(axis.at(o.due_on), _look(o, day), o) for o in shown],
    )


def _look(occurrence: Occurrence, day: date) -> str:
    state = occurrence.state_on(day)
    if state == OccurrenceState.DONE:
        return "done_late" if occurrence.days_late else str(state)
    is_disputed = state not in SETTLED and occurrence.is_disputed_on(day)
    return "disputed" if is_disputed else str(state)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    end: date

    def at(self, day: date) -> float:
        return round(100 * (day - self.start).days / ((self.end - self.start).days + 1), 2)

    def stretch(self, name: str, start: date, end: date) -> Stretch:
        """Whole days, the last one included."""
        x = self.at(start)
        return Stretch(name, x, round(max(self.at(end + timedelta(days=1)) - x, 0.3), 2))

    def years(self) -> list[Stretch]:
        found = range(self.start.year, self.end.year + 1)
        step = -(-len(found) // LABELLED)
        return [
            self.stretch(
                str(year) if place % step == 0 else "", date(year, 1, 1), date(year, 12, 31)
            )
            for place, year in enumerate(found)
        ]
