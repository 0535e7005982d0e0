"""Shares with their intervals, so that a few cases do not outdo many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: How sure an interval is, unless it is asked for otherwise.
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `cases`, as a share between 0 and 1, and the interval in which it may well lie."""

    hits: int
    cases: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """None where there is no case."""
        return self.hits / self.cases if self.cases else None


def shares(
    hits: Sequence[int], cases: Sequence[int], confidence: float = CONFIDENCE
) -> list[Share]:
    """Each share with its Jeffreys interval: quantiles of Beta(hits + ½, misses + ½).

    One interval for each pair, in their order. The lower end is 0 where nothing hit, the upper end
    is 1 where nothing missed; without a case the interval is everything. Raises ValueError unless
    0 ≤ hits ≤ cases. Source: Brown, Cai and DasGupta (2001), Interval Estimation for a Binomial
    Proportion, Statistical Science 16(2), section 3.1.1.
    """
    hit, of = np.asarray(hits, dtype=float), np.asarray(cases, dtype=float)
    if hit.shape != of.shape or np.any(hit < 0) or np.any(hit > of):
        raise ValueError("There are as many hits as cases, or fewer, and never below none.")
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = np.where(hit > 0, betaincinv(hit + 0.5, of - hit + 0.5, tail), 0.0)
    high = np.where(hit < of, betaincinv(hit + 0.5, of - hit + 0.5, 1 - tail), 1.0)
    return [
        Share(int(h), int(n), float(a), float(b))
        for h, n, a, b in zip(hit, of, low, high, strict=True)
    ]
