"""Which day takes the place of which when the deadline of a measure becomes another.

A day and what was built on it, reports and links above all, move on together: what one side
reported stays reported, whatever the day is now.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date

from comity.programmes.due import DueKind, DueRule, Recurrence

_MONTHS = {
    Recurrence.MONTHLY: 1,
    Recurrence.QUARTERLY: 3,
    Recurrence.HALF_YEARLY: 6,
    Recurrence.YEARLY: 12,
}


def successors(
    before: DueRule, rule: DueRule, gone: Mapping[date, bool], new: Sequence[date], *, alone: bool
) -> dict[date, date]:
    """By a day that does not fit any more, the new day that takes its place.

    `gone` tells of each whether it is open. Where a measure recurs as often as before, the day of
    a year, a quarter or a month takes the place of that of the same; where it had and has one day
    only (`alone`), that one does: settled or not. After that open ones follow in their order: a
    day that was settled is never taken for another that was not.
    """
    if alone:
        return dict(zip(gone, new, strict=False))
    found = {}
    if _often(before) is not None and _often(before) == _often(rule):
        length = _MONTHS[_often(before) or Recurrence.YEARLY]
        of_stretch = {_stretch(day, length): day for day in new}
        for day in gone:
            if (follows := of_stretch.pop(_stretch(day, length), None)) is not None:
                found[day] = follows
    open_ = [day for day, is_open in gone.items() if is_open and day not in found]
    rest = [day for day in new if day not in found.values()]
    return found | dict(zip(open_, rest, strict=False))


def _often(rule: DueRule) -> Recurrence | None:
    if rule.kind == DueKind.CONTINUOUS:
        return Recurrence.YEARLY
    return Recurrence(rule.recurrence) if rule.recurrence else None


def _stretch(day: date, months: int) -> Hashable:
    return day.year, (day.month - 1) // months
