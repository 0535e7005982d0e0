"""Intervals and the curve of calibration as numbers; the templates write them as SVG."""

from dataclasses import dataclass

from insight.calibration import Bin, Calibration
from insight.shares import Share

#: Where the axis of shares is labelled, in hundredths.
TICKS = (0, 25, 50, 75, 100)
#: The side of the square of the curve, and its margin, in its own units.
SIDE, MARGIN = 300, 36
#: The radius of the largest and of the smallest dot.
LARGEST, SMALLEST = 11.0, 3.5


@dataclass(frozen=True, slots=True)
class Interval:
    """A dot with its interval, in hundredths of the axis."""

    low: float
    width: float
    dot: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin of forecasts: where it lies on the square, as large as it has cases."""

    x: float
    y: float
    radius: float
    bin: Bin


@dataclass(frozen=True, slots=True)
class Curve:
    dots: list[Dot]
    size: int
    margin: int
    ticks: list[tuple[float, float, int]]


def interval(share: Share) -> Interval:
    low, high = round(100 * share.low, 1), round(100 * share.high, 1)
    dot = None if share.share is None else round(100 * share.share, 1)
    return Interval(low, round(high - low, 1), dot)


def curve(judged: Calibration) -> Curve:
    """Forecast to the right, what came true upwards; on the diagonal both are the same."""
    most = max(one.cases for one in judged.bins)
    dots = [
        Dot(
            _across(one.forecast),
            _up(one.share),
            round(SMALLEST + (LARGEST - SMALLEST) * (one.cases / most) ** 0.5, 1),
            one,
        )
        for one in judged.bins
    ]
    ticks = [(_across(tick / 100), _up(tick / 100), tick) for tick in TICKS]
    return Curve(dots, SIDE + 2 * MARGIN, MARGIN, ticks)


def _across(share: float) -> float:
    return round(MARGIN + SIDE * share, 1)


def _up(share: float) -> float:
    return round(MARGIN + SIDE * (1 - share), 1)
