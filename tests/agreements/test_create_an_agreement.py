from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.accounts.models import Role, User
from comity.agreements.actions import NewParty, create_agreement
from comity.agreements.models import Agreement
from comity.audit.actions import Installation
from comity.audit.models import Entry, Event
from comity.directory.models import Organisation
from tests.agreements.conftest import party_rows
from tests.factories import a_coordinator, a_person, a_region, an_organisation, somebody

pytestmark = pytest.mark.django_db


def created(**said: Any) -> Agreement:
    said.setdefault("by", Installation())
    said.setdefault("parties", [NewParty(a_region("BY-HO")), NewParty(a_region("RU-BRY"))])
    return create_agreement(**{"kind": "agreement", "title_en": "On trade", **said})


def test_an_agreement_comes_with_its_parties_and_fields(keeper: User) -> None:
    homiel, bryansk = a_region("BY-HO"), an_organisation("Bryansk", seat=a_region("RU-BRY"))

    agreement = created(
        by=keeper,
        parties=[NewParty(homiel, "A. Example", "chairman"), NewParty(bryansk)],
        fields=["trade", "culture", "trade"],
        signed_on=date(2018, 3, 15),
        reason="found in the archive",
    )

    assert list(
        agreement.parties.values_list(
            "position", "territory", "organisation", "place", "signatory_name", "signatory_post"
        )
    ) == [
        (0, homiel.pk, None, homiel.pk, "A. Example", "chairman"),
        (1, None, bryansk.pk, bryansk.seat_id, "", ""),
    ]
    fields = agreement.cooperation_fields.order_by("pk").values_list("field", flat=True)
    assert list(fields) == ["trade", "culture"]
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.reason) == (
        "agreement.created",
        keeper.pk,
        "found in the archive",
    )
    assert list(event.entries.values_list("model", "kind")) == [
        ("agreements.agreement", "created"),
        ("agreements.party", "created"),
        ("agreements.party", "created"),
        ("agreements.cooperationfield", "created"),
        ("agreements.cooperationfield", "created"),
    ]


def test_who_may_create(keeper: User, outsider: User, authority: Organisation) -> None:
    enterprise = an_organisation("Works", seat=a_region("BY-HO"), kind="enterprise")
    worker = somebody(Role.COORDINATOR, enterprise)
    between_regions = [NewParty(a_region("BY-HO")), NewParty(a_region("RU-BRY"))]
    of_the_works = [NewParty(enterprise), NewParty(a_region("RU-BRY"))]
    allowed = {
        (name, what): _may(person, parties)
        for name, person in {
            "keeper": keeper,
            "observer": somebody(Role.OBSERVER, authority),
            "outsider": outsider,
            "worker": worker,
            "whole": a_coordinator(),
            "whole observer": somebody(Role.OBSERVER),
            "nobody": a_person(),
        }.items()
        for what, parties in {"regions": between_regions, "works": of_the_works}.items()
    }

    assert {who for who, may in allowed.items() if may} == {
        ("keeper", "regions"),
        ("worker", "works"),
        ("whole", "regions"),
        ("whole", "works"),
    }


def _may(person: User, parties: list[NewParty]) -> bool:
    try:
        created(by=person, parties=parties)
    except PermissionDenied:
        return False
    return True


def test_one_party_is_too_few() -> None:
    with pytest.raises(ValidationError) as refused:
        created(parties=[NewParty(a_region("BY-HO"))])

    assert refused.value.messages == [
        "An agreement has two or more parties; name each in its own row."
    ]
    assert Agreement.objects.count() == 0
    assert Entry.objects.count() == 0


def test_a_party_named_twice_is_refused() -> None:
    homiel = a_region("BY-HO")

    with pytest.raises(ValidationError) as refused:
        created(parties=[NewParty(homiel), NewParty(a_region("RU-BRY")), NewParty(homiel)])

    assert refused.value.messages == ["Region BY-HO is named twice; a party stands in one row."]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title_en": ""}, "Write the title in at least one language."),
        (
            {
                "signed_on": date(2018, 1, 1),
                "in_force_from": date(2018, 5, 1),
                "until": date(2018, 4, 30),
            },
            "The agreement cannot end before it comes into force.",
        ),
        (
            {"renewal_months": 60},
            "What is prolonged has a first term: say until when it is in force.",
        ),
        (
            {"until": date(2020, 1, 1), "notice_months": 6},
            "A notice is given against being prolonged: say by how many months it is prolonged.",
        ),
        ({"in_force_from": date(2018, 1, 1)}, "What is in force was signed: say when."),
        (
            {"signed_on": date(2018, 1, 1), "ended_on": date(2017, 1, 1)},
            "This cannot come before the signing.",
        ),
        ({"objected_on": date(2017, 1, 1)}, "This cannot come before the signing."),
    ],
)
def test_terms_that_contradict_each_other(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        created(**said)

    assert refused.value.messages == [sentence]


def sent(**changed: Any) -> dict[str, Any]:
    a_region("BY-HO")
    a_region("RU-BRY")
    return party_rows(
        {"who": "BY-HO", "signatory_name": "A. Example"},
        {"who": "Region RU-BRY"},
        {},
        **{"kind": "agreement", "title_en": "On trade", "visibility": "public", **changed},
    )


def test_the_page_creates_one(client: Client, keeper: User) -> None:
    client.force_login(keeper)
    assert client.get("/agreements/add/").status_code == 200

    response = client.post(
        "/agreements/add/",
        sent(
            signed="2018-03",
            until="2023-04-30",
            renewal_months="60",
            notice_months="6",
            fields_of_cooperation=["trade", "health"],
        ),
    )

    agreement = Agreement.objects.get()
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/agreements/{agreement.pk}/",
    )
    assert (agreement.signed_on, agreement.signed_precision) == (date(2018, 3, 1), "month")
    assert [party.said_name.text for party in agreement.parties.all()] == [
        "Region BY-HO",
        "Region RU-BRY",
    ]
    assert set(agreement.cooperation_fields.values_list("field", flat=True)) == {"trade", "health"}


@pytest.mark.parametrize(
    ("signed", "first", "precision"),
    [
        ("", None, "day"),
        ("2018", date(2018, 1, 1), "year"),
        ("2018-03", date(2018, 3, 1), "month"),
        ("2018-03-15", date(2018, 3, 15), "day"),
    ],
)
def test_the_signing_is_kept_as_far_as_it_is_known(
    client: Client, keeper: User, signed: str, first: date | None, precision: str
) -> None:
    client.force_login(keeper)

    client.post("/agreements/add/", sent(signed=signed))

    agreement = Agreement.objects.get()
    assert (agreement.signed_on, agreement.signed_precision) == (first, precision)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"signed": "2018-13"}, "“2018-13” is no date;"),
        ({"signed": "1018"}, "Write a date between 1900 and 2199."),
        ({"until": "2900-01-01"}, "Write a date between 1900 and 2199."),
        ({"parties-1-who": ""}, "An agreement has two or more parties"),
        ({"parties-1-who": "BY-HO"}, "Region BY-HO is named twice"),
        ({"parties-1-who": "Nowhere"}, "No organisation is called “Nowhere”."),
        ({"parties-2-signatory_name": "B"}, "Say for whom this person signed."),
        ({"title_en": ""}, "Write the title in at least one language."),
    ],
)
def test_the_page_says_what_is_wrong(
    client: Client, keeper: User, changed: dict[str, str], sentence: str
) -> None:
    client.force_login(keeper)

    response = client.post("/agreements/add/", {**sent(), **changed})

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Agreement.objects.count() == 0


def test_a_name_that_several_territories_have_is_asked_about(client: Client, keeper: User) -> None:
    a_region("RU-BRY", name_en="Homonym")
    a_region("RU-SMO", name_en="Homonym")
    client.force_login(keeper)

    response = client.post("/agreements/add/", {**sent(), "parties-1-who": "Homonym"})

    assert "Write one of: Homonym · RU-BRY; Homonym · RU-SMO" in response.content.decode()
    client.post("/agreements/add/", {**sent(), "parties-1-who": "Homonym · RU-SMO"})
    assert Agreement.objects.get().parties.filter(territory__code="RU-SMO").exists()


def test_more_rows_are_asked_for_without_saving(client: Client, keeper: User) -> None:
    client.force_login(keeper)

    response = client.post(
        "/agreements/add/", {**sent(signed="nonsense", fields_of_cooperation="trade"), "more": "1"}
    )

    page = response.content.decode()
    assert Agreement.objects.count() == 0
    assert 'name="parties-5-who"' in page
    assert 'name="parties-6-who"' not in page
    assert 'value="A. Example"' in page
    assert 'value="nonsense"' in page
    assert 'value="trade" id="id_fields_of_cooperation_0" checked' in page
    assert "is no date" not in page


def test_who_reaches_the_page(client: Client) -> None:
    assert client.get("/agreements/add/").headers["Location"].startswith("/account/login/")
    client.force_login(a_person())
    response = client.get("/agreements/add/")
    assert response.status_code == 403
    assert "Only coordinators register agreements." in response.content.decode()


def test_a_coordinator_of_no_party_is_refused_with_a_sentence(
    client: Client, outsider: User
) -> None:
    client.force_login(outsider)

    response = client.post("/agreements/add/", sent())

    assert response.status_code == 403
    assert "You write for none of the parties." in response.content.decode()
