"""All roles of a person in words, whichever rooms they are given in."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from comity.accounts.models import User

#: Rooms above add how they name the roles that they give; see `AppConfig.ready` of each.
tellers: list[Callable[[User], Iterable[str]]] = []


def roles_of(user: User) -> list[str]:
    """One line for each role: what it is, and within what."""
    lines = [
        _("%(role)s, the whole register") % {"role": grant.get_role_display()}
        for grant in user.whole_grants.all()
    ]
    return lines + [line for tell in tellers for line in tell(user)]
