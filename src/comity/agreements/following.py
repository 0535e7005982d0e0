"""Parties stay where their organisations are seated."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from comity.agreements.models import Party
from comity.audit.actions import Trail, snapshot
from comity.audit.models import Entry, Event
from comity.directory.models import Organisation

#: What in an event can part a party from the seat of its organisation.
TELLING = {
    Organisation._meta.label_lower: "seat_id",
    Party._meta.label_lower: "organisation_id",
}


class Whoever:
    """Who acted in an event, for what follows from it."""

    def __init__(self, event: Event) -> None:
        self.pk = event.actor_id
        self._name = event.actor_name

    def __str__(self) -> str:
        return self._name


def follow_seats(*, event: Event, entries: Sequence[Entry], **_signal: Any) -> None:
    """Moves parties to the seats of their organisations; inside the transaction of the write."""
    touched: dict[str, set[int]] = {model: set() for model in TELLING}
    for entry in entries:
        if entry.kind == "changed" and TELLING.get(entry.model, "") in entry.changes:
            touched[entry.model].add(entry.record_id)
    organisations, parties = touched.values()
    if not organisations and not parties:
        return
    away = Party.objects.exclude(organisation=None).exclude(place=F("organisation__seat"))
    found = away.filter(organisation__in=organisations) | away.filter(pk__in=parties)
    trail = Trail("agreement.party_moved", Whoever(event), event.reason)
    for party in found.select_related("organisation__seat"):
        assert party.organisation is not None
        before = snapshot(party)
        party.place = party.organisation.seat
        party.save(update_fields=["place"])
        trail.changed(party, before)
    if trail.entries:
        trail.record()
