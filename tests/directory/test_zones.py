from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.directory.actions import (
    Refused,
    add_regime_term,
    add_residency,
    add_zone,
    change_regime_term,
    change_zone,
    end_residency,
)
from comity.directory.models import RegimeTerm, Residency, Zone
from comity.lib.versions import Difference
from tests.factories import a_coordinator, an_organisation, somebody

pytestmark = pytest.mark.django_db


def a_zone(name: str = "Park") -> Zone:
    return Zone.objects.create(organisation=an_organisation(name))


def last_event() -> tuple[str, list[str]]:
    event = Event.objects.last()
    return event.verb, [e.kind for e in event.entries.all()]


def test_an_organisation_becomes_a_zone(client: Client) -> None:
    organisation = an_organisation("Park")
    client.force_login(somebody(Role.COORDINATOR, within=organisation))
    page = reverse("directory:add_zone", args=[organisation.pk])
    assert client.get(page).status_code == 200
    response = client.post(page, {"founded_on": "2005-09-22", "regime_until": ""})
    zone = Zone.objects.get()
    assert response.url == reverse("directory:zone", args=[zone.pk])
    assert (zone.organisation, zone.founded_on, zone.regime_until, str(zone)) == (
        organisation, date(2005, 9, 22), None, "Park",
    )  # fmt: skip
    assert last_event() == ("zone.added", ["created"])


def test_it_becomes_one_only_once(client: Client) -> None:
    zone, coordinator = a_zone(), a_coordinator()
    with pytest.raises(Refused) as refused:
        add_zone(organisation=zone.organisation, by=coordinator)
    assert str(refused.value) == "Park is a zone already."
    client.force_login(coordinator)
    response = client.post(
        reverse("directory:add_zone", args=[zone.organisation_id]), {"founded_on": ""}
    )
    assert response.context["form"].non_field_errors() == ["Park is a zone already."]


def test_its_dates_change_and_an_outdated_version_shows_both(client: Client) -> None:
    zone, coordinator = a_zone(), a_coordinator()
    client.force_login(coordinator)
    page = reverse("directory:change_zone", args=[zone.pk])
    assert client.get(page).context["form"]["version"].value() == 1
    change_zone(
        zone=zone,
        founded_on=date(2005, 1, 1),
        regime_until=None,
        expected_version=1,
        by=coordinator,
    )
    response = client.post(page, {"founded_on": "2005-09-22", "version": "1"})
    assert (response.status_code, response.context["stale"]) == (
        409,
        [Difference("Founded on", "22 September 2005", "1 January 2005")],
    )
    response = client.post(page, {"founded_on": "2005-09-22", "version": "2"})
    assert response.url == reverse("directory:zone", args=[zone.pk])
    zone.refresh_from_db()
    assert (zone.founded_on, zone.version) == (date(2005, 9, 22), 3)
    assert last_event() == ("zone.changed", ["changed"])


def test_terms_of_the_regime_are_written_down_and_changed(client: Client) -> None:
    zone = a_zone()
    client.force_login(a_coordinator())
    page = reverse("directory:add_term", args=[zone.pk])
    assert client.get(page).context["form"]["name_en"].label == "Term in English"
    client.post(page, {"name_en": "No profit tax", "since": "2018-03-28", "act": "Decree 8"})
    term = RegimeTerm.objects.get()
    assert (term.zone, term.name, term.since, term.until, term.act) == (
        zone, "No profit tax", date(2018, 3, 28), None, "Decree 8",
    )  # fmt: skip
    assert last_event() == ("zone.term_added", ["created"])
    page = reverse("directory:change_term", args=[term.pk])
    assert client.get(page).context["form"]["act"].value() == "Decree 8"
    client.post(page, {"name_en": "No profit tax", "until": "2049-01-01", "version": "1"})
    term.refresh_from_db()
    assert (term.since, term.until, term.version) == (None, date(2049, 1, 1), 2)
    assert last_event() == ("zone.term_changed", ["changed"])
    response = client.post(page, {"name_en": "A tax", "until": "2049-01-01", "version": "1"})
    assert response.context["stale"] == [Difference("Term in English", "A tax", "No profit tax")]


def test_a_term_that_ends_before_it_begins_is_refused(client: Client) -> None:
    client.force_login(a_coordinator())
    page = reverse("directory:add_term", args=[a_zone().pk])
    response = client.post(page, {"name_en": "T", "since": "2018-02-01", "until": "2018-01-01"})
    assert response.context["form"].non_field_errors() == ["It cannot end before it begins."]
    response = client.post(page, {"act": "Decree 8"})
    assert response.context["form"].non_field_errors() == [
        "Write the term in at least one of the languages."
    ]


def test_a_resident_comes_and_goes(client: Client) -> None:
    zone, resident = a_zone(), an_organisation("Enterprise")
    client.force_login(a_coordinator())
    page = reverse("directory:add_resident", args=[zone.pk])
    assert client.get(page).status_code == 200
    client.post(page, {"resident": "ENTERPRISE", "since": "2018-01-01"})
    residency = Residency.objects.get()
    assert (residency.zone, residency.resident, residency.since, str(residency)) == (
        zone, resident, date(2018, 1, 1), "Enterprise (Park)",
    )  # fmt: skip
    assert last_event() == ("zone.resident_added", ["created"])
    page = reverse("directory:end_residency", args=[residency.pk])
    assert "Enterprise leaves Park" in client.get(page).content.decode()
    client.post(page, {"until": "2020-12-31", "version": "1"})
    residency.refresh_from_db()
    assert (residency.until, residency.version) == (date(2020, 12, 31), 2)
    assert last_event() == ("zone.residency_ended", ["changed"])
    response = client.post(page, {"until": "2021-12-31", "version": "1"})
    assert response.context["stale"] == [
        Difference("Resident until", "31 December 2021", "31 December 2020")
    ]


def test_who_left_may_come_again_and_who_is_there_may_not() -> None:
    zone, resident, coordinator = a_zone(), an_organisation("Enterprise"), a_coordinator()
    today = timezone.localdate()
    add_residency(zone=zone, resident=resident, by=coordinator, until=today - timedelta(days=1))
    add_residency(zone=zone, resident=resident, by=coordinator, until=today)
    with pytest.raises(Refused) as refused:
        add_residency(zone=zone, resident=resident, by=coordinator)
    assert str(refused.value) == "Enterprise is a resident already."


def test_a_zone_is_no_resident_of_itself(client: Client) -> None:
    zone = a_zone()
    client.force_login(a_coordinator())
    response = client.post(reverse("directory:add_resident", args=[zone.pk]), {"resident": "Park"})
    assert response.context["form"].errors == {"resident": ["A zone is not a resident of itself."]}


def test_a_residency_does_not_end_before_it_began(client: Client) -> None:
    residency = Residency.objects.create(
        zone=a_zone(), resident=an_organisation(), since=date(2018, 1, 1)
    )
    coordinator = a_coordinator()
    with pytest.raises(Refused) as refused:
        end_residency(
            residency=residency, until=date(2017, 1, 1), expected_version=1, by=coordinator
        )
    assert str(refused.value) == "It cannot end before it begins."
    client.force_login(coordinator)
    page = reverse("directory:end_residency", args=[residency.pk])
    response = client.post(page, {"until": "2017-01-01", "version": "1"})
    assert response.context["form"].errors == {"until": ["It cannot end before it begins."]}


def test_only_those_who_write_for_the_zone_change_it(client: Client) -> None:
    zone = a_zone()
    residency = Residency.objects.create(zone=zone, resident=an_organisation())
    term = RegimeTerm.objects.create(zone=zone, name_en="Term")
    person = somebody(Role.ADMINISTRATOR, within=residency.resident)
    acts = (
        lambda: add_zone(organisation=zone.organisation, by=person),
        lambda: change_zone(
            zone=zone, founded_on=None, regime_until=None, expected_version=1, by=person
        ),
        lambda: add_regime_term(zone=zone, by=person, name_en="X"),
        lambda: change_regime_term(term=term, expected_version=1, by=person, name_en="X"),
        lambda: add_residency(zone=zone, resident=an_organisation(), by=person),
        lambda: end_residency(
            residency=residency, until=date(2020, 1, 1), expected_version=1, by=person
        ),
    )
    for act in acts:
        with pytest.raises(PermissionDenied) as refused:
            act()
        assert str(refused.value) == (
            "Only a coordinator of Park, or of the whole register, changes what stands about it."
        )
    client.force_login(person)
    pages = [
        ("add_zone", zone.organisation_id),
        ("change_zone", zone.pk),
        ("add_term", zone.pk),
        ("change_term", term.pk),
        ("add_resident", zone.pk),
        ("end_residency", residency.pk),
    ]
    statuses = [
        client.get(reverse(f"directory:{name}", args=[pk])).status_code for name, pk in pages
    ]
    assert statuses == [403] * 6
    assert Event.objects.count() == 0


def test_the_page_of_a_zone_tells_its_residents_and_terms(client: Client) -> None:
    zone = a_zone()
    Zone.objects.filter(pk=zone.pk).update(
        founded_on=date(2005, 9, 22), regime_until=date(2049, 12, 31)
    )
    zone.terms.create(name_en="No profit tax", since=date(2018, 3, 28))
    zone.terms.create(name_en="No duty", until=date(2030, 1, 1))
    zone.residencies.create(resident=an_organisation("Here"))
    zone.residencies.create(
        resident=an_organisation("Gone"), since=date(2006, 1, 1), until=date(2008, 12, 31)
    )
    page = client.get(reverse("directory:zone", args=[zone.pk])).content.decode()
    told = [
        "Park has 1 resident.",
        "Founded on 22 September 2005 · Legal regime until 31 December 2049",
        "since 28 March 2018",
        "until 1 January 2030",
        "2006–2008",
    ]
    assert [sentence for sentence in told if sentence not in page] == []
    assert reverse("directory:add_resident", args=[zone.pk]) not in page
    client.force_login(a_coordinator())
    page = client.get(reverse("directory:zone", args=[zone.pk])).content.decode()
    assert reverse("directory:add_resident", args=[zone.pk]) in page
    assert page.count(" leaves</a>") == 1


def test_the_list_of_zones_counts_those_who_are_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = reverse("directory:zones")
    assert "The register knows no zones or parks yet." in client.get(page).content.decode()
    zone = a_zone()
    zone.residencies.create(resident=an_organisation())
    zone.residencies.create(resident=an_organisation(), until=date(2008, 12, 31))
    with django_assert_num_queries(2):
        response = client.get(page)
    assert [(z.pk, z.residents_now) for z in response.context["page"].rows] == [(zone.pk, 1)]
    for number in range(24):
        a_zone(f"Park {number}")
    with django_assert_num_queries(2):
        client.get(page)


def test_a_zone_asks_as_often_with_one_resident_as_with_thirty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    zone = a_zone()
    for count in (1, 24):
        for _number in range(count):
            zone.residencies.create(resident=an_organisation())
            zone.terms.create(name_en="Term")
        with django_assert_num_queries(5):
            client.get(reverse("directory:zone", args=[zone.pk]))
