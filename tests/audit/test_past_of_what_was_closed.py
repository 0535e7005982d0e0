"""A record that was opened to more people does not open its past with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import add_document
from comity.audit.actions import Installation, Trail, snapshot
from comity.audit.models import Event
from tests.factories import (
    a_measure,
    a_person,
    a_programme,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

BY = Installation()
NOTE = "What was recorded while this was not open to you is not shown."


def noted(*records: Any) -> None:
    with transaction.atomic():
        trail = Trail("test.created", BY)
        trail.created(*records)
        trail.record()


def changed(record: Any, **fields: object) -> None:
    with transaction.atomic():
        trail, before = Trail("test.changed", BY), snapshot(record)
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()
        trail.changed(record, before)
        trail.record()


def on_day(day: int) -> None:
    """The newest event happened on this day of January 2020."""
    newest = Event.objects.latest("seq").pk
    moment = datetime(2020, 1, day, 12, tzinfo=UTC)
    models.QuerySet(Event).filter(pk=newest).update(at=moment)


def an_opened_agreement() -> Any:
    """Internal with one title on the 1st, another on the 2nd; public on the 3rd; changed after."""
    agreement = an_agreement(visibility="internal", title_en="A first draft")
    for day, fields in enumerate(
        ({}, {"title_en": "A second draft"}, {"visibility": "public"}, {"title_en": "As signed"}), 1
    ):
        if fields:
            changed(agreement, **fields)
        else:
            noted(agreement)
        on_day(day)
    return agreement


def pages(client: Client, record: Any, model: str, day: str = "2020-01-02") -> tuple[str, str]:
    address = f"/history/{model}/{record.pk}/"
    history = client.get(address)
    as_of = client.get(f"{address}as-of/", {"day": day})
    assert (history.status_code, as_of.status_code) == (200, 200)
    return history.content.decode(), as_of.content.decode()


def test_the_public_sees_what_was_recorded_since_it_was_opened(client: Client) -> None:
    agreement = an_opened_agreement()
    history, as_of = pages(client, agreement, "agreements.agreement")
    assert ("A first draft" in history, history.count("<article")) == (False, 1)
    assert NOTE in history
    assert "On that day it was not open to you." in as_of
    assert "draft" not in as_of


def test_as_of_the_day_when_it_was_opened_it_is_shown(client: Client) -> None:
    agreement = an_opened_agreement()
    _history, as_of = pages(client, agreement, "agreements.agreement", "2020-01-03")
    assert "A second draft" in as_of


@pytest.mark.parametrize(
    "reader",
    [lambda: somebody("observer"), lambda: somebody("coordinator", within=the_authority())],
)
def test_who_could_see_it_then_sees_all_of_it(client: Client, reader: Callable[[], User]) -> None:
    agreement = an_opened_agreement()
    client.force_login(reader())
    history, as_of = pages(client, agreement, "agreements.agreement")
    assert ("A first draft" in history, NOTE in history) == (True, False)
    assert "A second draft" in as_of


def the_authority() -> Any:
    return an_organisation("The authority of Homiel")


def test_an_observer_of_a_party_does_not_see_what_was_internal(client: Client) -> None:
    agreement = an_opened_agreement()
    client.force_login(somebody("observer", within=the_authority()))
    history, _as_of = pages(client, agreement, "agreements.agreement")
    assert ("A first draft" in history, NOTE in history) == (False, True)


def test_what_was_closed_for_a_while_is_closed_for_that_while(client: Client) -> None:
    agreement = an_agreement(title_en="Open at first")
    noted(agreement)
    on_day(1)
    changed(agreement, visibility="parties")
    on_day(2)
    changed(agreement, title_en="Said among us")
    on_day(3)
    changed(agreement, visibility="public", title_en="Open again")
    on_day(4)
    history, as_of = pages(client, agreement, "agreements.agreement", "2020-01-03")
    assert ("Open at first" in history, "Said among us" in history) == (True, False)
    assert "On that day it was not open to you." in as_of
    assert "Open at first" in pages(client, agreement, "agreements.agreement", "2020-01-01")[1]


def test_a_measure_was_as_closed_as_its_programme(client: Client) -> None:
    programme = a_programme(visibility="internal")
    measure = a_measure(programme, title_en="Among us")
    noted(programme, measure)
    on_day(1)
    changed(programme, visibility="public")
    on_day(2)
    changed(measure, title_en="For all")
    on_day(3)
    history, as_of = pages(client, measure, "programmes.measure", "2020-01-01")
    assert history.count("<article") == 1
    assert "On that day it was not open to you." in as_of
    client.force_login(somebody("observer", within=programme))
    history, as_of = pages(client, measure, "programmes.measure", "2020-01-01")
    assert (history.count("<article"), "Among us" in as_of) == (2, True)


def test_a_document_was_as_closed_as_its_agreement(client: Client) -> None:
    agreement = an_agreement(visibility="internal")
    noted(agreement)
    document = add_document(
        agreement=agreement, by=BY, content=b"%PDF-1.7", name="a.pdf", kind="text", language="en"
    )
    changed(agreement, visibility="public")
    assert pages(client, document, "agreements.document")[0].count("<article") == 0


def test_what_was_always_open_says_nothing_of_it(client: Client) -> None:
    agreement = an_agreement()
    noted(agreement)
    assert NOTE not in pages(client, agreement, "agreements.agreement")[0]


def test_other_records_are_named_to_those_who_see_them(client: Client) -> None:
    hidden = an_agreement(visibility="internal", title_en="Hidden agreement")
    programme = a_programme(hidden)
    noted(programme)
    history, as_of = pages(client, programme, "programmes.programme", "2100-01-01")
    assert (f"№ {hidden.pk}" in history, "Hidden" in history, "Hidden" in as_of) == (
        True, False, False,
    )  # fmt: skip
    client.force_login(somebody("observer"))
    assert "Hidden agreement" in pages(client, programme, "programmes.programme")[0]


def test_people_are_named_to_people_with_an_account(client: Client) -> None:
    agreement, by = an_agreement(), somebody("coordinator")
    with transaction.atomic():
        trail = Trail("test.created", by)
        trail.created(agreement)
        trail.record()
    assert by.name not in pages(client, agreement, "agreements.agreement")[0]
    client.force_login(a_person())
    assert by.name in pages(client, agreement, "agreements.agreement")[0]
