from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import NewParty, amend_agreement, change_agreement
from comity.agreements.models import Agreement
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.lib.versions import Stale
from tests.agreements.conftest import party_rows
from tests.factories import a_person, a_region, an_agreement, an_organisation

pytestmark = pytest.mark.django_db


def changed(agreement: Agreement, **said: Any) -> Agreement:
    return change_agreement(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": 1,
            "reason": "a slip",
            **said,
        }
    )


def test_a_correction_keeps_before_and_after_and_why(agreement: Agreement, keeper: User) -> None:
    agreement.cooperation_fields.create(field="trade")
    agreement.cooperation_fields.create(field="health")
    first, second = agreement.parties.all()
    third = an_organisation("Third", seat=a_region("RU-SMO"))

    now = changed(
        agreement,
        by=keeper,
        number="7",
        parties=[NewParty(third), NewParty(first.who, "A. Example"), NewParty(second.who)][:2],
        fields=["health", "youth_sport"],
    )

    assert (now.number, now.version) == ("7", 2)
    assert list(now.parties.values_list("pk", "organisation", "position", "signatory_name"))[
        1:
    ] == [(first.pk, None, 1, "A. Example")]
    event = Event.objects.get()
    assert (event.verb, event.reason, event.actor_id) == ("agreement.changed", "a slip", keeper.pk)
    told = [(entry.model, entry.kind, entry.changes) for entry in event.entries.all()]
    assert told[0] == (
        "agreements.agreement",
        "changed",
        {"number": ["", "7"], "version": [1, 2]},
    )
    assert [(model.split(".")[1], kind) for model, kind, _changes in told[1:]] == [
        ("party", "removed"),
        ("party", "created"),
        ("party", "changed"),
        ("cooperationfield", "removed"),
        ("cooperationfield", "created"),
    ]


def test_parties_and_fields_stay_unless_given(agreement: Agreement) -> None:
    agreement.cooperation_fields.create(field="trade")

    changed(agreement, signed_at="Homiel")

    assert agreement.parties.count() == 2
    assert agreement.cooperation_fields.count() == 1


def test_a_correction_reaches_the_amendment_that_set_the_term(agreement: Agreement) -> None:
    amendment = amend_agreement(
        agreement=agreement,
        by=Installation(),
        expected_version=1,
        signed_on=date(2020, 1, 1),
        in_force_from=date(2020, 2, 1),
        title_en="Longer",
        changes={"until": date(2024, 4, 30)},
    )

    changed(agreement, expected_version=2, until=date(2024, 5, 31), number="9")

    amendment.refresh_from_db()
    assert amendment.changes == {"until": ["2023-04-30", "2024-05-31"]}
    entry = Event.objects.last().entries.get(model="agreements.amendment")  # type: ignore[union-attr]  # two events
    assert entry.changes == {
        "changes": [
            {"until": ["2023-04-30", "2024-04-30"]},
            {"until": ["2023-04-30", "2024-05-31"]},
        ]
    }


def test_a_correction_says_why(agreement: Agreement) -> None:
    with pytest.raises(ValidationError) as refused:
        changed(agreement, reason=" ")

    assert refused.value.message_dict == {"reason": ["Say why: the history keeps it."]}


def test_others_are_refused(agreement: Agreement, outsider: User) -> None:
    for person in (outsider, a_person()):
        with pytest.raises(PermissionDenied) as refused:
            changed(agreement, by=person)
        assert str(refused.value) == (
            "Only coordinators of the whole register or of a party change this agreement."
        )
    agreement.refresh_from_db()
    assert agreement.version == 1


def test_nobody_corrects_themselves_out_of_it(agreement: Agreement, keeper: User) -> None:
    with pytest.raises(PermissionDenied):
        changed(
            agreement,
            by=keeper,
            parties=[NewParty(a_region("RU-BRY")), NewParty(a_region("RU-SMO"))],
        )

    agreement.refresh_from_db()
    assert (agreement.version, agreement.parties.count()) == (1, 2)


def test_a_stale_correction_changes_nothing(agreement: Agreement) -> None:
    changed(agreement, number="7")

    with pytest.raises(Stale):
        changed(agreement, number="8")

    agreement.refresh_from_db()
    assert agreement.number == "7"


def sent(agreement: Agreement, **written: Any) -> dict[str, Any]:
    return party_rows(
        {"who": "BY-HO"},
        {"who": "RU-BRY"},
        **{
            "version": "1",
            "kind": "agreement",
            "title_en": "On trade",
            "signed": "2018-03-15",
            "in_force_from": "2018-05-01",
            "until": "2023-04-30",
            "renewal_months": "60",
            "notice_months": "6",
            "visibility": "public",
            "reason": "a slip",
            **written,
        },
    )


def test_the_page_shows_what_stands_and_saves(
    client: Client, agreement: Agreement, keeper: User
) -> None:
    agreement.cooperation_fields.create(field="trade")
    client.force_login(keeper)

    page = client.get(f"/agreements/{agreement.pk}/change/").content.decode()
    assert 'value="2018-03-15"' in page
    assert 'value="Region BY-HO · BY-HO"' in page
    assert 'value="trade" id="id_fields_of_cooperation_0" checked' in page

    response = client.post(
        f"/agreements/{agreement.pk}/change/", sent(agreement, signed_at="Homiel", signed="2018")
    )

    assert response.headers["Location"] == f"/agreements/{agreement.pk}/"
    agreement.refresh_from_db()
    assert (agreement.signed_at, agreement.signed_on, agreement.signed_precision) == (
        "Homiel",
        date(2018, 1, 1),
        "year",
    )
    assert agreement.cooperation_fields.count() == 0


def test_the_second_of_two_people_sees_both_versions(
    client: Client, agreement: Agreement, keeper: User
) -> None:
    changed(agreement, number="7", signed_at="Minsk", fields=["trade"])
    client.force_login(keeper)
    where = f"/agreements/{agreement.pk}/change/"
    organisation = an_organisation("Third", seat=a_region("RU-SMO"))

    written = sent(agreement, number="8", signed="2018-03", fields_of_cooperation=["health"])
    response = client.post(where, {**written, "parties-1-who": f"№ {organisation.pk}"})

    assert [(d.label, d.yours, d.theirs) for d in response.context["stale"]] == [
        ("Number", "8", "7"),
        ("Signed on", "2018-03", "2018-03-15"),
        ("Signed at", "", "Minsk"),
        ("Fields of cooperation", "health", "trade"),
        ("Parties", "Region BY-HO; Third", "Region BY-HO; Region RU-BRY"),
    ]
    assert "Somebody changed this while you were writing" in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.number == "7"

    client.post(
        where, sent(agreement, number="8", version=response.context["form"].data["version"])
    )
    agreement.refresh_from_db()
    assert (agreement.number, agreement.version) == ("8", 3)


def test_the_same_parties_do_not_differ(client: Client, agreement: Agreement, keeper: User) -> None:
    changed(agreement, number="7")
    client.force_login(keeper)

    response = client.post(f"/agreements/{agreement.pk}/change/", sent(agreement, number="8"))

    assert [d.label for d in response.context["stale"]] == ["Number"]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"reason": ""}, "This field is required."),
        ({"until": "2018-04-01"}, "The agreement cannot end before it comes into force."),
        ({"ended_on": "2017-01-01"}, "This cannot come before the signing."),
        ({"signed": ""}, "What is in force was signed: say when."),
        ({"parties-1-who": ""}, "An agreement has two or more parties"),
    ],
)
def test_the_page_says_what_is_wrong(
    client: Client, agreement: Agreement, keeper: User, written: dict[str, str], sentence: str
) -> None:
    client.force_login(keeper)

    response = client.post(f"/agreements/{agreement.pk}/change/", {**sent(agreement), **written})

    assert response.status_code == 200
    assert sentence in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.version == 1


def test_more_rows_keep_the_version(client: Client, agreement: Agreement, keeper: User) -> None:
    client.force_login(keeper)

    response = client.post(
        f"/agreements/{agreement.pk}/change/", {**sent(agreement), "version": "5", "more": "1"}
    )

    assert '<input type="hidden" name="version" value="5"' in response.content.decode()


def test_who_reaches_the_page(client: Client, agreement: Agreement, outsider: User) -> None:
    where = f"/agreements/{agreement.pk}/change/"
    assert client.get(where).headers["Location"].startswith("/account/login/")
    client.force_login(outsider)
    assert client.get(where).status_code == 403
    hidden = an_agreement(visibility="internal")
    assert client.get(f"/agreements/{hidden.pk}/change/").status_code == 404
