"""Who cooperates with whom: pairs of territories and the agreements between them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from comity.accounts.rules import Reader, sees_everything
from comity.agreements.models import Agreement, Party
from comity.agreements.models.agreement import AgreementQuerySet
from comity.directory.rules import organisations_of
from comity.territories.models import Territory, TerritoryKind
from comity.web.kept_ready import KeptReady

Places = Mapping[int, Territory]

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


@dataclass(frozen=True, slots=True)
class _Counted:
    """A picture in numbers: the same for all who may see the same, in any language."""

    #: Ids of two territories and how many agreements join them, the strongest first.
    links: list[tuple[int, int, int]]
    agreements: int
    examples: int
    #: The code of each country, and how many of its territories the links touch.
    by_country: list[tuple[str, int]]


def audience(user: Reader) -> str:
    """The readers who may see the same agreements, in a word to keep what was computed by."""
    if sees_everything(user):
        return "everything"
    return f"person {user.pk}" if organisations_of(user) else "public"


def picture(user: Reader, asked: Asked, today: date, kept: KeptReady) -> Picture:
    """The links between territories by the agreements that the reader may see."""
    when = asked.year or today.isoformat()
    where = asked.territory.pk if asked.territory else ""
    places = kept.territories()
    counted = kept.get(
        f"links of {audience(user)} {when} {asked.field} {where}",
        ("agreements", "directory", "territories"),
        lambda: _count(user, asked, today, places),
    )
    countries = {t.code: t for t in places.values() if t.kind == TerritoryKind.COUNTRY}
    return Picture(
        [Link(places[one], places[other], count) for one, other, count in counted.links],
        counted.agreements,
        counted.examples,
        [(countries[code], count) for code, count in counted.by_country],
    )


def _count(user: Reader, asked: Asked, today: date, places: Places) -> _Counted:
    agreements = Agreement.objects.visible_to(user)
    if asked.year:
        agreements = agreements.alive_between(date(asked.year, 1, 1), date(asked.year, 12, 31))
    else:
        agreements = agreements.alive_between(today, today)
    if asked.field:
        agreements = agreements.in_field(asked.field)
    if asked.territory:
        agreements = agreements.of_territory(asked.territory)
    parties = _parties(agreements)
    links = _links(parties, places)
    touched = {pk for one, other, _count in links for pk in (one, other)}
    by_country = Counter(places[pk].country_code for pk in touched).most_common()
    examples = sum(one.is_example for one in parties)
    return _Counted(links[:DRAWN], len(parties), examples, by_country)


@dataclass(slots=True)
class _Parties:
    """Ids of the territories that an agreement joins."""

    is_example: bool
    places: set[int]


def _parties(agreements: AgreementQuerySet) -> list[_Parties]:
    """Of each agreement; one query, and faster than to have the database join the pairs."""
    found: dict[int, _Parties] = {}
    rows = Party.objects.filter(agreement__in=agreements).order_by()
    for agreement, is_example, place in rows.values_list(
        "agreement", "agreement__is_example", "place"
    ):
        found.setdefault(agreement, _Parties(is_example, set())).places.add(place)
    return list(found.values())


def _links(parties: list[_Parties], places: Places) -> list[tuple[int, int, int]]:
    """Pairs of territories of different countries, the strongest link first."""
    pairs = Counter(pair for one in parties for pair in combinations(sorted(one.places), 2))
    between = [
        (one, other, count)
        for (one, other), count in pairs.items()
        if places[one].country_code != places[other].country_code
    ]
    return sorted(between, key=lambda link: (-link[2], link[0], link[1]))
