from django.db import transaction

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.memberships import forget_memberships
from comity.directory.models import Membership, Organisation
from comity.directory.rules import must_grant_roles


@transaction.atomic
def grant_membership(
    *, user: User, organisation: Organisation, role: str, by: Reader
) -> Membership:
    """Gives a role in an organisation, in place of the one held there before."""
    must_grant_roles(by, organisation)
    trail = Trail("membership.granted", by)
    membership = Membership.objects.filter(user=user, organisation=organisation).first()
    if membership is None:
        membership = Membership.objects.create(user=user, organisation=organisation, role=role)
        trail.created(membership)
    else:
        before = snapshot(membership)
        membership.role = role
        membership.save()
        trail.changed(membership, before)
    forget_memberships(user, by)
    trail.record()
    return membership


@transaction.atomic
def revoke_membership(*, membership: Membership, by: Reader) -> None:
    """Takes the role away."""
    must_grant_roles(by, membership.organisation)
    trail = Trail("membership.revoked", by)
    trail.removed(membership)
    membership.delete()
    forget_memberships(membership.user, by)
    trail.record()
