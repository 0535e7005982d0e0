"""Parties that join or leave an agreement while a programme under it runs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comity.accounts.models import Role
from comity.agreements.actions import NewParty, amend_agreement
from comity.agreements.models import Agreement
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.programmes.actions import create_programme
from comity.programmes.models import Programme
from comity.programmes.sides import OtherSides, other_sides, sides_by_agreement
from tests.factories import (
    a_coordinator,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YEAR = timedelta(days=365)
RUNNING = {"start": TODAY - YEAR, "end": TODAY + YEAR}


def amended(agreement: Agreement, on: date, joins: str = "RU-SMO", leaves: str = "") -> None:
    amend_agreement(
        agreement=agreement,
        by=Installation(),
        expected_version=Agreement.objects.get(pk=agreement.pk).version,
        signed_on=on,
        in_force_from=on,
        title_en="Protocol",
        changes={},
        joining=[NewParty(a_region(joins))] if joins else [],
        leaving=[a_region(leaves)] if leaves else [],
    )


@pytest.fixture
def agreement() -> Agreement:
    """Homiel and Bryansk, signed five years ago."""
    return an_agreement(signed_on=TODAY - 5 * YEAR, in_force_from=TODAY - 5 * YEAR)


def codes(programme: Programme) -> list[str]:
    return [side.territory.code for side in programme.sides.all()]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, ["BY-HO", "RU-SMO"]),
        (TODAY - YEAR, TODAY + YEAR, ["BY-HO", "RU-SMO"]),
        (TODAY - 5 * YEAR, TODAY - 4 * YEAR, ["BY-HO", "RU-BRY"]),
        (TODAY + 2 * YEAR, TODAY + 3 * YEAR, ["BY-HO", "RU-SMO", "BY-VI"]),
        (TODAY - YEAR, None, ["BY-HO", "RU-SMO"]),
    ],
)
def test_a_new_programme_has_the_parties_of_its_time(
    agreement: Agreement, start: date | None, end: date | None, expected: list[str]
) -> None:
    amended(agreement, TODAY - 2 * YEAR, leaves="RU-BRY")
    amended(agreement, TODAY + YEAR, joins="BY-VI")
    programme = create_programme(
        by=Installation(), agreement=agreement, title_en="Plan", language="en",
        start=start, end=end,
    )  # fmt: skip
    assert codes(programme) == expected


def test_without_an_agreement_there_are_none() -> None:
    assert sides_by_agreement(None, None, None, TODAY) == []
    assert other_sides(a_programme(), TODAY) is None


def test_who_joined_and_left_while_it_runs_is_offered(agreement: Agreement) -> None:
    programme = a_programme(agreement, **RUNNING)
    assert other_sides(programme, TODAY) is None
    amended(agreement, TODAY - timedelta(days=30), leaves="RU-BRY")
    programme = Programme.objects.get()
    homiel, bryansk, smolensk = map(a_region, ("BY-HO", "RU-BRY", "RU-SMO"))
    assert other_sides(programme, TODAY) == OtherSides([smolensk], [bryansk], [homiel, smolensk])


@pytest.mark.parametrize(
    ("amended_on", "period"),
    [
        (TODAY + timedelta(days=30), RUNNING),
        (TODAY - 2 * YEAR, RUNNING),
        (TODAY - YEAR, {"start": TODAY - 4 * YEAR, "end": TODAY - 2 * YEAR}),
        (TODAY - YEAR, {"start": TODAY + YEAR, "end": TODAY + 2 * YEAR}),
    ],
    ids=["yet to come", "before it began", "after it ended", "of a plan to come"],
)
def test_what_happened_at_another_time_is_not_offered(
    agreement: Agreement, amended_on: date, period: dict[str, Any]
) -> None:
    programme = a_programme(agreement, **period)
    amended(agreement, amended_on)
    assert other_sides(programme, TODAY) is None


def test_sides_that_a_person_chose_stay(agreement: Agreement) -> None:
    programme = a_programme(agreement, **RUNNING)
    programme.sides.all().delete()
    for place in ("BY-HO", "BY-BR"):
        programme.sides.create(territory=a_region(place))
    amended(agreement, TODAY - timedelta(days=30), leaves="RU-BRY")
    other = other_sides(Programme.objects.get(), TODAY)
    assert other is not None
    assert [place.code for place in other.left] == []
    assert [place.code for place in other.sides] == ["BY-HO", "BY-BR", "RU-SMO"]


def test_a_coordinator_takes_them_over(client: Client, agreement: Agreement) -> None:
    programme = a_programme(agreement, **RUNNING)
    amended(agreement, TODAY - timedelta(days=30), leaves="RU-BRY")
    keeper = somebody(Role.COORDINATOR, an_organisation(seat=a_region("BY-HO")))
    client.force_login(keeper)
    page = client.get(programme.get_absolute_url()).content.decode()
    assert "Joined: Region RU-SMO. Left: Region RU-BRY." in page
    where = f"/programmes/{programme.pk}/change/"
    assert f'href="{where}?sides=agreement"' in page
    offered = client.get(f"{where}?sides=agreement").context["form"]
    assert offered["sides"].value() == "Region BY-HO · BY-HO\nRegion RU-SMO · RU-SMO"
    plain = client.get(where).context["form"]
    assert plain["sides"].value() == "Region BY-HO · BY-HO\nRegion RU-BRY · RU-BRY"

    client.post(where, {**_sent(programme), "sides": offered["sides"].value()})

    assert codes(programme) == ["BY-HO", "RU-SMO"]
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason) == ("programme.changed", "Protocol")
    assert "Joined:" not in client.get(programme.get_absolute_url()).content.decode()


def _sent(programme: Programme) -> dict[str, Any]:
    return {
        "version": programme.version, "kind": "action", "title_en": programme.title_en,
        "agreement": f"№ {programme.agreement_id}", "start": programme.start, "end": programme.end,
        "language": "en", "visibility": "public", "reason": "Protocol",
    }  # fmt: skip


def test_sides_left_empty_are_those_of_the_agreement(client: Client, agreement: Agreement) -> None:
    programme = a_programme(agreement, **RUNNING)
    amended(agreement, TODAY - timedelta(days=30))
    client.force_login(a_coordinator())
    client.post(f"/programmes/{programme.pk}/change/", {**_sent(programme), "sides": ""})
    assert codes(programme) == ["BY-HO", "RU-BRY", "RU-SMO"]


def test_readers_are_not_asked(client: Client, agreement: Agreement) -> None:
    programme = a_programme(agreement, **RUNNING)
    amended(agreement, TODAY - timedelta(days=30))
    assert "Joined:" not in client.get(programme.get_absolute_url()).content.decode()
    closed = {"visibility": "internal"}
    Agreement.objects.update(**closed)
    client.force_login(somebody(Role.COORDINATOR, programme))
    assert "Joined:" not in client.get(programme.get_absolute_url()).content.decode()
