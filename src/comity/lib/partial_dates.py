"""Dates of which only the year, or the year and the month, are known."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.lib.periods import month_end


class Precision(models.TextChoices):
    DAY = "day", _("the day is known")
    MONTH = "month", _("only the month is known")
    YEAR = "year", _("only the year is known")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The first day that the date can mean, and how much of it is known."""

    first: date
    precision: str

    def __str__(self) -> str:
        """As it is typed: 2015, 2015-03 or 2015-03-18."""
        known = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(self.precision), 10)
        return self.first.isoformat()[:known]

    @property
    def last(self) -> date:
        if self.precision == Precision.YEAR:
            return date(self.first.year, 12, 31)
        return month_end(self.first) if self.precision == Precision.MONTH else self.first


def parse_partial(text: str) -> PartialDate:
    """Reads 2004, 2015-03 or 2015-03-18; raises ValueError with a sentence for anything else."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", text.strip())
    if found:
        year, month, day = found.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        with suppress(ValueError):
            first = date(int(year), int(month or 1), int(day or 1))
            return PartialDate(first, precision.value)
    raise ValueError(
        gettext("“%(text)s” is no date; write 2015, 2015-03 or 2015-03-18 as far as it is known.")
        % {"text": text}
    )
