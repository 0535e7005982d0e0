"""Whether chances that were told came true: a reliability curve and the Brier score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Bins of the curve, each as wide as the others.
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts between `low` and `high`: how many, their mean, and the share that came true."""

    low: float
    high: float
    cases: int
    hits: int
    forecast: float

    @property
    def share(self) -> float:
        return self.hits / self.cases


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of forecasts that were told before it was known."""

    bins: tuple[Bin, ...]
    cases: int
    hits: int
    #: Mean squared distance between forecast and outcome: 0 is perfect.
    brier: float
    #: The same of always telling the rate that was known before.
    brier_of_base_rate: float

    @property
    def skill(self) -> float:
        """By what share the squared distance is less than that of the base rate; below 0: more.

        Brier (1950), Monthly Weather Review 78(1); as a skill score Murphy (1973), Journal of
        Applied Meteorology 12(4).
        """
        if not self.brier_of_base_rate:
            return 0.0
        return 1 - self.brier / self.brier_of_base_rate

    @property
    def is_better(self) -> bool:
        return self.brier < self.brier_of_base_rate


def judge(
    forecasts: Sequence[float],
    base_rates: Sequence[float],
    hits: Sequence[int],
    cases: Sequence[int],
    bins: int = BINS,
) -> Calibration | None:
    """Holds forecasts against what came; None without any case.

    Each forecast, between 0 and 1, was told of so many `cases`, of which so many were `hits`;
    `base_rates` are what the base rate foretold of them. All four are of one length.
    """
    told, base = np.asarray(forecasts, dtype=float), np.asarray(base_rates, dtype=float)
    hit, of = np.asarray(hits, dtype=float), np.asarray(cases, dtype=float)
    everything = float(of.sum())
    if not everything:
        return None
    place = np.minimum((told * bins).astype(int), bins - 1)
    return Calibration(
        bins=tuple(
            Bin(
                one / bins,
                (one + 1) / bins,
                int(of[place == one].sum()),
                int(hit[place == one].sum()),
                float(np.average(told[place == one], weights=of[place == one])),
            )
            for one in range(bins)
            if of[place == one].sum()
        ),
        cases=int(everything),
        hits=int(hit.sum()),
        brier=_brier(told, hit, of),
        brier_of_base_rate=_brier(base, hit, of),
    )


def _brier(told: Floats, hit: Floats, of: Floats) -> float:
    squared = hit * (1 - told) ** 2 + (of - hit) * told**2
    return float(squared.sum() / of.sum())
