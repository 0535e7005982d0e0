"""Amendments by which parties join or leave and fields of cooperation come and go."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import NewParty, amend_agreement, change_agreement
from comity.agreements.composition import fields_on, parties_on
from comity.agreements.models import Agreement, Amendment, CooperationField
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.directory.actions import change_organisation, merge_organisations
from comity.directory.models import Organisation
from comity.territories.models import Territory
from tests.agreements.conftest import party_rows
from tests.factories import a_coordinator, a_region, an_organisation

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2020, 1, 31), date(2020, 2, 1)


@pytest.fixture
def smolensk() -> Territory:
    return a_region("RU-SMO")


def amended(agreement: Agreement, **said: Any) -> Amendment:
    return amend_agreement(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": Agreement.objects.get(pk=agreement.pk).version,
            "signed_on": date(2020, 1, 10),
            "in_force_from": AFTER,
            "title_en": "Amendment",
            "changes": {},
            **said,
        }
    )


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def named(agreement: Agreement, day: date) -> list[str]:
    return [str(party) for party in parties_on(fresh(agreement), day)]


def test_parties_join_and_leave_from_a_day_on(agreement: Agreement, smolensk: Territory) -> None:
    bryansk = a_region("RU-BRY")
    amendment = amended(
        agreement, joining=[NewParty(smolensk, "I. Ivanov", "Governor")], leaving=[bryansk]
    )

    assert named(agreement, BEFORE) == ["Region BY-HO", "Region RU-BRY"]
    assert named(agreement, AFTER) == ["Region BY-HO", "Region RU-SMO"]
    joined = fresh(agreement).parties.get(territory=smolensk)
    assert (joined.place, joined.signatory_name, joined.position) == (smolensk, "I. Ivanov", 1)
    left = parties_on(fresh(agreement), BEFORE)[1]
    assert (left.pk, left.territory, left.place) == (None, bryansk, bryansk)
    assert amendment.changes["parties"] == [
        [{"territory": bryansk.pk, "organisation": None, "position": 1, "signatory_name": "",
          "signatory_post": "", "name": "Region RU-BRY"}],
        [{"territory": smolensk.pk, "organisation": None, "position": 1,
          "signatory_name": "I. Ivanov", "signatory_post": "Governor", "name": "Region RU-SMO"}],
    ]  # fmt: skip
    event = Event.objects.get()
    assert [(e.model, e.kind) for e in event.entries.all()] == [
        ("agreements.party", "removed"),
        ("agreements.party", "created"),
        ("agreements.amendment", "created"),
        ("agreements.agreement", "changed"),
    ]
    assert list(Agreement.objects.of_territory(bryansk)) == []


def test_fields_of_cooperation_come_and_go(agreement: Agreement) -> None:
    for field in ("trade", "culture"):
        CooperationField.objects.create(agreement=agreement, field=field)
    amendment = amended(agreement, adds_fields=["health", "trade"], drops_fields=["culture"])
    assert amendment.changes == {"fields": [["culture"], ["health"]]}
    assert fields_on(fresh(agreement), AFTER) == ["trade", "health"]
    assert fields_on(fresh(agreement), BEFORE) == ["trade", "culture"]
    nothing = amended(agreement, adds_fields=["trade"], drops_fields=["tourism"])
    assert nothing.changes == {}


def test_amendments_recorded_out_of_order_fall_into_their_places(
    agreement: Agreement, smolensk: Territory
) -> None:
    pskov, brest = a_region("RU-PSK"), a_region("BY-BR")
    said: dict[str, Any] = {"leaving": [a_region("RU-BRY")], "adds_fields": ["trade"]}
    later = amended(
        agreement,
        in_force_from=date(2022, 1, 1),
        joining=[NewParty(smolensk), NewParty(pskov)],
        **said,
    )
    amended(agreement, joining=[NewParty(smolensk), NewParty(brest)], **said)

    later.refresh_from_db()
    assert [one["name"] for one in later.changes["parties"][1]] == ["Region RU-PSK"]
    assert later.changes["parties"][0] == []
    assert "fields" not in later.changes
    assert named(agreement, BEFORE) == ["Region BY-HO", "Region RU-BRY"]
    assert sorted(named(agreement, AFTER)) == ["Region BY-BR", "Region BY-HO", "Region RU-SMO"]
    assert sorted(named(agreement, date(2022, 1, 1))) == [
        "Region BY-BR", "Region BY-HO", "Region RU-PSK", "Region RU-SMO",
    ]  # fmt: skip
    assert fields_on(fresh(agreement), AFTER) == ["trade"]
    assert fields_on(fresh(agreement), BEFORE) == []
    assert first_break() is None


def test_a_party_that_left_may_join_again(agreement: Agreement) -> None:
    bryansk, pskov = a_region("RU-BRY"), a_region("RU-PSK")
    amended(agreement, leaving=[bryansk], joining=[NewParty(pskov)])
    amended(agreement, in_force_from=date(2021, 1, 1), joining=[NewParty(bryansk)])
    assert named(agreement, BEFORE) == ["Region BY-HO", "Region RU-BRY"]
    assert named(agreement, AFTER) == ["Region BY-HO", "Region RU-PSK"]
    assert named(agreement, date(2021, 1, 1)) == [
        "Region BY-HO", "Region RU-PSK", "Region RU-BRY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"joining": ["BY-HO"]}, "is a party on 1 February 2020 already"),
        ({"joining": ["RU-SMO", "RU-SMO"]}, "is a party on 1 February 2020 already"),
        ({"leaving": ["RU-SMO"]}, "is no party on 1 February 2020"),
        ({"leaving": ["RU-BRY"]}, "too few would stay"),
    ],
)
def test_what_cannot_be(agreement: Agreement, said: dict[str, list[str]], sentence: str) -> None:
    joining = [NewParty(a_region(code)) for code in said.get("joining", ())]
    leaving = [a_region(code) for code in said.get("leaving", ())]
    with pytest.raises(ValidationError, match=sentence):
        amended(agreement, joining=joining, leaving=leaving)
    assert Amendment.objects.count() == 0
    assert fresh(agreement).version == 1


def test_a_correction_corrects_the_amendment_too(agreement: Agreement, smolensk: Territory) -> None:
    homiel, bryansk, pskov = a_region("BY-HO"), a_region("RU-BRY"), a_region("RU-PSK")
    amendment = amended(
        agreement, leaving=[bryansk], joining=[NewParty(smolensk)], adds_fields=["trade"]
    )
    change_agreement(
        agreement=agreement, by=Installation(), expected_version=2, reason="It was Pskov",
        parties=[NewParty(homiel), NewParty(bryansk), NewParty(pskov)], fields=["health"],
    )  # fmt: skip
    amendment.refresh_from_db()
    assert amendment.changes == {}
    assert named(agreement, BEFORE) == named(agreement, AFTER) == [
        "Region BY-HO", "Region RU-BRY", "Region RU-PSK",
    ]  # fmt: skip
    assert fields_on(fresh(agreement), BEFORE) == ["health"]


def test_organisations_that_left_are_known_after_a_merger(
    agreement: Agreement, authority: Organisation
) -> None:
    plant = an_organisation("Plant", seat=a_region("RU-BRY"))
    amended(agreement, joining=[NewParty(plant)])
    amended(agreement, in_force_from=date(2021, 1, 1), leaving=[plant])
    merge_organisations(kept=authority, merged=plant, by=a_coordinator(), reason="One body")
    assert named(agreement, AFTER) == ["Region BY-HO", "Region RU-BRY", str(authority)]
    assert named(agreement, BEFORE) == ["Region BY-HO", "Region RU-BRY"]


def test_a_party_follows_its_organisation_to_another_seat() -> None:
    from tests.factories import an_agreement

    plant = an_organisation("Plant", seat=a_region("RU-BRY"))
    agreement = an_agreement(plant, a_region("BY-HO"))
    coordinator = a_coordinator()
    change_organisation(
        organisation=plant, expected_version=1, by=coordinator, seat=a_region("RU-SMO")
    )
    party = agreement.parties.get(organisation=plant)
    assert party.place == a_region("RU-SMO")
    assert list(Agreement.objects.of_territory(a_region("RU-SMO"))) == [agreement]
    event = Event.objects.last()
    assert event is not None
    assert (event.verb, event.actor_id, event.actor_name) == (
        "agreement.party_moved", coordinator.pk, str(coordinator),
    )  # fmt: skip
    assert event.entries.get().changes == {
        "place_id": [a_region("RU-BRY").pk, a_region("RU-SMO").pk]
    }
    change_organisation(
        organisation=plant, expected_version=2, by=coordinator, website="https://x.by"
    )
    assert Event.objects.count() == 3
    assert first_break() is None


def sent(agreement: Agreement, **written: Any) -> dict[str, Any]:
    """The form of an amendment as a browser sends it, with one party that joins."""
    rows = party_rows({"who": "Region RU-SMO", "signatory_name": "I. Ivanov"})
    joining = {name.replace("parties-", "joining-"): value for name, value in rows.items()}
    return {
        "version": agreement.version,
        "amendment_title_en": "Accession",
        "signed_on": "2020-01-10",
        "in_force_from": "2020-02-01",
        "until": "2023-04-30",
        "renewal_months": "60",
        "notice_months": "6",
        "title_en": "On trade",
        **joining,
        **written,
    }


def test_the_page_records_who_joined_and_who_left(
    client: Client, agreement: Agreement, keeper: User, smolensk: Territory
) -> None:
    CooperationField.objects.create(agreement=agreement, field="trade")
    bryansk = agreement.parties.get(territory=a_region("RU-BRY"))
    client.force_login(keeper)
    where = f"/agreements/{agreement.pk}/amend/"
    form = client.get(where).content.decode()
    assert f'value="{bryansk.pk}"' in form
    assert "Parties that join, each in its own row" in form

    answer = client.post(
        where, sent(agreement, leaving=[bryansk.pk], fields_of_cooperation=["health"])
    )

    assert answer.headers["Location"] == f"/agreements/{agreement.pk}/"
    page = client.get(f"/agreements/{agreement.pk}/?on=2021-01-01").content.decode()
    assert "In force between Region BY-HO and Region RU-SMO" in page
    shown = re.findall(
        r'<th scope="row">(.*?)</th><td data-label="before">(.*?)</td>'
        r'<td data-label="after">(.*?)</td>',
        page,
    )
    assert {
        ("Parties that left", "Region RU-BRY", "—"),
        ("Parties that joined", "—", "Region RU-SMO"),
        ("Fields dropped", "trade", "—"),
        ("Fields added", "—", "health"),
    } <= set(shown)
    earlier = client.get(f"/agreements/{agreement.pk}/?on=2019-01-01").content.decode()
    assert "In force between Region BY-HO and Region RU-BRY" in earlier
    assert '?field=trade">trade</a>' in earlier

    stale = client.post(where, sent(agreement, fields_of_cooperation=["trade"]))
    assert [(d.label, d.yours, d.theirs) for d in stale.context["stale"]] == [
        ("Fields of cooperation from that day on", "trade", "health")
    ]
