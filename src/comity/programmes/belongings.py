"""The changes that somebody proposed and that are not decided: part of what they hand over."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from comity.accounts.belongings import Belonging, Duty, passed_on
from comity.accounts.models import WRITING, User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope
from comity.directory.models import OrganisationKind
from comity.directory.scopes import WithinOrganisation
from comity.programmes.models import MeasureAmendment
from comity.programmes.queries.lists import sides_along
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


def awaited_consents(person: User, scope: Scope, reader: Reader) -> Iterator[Duty]:
    """Changes that wait for the consent of a side for which an authority speaks."""
    if not isinstance(scope, WithinOrganisation):
        return
    authority = scope.organisation
    if authority.kind != OrganisationKind.AUTHORITY:
        return
    seen = MeasureAmendment.objects.visible_to(person).visible_to(reader)
    proposed = seen.proposed().filter(programme__sides__territory=authority.seat_id)
    rows = proposed.exclude(proposed_by=person).select_related("measure", "programme")
    side = authority.seat.country_code
    found = rows.prefetch_related("consents", sides_along("programme__")).order_by("pk")
    awaited = tuple(one for one in found if side in one.awaited)
    yield Duty(_("Changes that wait for consent"), awaited, WRITING)
