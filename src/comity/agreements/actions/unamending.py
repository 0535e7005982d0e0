"""An amendment that was recorded by mistake goes out of the register, with all its effects."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.agreements.actions.opening import opened
from comity.agreements.actions.parties import party_of, put_fields
from comity.agreements.composition import Who
from comity.agreements.models import Agreement, Amendment
from comity.agreements.unamended import Unamended
from comity.audit.actions import Trail, snapshot


@transaction.atomic
def remove_amendment(
    *, amendment: Amendment, by: Reader, expected_version: int, reason: str
) -> Agreement:
    """Takes an amendment out that should not be there; terms, parties and fields go back.

    Those that later amendments changed again stay as these have them. Raises PermissionDenied,
    `Stale`, or ValidationError with sentences, such as what was built on it since.
    """
    agreement, before = opened(amendment.agreement, by, expected_version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the history keeps it.")})
    unamended = Unamended(agreement, amendment)
    if unamended.obstacles:
        raise ValidationError(unamended.obstacles)
    trail = Trail("agreement.amendment_removed", by, reason.strip())
    _put_parties_back(agreement, unamended.parties, trail)
    put_fields(agreement, unamended.fields, trail)
    _tell_later_ones(unamended, trail)
    trail.removed(amendment)
    amendment.delete()
    for name, value in unamended.values.items():
        setattr(agreement, name, value)
    for day in (later.in_force_from for later in unamended.later):
        agreement.as_it_stood_on(day).full_clean()
    agreement.full_clean()
    agreement.save()
    trail.changed(agreement, before)
    trail.record()
    return agreement


def _put_parties_back(
    agreement: Agreement, wanted: Mapping[Who, dict[str, Any]], trail: Trail
) -> None:
    """Who is a party only by the amendment goes; who left by it stands again as it stood."""
    standing = {p.who: p for p in agreement.parties.select_related("territory", "organisation")}
    gone = [party for who, party in standing.items() if who not in wanted]
    trail.removed(*gone)
    for party in gone:
        party.delete()
    for who in (who for who in wanted if who not in standing):
        party = party_of(agreement, who)
        for name in ("position", "signatory_name", "signatory_post"):
            setattr(party, name, wanted[who][name])
        party.full_clean()
        party.save()
        trail.created(party)


def _tell_later_ones(unamended: Unamended, trail: Trail) -> None:
    for amendment in unamended.later:
        before = snapshot(amendment)
        amendment.changes = unamended.changes[amendment.pk]
        if snapshot(amendment) != before:
            amendment.save()
            trail.changed(amendment, before)
