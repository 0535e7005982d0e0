"""Puts a generated register into the database.

Measures come in through the register's own action, as an import brings them; organisations and
agreements in bulk, since no page or figure here depends on how they came.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from benchmarks import generated
from benchmarks.generated import GeneratedMeasure, GeneratedProgramme, Size
from comity.accounts.models import User
from comity.agreements.models import Agreement, CooperationField, Party
from comity.audit.actions import Installation
from comity.directory.models import Membership, Organisation
from comity.programmes.actions import add_measures
from comity.programmes.due import DueRule
from comity.programmes.models import Programme, ProgrammeSide
from comity.programmes.models.measure import NEVER
from comity.programmes.rows import NewBody, NewMeasure
from comity.search.indexing import refresh
from comity.search.models import Kind
from comity.territories.actions import load_country
from comity.territories.models import Territory
from comity.upkeep.actions import gather_statistics

T = TypeVar("T")

BY = Installation()
BATCH = 1000
Told = Callable[[int], object]
#: Who is signed in where a page is asked for as somebody.
ADMINISTRATOR, COORDINATOR = "administrator@bench.example", "coordinator@bench.example"
PASSWORD = "example"  # noqa: S105  # of a benchmark


@dataclass(frozen=True, slots=True)
class Ground:
    """What programmes stand on: agreements with their two sides, and organisations."""

    agreements: list[tuple[Agreement, tuple[Territory, Territory]]]
    bodies: list[Organisation]


def fill(size: Size, told: Told = lambda _count: None, seed: int = 1) -> None:
    """Fills an empty, migrated register; `told` hears of measures as they come in."""
    ground = lay_ground(size, seed)
    for one in generated.programmes(size, seed):
        bring_in(one, ground, new_measures(one, ground))
        told(len(one.measures))
    settle(timezone.localdate())
    gather_statistics()


def lay_ground(size: Size, seed: int = 1) -> Ground:
    """Everything but programmes and what is in them."""
    places = _territories()
    bodies = _organisations(size, seed, places)
    agreements = _agreements(size, seed, places, bodies)
    _people(bodies)
    return Ground(agreements, bodies)


@transaction.atomic
def settle(day: date) -> None:
    """Nine of ten occurrences of the past are done; measures know what is next, as they must."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programmes_occurrence SET done_on = due_on WHERE due_on < %s AND id %% 10 > 0",
            [day],
        )
        cursor.execute(
            "UPDATE programmes_measure SET next_due = coalesce(first.due, %s), "
            "next_opens = coalesce(first.opens, %s) FROM (SELECT m.id, min(o.due_on) AS due, "
            "min(o.opens_on) AS opens FROM programmes_measure m LEFT JOIN programmes_occurrence o "
            "ON o.measure_id = m.id AND o.done_on IS NULL AND NOT o.withdrawn GROUP BY m.id) "
            "AS first WHERE first.id = programmes_measure.id",
            [NEVER, NEVER],
        )


def _territories() -> dict[str, list[Territory]]:
    for code in generated.COUNTRIES:
        load_country(code=code, by=BY)
    return {
        code: list(Territory.objects.filter(path__startswith=f"{code}/").exclude(parent=None))
        for code in generated.COUNTRIES
    }


def _all(places: dict[str, list[Territory]]) -> list[Territory]:
    return [place for of_country in places.values() for place in of_country]


def _organisations(size: Size, seed: int, places: dict[str, list[Territory]]) -> list[Organisation]:
    seats = _all(places)
    made: list[Organisation] = []
    for some in _in_batches(generated.organisations(size, seed)):
        with transaction.atomic():
            records = Organisation.objects.bulk_create(
                Organisation(
                    name_ru=one.name,
                    short_name_ru=one.short_name,
                    kind=one.kind,
                    seat=seats[one.seat % len(seats)],
                )
                for one in some
            )
            made += records
            below = [
                (made[one.parent], record)
                for one, record in zip(some, records, strict=True)
                if one.parent is not None
            ]
            for parent, record in below:
                record.parent = parent
            Organisation.objects.bulk_update([record for _parent, record in below], ["parent"])
            refresh(Kind.ORGANISATION, [record.pk for record in records])
    return made


def _agreements(
    size: Size, seed: int, places: dict[str, list[Territory]], bodies: Sequence[Organisation]
) -> list[tuple[Agreement, tuple[Territory, Territory]]]:
    at_home = places["BY"] + places["PL"] + places["LT"]
    abroad = places["RU"] + places["LV"] + places["EE"] + places["FI"]
    made = []
    for some in _in_batches(generated.agreements(size, seed)):
        with transaction.atomic():
            records = Agreement.objects.bulk_create(
                Agreement(
                    title_ru=one.title,
                    number=one.number,
                    kind=one.kind,
                    signed_on=one.signed_on,
                    in_force_from=one.signed_on,
                    until=one.until,
                    renewal_months=one.renewal_months,
                    notice_months=one.notice_months,
                    visibility=one.visibility,
                )
                for one in some
            )
            parties: list[Party] = []
            for record, one in zip(records, some, strict=True):
                sides = (
                    at_home[one.sides[0] % len(at_home)],
                    abroad[one.sides[1] % len(abroad)],
                )
                made.append((record, sides))
                parties += [
                    Party(agreement=record, position=at, territory=place, place=place)
                    for at, place in enumerate(sides)
                ]
                signing = dict.fromkeys(bodies[n % len(bodies)] for n in one.organisations)
                parties += [
                    Party(agreement=record, position=at, organisation=body, place=body.seat)
                    for at, body in enumerate(signing, 2)
                ]
            Party.objects.bulk_create(parties)
            CooperationField.objects.bulk_create(
                CooperationField(agreement=record, field=name)
                for record, one in zip(records, some, strict=True)
                for name in one.fields
            )
            refresh(Kind.AGREEMENT, [record.pk for record in records])
    return made


def _people(bodies: Sequence[Organisation]) -> None:
    User.objects.create_superuser(email=ADMINISTRATOR, password=PASSWORD)
    person = User.objects.create_user(email=COORDINATOR, password=PASSWORD)
    authority = next(body for body in bodies if body.kind == "authority")
    Membership.objects.create(user=person, organisation=authority, role="coordinator")


@transaction.atomic
def bring_in(one: GeneratedProgramme, ground: Ground, rows: Sequence[NewMeasure]) -> None:
    """One programme with its measures, as an import commits it."""
    agreement, sides = ground.agreements[one.agreement]
    programme = Programme.objects.create(
        title_ru=one.title,
        agreement=agreement,
        start=one.start,
        end=one.end,
        language="ru",
        visibility=one.visibility,
    )
    ProgrammeSide.objects.bulk_create(
        ProgrammeSide(programme=programme, territory=place, position=at)
        for at, place in enumerate(sides)
    )
    add_measures(programme=programme, rows=rows, by=BY)


def new_measures(one: GeneratedProgramme, ground: Ground) -> list[NewMeasure]:
    _agreement, sides = ground.agreements[one.agreement]
    return [_new_measure(measure, sides, ground.bodies) for measure in one.measures]


def _new_measure(
    measure: GeneratedMeasure, sides: Sequence[Territory], bodies: Sequence[Organisation]
) -> NewMeasure:
    recurs = measure.due_kind == "recurring"
    return NewMeasure(
        titles={"ru": measure.title},
        number=measure.number,
        section=measure.section,
        due=DueRule(
            kind=measure.due_kind,
            start=measure.due_start,
            end=measure.due_end,
            recurrence="yearly" if recurs else None,
        ),
        due_text=measure.due_text,
        expected_result=measure.expected_result,
        funding_text=measure.funding_text,
        funding_amount=measure.funding_amount,
        funding_currency="RUB" if measure.funding_amount else "",
        bodies=tuple(
            NewBody(
                text,
                sides[at % 2].country_code,
                bodies[which % len(bodies)].pk if which is not None else None,
            )
            for at, (text, which) in enumerate(measure.bodies)
        ),
    )


def _in_batches(rows: Iterable[T]) -> Iterator[list[T]]:
    going = iter(rows)
    while some := list(islice(going, BATCH)):
        yield some
