"""All programmes that one may see in numbers: their order, their sums, and how regions compare."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Count, Exists, OuterRef

from comity.accounts.rules import Reader
from comity.audit.kept import Kept
from comity.directory.models import Organisation
from comity.lib.past_days import is_past
from comity.portfolio.queries.audience import ROOMS, audience
from comity.portfolio.queries.figures import NOTHING, Figures, together
from comity.portfolio.queries.sides import did_in_time, done_in_time, in_time_alone
from comity.programmes.due import OccurrenceState
from comity.programmes.models import Occurrence, Programme, Responsibility, Section
from comity.programmes.models.programme import ProgrammeQuerySet
from comity.programmes.queries.lists import sides_seen_by
from comity.programmes.then import Changed, changed_since
from comity.territories.models import Territory, TerritoryKind
from insight.shares import Share, shares

#: Filters that choose programmes by what they are, not by where they stand.
NARROWING = ("territory", "field", "year")
#: A body that is late in so many programmes is named; so many are.
MANY, NAMED = 2, 20


#: Asked for the figures of all programmes only where nothing is kept that was made of them.
AllFigures = Callable[[], dict[int, Figures]]
#: The territories of each programme by their ids, in their order.
Sides = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Whole:
    """The programmes asked for by their ids, in order; their sums; territories by their share.

    `sides` are the territories of each by their ids, in their order; `mine` are those in which the
    reader has a part; `shares` are rows of a territory, of how many programmes it is a side, and
    the share.
    """

    order: list[int]
    sides: Sides
    mine: frozenset[int]
    together: Figures
    shares: list[tuple[int, int, Share]]


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its share on time over all the programmes of which it is a side."""

    territory: Territory
    programmes: int
    share: Share


@dataclass(frozen=True, slots=True)
class LateBody:
    """A body that is late in several programmes, and on how many days of theirs."""

    organisation: Organisation
    programmes: int
    days: int


def asked_in_words(asked: dict[str, Any]) -> str:
    """What the filters say, in a word to keep what was computed by."""
    said = {**asked, "territory": asked["territory"].pk} if "territory" in asked else asked
    return "-".join(f"{name}.{value}" for name, value in sorted(said.items()))


def programmes_asked(reader: Reader, asked: dict[str, Any]) -> ProgrammeQuerySet:
    """Those that the reader may see, by territory, field and year; not yet by state."""
    found = Programme.objects.visible_to(reader)
    if "territory" in asked:
        found = found.of_territory(asked["territory"])
    if "year" in asked:
        found = found.running_in(asked["year"])
    if "field" in asked:
        of_field = Section.objects.filter(programme=OuterRef("pk"), field=asked["field"])
        found = found.filter(Exists(of_field))
    return found


def whole(
    reader: Reader, asked: dict[str, Any], day: date, kept: Kept, figures: AllFigures
) -> Whole:
    """What was asked for, by the figures of all; kept until a write that could change it."""
    name = f"whole-with-dropped-{audience(reader)}-{day:%Y%m%d}-{asked_in_words(asked)}"
    return kept.get(name, ROOMS, lambda: _whole(reader, asked, figures(), day))


def figures_of_page(
    ids: Sequence[int], day: date, kept: Kept, figures: AllFigures
) -> dict[int, Figures]:
    """The figures of some programmes; kept likewise, as those of all are many."""
    name = f"figures-with-dropped-of-page-{day:%Y%m%d}-{hash(tuple(ids))}"

    def compute() -> dict[int, tuple[Any, ...]]:
        return {pk: tuple(figures().get(pk, NOTHING)) for pk in ids}

    some = kept.get(name, ROOMS, compute)
    return {pk: Figures(*told) for pk, told in some.items()}


def _whole(reader: Reader, asked: dict[str, Any], figures: dict[int, Figures], day: date) -> Whole:
    is_wanted = STATES[asked.get("state", "")]
    mine, sides = set[int](), dict[int, list[int]]()
    found: Any = programmes_asked(reader, asked).newest(then=("sides__position", "sides__pk"))
    rows = found.telling_whose(reader)
    for pk, has_part, side in rows.values_list("pk", "has_part", "sides__territory"):
        if pk not in sides and not is_wanted(figures.get(pk, NOTHING)):
            continue
        sides.setdefault(pk, []).extend([side] if side else [])
        if has_part:
            mine.add(pk)
    ids = list(sides)
    by = ORDERS.get(asked.get("sort", ""))
    if by is not None:
        ids.sort(key=lambda pk: by(figures.get(pk, NOTHING)))
    sums = together(figures[pk] for pk in ids if pk in figures)
    return Whole(ids, sides, frozenset(mine), sums, _shares(sides, figures, day))


STATES: dict[str, Callable[[Figures], bool]] = {
    "": lambda _one: True,
    "overdue": lambda one: one.overdue > 0,
    "due": lambda one: one.due > 0,
    "disputed": lambda one: one.disputed > 0,
    "done": lambda one: one.is_all_settled,
}
ORDERS: dict[str, Callable[[Figures], Any]] = {
    "overdue": lambda one: -one.overdue,
    "disputed": lambda one: -one.disputed,
    "share": lambda one: one.on_time / one.fallen if one.fallen else 2,
    "progress": lambda one: (one.done + one.given_up) / one.total if one.total else 2,
    "next": lambda one: one.next_due or date.max,
}


def _shares(sides: Sides, figures: dict[int, Figures], day: date) -> list[tuple[int, int, Share]]:
    """Territories by the lower end of the interval of their share on time.

    So a region with three measures, all on time, does not stand above one with ninety of a hundred.
    What a side did in time counts for it, though the other side was late.
    """
    late = [pk for pk in sides if (one := figures.get(pk)) and one.on_time < one.fallen]
    alone = in_time_alone(late, day) if late else Counter[tuple[int, str]]()
    codes = dict(Territory.objects.filter(pk__in={p for of in sides.values() for p in of})
                 .order_by().values_list("pk", "code")) if alone else {}  # fmt: skip
    on_time: dict[int, int] = defaultdict(int)
    fallen: dict[int, int] = defaultdict(int)
    programmes: dict[int, int] = defaultdict(int)
    for programme, places in sides.items():
        one = figures.get(programme, NOTHING)
        for place in places if one.fallen else ():
            on_time[place] += one.on_time + alone[programme, codes.get(place, "")[:2]]
            fallen[place] += one.fallen
            programmes[place] += 1
    known = sorted(fallen)
    told = shares([on_time[place] for place in known], [fallen[place] for place in known])
    rows = [(place, programmes[place], one) for place, one in zip(known, told, strict=True)]
    return sorted(rows, key=lambda row: (-row[2].low, row[0]))


def places_seen_by(reader: Reader, kept: Kept) -> dict[int, Territory]:
    """Territories that are a side of some programme that the reader may see, by their ids."""

    def compute() -> dict[int, Territory]:
        return {place.pk: place for place in sides_seen_by(reader)}

    return kept.get(f"places-{audience(reader)}", ROOMS, compute)


def regions(of: Whole, places: Mapping[int, Territory]) -> list[Region]:
    """The territories below a country, compared."""
    return [
        Region(places[place], number, one)
        for place, number, one in of.shares
        if places[place].kind != TerritoryKind.COUNTRY
    ]


def late_in_many(reader: Reader, asked: dict[str, Any], day: date, kept: Kept) -> list[LateBody]:
    """Bodies that are late in several of the programmes asked for, the most widely late first."""
    narrowed = {name: value for name, value in asked.items() if name in NARROWING}
    name = f"late-in-many-{audience(reader)}-{day:%Y%m%d}-{asked_in_words(narrowed)}"
    rows = kept.get(name, ROOMS, lambda: _late_in_many(reader, narrowed, day))
    known = Organisation.objects.in_bulk([body for body, *_rest in rows])
    return [LateBody(known[body], programmes, days) for body, programmes, days in rows]


def _late_in_many(reader: Reader, asked: dict[str, Any], day: date) -> list[tuple[int, int, int]]:
    """A body by its id, in how many programmes it is late, and on how many days of theirs.

    From today on the first open day of each measure tells which bodies come into question; of a
    past day every day that was open then has to be looked at.
    """
    if is_past(day):
        return _late_in_many_then(reader, asked, day)
    late = Occurrence.objects.visible_to(reader).overdue_on(day)
    if asked:
        late = late.filter(programme__in=programmes_asked(reader, asked).order_by().values("pk"))
    rows = (
        late.filter(~_DID_ITS_PART, **{f"{_BODY}__in": _bodies_late_in_many(reader, asked, day)})
        .order_by()
        .values_list(_BODY)
        .annotate(
            late_programmes=Count("programme", distinct=True), late_days=Count("pk", distinct=True)
        )
        .filter(late_programmes__gte=MANY)
        .order_by("-late_programmes", "-late_days", _BODY)
    )
    return list(rows[:NAMED])


def _late_in_many_then(
    reader: Reader, asked: dict[str, Any], day: date
) -> list[tuple[int, int, int]]:
    """The same of a past day, by the deadlines of that day and the bodies that are named today."""
    changed = {one.measure: one for one in changed_since(day)}
    programmes = programmes_asked(reader, asked).order_by()
    same = Occurrence.objects.filter(programme__in=programmes.values("pk"))
    rows = (
        same.exclude(measure__in=list(changed))
        .open_on(day)
        .filter(~_DID_ITS_PART, due_on__lt=day, **{f"{_BODY}__isnull": False})
        .order_by()
        .values_list(_BODY, "programme")
        .annotate(late_days=Count("pk", distinct=True))
    )
    late: dict[int, Counter[int]] = defaultdict(Counter)
    for body, programme, days in chain(rows, _late_among(changed, programmes, day)):
        late[body][programme] += days
    many = [(b, len(days), days.total()) for b, days in late.items() if len(days) >= MANY]
    return sorted(many, key=lambda row: (-row[1], -row[2], row[0]))[:NAMED]


def _late_among(
    changed: Mapping[int, Changed], programmes: ProgrammeQuerySet, day: date
) -> Iterator[tuple[int, int, int]]:
    """A body by its id, a programme, and the late days of a measure that it is responsible for."""
    late = {
        pk: [late_ for late_ in one.days if late_.state_on(day) == OccurrenceState.OVERDUE]
        for pk, one in changed.items()
    }
    in_time = did_in_time(chain.from_iterable(late.values()))
    named = Responsibility.objects.filter(
        measure__in=[pk for pk, days in late.items() if days],
        measure__programme__in=programmes.values("pk"),
        organisation__isnull=False,
    )
    told: Any = named.order_by().values_list("organisation", "measure", "country").distinct()
    for body, measure, side in told:
        days = sum((one.pk, side) not in in_time for one in late[measure])
        if days:
            yield body, changed[measure].programme, days


_BODY = "measure__responsibilities__organisation"
#: The side of the body reported it done in time, and that was accepted: it hangs on another.
_DID_ITS_PART = Exists(done_in_time("measure__responsibilities__country"))


def _bodies_late_in_many(reader: Reader, asked: dict[str, Any], day: date) -> list[int]:
    """Those late today in the most programmes, five times as many as are named."""
    rows = (
        Responsibility.objects.filter(
            organisation__isnull=False,
            measure__next_due__lt=day,
            measure__programme__in=programmes_asked(reader, asked).order_by().values("pk"),
        )
        .order_by()
        .values_list("organisation")
        .annotate(late_programmes=Count("measure__programme", distinct=True))
        .filter(late_programmes__gte=MANY)
        .order_by("-late_programmes", "organisation")
    )
    return [body for body, _programmes in rows[: 5 * NAMED]]
