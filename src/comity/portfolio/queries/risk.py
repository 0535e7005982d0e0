"""Which open days may come late, with the reason; only for those who have a part in a programme."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from comity.accounts.rules import Reader
from comity.audit.kept import Kept
from comity.directory.models import Organisation
from comity.portfolio.queries.audience import ROOMS, audience
from comity.portfolio.queries.history import history_of, kind_of, learnt
from comity.programmes.models import Occurrence
from comity.programmes.models.occurrence import OccurrenceQuerySet
from insight.lateness import NOTHING, Count, Lateness

#: How many days ahead is looked.
HORIZON = 92
#: From this chance on a day is at risk: it is as likely late as not.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """What a chance rests on: the past of one body, and the share of its kind that came late."""

    body: int
    past: Count
    kind: str
    kind_share: float


@dataclass(frozen=True, slots=True)
class Risk:
    """The chance that an open occurrence is settled after its day, or never."""

    occurrence: int
    programme: int
    chance: float
    reason: Reason

    @property
    def is_likely(self) -> bool:
        return self.chance >= LIKELY


@dataclass(frozen=True, slots=True)
class Risks:
    """Chances of open days, the likeliest late first; `is_silent` where the past is too thin."""

    rows: list[Risk]
    model: Lateness[str] | None

    @property
    def is_silent(self) -> bool:
        return self.model is None

    @property
    def likely(self) -> list[Risk]:
        return [risk for risk in self.rows if risk.is_likely]

    def counted(self) -> dict[int, int]:
        """How many are at risk, by programme."""
        found: dict[int, int] = defaultdict(int)
        for risk in self.likely:
            found[risk.programme] += 1
        return found


def ahead(day: date) -> OccurrenceQuerySet:
    """Open days from a day on, as far as is looked ahead."""
    return Occurrence.objects.open().due_between(day, day + timedelta(days=HORIZON))


def risks_of(reader: Reader, open_days: OccurrenceQuerySet, kept: Kept, day: date) -> Risks:
    """The chances of open days; the reader must have a part in their programmes.

    The past that is told of is what the reader may see. Where a measure names several bodies, its
    chance is the mean of theirs and the reason is that of the likeliest; where it names none that
    the register knows, nothing is said.
    """
    model = learnt(kept, day)
    if model is None:
        return Risks([], None)
    named = _named(open_days)
    past = history_of(reader, {body for *_rest, bodies in named for body in bodies}, day)
    risks = [
        _risk(model, occurrence, programme, kind, [(body, past.get(body, {})) for body in bodies])
        for occurrence, programme, kind, bodies in named
    ]
    return Risks(sorted(risks, key=lambda risk: (-risk.chance, risk.occurrence)), model)


def _named(open_days: OccurrenceQuerySet) -> list[tuple[int, int, str, list[int]]]:
    """Each day with its programme, its kind and the bodies that its measure names."""
    rows = open_days.filter(measure__responsibilities__organisation__isnull=False).values_list(
        "pk", "programme", "measure__section__field", "measure__responsibilities__organisation"
    )
    found: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for occurrence, programme, field, body in rows:
        bodies = found[occurrence, programme, kind_of(field)]
        if body not in bodies:
            bodies.append(body)
    return [(*key, bodies) for key, bodies in found.items()]


def _risk(
    model: Lateness[str],
    occurrence: int,
    programme: int,
    kind: str,
    bodies: Sequence[tuple[int, dict[str, Count]]],
) -> Risk:
    told = []
    for body, by_kind in bodies:
        own, whole = by_kind.get(kind, NOTHING), sum(by_kind.values(), NOTHING)
        elsewhere = Count(whole.late - own.late, whole.all - own.all)
        told.append((model.chance(kind, own, elsewhere), body, whole))
    _chance, body, past = max(told, key=lambda one: (one[0], one[2].all))
    share = model.kinds.get(kind, model.register.mean)
    chance = fmean(chance for chance, _body, _past in told)
    return Risk(occurrence, programme, chance, Reason(body, past, kind, share))


def at_risk(reader: Reader, mine: Collection[int], kept: Kept, day: date) -> dict[int, int]:
    """How many days of some programmes are at risk, in all of which the reader has a part.

    Nothing while the past is too thin. Kept until a write.
    """
    key = f"at-risk-{audience(reader)}-{day:%Y%m%d}-{hash(tuple(sorted(mine)))}"
    return kept.get(key, (*ROOMS, "reporting"), lambda: _at_risk(reader, mine, kept, day))


def _at_risk(reader: Reader, mine: Collection[int], kept: Kept, day: date) -> dict[int, int]:
    if not mine:
        return {}
    risks = risks_of(reader, ahead(day).filter(programme__in=mine), kept, day)
    counted = risks.counted()
    return {} if risks.is_silent else {pk: counted.get(pk, 0) for pk in mine}


def bodies_named(risks: Iterable[Risk]) -> dict[int, Organisation]:
    return Organisation.objects.in_bulk({risk.reason.body for risk in risks})
