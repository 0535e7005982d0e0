"""Who the parties are and which fields are covered, on any day: amendments change both.

The rows of an agreement say what holds after all its amendments. An amendment keeps under
`parties` and under `fields` two lists: what it took out and what it put in. On a day, whatever
took force later is turned back, the latest first.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from comity.agreements.models import Agreement, Amendment, Party
from comity.directory.models import Organisation
from comity.directory.queries import standing_for
from comity.territories.models import Territory

PARTIES, FIELDS = "parties", "fields"

Who = Territory | Organisation


def party_on_record(party: Party) -> dict[str, Any]:
    """A party as an amendment keeps it; its name is for the day when nothing else tells it."""
    return {
        "territory": party.territory_id,
        "organisation": party.organisation_id,
        "position": party.position,
        "signatory_name": party.signatory_name,
        "signatory_post": party.signatory_post,
        "name": str(party),
    }


def parties_on(agreement: Agreement, day: date) -> list[Party]:
    """The parties on a day, in their order; those that left since are given unsaved."""
    parties = list(agreement.parties.all())
    later = _later(agreement, PARTIES, day)
    if not later:
        return parties
    known = Known(record for amendment in later for side in amendment for record in side)
    for left, joined in reversed(later):
        gone = {known.who(record) for record in joined}
        parties = [party for party in parties if party.who not in gone]
        standing = {party.who for party in parties}
        back = [known.party(record) for record in left if known.who(record) not in standing]
        parties += [party for party in back if party is not None]
    return sorted(parties, key=lambda party: party.position)


def fields_on(agreement: Agreement, day: date) -> list[str]:
    """The fields of cooperation on a day."""
    fields = [row.field for row in agreement.cooperation_fields.all()]
    for dropped, added in reversed(_later(agreement, FIELDS, day)):
        fields = [field for field in fields if field not in added]
        fields += [field for field in dropped if field not in fields]
    return fields


def _later(agreement: Agreement, name: str, day: date) -> list[tuple[list[Any], list[Any]]]:
    return [
        (amendment.changes[name][0], amendment.changes[name][1])
        for amendment in agreement.amendments.all()
        if amendment.in_force_from > day and name in amendment.changes
    ]


class Known:
    """Territories and organisations of parties on record; a merged one is the one it became."""

    def __init__(self, records: Iterable[dict[str, Any]]) -> None:
        records = list(records)
        self._territories = Territory.objects.in_bulk(_ids(records, "territory"))
        self._organisations = standing_for(_ids(records, "organisation"))

    def who(self, record: dict[str, Any]) -> Who | None:
        if record["territory"]:
            return self._territories.get(record["territory"])
        return self._organisations.get(record["organisation"])

    def name(self, record: dict[str, Any]) -> str:
        return str(self.who(record) or record["name"])

    def party(self, record: dict[str, Any]) -> Party | None:
        """The party as it was, not to be saved; None if nothing is known of it any more."""
        who = self.who(record)
        if who is None:
            return None
        party = Party(
            position=record["position"],
            signatory_name=record["signatory_name"],
            signatory_post=record["signatory_post"],
        )
        if isinstance(who, Organisation):
            party.organisation, party.place = who, who.seat
        else:
            party.territory = party.place = who
        return party


def _ids(records: Sequence[dict[str, Any]], name: str) -> set[int]:
    return {record[name] for record in records if record[name]}


def without(amendment: Amendment, name: str, side: int, gone: Sequence[Any]) -> dict[str, Any]:
    """The changes of an amendment when some things no longer stand in one of its two lists."""
    lists = [list(kept) for kept in amendment.changes[name]]
    lists[side] = [one for one in lists[side] if one not in gone]
    changes = {key: value for key, value in amendment.changes.items() if key != name}
    return {**changes, name: lists} if any(lists) else changes
