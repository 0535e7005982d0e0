"""What a day's plan would tell, by the address that is written to: shown before it is sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.programmes.models import Measure, MeasureAmendment
from comity.reminders.changes import Waiting
from comity.reminders.digests import when
from comity.reminders.letters_to_contacts import news_of
from comity.reminders.planning import Line, Plan
from comity.reminders.turns import Turn


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a letter: what is told, as of which day, of which measure, where that stands."""

    what: str
    day: date
    side: str
    measure: Measure
    address: str


def foreseen(made: Plan) -> dict[str, list[Told]]:
    """The lines of each letter by its address; five queries besides those of the plan."""
    measures = made.measures()
    letters: dict[str, list[Told]] = defaultdict(list)
    for user, person in made.people().items():
        letters[person.email] += [
            *map(_turn, made.turns.get(user, ())),
            *_lines(made.lines.get(user, ()), made.day, measures),
            *map(_change, made.changes.get(user, ())),
            *map(_decided, made.decided.get(user, ())),
        ]
    for email in made.addresses:
        news = news_of(made, email)
        lines = [one.line for one in news.lines]
        letters[email] += [*map(_turn, news.back), *_lines(lines, made.day, measures)]
    return dict(sorted(letters.items()))


def _lines(lines: Iterable[Line], day: date, measures: Mapping[int, Measure]) -> Iterable[Told]:
    for line in lines:
        address = reverse("reporting:occurrence", args=[line.occurrence])
        told = when(line.due_on, day)
        yield Told(told, line.due_on, line.side, measures[line.measure], address)


def _turn(turn: Turn) -> Told:
    report, step = turn.report, turn.step
    on, address = timezone.localdate(step.at), report.get_absolute_url()
    return Told(step.get_kind_display(), on, report.side, report.measure, address)


def _change(one: Waiting) -> Told:
    return _of_change(one.amendment, _("waits for consent"), one.proposed_on)


def _decided(amendment: MeasureAmendment) -> Told:
    assert amendment.decided_at is not None  # held by the database
    on = timezone.localdate(amendment.decided_at)
    return _of_change(amendment, amendment.get_state_display(), on)


def _of_change(amendment: MeasureAmendment, what: str, on: date) -> Told:
    address = reverse("programmes:amendment", args=[amendment.pk])
    return Told(what, on, "", amendment.measure, address)
