from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.programmes.actions import amend_measure, strike_measure
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, MeasureAmendment
from tests.factories import (
    a_coordinator,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.programmes.rows import MAY_2018, a_row, change_measure, with_measures
from tests.programmes.test_measure_pages import filled_in, signed_in, words

pytestmark = pytest.mark.django_db

NEW = a_row("Hold a fair", due=DueRule("date", None, date(2018, 7, 1)))


@pytest.fixture
def measure() -> Measure:
    programme = a_programme(an_agreement(), needs_consent=True)
    return with_measures(a_row(due=MAY_2018), programme=programme)[0]


@pytest.fixture
def here() -> User:
    return somebody(Role.COORDINATOR, an_organisation())


@pytest.fixture
def there() -> User:
    return somebody(Role.COORDINATOR, an_organisation(seat=a_region("RU-BRY")))


def propose(measure: Measure, by: User) -> MeasureAmendment:
    return amend_measure(
        measure=measure, new=NEW, expected_version=measure.version, by=by, reason="Closed."
    )


def address(act: str, amendment: MeasureAmendment) -> str:
    return reverse(f"programmes:{act}", args=[amendment.pk])


def test_a_change_is_proposed_in_the_form_and_shown_beside_what_stands(
    measure: Measure, here: User, there: User
) -> None:
    client = signed_in(here)
    url = reverse("programmes:change_measure", args=[measure.pk])
    page = client.get(url)
    assert "The change stands once the other side consents." in words(page)
    answer = client.post(
        url, filled_in(page) | {"title_en": "Hold a fair", "reason": "Closed."}, follow=True
    )
    told = words(answer)
    assert "The change is proposed." in told
    assert "A change is proposed" in told
    assert "Title in English Hold an exhibition Hold a fair" in told
    assert "1 change waits for your consent" in words(signed_in(there).get(reverse("work")))
    again = client.post(url, filled_in(client.get(url)) | {"title_en": "x", "reason": "y"})
    assert "proposed already" in words(again)


def test_the_other_side_consents_on_its_page(measure: Measure, here: User, there: User) -> None:
    proposed, client = propose(measure, here), signed_in(there)
    page = client.get(proposed.get_absolute_url())
    assert "It waits for the consent of RU" in words(page)
    assert "by 1 July 2018" in words(page)
    answer = client.post(address("agree", proposed), {"side": "RU"}, follow=True)
    assert "The change is agreed." in words(answer)
    measure.refresh_from_db()
    assert measure.title_en == "Hold a fair"
    again = client.post(address("agree", proposed), {"side": "RU"}, follow=True)
    assert "decided already" in words(again)


def test_the_other_side_declines_with_a_reason(measure: Measure, here: User, there: User) -> None:
    proposed, client = propose(measure, here), signed_in(there)
    missing = client.post(address("decline", proposed), {"reason": ""})
    assert missing.context["decline"].errors == {"reason": ["Say why the change is declined."]}
    current = [place.label for place in missing.context["navigation"]() if place.is_current]
    assert current == ["Measures"]
    answer = client.post(address("decline", proposed), {"reason": "Too late."}, follow=True)
    assert "The change is declined." in words(answer)
    assert "«Too late.»" in words(answer)


def test_the_side_that_proposed_takes_it_back(measure: Measure, here: User) -> None:
    proposed = propose(measure, here)
    answer = signed_in(here).post(address("withdraw", proposed), {"reason": ""}, follow=True)
    assert "The change is withdrawn." in words(answer)


def test_who_speaks_for_both_sides_says_for_which_and_why(measure: Measure, here: User) -> None:
    proposed, client = propose(measure, here), signed_in(a_coordinator())
    missing = client.post(address("agree", proposed), {"side": "RU", "note": ""})
    assert list(missing.context["agree"].errors) == ["note"]
    odd = client.post(address("agree", proposed), {"side": "BY", "note": "Letter 5"})
    assert list(odd.context["agree"].errors) == ["side"]
    client.post(address("agree", proposed), {"side": "RU", "note": "Letter 5"})
    assert proposed.consents.get().note == "Letter 5"


def test_consent_to_what_was_overtaken_shows_all_versions(
    measure: Measure, here: User, there: User
) -> None:
    proposed, client = propose(measure, here), signed_in(there)
    change_measure(measure=measure, new=a_row("Hold it", due=MAY_2018), expected_version=1, by=here)
    answer = client.post(address("agree", proposed), {"side": "RU"})
    assert answer.status_code == 409
    told = words(answer)
    assert "The measure was changed since this was proposed" in told
    assert "Title in English Hold an exhibition Hold a fair Hold it" in told
    assert "Consent to the change" not in told


def test_a_measure_is_struck_out_and_put_back_from_its_page(client: Client) -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    client = signed_in(a_coordinator())
    url = reverse("programmes:strike_measure", args=[measure.pk])
    stale = client.post(url, {"reason": "No money.", "version": "7"})
    assert (stale.status_code, "Somebody changed" in words(stale)) == (409, True)
    told = words(client.post(url, {"reason": "No money.", "version": "1"}, follow=True))
    assert f"Struck out on {timezone.localdate():%-d %B %Y} «No money.»" in told
    assert reverse("programmes:change_measure", args=[measure.pk]) not in told
    in_list = words(client.get(measure.programme.get_absolute_url()))
    assert "1 struck out" in in_list
    told = words(client.post(url, {"reason": "Found it.", "version": "2"}, follow=True))
    assert "Struck out on" not in told
    assert Measure.objects.get().struck_on is None


def test_striking_out_is_only_proposed_where_the_other_side_has_to_consent(
    measure: Measure, here: User, there: User
) -> None:
    client, url = signed_in(here), reverse("programmes:strike_measure", args=[measure.pk])
    assert "Propose to strike it out" in words(client.get(url))
    client.post(url, {"reason": "No money.", "version": "1"})
    signed_in(there).post(address("agree", MeasureAmendment.objects.get()), {"side": "RU"})
    assert "Propose to put it back in force" in words(client.get(url))


def test_lateness_against_the_first_deadline_is_on_both_pages(client: Client) -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    later = DueRule("date", None, date(2199, 1, 1))
    amend_measure(
        measure=measure, new=a_row(due=later), expected_version=1, by=a_coordinator(), reason="x"
    )
    days = (timezone.localdate() - MAY_2018.end).days  # type: ignore[operator]  # it has an end
    for page in (measure, measure.programme):
        told = words(client.get(page.get_absolute_url()))
        against = "the first deadline" if page is measure else "an earlier deadline"
        assert f"{days} days late against {against}" in told.replace(",", "")
    programme = client.get(measure.programme.get_absolute_url())
    assert programme.context["late_before"] == 1
    narrowed = client.get(measure.programme.get_absolute_url() + "?state=not_yet")
    assert narrowed.context["late_before"] == 1


def test_pages_take_as_many_queries_for_thirty_as_for_one(there: User) -> None:
    client = signed_in(there)

    def queries(number: int) -> tuple[int, int, int]:
        programme = a_programme(an_agreement(), needs_consent=True)
        measures = with_measures(*(a_row(f"{n}") for n in range(number)), programme=programme)
        by = a_coordinator()
        for measure in measures:
            proposed = strike_measure(measure=measure, expected_version=1, by=by, reason="x")
        counts = []
        for url in (
            reverse("work"), proposed.get_absolute_url(), measures[0].get_absolute_url(),
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            counts.append(len(captured))
        return counts[0], counts[1], counts[2]

    queries(1)
    one, many = queries(1), queries(30)
    assert (one, max(many) <= 13) == (many, True)
