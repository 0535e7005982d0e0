"""Who is told what on a day: a plan, made in a few queries however many bodies there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, QuerySet, prefetch_related_objects
from django.utils import timezone

from comity.accounts.models import User
from comity.directory.models import Organisation
from comity.lib.parts import in_parts
from comity.programmes.models import (
    Measure,
    MeasureAmendment,
    Occurrence,
    Programme,
    Responsibility,
)
from comity.programmes.queries.lists import sides_along
from comity.reminders.changes import Waiting, decided, waiting
from comity.reminders.contacts import Nobody, contacts_of
from comity.reminders.guests import came_back
from comity.reminders.ladder import CATCH_UP, USUAL, Audience, Ladder, rung_to_say
from comity.reminders.models import (
    Habit,
    Pace,
    ProgrammeLadder,
    Said,
)
from comity.reminders.one_a_day import addresses_of_people, who_waits, written_to
from comity.reminders.people import People, everybody
from comity.reminders.turns import Turn, moved, turns
from comity.reporting.models import Report
from comity.reporting.models.report import TOLD, is_answer

MONDAY = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A side of an occurrence that somebody is told about, and the rung on which they are."""

    occurrence: int
    measure: int
    side: str
    due_on: date
    rung: int


@dataclass(frozen=True, slots=True)
class LineOfBody:
    """What the contact of a body without an account is told about, and which body that is."""

    line: Line
    body: int
    #: When the first rung was reached that was not said.
    since: date


@dataclass(slots=True)
class Plan:
    day: date
    #: Lines by the id of the person, the longest due first.
    lines: dict[int, list[Line]] = field(default_factory=dict)
    #: Changes that wait for the consent of a person, by their id, the oldest first.
    changes: dict[int, list[Waiting]] = field(default_factory=dict)
    #: Changes that a person proposed and another decided, by the id of the first.
    decided: dict[int, list[MeasureAmendment]] = field(default_factory=dict)
    #: Reports that came back to a person, or wait for their decision.
    turns: dict[int, list[Turn]] = field(default_factory=dict)
    #: Lines by the address of the contact of a body without an account, the longest due first.
    contacts: dict[str, list[LineOfBody]] = field(default_factory=dict)
    #: Reports by a one-time link that came back, by the address that is asked to mend them.
    came_back: dict[str, list[Turn]] = field(default_factory=dict)
    nobody: list[Nobody] = field(default_factory=list)

    @property
    def told(self) -> list[int]:
        """The ids of all who are told anything."""
        return sorted({*self.lines, *self.changes, *self.decided, *self.turns})

    @property
    def addresses(self) -> list[str]:
        """Those without an account that are written to."""
        return sorted({*self.contacts, *self.came_back})

    def there_since(self, email: str) -> date:
        """Since when there is something to be told to an address without an account."""
        lines = [one.since for one in self.contacts.get(email, ())]
        steps = [timezone.localdate(one.step.at) for one in self.came_back.get(email, ())]
        return min(lines + steps)

    def people(self) -> dict[int, User]:
        told = set(self.told)
        everybody = User.objects.filter(is_active=True).iterator(2000)
        return {user.pk: user for user in everybody if user.pk in told}

    def bodies(self) -> dict[int, Organisation]:
        """Those whose contacts are written to, a few hundred at a time."""
        wanted = {one.body for some in self.contacts.values() for one in some}
        found: dict[int, Organisation] = {}
        for ids in in_parts(sorted(wanted), 500):
            found |= Organisation.objects.in_bulk(ids)
        return found

    def measures(self) -> dict[int, Measure]:
        wanted = {line.measure for lines in self.lines.values() for line in lines}
        wanted |= {one.line.measure for some in self.contacts.values() for one in some}
        wanted |= {one.measure for one in self.nobody}
        return measures_by_id(wanted)


def measures_by_id(wanted: set[int]) -> dict[int, Measure]:
    """Measures with their programmes, a few hundred at a time."""
    found: dict[int, Measure] = {}
    for ids in in_parts(sorted(wanted), 500):
        some = Measure.objects.filter(pk__in=ids).prefetch_related(sides_along("programme__"))
        found |= {one.pk: one for one in some.select_related("programme")}
    return found


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of an open occurrence that still has to report, and its bodies."""

    occurrence: int
    measure: int
    programme: int
    due_on: date
    side: str
    bodies: tuple[int, ...]
    #: Bodies as written, with the organisation where it is known.
    named: tuple[tuple[str, int | None], ...]
    #: Whether what it reported was accepted and says that more is to come.
    is_under_way: bool = False

    def reached(self, rungs: Iterable[int]) -> list[int]:
        """Rungs on which something is said: none ahead of the day to who is known to be at it."""
        return sorted(rung for rung in rungs if rung >= 0 or not self.is_under_way)


def plan(day: date, programme: int | None = None) -> Plan:
    """What is said on a day: to each person what is new, at most once a day, at their pace."""
    people, (ladders, quiet) = everybody(), _ladders()
    open_ = _open(day, programme, ladders)
    said, paces = _said(open_), dict(Habit.objects.values_list("user", "pace"))
    emails, written = addresses_of_people(), written_to(day)
    had_today = {user for user, email in emails.items() if email in written}
    made, found = Plan(day), defaultdict[int, list[Line]](list)
    for side in _sides(open_):
        ladder = ladders.get(side.programme, USUAL)
        for user, rungs in _rungs(people, ladder, side).items():
            pace = paces.get(user, Pace.DAILY)
            if user in had_today or not _wants(pace, day, is_late=side.due_on < day):
                continue
            before = said.get((user, side.occurrence, side.side))
            rung = rung_to_say(side.reached(rungs), side.due_on, day, before)
            if rung is not None:
                line = Line(side.occurrence, side.measure, side.side, side.due_on, rung)
                found[user].append(line)
        made.nobody += _unreachable(people, ladder, side, day, quiet)
    _write_to_contacts(made, ladders, open_, written)
    made.lines = {user: sorted(lines, key=_by_day) for user, lines in sorted(found.items())}

    def is_told(user: int) -> bool:
        # somebody waits for it, which is as pressing as what is late
        return user not in had_today and _wants(paces.get(user, Pace.DAILY), day, is_late=True)

    asked, settled = waiting(day, people, programme), decided(day, programme)
    made.changes = {user: some for user, some in asked.items() if is_told(user)}
    made.decided = {user: some for user, some in settled.items() if is_told(user)}
    steps = moved(day, programme)
    made.turns = {user: some for user, some in turns(steps, people, day).items() if is_told(user)}
    made.came_back = came_back(steps, written, people, quiet)
    _leave_one_letter_each(made, emails)
    return made


def _leave_one_letter_each(made: Plan, emails: Mapping[int, str]) -> None:
    """Takes out what is told on another day, as the address gets a letter anyway."""
    people = {user: emails[user] for user in made.told if user in emails}
    since = {email: made.there_since(email) for email in made.addresses}
    users, contacts = who_waits(people, since, made.day)
    for of_people in (made.lines, made.changes, made.decided, made.turns):
        for user in users:
            of_people.pop(user, None)
    for email in contacts:
        made.contacts.pop(email, None)
        made.came_back.pop(email, None)


def _write_to_contacts(
    made: Plan,
    ladders: Mapping[int, Ladder],
    open_: "QuerySet[Occurrence]",
    written: Collection[str],
) -> None:
    """Moves those of nobody who have a contact to the letters to contacts, if there is news."""
    contacts = contacts_of(made.nobody, open_, written)
    bodies, made.nobody = [contacts.addressed(one) for one in made.nobody], []
    found: dict[str, dict[Line, LineOfBody]] = defaultdict(dict)
    for one in bodies:
        if not one.email or one.organisation is None:
            made.nobody.append(one)
            continue
        ladder = ladders.get(one.programme, USUAL)[Audience.BODY]
        rung = contacts.rung(one, ladder, made.day)
        if rung is not None:
            line = Line(one.occurrence, one.measure, one.side, one.due_on, rung)
            told = LineOfBody(line, one.organisation, contacts.since(one, ladder))
            found[one.email].setdefault(line, told)
    made.contacts = {
        email: [lines[line] for line in sorted(lines, key=_by_day)]
        for email, lines in sorted(found.items())
    }


def unreachable_in(programme: int, day: date) -> list[Nobody]:
    """Bodies of a programme that have to report by now, or soon, and have no account.

    Those with an address are written to there.
    """
    people, (ladders, quiet) = everybody(), _ladders()
    open_ = _open(day, programme, ladders)
    ladder = ladders.get(programme, USUAL)
    found = [
        one for side in _sides(open_) for one in _unreachable(people, ladder, side, day, quiet)
    ]
    contacts = contacts_of(found, open_, ())
    return [contacts.addressed(one) for one in found]


def silent_programmes() -> list[Programme]:
    """Programmes in which nobody is reminded, as somebody chose; two queries."""
    ladders = ProgrammeLadder.objects.select_related("programme").order_by("pk")
    silent = [one.programme for one in ladders if one.is_silent]
    prefetch_related_objects(silent, sides_along())
    return silent


def _by_day(line: Line) -> tuple[date, int, str]:
    return line.due_on, line.occurrence, line.side


def _wants(pace: str, day: date, *, is_late: bool) -> bool:
    if pace == Pace.DAILY:
        return True
    return day.weekday() == MONDAY and (pace == Pace.WEEKLY or is_late)


def _rungs(people: People, ladder: Ladder, side: _Side) -> dict[int, set[int]]:
    """The rungs of each person, who may be told in several ways."""
    found: dict[int, set[int]] = defaultdict(set)
    for audience, rungs in ladder.items():
        if rungs:
            for user in people.told(audience, side.programme, side.side, side.bodies):
                found[user].update(rungs)
    return found


def _unreachable(
    people: People, ladder: Ladder, side: _Side, day: date, quiet: Collection[int]
) -> Iterator[Nobody]:
    is_open = side.programme not in quiet and not people.places[side.programme].is_internal
    if rung_to_say(side.reached(ladder[Audience.BODY]), side.due_on, day, None) is None:
        return
    for body, organisation in side.named:
        bodies = (organisation,) if organisation else ()
        if not people.told(Audience.BODY, side.programme, side.side, bodies):
            yield Nobody(
                occurrence=side.occurrence,
                measure=side.measure,
                programme=side.programme,
                side=side.side,
                due_on=side.due_on,
                body=body,
                organisation=organisation,
                may_be_written_to=is_open,
            )


def _open(day: date, programme: int | None, ladders: dict[int, Ladder]) -> "QuerySet[Occurrence]":
    """Occurrences that are not settled and within reach of a ladder.

    Those of a locked period too: what was due in it is owed as before, and later still.
    """
    rungs = [
        rung for ladder in (USUAL, *ladders.values()) for some in ladder.values() for rung in some
    ]
    first = day - timedelta(days=max(rungs)) - CATCH_UP
    last = day - timedelta(days=min(rungs))
    found = Occurrence.objects.open().filter(due_on__range=(first, last))
    return found if programme is None else found.filter(programme=programme)


def _ladders() -> tuple[dict[int, Ladder], set[int]]:
    """The ladders of programmes, and those of them that do not write to contacts."""
    ladders = list(ProgrammeLadder.objects.all())
    quiet = {ladder.programme_id for ladder in ladders if not ladder.to_contacts}
    return {ladder.programme_id: ladder.rungs for ladder in ladders}, quiet


def _said(open_: "QuerySet[Occurrence]") -> dict[tuple[int, int, str], int]:
    """The latest rung that each person was told of each side."""
    rows = Said.objects.filter(occurrence__in=open_.order_by().values("pk"))
    latest = rows.values_list("user", "occurrence", "side").annotate(latest=Max("rung"))
    return {(user, occurrence, side): rung for user, occurrence, side, rung in latest}


def _sides(open_: "QuerySet[Occurrence]") -> Iterator[_Side]:
    """The sides of those that did not report, or whose accepted report says that more is to come.

    By the rule of `reporting.rules.sides_of`.
    """
    measures = open_.order_by().values("measure")
    named: dict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
    rows = Responsibility.objects.filter(measure__in=measures).order_by("position", "pk")
    for measure, country, text, body in rows.values_list(
        "measure", "country", "text", "organisation"
    ):
        named[measure].append((str(country or ""), text, body))
    reports = Report.objects.filter(occurrence__in=open_.order_by().values("pk"), stage__in=TOLD)
    answered = {
        (pk, side): is_answer(stage, outcome)
        for pk, side, stage, outcome in reports.values_list(
            "occurrence", "side", "stage", "outcome"
        )
    }
    occurrences = open_.order_by("due_on", "pk").values_list("pk", "measure", "programme", "due_on")
    for pk, measure, programme, due_on in occurrences.iterator(5000):
        bodies = named.get(measure, [])
        countries = dict.fromkeys(country for country, _text, _body in bodies if country)
        for side in countries or ("",):
            if not answered.get((pk, side)):
                own = tuple((text, body) for country, text, body in bodies if country in (side, ""))
                known = tuple(dict.fromkeys(body for _text, body in own if body))
                is_under_way = (pk, side) in answered
                yield _Side(pk, measure, programme, due_on, side, known, own, is_under_way)
