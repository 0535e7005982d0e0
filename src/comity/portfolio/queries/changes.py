"""What changed in a programme between two days: moved, struck, disputed, late, settled, added."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.audit.models import Entry
from comity.audit.past import Past
from comity.lib.languages import in_three, reader_language, said_of
from comity.lib.natural_order import natural
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Programme, Responsibility
from comity.programmes.wording import deadline


class ChangeKind(models.TextChoices):
    """What somebody has to know of first stands first."""

    MOVED = "moved", _("deadline moved")
    STRUCK = "struck", _("struck out")
    DISPUTED = "disputed", _("disputed")
    LATE = "late", _("newly late")
    GIVEN_UP = "given_up", _("not possible any more")
    DONE = "done", _("done")
    ADDED = "added", _("added")


#: How each kind looks, as states of measures do.
LOOKS = {
    ChangeKind.MOVED: "due",
    ChangeKind.STRUCK: "gone",
    ChangeKind.DISPUTED: "late",
    ChangeKind.LATE: "late",
    ChangeKind.GIVEN_UP: "gone",
    ChangeKind.DONE: "done",
    ChangeKind.ADDED: "idle",
}
_PLACES = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed; `measure` is None where it is no longer there."""

    kind: ChangeKind
    on: date
    measure: Measure | None
    title: str
    number: str = ""
    before: str = ""
    after: str = ""
    #: The act by which a measure was added; an import adds many by one.
    event: int | None = None

    @property
    def look(self) -> str:
        return LOOKS[self.kind]

    @property
    def bodies(self) -> list[Responsibility]:
        return list(self.measure.responsibilities.all()) if self.measure else []


@dataclass(frozen=True, slots=True)
class Line:
    """A change as the list tells it; measures that were added by one act are one line."""

    change: Change
    measures: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """How many changes of each kind a side, a body or a section has."""

    name: str
    numbers: Counter[ChangeKind] = field(default_factory=Counter)

    @property
    def cells(self) -> list[int]:
        return [self.numbers[kind] for kind in ChangeKind]


def changes_between(programme: Programme, start: date, end: date, past: Past) -> list[Change]:
    """All that changed after the day `start` and by the end of the day `end`.

    By kind, as `ChangeKind` orders them, the latest first. Of disputes those that last. What was
    recorded while the programme was closed to the reader is left out, as `past` says.
    """
    bodies = Prefetch("responsibilities", Responsibility.objects.select_related("organisation"))
    found = programme.measures.select_related("section").prefetch_related(bodies)
    measures = {measure.pk: measure for measure in found}
    told = [
        *_of_days(programme, measures, start, end),
        *_of_measures(programme, measures, past, start, end),
    ]
    return sorted(told, key=_place)


def _place(one: Change) -> tuple[Any, ...]:
    return _PLACES[one.kind], -one.on.toordinal(), natural(one.number), one.title


def lines_of(found: Iterable[Change]) -> list[Line]:
    """Changes as they are listed, in their order; measures added by one act at its first one."""
    lines: dict[object, Line] = {}
    for place, one in enumerate(found):
        key = ("added by", one.event) if one.event is not None else place
        before = lines.get(key)
        lines[key] = Line(before.change, before.measures + 1) if before else Line(one)
    return list(lines.values())


def _of_days(
    programme: Programme, measures: dict[int, Measure], start: date, end: date
) -> Iterable[Change]:
    settled = Q(done_on__gt=start, done_on__lte=end)
    fell_late = Q(due_on__gte=start, due_on__lt=end) & (Q(done_on=None) | Q(done_on__gt=end))
    disputed = Q(disputed_since__gt=start, disputed_since__lte=end)
    days = Occurrence.objects.standing().filter(settled | fell_late | disputed, programme=programme)
    for one in days.order_by("pk"):
        measure = measures[one.measure_id]
        for kind, on in _of_day(one, start, end):
            yield Change(kind, on, measure, measure.title, measure.number)


def _of_day(one: Occurrence, start: date, end: date) -> Iterable[tuple[ChangeKind, date]]:
    if one.disputed_since and start < one.disputed_since <= end:
        yield ChangeKind.DISPUTED, one.disputed_since
    if one.done_on and start < one.done_on <= end:
        yield ChangeKind.GIVEN_UP if one.given_up else ChangeKind.DONE, one.done_on
    elif start <= one.due_on < end and (one.done_on is None or one.done_on > end):
        yield ChangeKind.LATE, one.due_on


def _of_measures(
    programme: Programme, measures: dict[int, Measure], past: Past, start: date, end: date
) -> Iterable[Change]:
    after_start, by_end = _end_of(start), _end_of(end)
    about = Q(record_id__in=measures, kind__in=("created", "changed"))
    gone = Q(kind="removed", changes__programme_id__0=programme.pk)
    entries = Entry.objects.filter(
        about | gone, model=Measure._meta.label_lower, event__at__gt=after_start
    )
    moves: dict[int, list[Entry]] = defaultdict(list)
    for entry in past.among(entries).select_related("event").order_by("event_id", "position"):
        within = entry.event.at <= by_end
        on = timezone.localdate(entry.event.at)
        if entry.kind == "removed" and within:
            yield Change(ChangeKind.STRUCK, on, None, _title_of(entry, 0), _number_of(entry, 0))
        elif entry.kind == "created" and within:
            measure = measures[entry.record_id]
            yield Change(
                ChangeKind.ADDED, on, measure, measure.title, measure.number,
                event=entry.event_id,
            )  # fmt: skip
        elif entry.kind == "changed" and any(name in entry.changes for name in _DUE):
            moves[entry.record_id].append(entry)
    for measure in measures.values():
        if measure.struck_on is not None and start < measure.struck_on <= end:
            yield Change(
                ChangeKind.STRUCK, measure.struck_on, measure, measure.title, measure.number
            )
    for key, told in moves.items():
        yield from _moved(measures[key], told, by_end)


#: The columns of a due rule, in its order.
_DUE = ("due_kind", "due_start", "due_end", "due_recurrence", "due_season")


def _moved(measure: Measure, entries: list[Entry], by: datetime) -> Iterable[Change]:
    """The deadline at the beginning and at the end, from what stands today backwards."""
    values: dict[str, Any] = {name: getattr(measure, name) for name in _DUE}
    last, on = _rule(values), None
    for entry in reversed(entries):
        if entry.event.at <= by and on is None:
            last, on = _rule(values), timezone.localdate(entry.event.at)
        values |= {name: entry.changes[name][0] for name in _DUE if name in entry.changes}
    first = _rule(values)
    if on is not None and first != last:
        yield Change(
            ChangeKind.MOVED, on, measure, measure.title, measure.number,
            deadline(first) or "—", deadline(last) or "—",
        )  # fmt: skip


def _rule(values: dict[str, Any]) -> DueRule:
    kind, start, end, recurrence, season = (values[name] for name in _DUE)
    return DueRule(kind, _day(start), _day(end), recurrence or None, season or None)


def _day(written: date | str | None) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else written


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _title_of(entry: Entry, place: int) -> str:
    titles = [entry.changes.get(name, ["", ""])[place] or "" for name in in_three("title")]
    return str(said_of(titles, reader_language()).text)


def _number_of(entry: Entry, place: int) -> str:
    return str(entry.changes.get("number", ["", ""])[place] or "")


def by_side(found: Iterable[Change]) -> list[Group]:
    return _grouped(found, lambda one: sorted({body.side or "–" for body in one.bodies}) or ["–"])


def by_body(found: Iterable[Change]) -> list[Group]:
    def bodies(one: Change) -> list[str]:
        return list(dict.fromkeys(body.text for body in one.bodies)) or ["–"]

    return _grouped(found, bodies)


def by_section(found: Iterable[Change]) -> list[Group]:
    def section(one: Change) -> list[str]:
        return [one.measure.section.title if one.measure and one.measure.section else "–"]

    return _grouped(found, section)


def _grouped(found: Iterable[Change], names: Any) -> list[Group]:
    groups: dict[str, Group] = {}
    for one in found:
        for name in names(one):
            groups.setdefault(name, Group(name)).numbers[one.kind] += 1
    return sorted(groups.values(), key=lambda group: (-group.numbers.total(), group.name))
