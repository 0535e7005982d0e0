"""What pages ask of agreements; a reader never sees more than `visible_to` lets through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement, AgreementQuerySet, Party
from comity.agreements.terms import Status
from comity.directory.models import Organisation
from comity.lib.languages import in_three
from comity.lib.matching import containing
from comity.territories.models import Territory

#: The filter that is no status: ending, or its notice window opening, within a year.
ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked of the list; empty values ask nothing."""

    day: date
    words: str = ""
    territory: Territory | None = None
    field: str = ""
    kind: str = ""
    year: int | None = None
    status: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but a day was asked."""
        asked = (self.words, self.territory, self.field, self.kind, self.year, self.status)
        return any(asked)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory across the border, and how many agreements there are with it."""

    territory: Territory
    agreements: int


def matching(asked: Asked, user: Reader) -> AgreementQuerySet:
    """The agreements that the reader may see and asked for, newest first."""
    found = Agreement.objects.visible_to(user)
    for word in asked.words.split()[:8]:
        found = found.filter(containing(word, *in_three("title"), "number"))
    if asked.territory:
        found = found.of_territory(asked.territory)
    if asked.field:
        found = found.in_field(asked.field)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.year:
        found = found.filter(signed_on__year=asked.year)
    return _with_status(found, asked.status, asked.day).newest_first()


def _with_status(found: AgreementQuerySet, status: str, day: date) -> AgreementQuerySet:
    """An agreement in its notice window is in force too."""
    if status == ENDING:
        return found.ending_within(day, 12)
    if status == Status.IN_FORCE:
        return found.in_force_on(day)
    return found.with_status(status, day=day) if status else found


def territories_of(agreements: AgreementQuerySet) -> QuerySet[Territory]:
    """Places of the parties to these agreements, with the territories that hold them directly."""
    seen = Exists(agreements.filter(pk=OuterRef("agreement")))
    places = Territory.objects.filter(Exists(Party.objects.filter(seen, place=OuterRef("pk"))))
    return Territory.objects.filter(Q(pk__in=places) | Q(pk__in=places.values("parent")))


def neighbours_of(
    territory: Territory, user: Reader, limit: int | None = None, day: date | None = None
) -> list[Neighbour]:
    """Territories of other countries with which this one, or something in it, has agreements.

    Most agreements first, at most `limit`. An agreement counts once for each territory; those
    signed after `day` do not count, if one is given.
    """
    agreements = Agreement.objects.visible_to(user).of_territory(territory)
    if day is not None:
        agreements = agreements.known_by(day)
    counted = list(
        Party.objects.filter(agreement__in=agreements)
        .exclude(place__path__startswith=f"{territory.country_code}/")
        .values_list("place")
        .annotate(agreements=Count("agreement", distinct=True))
        .order_by("-agreements", "place__code")[:limit]
    )
    known = Territory.objects.in_bulk(place for place, _count in counted)
    return [Neighbour(known[place], count) for place, count in counted]


def parties_called(text: str, limit: int = 8) -> list[Territory | Organisation]:
    """Territories, then organisations, of which a name or code contains the text."""
    named = containing(text, *in_three("name"), "code")
    territories = Territory.objects.filter(named).order_by("path")[:limit]
    organisations = Organisation.objects.current().matching(text).by_name().select_related("seat")
    return [*territories, *organisations[:limit]]


def with_status_on(agreements: Iterable[Agreement], day: date) -> list[tuple[Agreement, Status]]:
    """Each agreement with its status on a day."""
    return [(agreement, agreement.status_on(day)) for agreement in agreements]
