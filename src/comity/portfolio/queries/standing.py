"""Where each day of a programme stands, by its reports too: by section, side and body."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader
from comity.programmes.due import OccurrenceState
from comity.programmes.models import Measure, Occurrence, Programme, Responsibility
from comity.programmes.rules import has_a_part
from comity.programmes.then import measures_then
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import WAITING
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
    stages = _stages_then(programme, reader, day) if is_past else _stages(programme, reader)
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
        states = Counter(_state(one, day, stages) for one in days)
        whole.numbers.update(states)
        _note(sections, [measure.section.title if measure.section else "–"], states)
        _note(sides, _sides(measure), states)
        _note(bodies, {body.text: 0 for body in measure.responsibilities.all()} or ["–"], states)
    by_total = sorted(bodies.values(), key=lambda line: (-line.total, line.name))
    return Standing(whole, list(sections.values()), list(sides.values()), by_total)


def _stages(programme: Programme, reader: Reader) -> dict[int, set[str]]:
    """Nothing to those who have no part: that a report waits, or came back, is for the parties."""
    if not has_a_part(reader, programme):
        return {}
    seen = Report.objects.visible_to(reader).filter(programme=programme, occurrence__isnull=False)
    found: dict[int, set[str]] = {}
    for occurrence, stage in seen.order_by().values_list("occurrence", "stage"):
        found.setdefault(occurrence, set()).add(stage)
    return found


def _stages_then(programme: Programme, reader: Reader, day: date) -> dict[int, set[str]]:
    seen = Report.objects.visible_to(reader).filter(programme=programme, occurrence__isnull=False)
    as_party, found = has_a_part(reader, programme), dict[int, set[str]]()
    for report in seen.prefetch_related("steps"):
        then = report_then(report, day, as_party=as_party)
        if then is not None and report.occurrence_id:
            found.setdefault(report.occurrence_id, set()).add(then[0].stage)
    return found


def _sides(measure: Measure) -> list[str]:
    return sorted({body.side or "–" for body in measure.responsibilities.all()}) or ["–"]


def _note(lines: dict[str, Line], names: Iterable[str], states: "Counter[DayState]") -> None:
    for name in names:
        lines.setdefault(name, Line(name)).numbers.update(states)


def _state(one: Occurrence, day: date, stages: dict[int, set[str]]) -> DayState:
    """A report that waits or came back says more than that the day is open."""
    plain = one.state_on(day)
    if plain == OccurrenceState.DONE:
        is_late = one.done_on is not None and one.done_on > one.due_on
        return DayState.DONE_LATE if is_late else DayState.DONE
    if plain == OccurrenceState.GIVEN_UP:
        return DayState.GIVEN_UP
    if one.is_disputed_on(day):
        return DayState.DISPUTED
    reported = stages.get(one.pk or 0, set())
    if Stage.RETURNED in reported:
        return DayState.RETURNED
    if reported & set(WAITING):
        return DayState.WAITING
    return DayState(plain)
