"""The chance that something comes late, from what came late before: a Beta-Binomial with pooling.

Bodies differ, and so do kinds of measures; most bodies have little history. So a body is held to
its kind, and a kind to the whole register, the more strongly the less is known of it:

- **register**: the rates of the bodies follow a Beta distribution, fitted by the largest marginal
  likelihood of the counts, which are Beta-Binomial (Skellam 1948; Efron and Morris 1975; Gelman et
  al., Bayesian Data Analysis, 3rd edition, chapter 5);
- **kind**: the rate of each kind is drawn towards that of the register in the same way; those of
  one body are alike and count for fewer than they are (design effect: Kish 1965);
- **body**: within a kind a body's rate follows a Beta distribution around that of the kind; what
  the body did in other kinds counts too, at a weight that the data choose (power prior: Ibrahim
  and Chen 2000), fitted by the pseudo-likelihood of each count given the body's others (Besag
  1975).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Body = TypeVar("Body", bound=Hashable)
Kind = TypeVar("Kind", bound=Hashable)
Floats = NDArray[np.float64]

#: With fewer past occurrences than this, or of fewer bodies, no chance is told.
ENOUGH_OCCURRENCES, ENOUGH_BODIES = 60, 8
#: With fewer kinds, they are held to the register as strongly as bodies are.
ENOUGH_KINDS = 3
#: More counts than this tell nothing more about three numbers.
MOST_COUNTS = 20_000
#: How little and how much pooling there may be, in occurrences that the pool stands for.
LEAST_STRENGTH, MOST_STRENGTH = 0.2, 2_000.0
#: A rate of the pool is never quite 0 or 1.
EDGE = 0.001


@dataclass(frozen=True, slots=True)
class Count:
    """Of `all` past occurrences, so many came `late`."""

    late: int = 0
    all: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.late + other.late, self.all + other.all)


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class Rate:
    """A Beta distribution by its mean and by how many occurrences it stands for (alpha + beta)."""

    mean: float
    strength: float

    @property
    def alpha(self) -> float:
        return self.mean * self.strength

    @property
    def beta(self) -> float:
        return (1 - self.mean) * self.strength


@dataclass(frozen=True, slots=True)
class Lateness(Generic[Kind]):
    """What was learnt of a register: how late it is, how its kinds are, how alike its bodies."""

    register: Rate
    #: The rate of each kind that was met; of all others the register's stands.
    kinds: Mapping[Kind, float]
    #: How many occurrences the kind stands for when a body of it is judged.
    strength: float
    #: What an occurrence of another kind counts for, between 0 and 1.
    weight: float
    #: What it was learnt from.
    seen: Count
    bodies: int

    def chance(self, kind: Kind, own: Count = NOTHING, elsewhere: Count = NOTHING) -> float:
        """The chance, between 0 and 1, that the next occurrence of a body in a kind is late.

        `own` are the body's past occurrences in the kind, `elsewhere` those in all other kinds.
        """
        mean = self.kinds.get(kind, self.register.mean)
        late = mean * self.strength + own.late + self.weight * elsewhere.late
        return late / (self.strength + own.all + self.weight * elsewhere.all)


def is_enough(counts: Iterable[Count]) -> bool:
    """Whether there is history enough to speak, by the counts of one body each."""
    known = [count for count in counts if count.all]
    seen = sum(known, NOTHING)
    return (
        len(known) >= ENOUGH_BODIES and seen.all >= ENOUGH_OCCURRENCES and 0 < seen.late < seen.all
    )


def learn(history: Mapping[tuple[Body, Kind], Count]) -> Lateness[Kind] | None:
    """Fits the model to the past of a register; None where there is too little of it.

    `history` has, by body and kind, how many occurrences fell due and how many came late. The order
    does not matter. With one kind it is the Beta-Binomial of largest likelihood and no more.
    """
    totals = _totals(history)
    if not is_enough(totals.values()):
        return None
    cells = sorted(
        (
            (str(kind), count.late, count.all, totals[body].late, totals[body].all, kind)
            for (body, kind), count in history.items()
            if count.all
        ),
        key=lambda cell: cell[:5],
    )
    cells = cells[:: -(-len(cells) // MOST_COUNTS)]
    late, of, late_in_all, all_of = (
        np.array([cell[place] for cell in cells], dtype=float) for place in (1, 2, 3, 4)
    )
    register = largest_likelihood(late, of)
    means = _kinds([cell[5] for cell in cells], late, of, register)
    strength, weight = register.strength, 1.0
    if len(means) > 1:
        mean = np.array([means[cell[5]] for cell in cells])
        others = (late_in_all - late, all_of - of)
        strength, weight = _bodies(late, of, mean, others, register.strength)
    return Lateness(register, means, strength, weight, sum(totals.values(), NOTHING), len(totals))


def _totals(history: Mapping[tuple[Body, Kind], Count]) -> dict[Body, Count]:
    totals: dict[Body, Count] = {}
    for (body, _kind), count in history.items():
        if count.all:
            totals[body] = totals.get(body, NOTHING) + count
    return totals


def largest_likelihood(late: Floats, of: Floats) -> Rate:
    """The Beta distribution under which counts `late` of `of` (one each) are most likely.

    Counts that are alike are taken together. Mean within (0.001, 0.999), strength within (0.2,
    2000): past that all bodies are alike, or each is always or never late.
    """
    pairs, times = np.unique(np.stack([late, of]), axis=1, return_counts=True)

    from scipy.stats import betabinom

    def unlikely(at: Floats) -> float:
        rate = _rate(at)
        told = betabinom.logpmf(pairs[0], pairs[1], rate.alpha, rate.beta)
        return -float(np.dot(times, told)) / len(late)

    mean = float(np.clip(late.sum() / of.sum(), 2 * EDGE, 1 - 2 * EDGE))
    return _rate(_least(unlikely, [_logit(mean), np.log(5.0)], _RATE_BOUNDS))


def _kinds(kinds: list[Kind], late: Floats, of: Floats, register: Rate) -> dict[Kind, float]:
    """The rate of each kind, drawn towards the register's."""
    alike = 1 / (register.strength + 1)
    counts_for = 1 / (1 + (of - 1) * alike)
    effective: dict[Kind, tuple[float, float]] = {}
    for kind, hit, cases, worth in zip(kinds, late, of, counts_for, strict=True):
        before = effective.get(kind, (0.0, 0.0))
        effective[kind] = (before[0] + hit * worth, before[1] + cases * worth)
    pool = register
    if len(effective) == 1:
        return dict.fromkeys(effective, register.mean)
    if len(effective) >= ENOUGH_KINDS:
        whole = np.round(np.array(list(effective.values())))
        pool = largest_likelihood(np.minimum(whole[:, 0], whole[:, 1]), whole[:, 1])
    return {
        kind: (pool.alpha + hit) / (pool.strength + cases)
        for kind, (hit, cases) in effective.items()
    }


def _bodies(
    late: Floats, of: Floats, mean: Floats, others: tuple[Floats, Floats], strength: float
) -> tuple[float, float]:
    """How strongly bodies are held to their kinds, and what their other kinds count for."""

    from scipy.stats import betabinom

    def unlikely(at: Floats) -> float:
        held, weight = float(np.exp(at[0])), float(at[1])
        hit = mean * held + weight * others[0]
        missed = (1 - mean) * held + weight * (others[1] - others[0])
        return -float(np.sum(betabinom.logpmf(late, of, hit, missed))) / len(late)

    bounds = [(np.log(LEAST_STRENGTH), np.log(MOST_STRENGTH)), (0.0, 1.0)]
    best = _least(unlikely, [np.log(strength), 0.5], bounds)
    return float(np.exp(best[0])), float(best[1])


_RATE_BOUNDS = [
    (-np.log(1 / EDGE - 1), np.log(1 / EDGE - 1)),
    (np.log(LEAST_STRENGTH), np.log(MOST_STRENGTH)),
]


def _rate(at: Floats) -> Rate:
    return Rate(float(1 / (1 + np.exp(-at[0]))), float(np.exp(at[1])))


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _least(
    function: Callable[[Floats], float],
    start: Sequence[float],
    bounds: Sequence[tuple[float, float]],
) -> Floats:
    from scipy.optimize import minimize

    found = minimize(function, np.array(start), method="L-BFGS-B", bounds=bounds)
    best: Floats = found.x
    return best
