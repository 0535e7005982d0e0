"""Records for tests, made with as few words as a test needs."""

from itertools import count

from comity.accounts.models import Role, User, WholeGrant
from comity.agreements.models import Agreement, Party
from comity.directory.models import Membership, Organisation, OrganisationKind
from comity.programmes.due import DueKind
from comity.programmes.models import Measure, Programme, ProgrammeGrant, ProgrammeSide
from comity.territories.models import Territory, TerritoryKind

_numbers = count(1)


def a_country(code: str = "BY", **fields: object) -> Territory:
    defaults: dict[str, object] = {
        "kind": TerritoryKind.COUNTRY,
        "name_en": f"Country {code}",
        "latitude": 53.5,
        "longitude": 28.0,
    }
    return Territory.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def a_region(code: str = "BY-HO", **fields: object) -> Territory:
    """A region; its country comes with it."""
    defaults: dict[str, object] = {
        "kind": TerritoryKind.REGION,
        "parent": a_country(code[:2]),
        "name_en": f"Region {code}",
        "latitude": 52.3,
        "longitude": 29.5,
    }
    found = Territory.objects.filter(code=code).first()
    return found or Territory.objects.create(code=code, **{**defaults, **fields})


def an_organisation(
    name: str = "", seat: Territory | None = None, **fields: object
) -> Organisation:
    defaults: dict[str, object] = {
        "name_en": name or f"Organisation {next(_numbers)}",
        "kind": OrganisationKind.AUTHORITY,
        "seat": seat or a_region(),
    }
    return Organisation.objects.create(**{**defaults, **fields})


def a_person(name: str = "", **fields: object) -> User:
    """A person without any role."""
    number = next(_numbers)
    return User.objects.create_user(
        email=f"person{number}@example.org",
        password="pass",
        name=name or f"Person {number}",
        **fields,
    )


def somebody(role: str = Role.OBSERVER, within: Organisation | Programme | None = None) -> User:
    """A person with a role in an organisation, a programme, or (by default) the whole."""
    person = a_person()
    if isinstance(within, Organisation):
        Membership.objects.create(user=person, organisation=within, role=role)
    elif isinstance(within, Programme):
        ProgrammeGrant.objects.create(user=person, programme=within, role=role)
    else:
        WholeGrant.objects.create(user=person, role=role)
    return person


def a_coordinator() -> User:
    return somebody(Role.COORDINATOR)


def an_agreement(*parties: Territory | Organisation, **fields: object) -> Agreement:
    """An agreement between parties; Homiel and Bryansk if none are named."""
    agreement = Agreement.objects.create(
        **{"kind": "agreement", "title_en": f"Agreement {next(_numbers)}", **fields}
    )
    for position, who in enumerate(parties or (a_region("BY-HO"), a_region("RU-BRY"))):
        if isinstance(who, Territory):
            Party.objects.create(agreement=agreement, territory=who, place=who, position=position)
        else:
            Party.objects.create(
                agreement=agreement, organisation=who, place=who.seat, position=position
            )
    return agreement


def a_programme(agreement: Agreement | None = None, **fields: object) -> Programme:
    """A programme of measures; its sides are the places of the agreement's parties."""
    programme = Programme.objects.create(
        **{
            "title_en": f"Programme {next(_numbers)}",
            "language": "en",
            "agreement": agreement,
            **fields,
        }
    )
    for party in agreement.parties.all() if agreement else []:
        ProgrammeSide.objects.create(
            programme=programme, territory=party.place, position=party.position
        )
    return programme


def a_measure(programme: Programme | None = None, **fields: object) -> Measure:
    number = next(_numbers)
    return Measure.objects.create(
        **{
            "programme": programme or a_programme(),
            "position": number,
            "number": str(number),
            "title_en": f"Measure {number}",
            "due_kind": DueKind.UNSCHEDULED,
            **fields,
        }
    )
