"""Where each day of a programme stands, by its reports too: by section, side and body."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.programmes.due import OccurrenceState
from comity.programmes.models import Occurrence, Programme, Responsibility
from comity.programmes.rules import has_a_part
from comity.programmes.then import measures_then
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import STANDING, WAITING, Outcome
from comity.reporting.then import report_then


class DayState(models.TextChoices):
    """Where a day stands, what was reported of it included."""

    DONE = "done", _("done in time")
    DONE_LATE = "done_late", _("done late")
    WAITING = "waiting", _("reported, waits")
    RETURNED = "returned", _("report returned")
    DISPUTED = "disputed", _("disputed")
    OVERDUE = "overdue", _("overdue")
    DUE = "due", _("due")
    NOT_YET = "not_yet", _("not yet due")
    GIVEN_UP = "given_up", _("not possible any more")


LOOKS = {
    DayState.DONE: "done",
    DayState.DONE_LATE: "done",
    DayState.WAITING: "due",
    DayState.RETURNED: "late",
    DayState.DISPUTED: "late",
    DayState.OVERDUE: "late",
    DayState.DUE: "due",
    DayState.NOT_YET: "idle",
    DayState.GIVEN_UP: "gone",
}


@dataclass(frozen=True, slots=True)
class Line:
    """How many days of a section, a side or a body are in each state."""

    name: str
    numbers: Counter[DayState] = field(default_factory=Counter)

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(str(state.label), self.numbers[state]) for state in DayState]

    @property
    def total(self) -> int:
        return self.numbers.total()


@dataclass(frozen=True, slots=True)
class Standing:
    whole: Line
    by_section: list[Line]
    by_side: list[Line]
    by_body: list[Line]


def standing_of(programme: Programme, reader: Reader, day: date) -> Standing:
    """All days of a programme that are still asked for, as they stand on a day.

    Of reports only what the reader may see counts, and of a past day what they said by then. Four
    queries, or a few more for a past day.
    """
    is_past = day < timezone.localdate()
    said = _said_then(programme, reader, day) if is_past else _said(programme, reader)
    found = programme.measures.select_related("section").prefetch_related(
        "occurrences",
        Prefetch("responsibilities", Responsibility.objects.order_by("position", "pk")),
    )
    measures = list(found.order_by("position", "pk"))
    if is_past:
        measures = measures_then(programme, measures, day, reader)
    whole = Line("")
    sections: dict[str, Line] = {}
    sides: dict[str, Line] = {}
    bodies: dict[str, Line] = {}
    for measure in measures:
        days = [one for one in measure.occurrences.all() if not one.withdrawn]
        states = Counter(_state(one, day, said.get(one.pk, {})) for one in days)
        whole.numbers.update(states)
        _note(sections, measure.section.title if measure.section else "–", states)
        named = {(body.side, body.text): 0 for body in measure.responsibilities.all()}
        for side in sorted({side for side, _text in named} or {""}):
            of_side = Counter(_state_for(side, one, day, said.get(one.pk, {})) for one in days)
            _note(sides, side or "–", of_side)
            for text in [text for its, text in named or [("", "–")] if its == side]:
                _note(bodies, text, of_side)
    by_total = sorted(bodies.values(), key=lambda line: (-line.total, line.name))
    return Standing(whole, list(sections.values()), list(sides.values()), by_total)


@dataclass(frozen=True, slots=True)
class _SaidBySide:
    """The stage of a side's report on an occurrence, and the day on which it says it was done."""

    stage: str
    done_on: date | None


#: By the side, of one occurrence.
_Said = Mapping[str, _SaidBySide]


def _said(programme: Programme, reader: Reader) -> dict[int, dict[str, _SaidBySide]]:
    """To those who have no part only what was accepted: that a report waits is for the parties."""
    as_party = has_a_part(reader, programme)
    seen = Report.objects.visible_to(reader).filter(programme=programme, occurrence__isnull=False)
    found: dict[int, dict[str, _SaidBySide]] = defaultdict(dict)
    told = seen.order_by().values_list("occurrence", "side", "stage", "outcome", "done_on")
    for occurrence, side, stage, outcome, done_on in told:
        done = done_on if outcome == Outcome.DONE else None
        if as_party:
            found[occurrence][side] = _SaidBySide(stage, done)
        elif stage in STANDING:
            found[occurrence][side] = _SaidBySide(Stage.ACCEPTED, done)
    return found


def _said_then(
    programme: Programme, reader: Reader, day: date
) -> dict[int, dict[str, _SaidBySide]]:
    seen = Report.objects.visible_to(reader).filter(programme=programme, occurrence__isnull=False)
    as_party = has_a_part(reader, programme)
    found: dict[int, dict[str, _SaidBySide]] = defaultdict(dict)
    for report in seen.prefetch_related("steps"):
        then = report_then(report, day, as_party=as_party)
        if then is not None and report.occurrence_id:
            was, words = then
            done = words.done_on if words.outcome == Outcome.DONE else None
            found[report.occurrence_id][report.side] = _SaidBySide(was.stage, done)
    return found


def _note(lines: dict[str, Line], name: str, states: "Counter[DayState]") -> None:
    lines.setdefault(name, Line(name)).numbers.update(states)


def _state_for(side: str, one: Occurrence, day: date, said: _Said) -> DayState:
    """Where a day stands for one side: what it did itself, and what it reported."""
    own = said.get(side)
    if own is None:
        return _state(one, day, {})
    if own.stage in STANDING and own.done_on is not None and own.done_on <= day:
        if one.is_disputed_on(day) and one.done_on is None:
            return DayState.DISPUTED
        return DayState.DONE_LATE if own.done_on > one.held_against else DayState.DONE
    return _state(one, day, {side: own})


def _state(one: Occurrence, day: date, said: _Said) -> DayState:
    """A report that waits or came back says more than that the day is open."""
    plain = one.state_on(day)
    if plain == OccurrenceState.DONE:
        is_late = one.done_on is not None and one.done_on > one.held_against
        return DayState.DONE_LATE if is_late else DayState.DONE
    if plain == OccurrenceState.GIVEN_UP:
        return DayState.GIVEN_UP
    if one.is_disputed_on(day):
        return DayState.DISPUTED
    reported = {told.stage for told in said.values()}
    if Stage.RETURNED in reported:
        return DayState.RETURNED
    if reported & set(WAITING):
        return DayState.WAITING
    return DayState(plain)
