"""Whose clock a signed-in person reads: that of the place where their organisation sits."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from comity.accounts.models import User
from comity.directory.models import Organisation

#: Where the session keeps the name of the zone.
KEY = "time_zone"


def note_time_zone(request: HttpRequest, user: User, **_more: Any) -> None:
    """On sign-in. People of several organisations, or of none, read the register's own clock."""
    seats = Organisation.objects.filter(memberships__user=user).select_related("seat")
    zones = {organisation.seat.clock.key for organisation in seats[:10]}
    if len(zones) == 1:
        request.session[KEY] = zones.pop()
    else:
        request.session.pop(KEY, None)


class ReaderClock:
    """“Today”, and the time of anything that happened, as the reader's own clock shows them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = request.session.get(KEY)
        if name is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(name)):
            return self.get_response(request)
