"""Who cooperates with whom: pairs of territories and the agreements between them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement, Party
from comity.agreements.models.agreement import AgreementQuerySet
from comity.territories.models import Territory, TerritoryKind

#: The map draws the strongest links; its table has the same ones and says how many there are.
DRAWN = 250


@dataclass(frozen=True, slots=True)
class Link:
    """Two territories of different countries and how many agreements join them."""

    one: Territory
    other: Territory
    agreements: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the map and the sentence above it tell."""

    links: list[Link]
    agreements: int
    examples: int
    by_country: list[tuple[Territory, int]]

    def as_map(self) -> dict[str, object]:
        """Points and arcs for the drawing: names, places, weights, addresses."""
        weights: Counter[int] = Counter()
        for link in self.links:
            weights[link.one.pk] += link.agreements
            weights[link.other.pk] += link.agreements
        places = {t.pk: t for link in self.links for t in (link.one, link.other)}
        drawn = {pk: t for pk, t in places.items() if t.latitude is not None}
        return {
            "points": [
                {
                    "id": pk,
                    "name": territory.name,
                    "at": [territory.longitude, territory.latitude],
                    "weight": weights[pk],
                    "url": territory.get_absolute_url(),
                }
                for pk, territory in drawn.items()
            ],
            "arcs": [
                {"from": link.one.pk, "to": link.other.pk, "weight": link.agreements}
                for link in self.links
                if link.one.pk in drawn and link.other.pk in drawn
            ],
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters of the map say; a year of None means today."""

    field: str = ""
    territory: Territory | None = None
    year: int | None = None


def places_with_agreements() -> dict[int, Territory]:
    """Every territory that is a party, or the seat of one, and every country; by id."""
    met = Exists(Party.objects.filter(place=OuterRef("pk")))
    return Territory.objects.filter(Q(met) | Q(kind=TerritoryKind.COUNTRY)).in_bulk()


def picture(user: Reader, asked: Asked, today: date, places: dict[int, Territory]) -> Picture:
    """The links between territories by the agreements that the reader may see."""
    agreements = Agreement.objects.visible_to(user)
    if asked.year:
        agreements = agreements.alive_between(date(asked.year, 1, 1), date(asked.year, 12, 31))
    else:
        agreements = agreements.alive_between(today, today)
    if asked.field:
        agreements = agreements.in_field(asked.field)
    if asked.territory:
        agreements = agreements.of_territory(asked.territory)
    links = _links(agreements, places)
    counted = agreements.aggregate(
        every=Count("pk", distinct=True), examples=Count("pk", Q(is_example=True), distinct=True)
    )
    return Picture(links[:DRAWN], counted["every"], counted["examples"], _by_country(links, places))


def _links(agreements: AgreementQuerySet, places: dict[int, Territory]) -> list[Link]:
    pairs = (
        Party.objects.filter(agreement__in=agreements, agreement__parties__place__gt=F("place"))
        .values_list("place", "agreement__parties__place")
        .annotate(agreements=Count("agreement", distinct=True))
        .order_by("-agreements", "place", "agreement__parties__place")
    )
    return [
        Link(places[one], places[other], count)
        for one, other, count in pairs
        if places[one].country_code != places[other].country_code
    ]


def _by_country(links: list[Link], places: dict[int, Territory]) -> list[tuple[Territory, int]]:
    """For each country, how many of its territories the links touch."""
    touched = {t.pk: t for link in links for t in (link.one, link.other)}
    counts = Counter(territory.country_code for territory in touched.values())
    countries = {t.code: t for t in places.values() if t.kind == TerritoryKind.COUNTRY}
    return [(countries[code], count) for code, count in counts.most_common()]
