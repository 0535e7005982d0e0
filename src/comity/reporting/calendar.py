"""What a person owes and follows as a calendar that other programs subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from comity.accounts.models import User
from comity.lib.secrets import hashed
from comity.programmes.models import Occurrence
from comity.reporting.models import CalendarAddress
from comity.reporting.work import followed_by, owed_by

#: Days looked back and ahead, and the most measures followed that are looked at.
BACK, AHEAD, MOST = timedelta(days=120), timedelta(days=730), 500


def owner_of(secret: str) -> User | None:
    """Whose calendar has this secret, if anybody's who may still sign in."""
    found = CalendarAddress.objects.filter(
        sha256=hashed(secret), user__is_active=True
    ).select_related("user")
    address = found.first()
    return address.user if address else None


def calendar_of(user: User, *, site: str) -> bytes:
    """An all-day event for each day on which something is owed or followed; `site` leads there."""
    calendar = Calendar()
    calendar.add("prodid", "-//Comity//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Comity: deadlines"))
    today = timezone.localdate()
    owed = {
        one.occurrence.pk: one.occurrence
        for one in owed_by(user, today)
        if one.occurrence is not None and one.occurrence.done_on is None
    }
    for occurrence in [*owed.values(), *_followed(user, today, but=owed)]:
        calendar.add_component(_event(occurrence, site, is_owed=occurrence.pk in owed))
    content: bytes = calendar.to_ical()
    return content


def _followed(user: User, today: date, *, but: Iterable[int]) -> list[Occurrence]:
    near = Occurrence.objects.open().filter(due_on__range=(today - BACK, today + AHEAD))
    measures = followed_by(user, today)
    measures = measures.prefetch_related(Prefetch("occurrences", near, to_attr="near"))[:MOST]
    owed, found = set(but), []
    for measure in measures:
        for occurrence in measure.near:
            if occurrence.pk not in owed:
                occurrence.measure = measure
                found.append(occurrence)
    return found


def _event(occurrence: Occurrence, site: str, *, is_owed: bool) -> Event:
    event = Event()
    measure = occurrence.measure
    told = _("Report: %(measure)s") if is_owed else _("Due: %(measure)s")
    event.add("uid", f"occurrence-{occurrence.pk}@comity")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", occurrence.due_on)
    event.add("dtend", occurrence.due_on + timedelta(days=1))
    event.add("summary", told % {"measure": f"{measure.number} {measure.title}".strip()})
    event.add("url", f"{site}/reports/on/{occurrence.pk}/")
    event.add("transp", "TRANSPARENT")
    return event
