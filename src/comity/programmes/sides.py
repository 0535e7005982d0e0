"""The sides of a programme are where the parties of its agreement are, unless a person says else.

Parties join and leave by amendments, so a day decides: today while the programme runs, its first
day before that and its last day after it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

from comity.agreements.composition import PARTIES, parties_on
from comity.agreements.models import Agreement, Amendment
from comity.programmes.models import Programme
from comity.territories.models import Territory


def sides_by_agreement(
    agreement: Agreement | None, start: date | None, end: date | None, today: date
) -> list[Territory]:
    """Where the parties are on the day that decides for a programme of this period."""
    return _places(agreement, _deciding(start, end, today)) if agreement else []


@dataclass(frozen=True, slots=True)
class OtherSides:
    """What amendments of the agreement, made while a programme runs, would change in its sides."""

    joined: list[Territory]
    left: list[Territory]
    sides: list[Territory]
    """The sides as they would be."""


def other_sides(programme: Programme, today: date) -> OtherSides | None:
    """What the sides of a programme do not follow yet; None if they do, or nothing changed.

    Who was a side without being a party stays, and so does who was left out from the beginning.
    """
    agreement = programme.agreement
    if agreement is None:
        return None
    standing = [side.territory for side in programme.sides.all()]
    before = _places(agreement, programme.start or date.min)
    now = _places(agreement, _deciding(programme.start, programme.end, today))
    joined = [place for place in now if place not in before and place not in standing]
    left = [place for place in before if place not in now and place in standing]
    if not joined and not left:
        return None
    return OtherSides(joined, left, [*(side for side in standing if side not in left), *joined])


def changing_parties() -> "models.QuerySet[Amendment]":
    """Amendments by which parties joined or left."""
    return Amendment.objects.filter(changes__has_key=PARTIES)


def _deciding(start: date | None, end: date | None, today: date) -> date:
    return max(min(today, end or today), start or date.min)


def _places(agreement: Agreement, day: date) -> list[Territory]:
    return list(dict.fromkeys(party.place for party in parties_on(agreement, day)))
