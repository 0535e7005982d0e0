from django.db import transaction

from comity.accounts.actions import give_role
from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.programmes.models import Programme, ProgrammeGrant
from comity.programmes.scopes import WithinProgramme


@transaction.atomic
def grant_programme_role(
    *, programme: Programme, user: User, role: str, by: Reader
) -> ProgrammeGrant:
    """Gives a role in one programme, in place of the one held before."""
    scope = WithinProgramme(programme)
    give_role(scope=scope, user=user, role=role, by=by, verb="programme.role_granted")
    return ProgrammeGrant.objects.get(programme=programme, user=user)
