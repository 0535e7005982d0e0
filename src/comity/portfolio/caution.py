"""What whoever uses the forecasts should know, by how they came out."""

from dataclasses import dataclass

from insight.calibration import Bin, Calibration
from insight.shares import shares

#: An improvement over the average share below this is a small one.
SMALL = 0.1
#: A share of fewer cases than this may be a fifth off by chance alone (95 %).
FEW = 30


@dataclass(frozen=True, slots=True)
class Caution:
    """Of a calibration: is its gain small, and which of its bins tell little or are off."""

    is_small: bool
    few: int
    bins: int
    #: Bins of many cases whose forecast lies outside the 95 % interval of what came.
    too_low: list[Bin]
    too_high: list[Bin]

    @property
    def is_needed(self) -> bool:
        return bool(self.is_small or self.few or self.too_low or self.too_high)


def caution(judged: Calibration) -> Caution:
    many = [one for one in judged.bins if one.cases >= FEW]
    came = shares([one.hits for one in many], [one.cases for one in many])
    held = list(zip(many, came, strict=True))
    return Caution(
        is_small=judged.skill < SMALL,
        few=len(judged.bins) - len(many),
        bins=len(judged.bins),
        too_low=[one for one, share in held if one.forecast < share.low],
        too_high=[one for one, share in held if one.forecast > share.high],
    )
