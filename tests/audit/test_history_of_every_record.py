"""Every record that has a page leads to its history, with its parts, and to any day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from comity.accounts.models import User
from comity.agreements.actions import NewParty, amend_agreement, create_agreement
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.directory.actions import (
    OtherName,
    add_residency,
    add_zone,
    change_contact,
    change_organisation,
    create_contact,
    create_organisation,
)
from comity.forum.models import Edition
from comity.issuing.actions import issue_report
from comity.issuing.periods import period_of
from comity.programmes.actions import (
    add_measure,
    create_programme,
    remove_measure,
    settle_occurrence,
    strike_measure,
)
from comity.programmes.due import DueRule
from comity.programmes.rows import NewBody, NewMeasure
from comity.reminders.actions import change_ladder
from comity.territories.models import Territory
from tests.factories import a_coordinator, a_country, a_region, an_organisation
from tests.intake.documents import a_draft
from tests.programmes.rows import change_measure
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db

BY = Installation()


def an_agreement(**said: Any) -> Any:
    parties = [NewParty(a_region("BY-HO")), NewParty(a_region("RU-BRY"), "I. Ivanov")]
    return create_agreement(
        by=BY, parties=parties, fields=["trade"], kind="agreement", title_en="On trade",
        signed_on=date(2018, 3, 15), **said,
    )  # fmt: skip


def a_measure() -> Any:
    a_country("BY")
    programme = create_programme(by=BY, title_en="Plan", language="en", kind="action")
    return add_measure(programme=programme, row=row("Hold a fair", "Ministry"), by=BY)


def row(title: str, *bodies: str) -> NewMeasure:
    due = DueRule("date", None, date(2019, 6, 30))
    return NewMeasure(
        titles={"en": title}, due=due, bodies=tuple(NewBody(text, "BY") for text in bodies)
    )


def an_amendment() -> Any:
    return strike_measure(measure=a_measure(), expected_version=1, by=BY, reason="Not needed")


def an_edition() -> Edition:
    return Edition.objects.create(
        number=1,
        start=date(2014, 6, 4),
        end=date(2014, 6, 4),
        host=a_country("BY"),
        place_en="Minsk",
    )


def an_issued_report() -> Any:
    programme = a_measure().programme
    return issue_report(programme=programme, period=period_of("2019"), language="en", by=BY)


def history(client: Client, record: models.Model) -> str:
    address = reverse("audit:history", args=[record._meta.label_lower, record.pk])
    return client.get(address).content.decode()


def as_of(client: Client, record: models.Model, day: str = "") -> str:
    address = reverse("audit:as_of", args=[record._meta.label_lower, record.pk])
    return client.get(address, {"day": day}).content.decode()


PAGES: dict[str, Callable[[Path, User], models.Model]] = {
    "territories.territory": lambda _path, _user: a_region("BY-HO"),
    "directory.organisation": lambda _path, _user: an_organisation("Plant"),
    "directory.zone": lambda _path, _user: add_zone(organisation=an_organisation("Park"), by=BY),
    "directory.contact": lambda _path, _user: create_contact(
        organisation=an_organisation(), by=BY, name_en="A. Person"
    ),
    "agreements.agreement": lambda _path, _user: an_agreement(),
    "programmes.programme": lambda _path, _user: a_measure().programme,
    "programmes.measure": lambda _path, _user: a_measure(),
    "programmes.measureamendment": lambda _path, _user: an_amendment(),
    "reporting.report": lambda _path, _user: two_sides().submitted(),
    "forum.edition": lambda _path, _user: an_edition(),
    "issuing.issuedreport": lambda _path, _user: an_issued_report(),
    "reminders.programmeladder": lambda _path, user: change_ladder(
        programme=a_measure().programme, days={"body_before": "3"}, expected_version=None, by=user
    ),
    "intake.import": lambda path, user: a_draft(path, by=user),
}


def test_every_kind_of_record_with_a_page_is_here() -> None:
    with_pages = {
        model._meta.label_lower
        for model in apps.get_models()
        if model._meta.app_config is not None
        and model._meta.app_config.name.startswith("comity.")
        and "get_absolute_url" in dir(model)
    }
    assert with_pages - {"accounts.user"} <= set(PAGES)


@pytest.mark.parametrize("label", PAGES)
def test_a_page_leads_to_its_history_and_that_to_any_day(
    client: Client, tmp_path: Path, label: str
) -> None:
    user = a_coordinator()
    client.force_login(user)
    record: Any = PAGES[label](tmp_path, user)
    where = record.get_absolute_url()
    address = reverse("audit:history", args=[label, record.pk])
    assert address in client.get(where).content.decode()
    assert f'action="{address}as-of/"' in history(client, record)
    assert "It did not exist on that day." in as_of(client, record, "2001-01-01")


def test_parties_and_fields_are_in_the_history_of_an_agreement(client: Client) -> None:
    agreement = an_agreement()
    amend_agreement(
        agreement=agreement, by=BY, expected_version=1, signed_on=date(2020, 1, 1),
        in_force_from=date(2020, 1, 1), changes={}, title_en="Accession",
        joining=[NewParty(a_region("RU-SMO"))], leaving=[a_region("RU-BRY")],
        adds_fields=["health"],
    )  # fmt: skip
    page = history(client, agreement)
    for told in (
        "added · party: Region RU-SMO",
        "removed · party: Region RU-BRY",
        "added · field of cooperation: health",
        "added · amendment: Accession",
    ):
        assert told in page
    stood = as_of(client, agreement)
    assert "<li>Region RU-SMO</li>" in stood
    assert "<li>Region RU-BRY</li>" not in stood
    assert "<li>health</li>" in stood


def test_bodies_and_what_was_shown_are_in_the_history_of_a_measure(client: Client) -> None:
    measure = a_measure()
    changed = change_measure(
        measure=measure, new=row("Hold a fair", "Ministry", "Bank"), expected_version=1, by=BY
    )
    settle_occurrence(
        occurrence=changed.occurrences.get(), done_on=date(2019, 5, 1), note="Held", by=BY
    )
    page = history(client, measure)
    assert "<td>BY Ministry</td><td>BY Ministry; BY Bank</td>" in page
    assert "occurrence: Hold a fair (30 June 2019)" in page
    assert "<dd>BY Ministry; BY Bank</dd>" in as_of(client, measure)


def test_a_removed_measure_is_in_the_history_of_its_programme(client: Client) -> None:
    measure = a_measure()
    remove_measure(measure=measure, by=BY, reason="Entered twice")
    page = history(client, measure.programme)
    assert "removed · measure: Hold a fair" in page
    assert "Entered twice" in page
    assert "added · measure" not in page


def test_names_are_in_the_history_of_an_organisation(client: Client) -> None:
    plant = create_organisation(
        by=BY, kind="authority", seat=a_region("BY-HO"), name_en="Plant", aliases=[OtherName("P")]
    )
    change_organisation(organisation=plant, expected_version=1, by=BY, aliases=[OtherName("Q")])
    page = history(client, plant)
    assert "removed · other name: P" in page
    assert "added · other name: Q" in page
    stood = as_of(client, plant)
    assert "<li>Q</li>" in stood
    assert "<li>P</li>" not in stood


def test_residents_and_counterparts_are_in_the_history(client: Client) -> None:
    plant = an_organisation("Plant")
    zone = add_zone(organisation=an_organisation("Park"), by=BY)
    add_residency(zone=zone, resident=plant, by=BY)
    client.force_login(a_coordinator())
    assert "added · residency: Plant (Park)" in history(client, zone)

    here = create_contact(organisation=plant, by=BY, name_en="Here")
    other = an_organisation("Works", seat=a_region("RU-BRY"))
    there = create_contact(organisation=other, by=BY, name_en="There")
    change_contact(contact=here, expected_version=1, by=BY, counterparts=[there])
    assert "There" in history(client, here)
    assert "<li>There</li>" in as_of(client, here)


def test_the_rows_of_a_document_are_in_its_history(client: Client, tmp_path: Path) -> None:
    from comity.intake.actions import change_row

    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    found = draft.rows.get()
    change_row(
        row=found, values={"title": "Провести ярмарку"}, expected_version=1, by=user, settled=True
    )
    client.force_login(user)
    page = history(client, draft)
    assert "row of a document: 1 Провести ярмарку" in page
    assert "<td>Провести ярмарку</td>" in page


def test_a_territory_stands_alone(client: Client) -> None:
    territory = Territory.objects.get(pk=a_region("BY-HO").pk)
    assert Event.objects.count() == 0
    assert "Nothing was recorded about it yet." in history(client, territory)


def test_a_record_that_only_counts_its_changes_is_not_told_apart(client: Client) -> None:
    agreement = an_agreement()
    amend_agreement(
        agreement=agreement, by=BY, expected_version=agreement.version, title_en="Protocol",
        signed_on=date(2019, 1, 1), in_force_from=date(2019, 1, 1), changes={},
    )  # fmt: skip
    page = history(client, agreement)
    assert page.count("Amendment recorded") == 1
    assert "added · amendment: Protocol" in page
