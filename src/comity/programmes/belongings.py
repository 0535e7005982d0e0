"""The changes that somebody proposed and that are not decided: part of what they hand over."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from comity.accounts.belongings import Belonging, passed_on
from comity.accounts.models import WRITING, User
from comity.accounts.scopes import Scope
from comity.programmes.models import MeasureAmendment
from comity.programmes.scopes import programmes_within


def proposed_changes(person: User, scope: Scope | None) -> Iterator[Belonging]:
    proposed = MeasureAmendment.objects.proposed().filter(
        proposed_by=person, programme__in=programmes_within(scope)
    )
    yield Belonging(
        _("Changes proposed and not decided yet"),
        tuple(proposed.select_related("measure")),
        WRITING,
        passed_on(proposed, "proposed_by"),
    )
