"""What comes to a person on My work, told where nothing is there yet."""

from django.utils.translation import gettext as _

from comity.accounts.models import REPORTING, VERIFYING, Role, User
from comity.accounts.rules import whole_role
from comity.agreements.models import Agreement
from comity.directory.memberships import memberships_of
from comity.directory.rules import acting_as, authority_seats
from comity.programmes.grants import granted_programmes, programmes_granted_as
from comity.programmes.rules import can_add_programme


def finds_it_empty(user: User) -> bool:
    """Whether nothing was agreed yet, and the person may fill the register."""
    return can_add_programme(user) and not Agreement.objects.exists()


def what_comes_to(user: User) -> list[str]:
    """Sentences on what the roles of a person bring to their work, none on what they do not."""
    whole = whole_role(user)
    if whole is None and not memberships_of(user) and not granted_programmes(user):
        return [_("You have no role yet. Ask whoever looks after the people of your organisation.")]
    told = []
    if acting_as(user, REPORTING) or programmes_granted_as(user, REPORTING):
        told.append(_("Reports that you owe, from two months before their day."))
    if _decides(user):
        told.append(_("Reports that were submitted and wait for your decision."))
    if whole == Role.REPORTER:
        told.append(_("You may report for any body, from the page of its measure."))
    elif whole == Role.AUDITOR:
        told.append(_("You read everything and change nothing: no reports are asked of you."))
    elif not told:
        told.append(_("You look on: no reports are asked of you."))
    told.append(_("What you follow: there is a button on the page of each programme and measure."))
    return told


def _decides(user: User) -> bool:
    """In the whole, in a programme, or for the side of an authority."""
    return bool(
        whole_role(user) in VERIFYING
        or programmes_granted_as(user, VERIFYING)
        or authority_seats(user, VERIFYING)
    )
