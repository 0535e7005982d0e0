"""What day it is for whoever reports: tomorrow in Kamchatka while it is still today in Minsk."""

from datetime import date, datetime

from django.utils import timezone

from comity.reporting.models import Report
from comity.territories.models import Territory


def day_at(report: Report, moment: datetime) -> date:
    """The day of a moment where the body of a report sits, or else the territory of its side.

    A deadline lasts until that day ends there. Of a report without either, it is the register's.
    """
    place = _place(report)
    day: date = timezone.localdate(
        moment, place.clock if place else timezone.get_default_timezone()
    )
    return day


def _place(report: Report) -> Territory | None:
    if report.body is not None:
        return report.body.seat
    sides = report.measure.programme.sides.all()
    return next((one.territory for one in sides if one.territory.country_code == report.side), None)
