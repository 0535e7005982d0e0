"""What came late before, by body and kind of measure: what chances are learnt from."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.cache import caches
from django.db.models import Count, Exists, F, Q, Subquery
from django.db.models.functions import ExtractQuarter, ExtractYear, Mod

from comity.accounts.rules import Reader
from comity.audit.kept import Kept
from comity.directory.models import Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.periods import add_months
from comity.portfolio.queries.sides import done_in_time
from comity.programmes.models import Occurrence
from comity.programmes.models.occurrence import HELD_AGAINST, OccurrenceQuerySet
from insight.calibration import Calibration, judge
from insight.lateness import NOTHING, Lateness, learn
from insight.lateness import Count as Counted

T = TypeVar("T")
History = Mapping[tuple[int, str], Counted]

#: How far back the past counts, in months.
MONTHS = 60
#: With more bodies than this a part of them is learnt from, chosen by their numbers.
MOST_BODIES = 3000
#: How many of the last quarters are foretold from what came before each.
JUDGED_QUARTERS = 8

_BODY, _FIELD = "measure__responsibilities__organisation", "measure__section__field"
#: Late against the day agreed first, and not because of the other side alone; of one body.
_LATE = (Q(done_on=None) | Q(done_on__gt=HELD_AGAINST)) & ~Q(
    Exists(done_in_time("measure__responsibilities__country"))
)


def fallen_due(day: date) -> OccurrenceQuerySet:
    """Occurrences of the last years whose first day has passed; what was given up is neither."""
    since = add_months(day, -MONTHS)
    unmoved = Q(first_due_on=None, due_on__gte=since, due_on__lt=day)
    moved = Q(first_due_on__gte=since, first_due_on__lt=day)
    return Occurrence.objects.standing().filter(unmoved | moved, given_up=False)


def history_of(reader: Reader, bodies: Collection[int], day: date) -> dict[int, dict[str, Counted]]:
    """Of each body by kind, as far as the reader may see the programmes; one query."""
    since = add_months(day, -MONTHS)
    # the day is written so that SQLite starts from the bodies, not from an index of all days
    seen = (
        Occurrence.objects.standing()
        .visible_to(reader)
        .alias(day=HELD_AGAINST)
        .filter(day__gte=since, day__lt=day, given_up=False, **{f"{_BODY}__in": bodies})
    )
    found: dict[int, dict[str, Counted]] = defaultdict(dict)
    for body, kind, late, all_ in (
        seen.order_by()
        .values_list(_BODY, _FIELD)
        .annotate(late_=Count("pk", filter=_LATE, distinct=True), all_=Count("pk", distinct=True))
    ):
        found[body][kind_of(kind)] = found[body].get(kind_of(kind), NOTHING) + Counted(late, all_)
    return found


def kind_of(field: str | None) -> str:
    """The kind of a measure: the field of its section."""
    return field or FieldOfCooperation.OTHER


def learnt(kept: Kept, day: date) -> Lateness[str] | None:
    """What the past of the whole register taught by this day; None while there is too little."""
    return _for_the_day(kept, f"lateness-{day:%Y%m%d}", lambda: _learn(day))


def _for_the_day(kept: Kept, name: str, compute: Callable[[], T | None]) -> T | None:
    """What is computed once a day; while the past is too thin, after each write."""
    found: T | None = caches["pictures"].get(name)
    if found is None:
        (found,) = kept.get(name, ("programmes", "reporting"), lambda: [compute()])
        if found is not None and any(kept.marks.values()):
            caches["pictures"].set(name, found)
    return found


def _learn(day: date) -> Lateness[str] | None:
    rows = _by_body_and_kind(day).annotate(late_=Count("pk", filter=_LATE), all_=Count("pk"))
    history: dict[tuple[int, str], Counted] = {}
    for body, kind, late, all_ in rows:
        at = body, kind_of(kind)
        history[at] = history.get(at, NOTHING) + Counted(late, all_)
    return learn(history)


def _by_body_and_kind(day: date) -> Any:
    last = Organisation.objects.order_by("-pk").values("pk")[:1]
    step = (Subquery(last) - 1) / MOST_BODIES + 1
    some = Organisation.objects.order_by().alias(apart=Mod(F("pk") - 1, step)).filter(apart=0)
    past = fallen_due(day).filter(**{f"{_BODY}__in": some.values("pk")})
    return past.order_by().values_list(_BODY, _FIELD)


def calibrated(kept: Kept, day: date) -> Calibration | None:
    """Chances told at the beginning of each of the last quarters, held against what came."""
    return _for_the_day(kept, f"calibration-{day:%Y%m%d}", lambda: _calibrate(day))


def _calibrate(day: date) -> Calibration | None:
    rows = _by_body_and_kind(day).annotate(
        year_=ExtractYear(HELD_AGAINST),
        quarter_=ExtractQuarter(HELD_AGAINST),
        late_=Count("pk", filter=_LATE),
        all_=Count("pk"),
    )
    by_quarter: dict[tuple[int, int], dict[tuple[int, str], Counted]] = defaultdict(dict)
    for body, kind, year, quarter, late, all_ in rows:
        quarters, at = by_quarter[year, quarter], (body, kind_of(kind))
        quarters[at] = quarters.get(at, NOTHING) + Counted(late, all_)
    return _rolling([by_quarter[at] for at in sorted(by_quarter)])


def _rolling(quarters: list[dict[tuple[int, str], Counted]]) -> Calibration | None:
    """Each quarter is foretold from those before it, the last ones are held against what came."""
    before: dict[tuple[int, str], Counted] = {}
    chances, base, hits, cases = [], [], [], []
    for place, quarter in enumerate(quarters):
        model = learn(before) if place >= len(quarters) - JUDGED_QUARTERS else None
        if model is not None:
            rate = model.seen.late / model.seen.all
            of_body = _of_bodies(before)
            for (body, kind), came in quarter.items():
                own = before.get((body, kind), NOTHING)
                whole = of_body.get(body, NOTHING)
                elsewhere = Counted(whole.late - own.late, whole.all - own.all)
                chances.append(model.chance(kind, own, elsewhere))
                base.append(rate)
                hits.append(came.late)
                cases.append(came.all)
        for at, came in quarter.items():
            before[at] = before.get(at, NOTHING) + came
    return judge(chances, base, hits, cases)


def _of_bodies(history: History) -> dict[int, Counted]:
    totals: dict[int, Counted] = {}
    for (body, _kind), count in history.items():
        totals[body] = totals.get(body, NOTHING) + count
    return totals
