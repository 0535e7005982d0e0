"""An agreement comes into the register, and what was written wrongly is put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.agreements.actions.opening import opened
from comity.agreements.models import AMENDABLE, Agreement, CooperationField, Party
from comity.agreements.rules import can_agree_for
from comity.audit.actions import Trail, plain, snapshot
from comity.directory.models import Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
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


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party and who signed for it."""

    who: Territory | Organisation
    signatory_name: str = ""
    signatory_post: str = ""


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
    _put_parties(agreement, parties, trail)
    _put_fields(agreement, fields, trail)
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
    fields: Iterable[str] | None = None,
    **text: Unpack[AgreementText],
) -> Agreement:
    """Puts right what the register says wrongly; what the parties changed is an amendment.

    Parties and fields stay as they are unless given. Where an amendment set a term that is now
    corrected, the amendment is corrected with it. Raises PermissionDenied, `Stale`, or
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
        _put_parties(agreement, parties, trail)
    if fields is not None:
        _put_fields(agreement, fields, trail)
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


def _put_parties(agreement: Agreement, parties: Sequence[NewParty], trail: Trail) -> None:
    """Makes the parties these, in this order; rows of those who stay are kept."""
    standing = {p.who: p for p in agreement.parties.select_related("territory", "organisation")}
    gone = [party for who, party in standing.items() if who not in {new.who for new in parties}]
    trail.removed(*gone)
    for party in gone:
        party.delete()
    for position, new in enumerate(parties):
        party = standing.get(new.who) or _party(agreement, new.who)
        before = snapshot(party)
        party.position = position
        party.signatory_name, party.signatory_post = new.signatory_name, new.signatory_post
        party.full_clean()
        if party.pk is None:
            party.save()
            trail.created(party)
        elif snapshot(party) != before:
            party.save()
            trail.changed(party, before)


def _party(agreement: Agreement, who: Territory | Organisation) -> Party:
    if isinstance(who, Organisation):
        return Party(agreement=agreement, organisation=who, place=who.seat)
    return Party(agreement=agreement, territory=who, place=who)


def _put_fields(agreement: Agreement, fields: Iterable[str], trail: Trail) -> None:
    wanted = [FieldOfCooperation(field).value for field in dict.fromkeys(fields)]
    standing = {row.field: row for row in agreement.cooperation_fields.all()}
    gone = [row for field, row in standing.items() if field not in wanted]
    trail.removed(*gone)
    for row in gone:
        row.delete()
    for field in wanted:
        if field not in standing:
            trail.created(CooperationField.objects.create(agreement=agreement, field=field))


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
