from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.programmes.grants import forget_grants
from comity.programmes.models import Programme, ProgrammeGrant
from comity.programmes.rules import can_give_roles_in


@transaction.atomic
def grant_programme_role(
    *, programme: Programme, user: User, role: str, by: Reader
) -> ProgrammeGrant:
    """Gives a role in one programme, in place of the one held before."""
    _administrators_only(by, programme)
    trail = Trail("programme.role_granted", by)
    grant = ProgrammeGrant.objects.filter(programme=programme, user=user).first()
    if grant is None:
        grant = ProgrammeGrant.objects.create(programme=programme, user=user, role=role)
        trail.created(grant)
    else:
        before = snapshot(grant)
        grant.role = role
        grant.save()
        trail.changed(grant, before)
    forget_grants(user)
    trail.record()
    return grant


@transaction.atomic
def revoke_programme_role(*, grant: ProgrammeGrant, by: Reader) -> None:
    """Takes a role in one programme away."""
    _administrators_only(by, grant.programme)
    trail = Trail("programme.role_revoked", by)
    trail.removed(grant)
    grant.delete()
    forget_grants(grant.user)
    trail.record()


def _administrators_only(by: Reader, programme: Programme) -> None:
    must(
        can_give_roles_in(by, programme),
        _("Only an administrator of the programme, of a side or of its owner gives roles in it."),
    )
