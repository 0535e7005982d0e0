"""The past day that a page is asked for, in its address."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone


def day_asked(request: HttpRequest) -> date:
    """The day in `day`; today where there is none that makes sense, or where it is to come."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        return today


def on_past_day(day: date) -> dict[str, object]:
    """What a page tells of its day: `on_day` leads its panels and links to the same past day."""
    return {"day": day, "is_past": is_past(day), "on_day": f"?day={day}" if is_past(day) else ""}


def is_past(day: date) -> bool:
    return day < timezone.localdate()
