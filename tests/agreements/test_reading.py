from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.accounts.models import User
from comity.agreements.actions import amend_agreement
from comity.agreements.models import Agreement
from comity.audit.actions import Installation
from comity.directory.models import Organisation
from tests.factories import a_country, a_region, an_agreement, an_organisation

pytestmark = pytest.mark.django_db


def titles(client: Client, asked: str) -> list[str]:
    response = client.get(f"/agreements/?{asked}")
    assert response.status_code == 200
    return [agreement.title for agreement, _status in response.context["listed"]]


@pytest.fixture
def three() -> None:
    trade = an_agreement(
        title_en="On trade",
        title_ru="О торговле Гомельской области",
        signed_on="2018-03-15",
        in_force_from="2018-05-01",
        until="2023-04-30",
        renewal_months=60,
        notice_months=6,
    )
    trade.cooperation_fields.create(field="trade")
    an_agreement(
        a_region("BY-BR"),
        a_region("RU-SMO"),
        title_en="On culture",
        kind="protocol",
        signed_on="2020-01-01",
        in_force_from="2020-01-01",
        until="2022-12-31",
    )
    an_agreement(a_country("BY"), a_country("RU"), title_en="A draft")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["On culture", "On trade", "A draft"]),
        ("q=TRADE", ["On trade"]),
        ("q=гомельской торговле", ["On trade"]),
        ("q=trade culture", []),
        ("territory=BY-HO", ["On trade"]),
        ("territory=by", ["On culture", "On trade", "A draft"]),
        ("territory=XX", ["On culture", "On trade", "A draft"]),
        ("field=trade", ["On trade"]),
        ("kind=protocol", ["On culture"]),
        ("kind=nonsense", ["On culture", "On trade", "A draft"]),
        ("year=2018", ["On trade"]),
        ("year=2018&kind=protocol", []),
        ("status=draft&on=2021-01-01", ["A draft"]),
        ("status=in_force&on=2021-01-01", ["On culture", "On trade"]),
        ("status=in_force&on=2023-01-01", ["On trade"]),
        ("status=notice&on=2023-01-01", ["On trade"]),
        ("status=expired&on=2023-01-01", ["On culture"]),
        ("status=signed&on=2018-04-01", ["On trade"]),
        ("status=ended&on=2023-01-01", []),
        ("status=ending&on=2022-06-01", ["On culture", "On trade"]),
        ("status=ending&on=2019-06-01", []),
        ("on=nonsense", ["On culture", "On trade", "A draft"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_the_list_is_narrowed(client: Client, asked: str, found: list[str]) -> None:
    assert titles(client, asked) == found


@pytest.mark.usefixtures("three")
def test_the_list_says_how_many_and_each_status(client: Client) -> None:
    response = client.get("/agreements/?on=2023-01-01")
    assert client.get("/agreements/?day=2023-01-01").context["listed"] == response.context["listed"]

    page = response.content.decode()
    assert "<h1>The register holds 3 agreements.</h1>" in page
    assert "each with its status on 1 January 2023." in page
    assert [str(status) for _agreement, status in response.context["listed"]] == [
        "expired",
        "notice",
        "draft",
    ]
    assert "<h1>1 agreement fits.</h1>" in client.get("/agreements/?q=trade").content.decode()
    assert "No agreement fits." in client.get("/agreements/?q=nothing").content.decode()


def test_an_empty_register(client: Client) -> None:
    page = client.get("/agreements/").content.decode()

    assert "<h1>No agreement is in the register yet.</h1>" in page
    assert "An agreement is added by those who act for one of its parties" in page
    assert "Add an agreement" not in page


def test_a_long_list_is_counted_so_far(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.lib.paging.COUNTED", 26)
    for _ in range(30):
        an_agreement()

    assert "more than 1,000 agreements." in client.get("/agreements/").content.decode() or (
        "more than 26 agreements." in client.get("/agreements/").content.decode()
    )
    assert "More than" in client.get("/agreements/?kind=agreement").content.decode()
    territory = a_region("BY-HO")
    whole = client.get(f"/agreements/of-territory/{territory.pk}/").content.decode()
    assert "<h1>Region BY-HO is in more than" in whole
    panel = client.get(
        f"/agreements/of-territory/{territory.pk}/", headers={"HX-Request": "true"}
    ).content.decode()
    assert "all agreements, more than" in panel


def queries(client: Client, where: str, headers: dict[str, str] | None = None) -> int:
    client.get(where, headers=headers)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(where, headers=headers).status_code == 200
    return len(counted)


def test_lists_ask_as_much_for_one_as_for_thirty(
    client: Client, keeper: User, authority: Organisation
) -> None:
    def some(count: int) -> None:
        for _ in range(count):
            agreement = an_agreement(
                authority,
                an_organisation(seat=a_region("RU-BRY")),
                signed_on="2018-01-01",
                in_force_from="2018-01-01",
                until="2020-12-31",
                renewal_months=12,
                objected_on="2019-06-01",
            )
            agreement.cooperation_fields.create(field="trade")
            agreement.amendments.create(
                title_en="x",
                signed_on="2019-01-01",
                in_force_from="2019-01-01",
                changes={"until": ["2019-12-31", "2020-12-31"]},
            )

    client.force_login(keeper)
    pages: list[tuple[str, dict[str, str] | None]] = [
        ("/agreements/?status=in_force&on=2018-06-01&territory=BY-HO&field=trade&q=a", None),
        ("/agreements/?status=ending&on=2020-03-01", None),
        (f"/agreements/of-territory/{authority.seat_id}/", {"HX-Request": "true"}),
        (f"/agreements/of-organisation/{authority.pk}/", {"HX-Request": "true"}),
        (f"/agreements/neighbours/{authority.seat_id}/", None),
    ]
    some(1)
    with_one = [queries(client, *page) for page in pages]
    some(29)
    # A second page makes a list count its rows: one query more, whatever their number.
    with_thirty = [queries(client, *page) for page in pages]
    assert [more - one for one, more in zip(with_one, with_thirty, strict=True)] == [1, 1, 1, 1, 0]
    assert max(with_thirty) <= 13


def test_a_page_asks_as_much_for_one_as_for_thirty(
    client: Client, agreement: Agreement, keeper: User
) -> None:
    def some(count: int) -> None:
        for _ in range(count):
            agreement.statements.create(
                as_stated=f"x{agreement.statements.count()}", source="https://a.b"
            )
            agreement.amendments.create(
                title_en="x", signed_on="2020-01-01", in_force_from="2020-01-01", changes={}
            )
            agreement.parties.create(
                organisation=(one := an_organisation(seat=a_region("RU-BRY"))), place=one.seat
            )

    client.force_login(keeper)
    some(1)
    with_one = queries(client, f"/agreements/{agreement.pk}/")
    some(29)
    assert queries(client, f"/agreements/{agreement.pk}/") == with_one <= 12


def test_the_page_of_an_agreement(client: Client, agreement: Agreement, keeper: User) -> None:
    Agreement.objects.update(number="7", signed_at="Homiel", is_example=True)
    agreement.parties.filter(position=0).update(
        signatory_name="A. Example", signatory_post="chairman"
    )
    agreement.cooperation_fields.create(field="trade")

    response = client.get(f"/agreements/{agreement.pk}/?on=2019-01-01")

    by_day = client.get(f"/agreements/{agreement.pk}/?day=2019-01-01")
    assert by_day.context["facts"] == response.context["facts"]
    page = response.content.decode()
    assert (
        "<h1>In force between Region BY-HO and Region RU-BRY since 1 May 2018, until 30 April "
        "2023, then by 5 years more unless a party objects by 30 October 2022.</h1>"
    ) in page
    assert "Signed by A. Example, chairman" in page
    assert '<span class="example">example document</span>' in page
    assert f"/history/agreements.agreement/{agreement.pk}/" in page
    assert response.context["facts"] == [
        ("Kind", "agreement"),
        ("Number", "7"),
        ("Signed", "15 March 2018"),
        ("Signed at", "Homiel"),
        ("In force from", "1 May 2018"),
        ("First term until", "30 April 2023"),
        ("Prolonged by", "5 years"),
        ("Objection in time until", "30 October 2022"),
        ("Seen by", "public"),
    ]
    assert "Correct the record" not in page
    client.force_login(keeper)
    kept = client.get(f"/agreements/{agreement.pk}/?on=2019-01-01").content.decode()
    for button in ("Amend", "Record an objection", "End it early", "Correct the record"):
        assert button in kept


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2018-03-14", "draft"),
        ("2018-04-01", "signed"),
        ("2023-01-01", "notice"),
        ("2023-05-01", "in_force"),
    ],
)
def test_the_status_on_another_day(
    client: Client, agreement: Agreement, on: str, status: str
) -> None:
    response = client.get(f"/agreements/{agreement.pk}/?on={on}")

    assert (response.context["status"], response.context["day"].isoformat()) == (status, on)


@pytest.mark.parametrize("on", ["", "nonsense", "9999-01-01", "0001-01-01"])
def test_a_day_that_makes_no_sense_is_today(client: Client, agreement: Agreement, on: str) -> None:
    assert client.get(f"/agreements/{agreement.pk}/?on={on}").context["is_today"] is True


def test_what_is_over_cannot_be_ended(client: Client, keeper: User) -> None:
    over = an_agreement(signed_on="2010-01-01", in_force_from="2010-01-01", until="2012-12-31")
    client.force_login(keeper)

    page = client.get(f"/agreements/{over.pk}/").content.decode()

    assert "End it early" not in page
    assert "Amend" in page


def test_amendments_say_what_they_changed(client: Client, agreement: Agreement) -> None:
    amend_agreement(
        agreement=agreement,
        by=Installation(),
        expected_version=1,
        number="1",
        title_en="Longer",
        signed_on=date(2019, 1, 10),
        in_force_from=date(2019, 2, 1),
        changes={"until": date(2025, 4, 30), "notice_months": None, "number": "8"},
    )

    response = client.get(f"/agreements/{agreement.pk}/?on=2019-01-01")

    [told] = response.context["amendments"]
    assert [(c.label, c.before, c.after) for c in told.changes] == [
        ("in force until", "30 April 2023", "30 April 2025"),
        ("notice (months before the end of a term)", "6 months", "nothing"),
        ("number", "nothing", "8"),
    ]
    assert response.context["stood"].until == date(2023, 4, 30)
    assert "№ 1, signed on 10 January 2019, in force from 1 February 2019" in (
        response.content.decode()
    )


def test_neighbours_are_across_the_border_and_most_first(client: Client) -> None:
    homiel, bryansk, smolensk = a_region("BY-HO"), a_region("RU-BRY"), a_region("RU-SMO")
    an_agreement(homiel, bryansk, a_region("BY-BR"))
    an_agreement(homiel, smolensk)
    an_agreement(an_organisation(seat=homiel), an_organisation(seat=smolensk), smolensk)

    def told(where: str, **headers: str) -> list[tuple[str, int]]:
        found = client.get(where, headers=headers).context["neighbours"]
        return [(neighbour.territory.code, neighbour.agreements) for neighbour in found]

    assert told(f"/agreements/neighbours/{homiel.pk}/") == [("RU-SMO", 2), ("RU-BRY", 1)]
    assert told(f"/agreements/neighbours/{a_country('BY').pk}/") == [("RU-SMO", 2), ("RU-BRY", 1)]
    for number in range(10):
        an_agreement(homiel, a_region(f"RU-X{number}"))
    panel = client.get(f"/agreements/neighbours/{homiel.pk}/", headers={"HX-Request": "true"})
    assert len(panel.context["neighbours"]) == 8
    assert "all territories that it works with" in panel.content.decode()
    alone = client.get(f"/agreements/neighbours/{a_region('PL-06').pk}/").content.decode()
    assert "has no agreements across the border yet.</h1>" in alone
    assert client.get("/agreements/neighbours/999999/").status_code == 404


def test_parties_are_suggested_while_one_writes(client: Client) -> None:
    homiel = a_region("BY-HO", name_en="Homiel Region")
    works = an_organisation("Homiel Works", seat=homiel)

    def suggested(text: str) -> Any:
        return client.get("/agreements/parties/", {"parties-0-who": text}).context["names"]

    assert suggested("homiel") == [
        "Homiel Region · BY-HO",
        f"Homiel Works · BY-HO · № {works.pk}",
    ]
    assert suggested(" ") == []


def test_a_page_beyond_the_last_is_no_failure(client: Client, agreement: Agreement) -> None:
    assert client.get("/agreements/?page=9").status_code == 404
