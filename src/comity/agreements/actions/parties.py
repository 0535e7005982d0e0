"""The rows of an agreement: its parties and its fields of cooperation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.agreements.models import Agreement, CooperationField, Party
from comity.audit.actions import Trail, snapshot
from comity.directory.models import Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.territories.models import Territory


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party and who signed for it."""

    who: Territory | Organisation
    signatory_name: str = ""
    signatory_post: str = ""


def party_of(agreement: Agreement, who: Territory | Organisation) -> Party:
    """A row for a party, not saved yet."""
    if isinstance(who, Organisation):
        return Party(agreement=agreement, organisation=who, place=who.seat)
    return Party(agreement=agreement, territory=who, place=who)


def put_parties(agreement: Agreement, parties: Sequence[NewParty], trail: Trail) -> None:
    """Makes the parties these, in this order; rows of those who stay are kept."""
    standing = {p.who: p for p in agreement.parties.select_related("territory", "organisation")}
    gone = [party for who, party in standing.items() if who not in {new.who for new in parties}]
    trail.removed(*gone)
    for party in gone:
        party.delete()
    for position, new in enumerate(parties):
        party = standing.get(new.who) or party_of(agreement, new.who)
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


def put_fields(agreement: Agreement, fields: Iterable[str], trail: Trail) -> None:
    """Makes the fields of cooperation these."""
    wanted = [FieldOfCooperation(field).value for field in dict.fromkeys(fields)]
    standing = {row.field: row for row in agreement.cooperation_fields.all()}
    gone = [row for field, row in standing.items() if field not in wanted]
    trail.removed(*gone)
    for row in gone:
        row.delete()
    for field in wanted:
        if field not in standing:
            trail.created(CooperationField.objects.create(agreement=agreement, field=field))
