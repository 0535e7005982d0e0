"""The stretch of time that a report is about: 2018Q2, 2018H1 or 2018, and how it is told."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.lib import wording
from comity.lib.languages import reader_language
from comity.lib.periods import Period, stretch_around
from comity.programmes.due import EARLIEST, LATEST
from comity.programmes.models import Programme

_WRITTEN = re.compile(r"(?P<year>\d{4})(?:(?P<kind>[QH])(?P<number>[1-4]))?")
_MONTHS = {"Q": 3, "H": 6}
_ROMAN = ("I", "II", "III", "IV")
_ENGLISH = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """A quarter, a half-year or a year by its code, with its days."""

    code: str
    days: Period

    @property
    def in_words(self) -> str:
        """“for the third quarter of 2026”, «за III квартал 2026 г.»."""
        year, number = self.days.end.year, int(self.code[5:] or 0)
        if "Q" in self.code:
            return _("for the %(number)s quarter of %(year)s") % {
                "number": _numeral(number), "year": year,
            }  # fmt: skip
        if "H" in self.code:
            return _("for the %(number)s half of %(year)s") % {
                "number": _numeral(number), "year": year,
            }  # fmt: skip
        return _("for the year %(year)s") % {"year": year}

    def is_over_on(self, day: date) -> bool:
        return self.days.end < day

    def as_of(self, today: date) -> date:
        """The last day of it, or today if it is not over."""
        return min(self.days.end, today)


def period_of(code: str) -> ReportPeriod:
    """Reads 2018Q2, 2018H1 or 2018; ValueError with a sentence for anything else."""
    code = code.strip().upper()
    found = _WRITTEN.fullmatch(code)
    if found is None or not EARLIEST.year <= int(found["year"]) <= LATEST.year:
        raise ValueError(_("“%s” is not a period; write 2018Q2, 2018H1 or 2018.") % code)
    months = _MONTHS.get(found["kind"] or "", 12)
    number = int(found["number"] or 1)
    if number * months > 12:
        raise ValueError(_("“%s” is not a period; write 2018Q2, 2018H1 or 2018.") % code)
    inside = date(int(found["year"]), number * months, 1)
    return ReportPeriod(code, stretch_around(inside, months))


def must_be_reportable(period: ReportPeriod, programme: Programme, today: date) -> None:
    """Raises ValidationError for a period that has not begun, or of which there is nothing to say.

    The latter lies outside the programme's own period, and nothing of it falls due there.
    """
    outside = _outside(programme, period.days)
    if outside and not _falls_due(programme, period.days):
        raise ValidationError(outside)
    if period.days.start > today:
        raise ValidationError(_("This period has not begun yet."))


def _outside(programme: Programme, days: Period) -> str:
    """That these days lie outside the programme, of which one day may not be known."""
    start, end = programme.start, programme.end
    if (start is None or start <= days.end) and (end is None or days.start <= end):
        return ""
    if programme.period:
        told = _("The programme runs from %(start)s to %(end)s: choose a period within it.")
    elif start:
        told = _("The programme begins on %(start)s: choose a period after that.")
    else:
        told = _("The programme ended on %(end)s: choose a period before that.")
    return told % {"start": wording.day(start), "end": wording.day(end)}


def _falls_due(programme: Programme, days: Period) -> bool:
    return programme.occurrences.standing().due_between(days.start, days.end).exists()


def latest_periods(today: date, programme: Period | None) -> list[ReportPeriod]:
    """The periods that a report may be wanted for, the last finished quarter first.

    Of the years of the programme that have begun, at most ten; of this year and the last if it has
    no period. None if it has not begun.
    """
    if programme and programme.start > today:
        return []
    last = min(today.year, programme.end.year if programme else today.year)
    first = max(programme.start.year if programme else today.year - 1, last - 9)
    codes = [
        f"{year}{part}"
        for year in range(last, first - 1, -1)
        for part in ("Q4", "Q3", "Q2", "Q1", "H2", "H1", "")
    ]
    begun = [
        period
        for period in map(period_of, codes)
        if period.days.start <= today and (programme is None or programme.overlap(period.days))
    ]
    finished = [p for p in begun if p.is_over_on(today) and "Q" in p.code]
    return finished[:1] + [period for period in begun if period not in finished[:1]]


def _numeral(number: int) -> str:
    return (_ENGLISH if reader_language() == "en" else _ROMAN)[number - 1]
