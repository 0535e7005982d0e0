from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import amend_agreement
from comity.agreements.models import Agreement, Amendment
from comity.agreements.terms import Status
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.lib.versions import Stale
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db


def amended(agreement: Agreement, **said: Any) -> Amendment:
    return amend_agreement(
        **{
            "agreement": agreement,
            "by": Installation(),
            "expected_version": 1,
            "signed_on": date(2020, 1, 10),
            "in_force_from": date(2020, 2, 1),
            "title_en": "Amendment",
            "changes": {},
            **said,
        }
    )


def test_an_amendment_counts_from_the_day_it_takes_force(
    agreement: Agreement, keeper: User
) -> None:
    amendment = amended(
        agreement,
        by=keeper,
        number="1",
        changes={
            "until": date(2020, 12, 31),
            "renewal_months": None,
            "notice_months": None,
            "title_en": "On everything",
            "number": "",
        },
    )

    agreement = Agreement.objects.get()
    assert amendment.changes == {
        "until": ["2023-04-30", "2020-12-31"],
        "renewal_months": [60, None],
        "notice_months": [6, None],
        "title_en": ["On trade", "On everything"],
    }
    assert (agreement.until, agreement.renewal_months, agreement.version) == (
        date(2020, 12, 31),
        None,
        2,
    )
    before, after = date(2020, 1, 31), date(2020, 2, 1)
    assert agreement.terms_on(before).until == date(2023, 4, 30)
    assert agreement.terms_on(after).until == date(2020, 12, 31)
    assert agreement.as_it_stood_on(before).title == "On trade"
    assert agreement.as_it_stood_on(after).title == "On everything"
    assert agreement.status_on(date(2021, 1, 1)) == Status.EXPIRED
    assert agreement.term_end_on(before) == date(2023, 4, 30)
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("agreement.amended", keeper.pk)
    assert [(e.model, e.kind) for e in event.entries.all()] == [
        ("agreements.amendment", "created"),
        ("agreements.agreement", "changed"),
    ]


def test_amendments_recorded_out_of_order_fall_into_their_places(agreement: Agreement) -> None:
    later = amended(
        agreement,
        in_force_from=date(2022, 1, 1),
        changes={"until": date(2030, 12, 31), "notice_months": 3},
    )
    earlier = amended(
        agreement,
        expected_version=2,
        in_force_from=date(2020, 2, 1),
        changes={"until": date(2026, 12, 31), "renewal_months": 12},
    )

    agreement = Agreement.objects.get()
    later.refresh_from_db()
    assert earlier.changes == {"until": ["2023-04-30", "2026-12-31"], "renewal_months": [60, 12]}
    assert later.changes == {"until": ["2026-12-31", "2030-12-31"], "notice_months": [6, 3]}
    ends = [
        agreement.terms_on(day).until
        for day in (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
    ]
    assert ends == [date(2023, 4, 30), date(2026, 12, 31), date(2030, 12, 31)]
    assert (agreement.until, agreement.renewal_months, agreement.notice_months) == (
        date(2030, 12, 31),
        12,
        3,
    )
    assert [(e.model, e.kind) for e in Event.objects.last().entries.all()] == [  # type: ignore[union-attr]  # two events
        ("agreements.amendment", "changed"),
        ("agreements.amendment", "created"),
        ("agreements.agreement", "changed"),
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title_en": ""}, "Write the title in at least one language."),
        (
            {"signed_on": date(2018, 3, 14)},
            "The agreement itself was signed on 15 March 2018; it is amended after that.",
        ),
        (
            {"in_force_from": date(2017, 1, 1)},
            "The agreement itself was signed on 15 March 2018; it is amended after that.",
        ),
        (
            {"changes": {"until": date(2018, 4, 1)}},
            "The agreement cannot end before it comes into force.",
        ),
        (
            {"changes": {"renewal_months": None}},
            "A notice is given against being prolonged: say by how many months it is prolonged.",
        ),
        ({"changes": {"title_en": ""}}, "Write the title in at least one language."),
    ],
)
def test_what_cannot_be(agreement: Agreement, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        amended(agreement, **said)

    assert refused.value.messages == [sentence]
    assert Amendment.objects.count() == 0


def test_a_draft_is_changed_and_not_amended() -> None:
    with pytest.raises(ValidationError) as refused:
        amended(an_agreement())

    assert refused.value.messages == [
        "This is not signed yet, so there is nothing to amend: change it."
    ]


def test_only_what_amendments_can_change(agreement: Agreement) -> None:
    with pytest.raises(ValueError, match="An amendment cannot change visibility"):
        amended(agreement, changes={"visibility": "public"})


def test_others_and_late_comers_are_refused(agreement: Agreement, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        amended(agreement, by=outsider)
    with pytest.raises(Stale):
        amended(agreement, expected_version=7)
    assert Amendment.objects.count() == 0


def sent(**written: str) -> dict[str, str]:
    return {
        "version": "1",
        "amendment_title_en": "Amendment",
        "amendment_number": "1",
        "signed_on": "2020-01-10",
        "in_force_from": "2020-02-01",
        "until": "2023-04-30",
        "renewal_months": "60",
        "notice_months": "6",
        "title_en": "On trade",
        "joining-TOTAL_FORMS": "0",
        "joining-INITIAL_FORMS": "0",
        **written,
    }


def test_the_page_records_only_what_was_changed(
    client: Client, agreement: Agreement, keeper: User
) -> None:
    client.force_login(keeper)
    where = f"/agreements/{agreement.pk}/amend/"
    assert 'value="2023-04-30"' in client.get(where).content.decode()

    response = client.post(where, sent(notice_months="12"))

    assert response.headers["Location"] == f"/agreements/{agreement.pk}/"
    amendment = Amendment.objects.get()
    assert (amendment.number, amendment.title, amendment.changes) == (
        "1",
        "Amendment",
        {"notice_months": [6, 12]},
    )
    page = client.get(f"/agreements/{agreement.pk}/").content.decode()
    change = '<td data-label="before">6 months</td><td data-label="after">1 year</td>'
    assert change in page


def test_the_page_shows_both_versions_and_refusals(
    client: Client, agreement: Agreement, keeper: User
) -> None:
    amended(agreement, changes={"notice_months": 3})
    client.force_login(keeper)
    where = f"/agreements/{agreement.pk}/amend/"

    stale = client.post(where, sent(notice_months="12"))
    assert [(d.label, d.yours, d.theirs) for d in stale.context["stale"]] == [
        ("Notice (months before the end of a term)", "12", "3")
    ]
    refused = client.post(where, sent(version="2", amendment_title_en=""))
    assert "Write the title in at least one language." in refused.content.decode()
    assert Amendment.objects.count() == 1
    client.force_login(User.objects.create_user("x@example.org"))
    assert client.get(where).status_code == 403
