"""Stretches of time as officials count them: months, quarters, half-years, years."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"A period cannot end on {self.end} before it starts on {self.start}.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def overlap(self, other: "Period") -> "Period | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def stretch_around(day: date, months: int) -> Period:
    """The month (1), quarter (3), half-year (6) or year (12) in which a day lies."""
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, month_end(add_months(start, months - 1)))


def quarter_of(day: date) -> Period:
    return stretch_around(day, 3)


def stretches_within(period: Period, recurrence: str) -> Iterator[Period]:
    """The months, quarters, half-years or years of a period, the first and last clipped to it."""
    months, day = MONTHS_IN[recurrence], period.start
    while day <= period.end:
        whole = stretch_around(day, months)
        clipped = whole.overlap(period)
        assert clipped is not None  # `day` lies in both
        yield clipped
        day = whole.end + timedelta(days=1)
