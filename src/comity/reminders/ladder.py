"""When something is said about a day on which a measure has to show something, and to whom."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    BODY = "body", _("who reports for the body")
    BODY_COORDINATOR = "body_coordinator", _("coordinators of the body")
    VERIFIER = "verifier", _("who verifies for the side")
    PROGRAMME = "programme", _("coordinators of the programme")


#: Days from the date on which each audience is told: negative before it, 0 on it.
Ladder = Mapping[Audience, Sequence[int]]

USUAL: Ladder = {
    Audience.BODY: (-30, -7, 0, 7),
    Audience.BODY_COORDINATOR: (7,),
    Audience.VERIFIER: (21,),
    Audience.PROGRAMME: (21,),
}
#: A rung that nobody stepped on for so long is not made up for: the next one speaks.
CATCH_UP = timedelta(days=45)
#: The furthest rung on either side of the date.
FURTHEST = 365


def rung_to_say(rungs: Sequence[int], due: date, today: date, said: int | None) -> int | None:
    """The rung to say today: the latest that is reached, unless it or a later one was said.

    So a rung is said once, days on which nobody ran are made up for, and of several that were
    missed only the latest is said.
    """
    reached = [rung for rung in rungs if due + timedelta(days=rung) <= today]
    if not reached:
        return None
    latest = max(reached)
    if said is not None and said >= latest:
        return None
    return latest if today - (due + timedelta(days=latest)) <= CATCH_UP else None
