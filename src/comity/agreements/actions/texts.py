"""An agreement comes into the register, and what was written wrongly is put right."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.agreements.actions.composition import correct_composition, correct_fields
from comity.agreements.actions.opening import opened
from comity.agreements.actions.parties import NewParty, put_fields, put_parties
from comity.agreements.composition import Who
from comity.agreements.models import AMENDABLE, Agreement
from comity.agreements.rules import can_agree_for
from comity.audit.actions import Trail, plain, snapshot
from comity.directory.models import Organisation
from comity.territories.models import Territory


class AgreementText(TypedDict, total=False):
    """What an agreement says, by the names of its fields."""

    kind: str
    number: str
    title_be: str
    title_ru: str
    title_en: str
    signed_on: date | None
    signed_precision: str
    signed_at: str
    in_force_from: date | None
    until: date | None
    renewal_months: int | None
    notice_months: int | None
    objected_on: date | None
    ended_on: date | None
    visibility: str
    is_example: bool


@transaction.atomic
def create_agreement(
    *,
    by: Reader,
    parties: Sequence[NewParty],
    fields: Iterable[str] = (),
    reason: str = "",
    **text: Unpack[AgreementText],
) -> Agreement:
    """A new agreement between two or more parties, in the order given, in fields of cooperation.

    Raises PermissionDenied, or ValidationError with sentences for the person.
    """
    _must_agree_for(by, parties)
    _refuse_odd_parties(parties)
    trail = Trail("agreement.created", by, reason)
    agreement = Agreement(**text)
    agreement.full_clean()
    agreement.save()
    trail.created(agreement)
    put_parties(agreement, parties, trail)
    put_fields(agreement, fields, trail)
    trail.record()
    return agreement


@transaction.atomic
def change_agreement(
    *,
    agreement: Agreement,
    by: Reader,
    expected_version: int,
    reason: str,
    parties: Sequence[NewParty] | None = None,
    fields: Collection[str] | None = None,
    **text: Unpack[AgreementText],
) -> Agreement:
    """Puts right what the register says wrongly; what the parties changed is an amendment.

    Parties and fields stay as they are unless given. Where an amendment set what is now corrected,
    the amendment is corrected with it. Raises PermissionDenied, `Stale`, or
    ValidationError with sentences.
    """
    agreement, before = opened(agreement, by, expected_version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the history keeps it.")})
    trail = Trail("agreement.changed", by, reason)
    for name, value in text.items():
        setattr(agreement, name, value)
    agreement.full_clean()
    agreement.save()
    trail.changed(agreement, before)
    _correct_amendments(agreement, before, trail)
    if parties is not None:
        _must_agree_for(by, parties)
        _refuse_odd_parties(parties)
        stood, now = _who(agreement), {party.who for party in parties}
        put_parties(agreement, parties, trail)
        correct_composition(agreement, stood - now, now - stood, trail)
    if fields is not None:
        had, has = _fields(agreement), set(fields)
        put_fields(agreement, fields, trail)
        correct_fields(agreement, had - has, has - had, trail)
    trail.record()
    return agreement


def _must_agree_for(by: Reader, parties: Sequence[NewParty]) -> None:
    must(
        can_agree_for(by, [party.who for party in parties]),
        _(
            "You write for none of the parties. Coordinators register what their organisation, "
            "or the territory it is an authority of, is a party to; a coordinator of the whole "
            "register, everything."
        ),
    )


def _refuse_odd_parties(parties: Sequence[NewParty]) -> None:
    if len(parties) < 2:
        raise ValidationError(_("An agreement has two or more parties; name each in its own row."))
    seen: list[Territory | Organisation] = []
    for party in parties:
        if party.who in seen:
            raise ValidationError(
                _("%(party)s is named twice; a party stands in one row.") % {"party": party.who}
            )
        seen.append(party.who)


def _who(agreement: Agreement) -> set[Who]:
    return {party.who for party in agreement.parties.select_related("territory", "organisation")}


def _fields(agreement: Agreement) -> set[str]:
    return set(agreement.cooperation_fields.values_list("field", flat=True))


def _correct_amendments(agreement: Agreement, before: dict[str, object], trail: Trail) -> None:
    """What an amendment set last is what the agreement says now."""
    amendments = list(agreement.amendments.all())
    for name in AMENDABLE:
        value = plain(getattr(agreement, name))
        if value == before[name]:
            continue
        setter = next((a for a in reversed(amendments) if name in a.changes), None)
        if setter is not None:
            amended = snapshot(setter)
            setter.changes = {**setter.changes, name: [setter.changes[name][0], value]}
            setter.save()
            trail.changed(setter, amended)
