from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from comity.accounts.models import User
from comity.agreements.actions import end_agreement, record_objection
from comity.agreements.models import Agreement
from comity.agreements.terms import Status
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.lib.versions import Stale
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db


def ended(agreement: Agreement, **said: Any) -> Agreement:
    return end_agreement(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": 1,
            "ended_on": date(2021, 6, 1),
            "reason": "both parties agreed",
            **said,
        }
    )


def objected(agreement: Agreement, **said: Any) -> Agreement:
    return record_objection(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": 1,
            "objected_on": date(2022, 10, 30),
            **said,
        }
    )


def test_an_end_holds_from_its_day(agreement: Agreement, keeper: User) -> None:
    now = ended(agreement, by=keeper)

    assert now.status_on(date(2021, 5, 31)) == Status.IN_FORCE
    assert now.status_on(date(2021, 6, 1)) == Status.ENDED
    event = Event.objects.get()
    assert (event.verb, event.reason, event.actor_id) == (
        "agreement.ended",
        "both parties agreed",
        keeper.pk,
    )
    assert event.entries.get().changes == {"version": [1, 2], "ended_on": [None, "2021-06-01"]}


def test_an_objection_ends_it_with_the_term(agreement: Agreement, keeper: User) -> None:
    now = objected(agreement, by=keeper, reason="Bryansk Oblast")

    assert now.status_on(date(2023, 4, 30)) == Status.IN_FORCE
    assert now.status_on(date(2023, 5, 1)) == Status.EXPIRED
    event = Event.objects.get()
    assert (event.verb, event.reason) == ("agreement.objected_to", "Bryansk Oblast")
    assert event.entries.get().changes == {"version": [1, 2], "objected_on": [None, "2022-10-30"]}


@pytest.mark.parametrize(
    ("act", "name", "said", "sentence"),
    [
        (ended, "reason", {"reason": " "}, "Say why: the history keeps it."),
        (ended, "ended_on", {"ended_on": date(2018, 1, 1)}, "On that day it is not signed."),
        (
            objected,
            "objected_on",
            {"objected_on": date(2018, 1, 1)},
            "On that day it is not signed.",
        ),
        (
            objected,
            "objected_on",
            {"objected_on": timezone.localdate() + timedelta(days=2)},
            "That day is still to come; record an objection once it was made.",
        ),
    ],
)
def test_what_cannot_be(
    agreement: Agreement, act: Any, name: str, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        act(agreement, **said)

    assert refused.value.message_dict == {name: [sentence]}
    assert Event.objects.count() == 0


def test_what_is_over_is_not_ended_again(agreement: Agreement) -> None:
    ended(agreement)

    with pytest.raises(ValidationError) as again:
        ended(agreement, expected_version=2)
    assert again.value.messages == ["It was ended on 1 June 2021 already."]
    with pytest.raises(ValidationError) as objection:
        objected(agreement, expected_version=2)
    assert objection.value.messages == ["It was ended on 1 June 2021 already."]


def test_what_expires_is_not_ended_after_it() -> None:
    fixed = an_agreement(
        signed_on=date(2018, 1, 1), in_force_from=date(2018, 1, 1), until=date(2020, 12, 31)
    )

    with pytest.raises(ValidationError) as refused:
        ended(fixed)
    assert refused.value.messages == ["It expires on 31 December 2020, before that."]
    with pytest.raises(ValidationError) as pointless:
        objected(fixed)
    assert pointless.value.messages == [
        "This agreement is not prolonged by itself: there is nothing to object to."
    ]


def test_one_objection_is_enough(agreement: Agreement) -> None:
    objected(agreement)

    with pytest.raises(ValidationError) as refused:
        objected(agreement, expected_version=2)
    assert refused.value.messages == ["A party objected on 30 October 2022 already."]


@pytest.mark.parametrize("act", [ended, objected])
def test_others_and_late_comers_are_refused(agreement: Agreement, outsider: User, act: Any) -> None:
    with pytest.raises(PermissionDenied):
        act(agreement, by=outsider)
    with pytest.raises(Stale):
        act(agreement, expected_version=7)
    agreement.refresh_from_db()
    assert (agreement.version, agreement.ended_on, agreement.objected_on) == (1, None, None)


@pytest.mark.parametrize(
    ("page", "written", "field", "label"),
    [
        ("end", {"ended_on": "2021-06-01", "reason": "agreed"}, "ended_on", "Ended on"),
        ("object", {"objected_on": "2022-10-30"}, "objected_on", "Objected on"),
    ],
)
def test_the_pages(
    client: Client,
    agreement: Agreement,
    keeper: User,
    outsider: User,
    *,
    page: str,
    written: dict[str, str],
    field: str,
    label: str,
) -> None:
    where = f"/agreements/{agreement.pk}/{page}/"
    assert client.get(where).headers["Location"].startswith("/account/login/")
    client.force_login(outsider)
    assert client.get(where).status_code == 403
    client.force_login(keeper)
    assert client.get(where).status_code == 200

    wrong = client.post(where, {**written, field: "2018-01-01", "version": "1"})
    assert "On that day it is not signed." in wrong.content.decode() or (
        "This cannot come before the signing." in wrong.content.decode()
    )
    response = client.post(where, {**written, "version": "1"})
    assert response.headers["Location"] == f"/agreements/{agreement.pk}/"
    agreement.refresh_from_db()
    assert getattr(agreement, field).isoformat() == written[field]

    stale = client.post(where, {**written, field: "2022-06-01", "version": "1"})
    assert [(d.label, d.yours) for d in stale.context["stale"]] == [(label, "1 June 2022")]
