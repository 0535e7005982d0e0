from django.db import transaction

from comity.accounts.actions import give_role
from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.directory.memberships import forget_memberships
from comity.directory.models import Membership, Organisation
from comity.directory.scopes import WithinOrganisation


@transaction.atomic
def grant_membership(
    *, user: User, organisation: Organisation, role: str, by: Reader
) -> Membership:
    """Gives a role in an organisation, in place of the one held there before."""
    scope = WithinOrganisation(organisation)
    give_role(scope=scope, user=user, role=role, by=by, verb="membership.granted")
    forget_memberships(by)
    return Membership.objects.get(user=user, organisation=organisation)
