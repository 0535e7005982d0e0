from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import must
from comity.audit.actions import Trail
from comity.lib.secrets import a_secret, hashed
from comity.programmes.models import Measure, Programme
from comity.reporting.models import CalendarAddress, Follow


@transaction.atomic
def follow(*, what: Programme | Measure, by: User) -> Follow:
    """The person sees from now on how it goes on; nothing happens if they do already."""
    seen = type(what)._default_manager.visible_to(by).filter(pk=what.pk)
    must(seen.exists(), _("You cannot follow what you may not see."))
    known = Follow.objects.filter(user=by, **_named(what)).first()
    if known:
        return known
    made = Follow.objects.create(user=by, **_named(what))
    trail = Trail("reporting.followed", by)
    trail.created(made)
    trail.record()
    return made


@transaction.atomic
def stop_following(*, what: Programme | Measure, by: User) -> None:
    """Nothing happens if the person does not follow it."""
    known = Follow.objects.filter(user=by, **_named(what)).first()
    if known is None:
        return
    trail = Trail("reporting.unfollowed", by)
    trail.removed(known)
    known.delete()
    trail.record()


@transaction.atomic
def renew_calendar(*, by: User) -> str:
    """A new secret for the person's calendar; the one before leads nowhere from now on."""
    secret = a_secret()
    trail = Trail("reporting.calendar_renewed", by)
    for earlier in CalendarAddress.objects.filter(user=by):
        trail.removed(earlier)
        earlier.delete()
    made = CalendarAddress.objects.create(user=by, sha256=hashed(secret))
    trail.created(made)
    trail.record()
    return secret


@transaction.atomic
def close_calendar(*, by: User) -> None:
    """Takes the person's calendar address away."""
    trail = Trail("reporting.calendar_closed", by)
    for address in CalendarAddress.objects.filter(user=by):
        trail.removed(address)
        address.delete()
    if trail.entries:
        trail.record()


def _named(what: Programme | Measure) -> dict[str, Programme | Measure]:
    return {"programme" if isinstance(what, Programme) else "measure": what}
