"""An amendment recorded by mistake goes, and the agreement stands as if it had never been there."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import (
    NewParty,
    add_document,
    amend_agreement,
    change_agreement,
    end_agreement,
    record_objection,
    remove_amendment,
)
from comity.agreements.composition import fields_on, parties_on
from comity.agreements.models import Agreement, Amendment, CooperationField
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.lib.versions import Stale
from comity.search.models import Entry as Found
from comity.search.models import Kind, entry_id
from tests.agreements.conftest import PDF
from tests.factories import a_region

pytestmark = pytest.mark.django_db

DAYS = [date(year, 6, 1) for year in range(2018, 2032)]


def amended(agreement: Agreement, year: int = 2020, title: str = "Protocol", **said: Any) -> Any:
    return amend_agreement(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": fresh(agreement).version,
            "signed_on": date(2020, 1, 10),
            "in_force_from": date(year, 2, 1),
            "title_en": title,
            "changes": {},
            **said,
        }
    )


def removed(amendment: Amendment, **said: Any) -> Agreement:
    version = fresh(amendment.agreement).version
    return remove_amendment(
        **{
            "amendment": amendment,
            "by": Installation(),
            "expected_version": version,
            "reason": "Another agreement was meant",
            **said,
        }
    )


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def state(agreement: Agreement) -> dict[str, Any]:
    """All that an agreement says, now and on every day, but for how often it was changed."""
    agreement = fresh(agreement)
    columns = [f.attname for f in Agreement._meta.concrete_fields if f.name != "version"]
    return {
        "columns": {name: getattr(agreement, name) for name in columns},
        "rows": list(
            agreement.parties.values_list(
                "territory", "place", "position", "signatory_name", "signatory_post"
            )
        ),
        "fields": set(agreement.cooperation_fields.values_list("field", flat=True)),
        "amendments": list(agreement.amendments.values_list("title_en", "changes")),
        "status": [agreement.status_on(day) for day in DAYS],
        "terms": [agreement.terms_on(day) for day in DAYS],
        "parties": [[str(party) for party in parties_on(agreement, day)] for day in DAYS],
        "covered": [sorted(fields_on(agreement, day)) for day in DAYS],
        "found": Found.objects.filter(pk=entry_id(Kind.AGREEMENT, agreement.pk)).values().get(),
    }


@pytest.fixture
def trade(agreement: Agreement) -> Agreement:
    """An agreement with a signatory and fields of cooperation, known to the search."""
    agreement.parties.update(signatory_name="I. Ivanov", signatory_post="Governor")
    CooperationField.objects.create(agreement=agreement, field="trade")
    CooperationField.objects.create(agreement=agreement, field="culture")
    change_agreement(
        agreement=agreement, by=Installation(), expected_version=1, reason="In the search"
    )
    return agreement


def everything() -> dict[str, Any]:
    return {
        "changes": {"until": date(2026, 12, 31), "renewal_months": None, "notice_months": None,
                    "title_en": "On everything", "number": "7"},
        "joining": [NewParty(a_region("RU-SMO"), "P. Petrov", "Governor")],
        "leaving": [a_region("RU-BRY")],
        "adds_fields": ["health"],
        "drops_fields": ["culture"],
    }  # fmt: skip


def test_it_stands_as_if_it_had_never_been_amended(trade: Agreement, keeper: User) -> None:
    stood = state(trade)
    amendment = amended(trade, **everything())
    assert state(trade) != stood

    agreement = removed(amendment, by=keeper)

    assert state(trade) == stood
    assert agreement.version == 4
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor_id, event.reason) == (
        "agreement.amendment_removed", keeper.pk, "Another agreement was meant",
    )  # fmt: skip
    assert [(e.model, e.kind) for e in event.entries.all()] == [
        ("agreements.party", "removed"),
        ("agreements.party", "created"),
        ("agreements.cooperationfield", "removed"),
        ("agreements.cooperationfield", "created"),
        ("agreements.amendment", "removed"),
        ("agreements.agreement", "changed"),
    ]
    assert first_break() is None


def test_a_later_amendment_stands_as_if_it_were_the_only_one(trade: Agreement) -> None:
    def the_later_one() -> None:
        amended(
            trade, 2022, "Later", changes={"until": date(2030, 12, 31), "notice_months": 3},
            joining=[NewParty(a_region("RU-PSK"))], adds_fields=["tourism"],
        )  # fmt: skip

    the_later_one()
    alone = state(trade)
    removed(Amendment.objects.get())
    first = amended(
        trade, changes={"until": date(2026, 12, 31)}, joining=[NewParty(a_region("RU-SMO"))]
    )
    the_later_one()
    removed(first)
    assert _without_positions(state(trade)) == _without_positions(alone)


def _without_positions(stood: dict[str, Any]) -> dict[str, Any]:
    return {**stood, "rows": [row[:2] for row in stood["rows"]], "amendments": [
        (title, {name: value for name, value in changes.items() if name != "parties"})
        for title, changes in stood["amendments"]
    ]}  # fmt: skip


def test_what_an_earlier_one_made_a_later_one_forget_is_said_again(trade: Agreement) -> None:
    joining = [NewParty(a_region("RU-SMO"))]
    amended(
        trade, 2022, "Later", joining=joining, adds_fields=["health"],
        changes={"until": date(2030, 12, 31)},
    )  # fmt: skip
    stood = state(trade)
    earlier = amended(
        trade, joining=joining, adds_fields=["health"], changes={"until": date(2026, 12, 31)}
    )
    assert Amendment.objects.get(title_en="Later").changes == {
        "until": ["2026-12-31", "2030-12-31"]
    }
    removed(earlier)
    assert state(trade) == stood


def test_a_later_one_that_sets_what_stood_before_changes_nothing_any_more(
    trade: Agreement,
) -> None:
    first = amended(trade, changes={"notice_months": 3})
    later = amended(trade, 2022, "Back", changes={"notice_months": 6})
    removed(first)
    later.refresh_from_db()
    assert later.changes == {}
    assert fresh(trade).notice_months == 6


def refusal(amendment: Amendment) -> list[str]:
    stood = state(amendment.agreement)
    with pytest.raises(ValidationError) as refused:
        removed(amendment)
    assert state(amendment.agreement) == stood
    return refused.value.messages


def test_later_amendments_that_build_on_it_keep_it(trade: Agreement) -> None:
    smolensk, bryansk = a_region("RU-SMO"), a_region("RU-BRY")
    first = amended(
        trade, joining=[NewParty(smolensk)], leaving=[bryansk],
        adds_fields=["health"], drops_fields=["culture"],
    )  # fmt: skip
    amended(
        trade, 2022, "Later", number="2", joining=[NewParty(bryansk)], leaving=[smolensk],
        drops_fields=["health"], adds_fields=["culture"],
    )  # fmt: skip
    assert refusal(first) == [
        "№ 2 “Later” lets Region RU-SMO leave.",
        "№ 2 “Later” lets Region RU-BRY join.",
        "№ 2 “Later” drops the field “health”.",
        "№ 2 “Later” adds the field “culture”.",
    ]
    removed(Amendment.objects.get(number="2"))
    removed(first)
    assert not Amendment.objects.exists()


def test_two_parties_have_to_stay(trade: Agreement) -> None:
    first = amended(trade, joining=[NewParty(a_region("RU-SMO"))])
    amended(trade, 2022, "Later", leaving=[a_region("RU-BRY")])
    assert refusal(first) == ["After “Later” fewer than two parties would stay."]


def test_what_was_corrected_since_keeps_it(trade: Agreement) -> None:
    smolensk, pskov = NewParty(a_region("RU-SMO")), NewParty(a_region("RU-PSK"))
    later = amended(trade, 2022, "Later", joining=[smolensk, pskov])
    first = amended(trade, joining=[smolensk])
    change_agreement(
        agreement=trade, by=Installation(), expected_version=fresh(trade).version, reason="No",
        parties=[NewParty(party.who) for party in fresh(trade).parties.all()
                 if party.who != pskov.who],
    )  # fmt: skip
    assert "“Later” was corrected since this one was recorded." in refusal(first)
    assert later.pk


def test_an_objection_and_an_end_that_rest_on_its_terms_keep_it(trade: Agreement) -> None:
    change_agreement(
        agreement=trade, by=Installation(), expected_version=2, reason="Not prolonged",
        renewal_months=None, notice_months=None, until=date(2021, 4, 30),
    )  # fmt: skip
    amendment = amended(trade, changes={"renewal_months": 60, "notice_months": 6})
    record_objection(
        agreement=trade, by=Installation(), expected_version=4, objected_on=date(2023, 1, 1)
    )
    end_agreement(
        agreement=trade, by=Installation(), expected_version=5, ended_on=date(2024, 1, 1),
        reason="Agreed",
    )  # fmt: skip
    assert refusal(amendment) == [
        "On 1 January 2023 a party objected to prolonging, which only this amendment set.",
        "It was ended on 1 January 2024; without this amendment it expires on 30 April 2021.",
    ]


def test_its_documents_are_removed_first(trade: Agreement) -> None:
    amendment = amended(trade)
    add_document(
        agreement=trade, by=Installation(), content=PDF, name="a.pdf", kind="amendment",
        language="en", amendment=amendment,
    )  # fmt: skip
    assert refusal(amendment) == ["1 document of the agreement belongs to it; remove that first."]


def test_who_may_not_late_comers_and_the_wordless_are_refused(
    trade: Agreement, outsider: User
) -> None:
    amendment = amended(trade)
    with pytest.raises(PermissionDenied):
        removed(amendment, by=outsider)
    with pytest.raises(Stale):
        removed(amendment, expected_version=1)
    with pytest.raises(ValidationError, match="Say why"):
        removed(amendment, reason="  ")
    assert Amendment.objects.get() == amendment


def test_the_pages_ask_remove_and_tell(client: Client, trade: Agreement, keeper: User) -> None:
    amendment = amended(trade, changes={"notice_months": 3})
    client.force_login(keeper)
    where = f"/agreements/amendments/{amendment.pk}/remove/"
    assert where in client.get(trade.get_absolute_url()).content.decode()
    page = client.get(where).content.decode()
    assert "Remove the amendment “Protocol” as if it had never been recorded?" in page
    assert '<td data-label="after">3 months</td>' in page

    assert client.post(where, {"version": 3, "reason": " "}).status_code == 409
    stale = client.post(where, {"version": 1, "reason": "A slip"})
    assert "Somebody changed it meanwhile" in stale.content.decode()
    assert 'name="version" value="3"' in stale.content.decode()
    done = client.post(where, {"version": 3, "reason": "A slip"}, follow=True)

    assert "The amendment is removed." in done.content.decode()
    assert "Protocol" not in client.get(trade.get_absolute_url()).content.decode()
    history = client.get(f"/history/agreements.agreement/{trade.pk}/").content.decode()
    assert "Amendment removed" in history
    assert "amendment: Protocol" in history
    assert "A slip" in history


def test_the_page_says_what_keeps_it(client: Client, trade: Agreement, keeper: User) -> None:
    first = amended(trade, joining=[NewParty(a_region("RU-SMO"))])
    amended(trade, 2022, "Later", leaving=[a_region("RU-SMO")])
    client.force_login(keeper)
    where = f"/agreements/amendments/{first.pk}/remove/"
    page = client.get(where).content.decode()
    assert "The amendment “Protocol” cannot be removed." in page
    assert "“Later” lets Region RU-SMO leave." in page
    assert client.post(where, {"version": 4, "reason": "A slip"}).status_code == 409
    assert Amendment.objects.count() == 2
