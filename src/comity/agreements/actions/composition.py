"""Amendments by which parties join or leave, and fields of cooperation come and go."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.agreements.actions.parties import NewParty, party_of, put_fields
from comity.agreements.composition import (
    FIELDS,
    PARTIES,
    Known,
    Who,
    fields_on,
    parties_on,
    party_on_record,
    without,
)
from comity.agreements.models import Agreement, Amendment, Party
from comity.audit.actions import Trail, snapshot
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation

#: Places in the two lists of an amendment.
TAKEN_OUT, PUT_IN = 0, 1


def change_parties(
    agreement: Agreement,
    day: date,
    joining: Sequence[NewParty],
    leaving: Collection[Who],
    trail: Trail,
) -> dict[str, Any]:
    """Lets parties join and leave from a day on; gives what the amendment keeps of it.

    Raises ValidationError for who is a party already, who is none, and for too few that stay.
    """
    standing = {party.who: party for party in parties_on(agreement, day)}
    _refuse_joining(joining, standing, day)
    _refuse_leaving(leaving, standing, day)
    if not joining and not leaving:
        return {}
    if len(standing) - len(leaving) + len(joining) < 2:
        raise ValidationError(_("An agreement has two or more parties; too few would stay."))
    rows = {party.who: party for party in agreement.parties.all()}
    taken_out = [party_on_record(standing[who]) for who in leaving]
    for who in leaving:
        if who in rows:
            trail.removed(rows[who])
            rows[who].delete()
    _forget_later(agreement, day, TAKEN_OUT, leaving, trail)
    put_in = [party_on_record(_joined(agreement, new, rows, trail)) for new in joining]
    _forget_later(agreement, day, PUT_IN, [new.who for new in joining], trail)
    return {PARTIES: [taken_out, put_in]}


def change_fields(
    agreement: Agreement, day: date, added: Collection[str], dropped: Collection[str], trail: Trail
) -> dict[str, Any]:
    """Adds and drops fields of cooperation from a day on; gives what the amendment keeps of it."""
    standing = fields_on(agreement, day)
    added = [FieldOfCooperation(field).value for field in added if field not in standing]
    dropped = [field for field in standing if field in dropped]
    if not added and not dropped:
        return {}
    current = [row.field for row in agreement.cooperation_fields.all()]
    kept = [field for field in current if field not in dropped]
    put_fields(agreement, [*kept, *(field for field in added if field not in kept)], trail)
    for amendment in _later(agreement, FIELDS, day):
        before = snapshot(amendment)
        amendment.changes = without(amendment, FIELDS, PUT_IN, added)
        if FIELDS in amendment.changes:
            amendment.changes = without(amendment, FIELDS, TAKEN_OUT, dropped)
        _keep(amendment, before, trail)
    return {FIELDS: [dropped, added]}


def correct_composition(
    agreement: Agreement, gone: Collection[Who], come: Collection[Who], trail: Trail
) -> None:
    """After a correction of the record: who is none now never joined, who is one never left."""
    _forget_later(agreement, date.min, PUT_IN, gone, trail)
    _forget_later(agreement, date.min, TAKEN_OUT, come, trail)


def correct_fields(
    agreement: Agreement, gone: Collection[str], come: Collection[str], trail: Trail
) -> None:
    """The same of fields of cooperation."""
    for amendment in _later(agreement, FIELDS, date.min):
        before = snapshot(amendment)
        amendment.changes = without(amendment, FIELDS, PUT_IN, list(gone))
        if FIELDS in amendment.changes:
            amendment.changes = without(amendment, FIELDS, TAKEN_OUT, list(come))
        _keep(amendment, before, trail)


def _refuse_joining(joining: Sequence[NewParty], standing: dict[Who, Party], day: date) -> None:
    seen = set(standing)
    for new in joining:
        if new.who in seen:
            raise ValidationError(
                _("%(party)s is a party on %(day)s already; it cannot join.")
                % {"party": new.who, "day": wording.day(day)}
            )
        seen.add(new.who)


def _refuse_leaving(leaving: Collection[Who], standing: dict[Who, Party], day: date) -> None:
    for who in leaving:
        if who not in standing:
            raise ValidationError(
                _("%(party)s is no party on %(day)s; it cannot leave.")
                % {"party": who, "day": wording.day(day)}
            )


def _joined(agreement: Agreement, new: NewParty, rows: dict[Who, Party], trail: Trail) -> Party:
    """The row of who joins; a party that joined later by what was known has its row already."""
    if new.who in rows:
        return rows[new.who]
    last = max((party.position for party in agreement.parties.all()), default=-1)
    party = party_of(agreement, new.who)
    party.position = last + 1
    party.signatory_name, party.signatory_post = new.signatory_name, new.signatory_post
    party.full_clean()
    party.save()
    trail.created(party)
    return party


def _forget_later(
    agreement: Agreement, day: date, side: int, who: Collection[Who], trail: Trail
) -> None:
    """Later amendments no longer say of these parties that they join, or leave, by them."""
    for amendment in _later(agreement, PARTIES, day):
        before = snapshot(amendment)
        known = Known(amendment.changes[PARTIES][side])
        gone = [one for one in amendment.changes[PARTIES][side] if known.who(one) in who]
        amendment.changes = without(amendment, PARTIES, side, gone)
        _keep(amendment, before, trail)


def _later(agreement: Agreement, name: str, day: date) -> list[Amendment]:
    found = agreement.amendments.filter(in_force_from__gt=day)
    return [amendment for amendment in found if name in amendment.changes]


def _keep(amendment: Amendment, before: dict[str, Any], trail: Trail) -> None:
    if snapshot(amendment) != before:
        amendment.save()
        trail.changed(amendment, before)
