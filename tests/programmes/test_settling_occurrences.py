from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.programmes.actions import reopen_occurrence, settle_occurrence
from comity.programmes.models import Measure, Occurrence
from comity.programmes.models.measure import NEVER
from comity.programmes.rows import NewBody
from tests.factories import a_coordinator, a_programme, an_agreement, somebody
from tests.programmes.consent import sides_that_consent
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def occurrence() -> Occurrence:
    (measure,) = with_measures(a_row(due=MAY_2018))
    return measure.occurrences.get()


def test_what_was_done_is_registered_with_its_day_and_note(occurrence: Occurrence) -> None:
    by = a_coordinator()
    settle_occurrence(occurrence=occurrence, done_on=date(2018, 5, 20), note=" held ", by=by)
    occurrence.refresh_from_db()
    assert (occurrence.done_on, occurrence.done_note) == (date(2018, 5, 20), "held")
    assert Measure.objects.get().next_due == NEVER
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor_id) == ("occurrence.settled", by.pk)
    assert event.entries.get().changes == {
        "done_on": [None, "2018-05-20"],
        "done_note": ["", "held"],
    }


def test_the_next_one_open_is_what_the_measure_waits_for() -> None:
    (measure,) = with_measures(a_row(due=FOUR_YEARS))
    first = measure.occurrences.first()
    assert first is not None
    settle_occurrence(occurrence=first, done_on=first.due_on, note="", by=a_coordinator())
    measure.refresh_from_db()
    assert (measure.next_due, measure.next_opens) == (date(2018, 12, 31), date(2018, 1, 1))


def test_it_can_be_opened_again_with_a_reason(occurrence: Occurrence) -> None:
    by = a_coordinator()
    settle_occurrence(occurrence=occurrence, done_on=date(2018, 5, 20), note="held", by=by)
    reopen_occurrence(occurrence=occurrence, reason="it was another one", by=by)
    occurrence.refresh_from_db()
    assert (occurrence.done_on, occurrence.done_note) == (None, "")
    assert Measure.objects.get().next_due == MAY_2018.end
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason) == ("occurrence.reopened", "it was another one")


def test_refusals_to_settle(occurrence: Occurrence) -> None:
    by, today = a_coordinator(), timezone.localdate()
    with pytest.raises(ValidationError, match="a day that is yet to come"):
        settle_occurrence(occurrence=occurrence, done_on=today + timedelta(days=1), note="", by=by)
    settle_occurrence(occurrence=occurrence, done_on=today, note="", by=by)
    with pytest.raises(ValidationError, match="done already"):
        settle_occurrence(occurrence=occurrence, done_on=today, note="", by=by)
    Occurrence.objects.update(withdrawn=True, done_on=None)
    with pytest.raises(ValidationError, match="no longer due"):
        settle_occurrence(occurrence=occurrence, done_on=today, note="", by=by)


def test_refusals_to_reopen(occurrence: Occurrence) -> None:
    by = a_coordinator()
    with pytest.raises(ValidationError, match="not registered as done"):
        reopen_occurrence(occurrence=occurrence, reason="x", by=by)
    settle_occurrence(occurrence=occurrence, done_on=date(2018, 5, 1), note="", by=by)
    with pytest.raises(ValidationError, match="Say why"):
        reopen_occurrence(occurrence=occurrence, reason=" ", by=by)
    assert Occurrence.objects.get().done_on == date(2018, 5, 1)


def test_only_coordinators_settle_and_reopen(occurrence: Occurrence) -> None:
    observer = somebody(Role.OBSERVER, occurrence.programme)
    with pytest.raises(PermissionDenied):
        settle_occurrence(occurrence=occurrence, done_on=date(2018, 5, 1), note="", by=observer)
    with pytest.raises(PermissionDenied):
        reopen_occurrence(occurrence=occurrence, reason="x", by=observer)
    assert Occurrence.objects.get().done_on is None


def test_neither_side_registers_alone_what_both_answer_for() -> None:
    sides = sides_that_consent()
    bodies = (NewBody("Homiel plant", "BY"), NewBody("Bryansk plant", "RU"))
    both, one = with_measures(
        a_row("Fair", due=MAY_2018, bodies=bodies),
        a_row("Market", due=MAY_2018, bodies=bodies[:1]),
        programme=sides.programme,
    )
    day = date(2018, 5, 20)
    with pytest.raises(PermissionDenied, match="Both sides answer for this measure"):
        settle_occurrence(occurrence=both.occurrences.get(), done_on=day, note="", by=sides.here)
    settle_occurrence(occurrence=one.occurrences.get(), done_on=day, note="", by=sides.here)
    secretary = somebody(Role.COORDINATOR, sides.programme)
    done = settle_occurrence(occurrence=both.occurrences.get(), done_on=day, note="", by=secretary)
    with pytest.raises(PermissionDenied, match="Both sides answer for this measure"):
        reopen_occurrence(occurrence=done, reason="No.", by=sides.here)


def test_the_page_offers_it_to_whoever_may(client: Client) -> None:
    sides = sides_that_consent()
    bodies = (NewBody("Homiel plant", "BY"), NewBody("Bryansk plant", "RU"))
    (both,) = with_measures(a_row("Fair", due=MAY_2018, bodies=bodies), programme=sides.programme)
    for person, is_offered in ((sides.here, False), (a_coordinator(), True)):
        client.force_login(person)
        page = client.get(both.get_absolute_url()).content.decode()
        assert ("Register as done" in page) == is_offered


def refusal(occurrence: Occurrence, done_on: date) -> list[str]:
    """Why it is not registered as done on a day; nothing if it is."""
    try:
        settle_occurrence(occurrence=occurrence, done_on=done_on, note="", by=a_coordinator())
    except ValidationError as problem:
        return problem.message_dict["done_on"]
    return []


@pytest.mark.parametrize(
    ("begins", "done_on", "told"),
    [
        ({}, date(1990, 12, 31), "1 January 1991"),
        ({"start": date(2018, 1, 1)}, date(2017, 12, 31), "1 January 2018"),
        ({"start": date(2018, 1, 1)}, date(2018, 1, 1), ""),
        ({"start": date(2018, 6, 1)}, date(2018, 4, 30), "1 May 2018"),
        ({"start": date(2018, 6, 1)}, date(2018, 5, 1), ""),
    ],
)
def test_what_is_due_once_is_done_from_the_beginning_of_the_programme_on(
    begins: dict[str, date], done_on: date, told: str
) -> None:
    programme = a_programme(**begins, end=date(2020, 12, 31) if begins else None)
    (measure,) = with_measures(a_row(due=MAY_2018), programme=programme)
    assert refusal(measure.occurrences.get(), done_on) == (
        [f"Nothing of it can have been done before {told}; look at the year."] if told else []
    )


def test_a_programme_without_days_begins_with_its_agreement() -> None:
    agreement = an_agreement(signed_on=date(2017, 3, 1), signed_precision="day")
    (measure,) = with_measures(a_row(due=MAY_2018), programme=a_programme(agreement))
    assert refusal(measure.occurrences.get(), date(2017, 2, 28)) == [
        "Nothing of it can have been done before 1 March 2017; look at the year."
    ]


def test_what_recurs_is_done_after_the_one_before_was_due() -> None:
    programme = a_programme(start=date(2017, 1, 1), end=date(2020, 12, 31))
    yearly, december = with_measures(
        a_row("Fair", due=FOUR_YEARS),
        a_row("Meeting", due=replace(FOUR_YEARS, season="12-01/12-31")),
        programme=programme,
    )
    first, second = yearly.occurrences.all()[:2]
    assert refusal(second, date(2017, 12, 31)) == [
        "The one before was due on 31 December 2017: what was done by then belongs to it."
    ]
    assert refusal(second, date(2018, 1, 1)) == []
    assert refusal(first, date(2016, 12, 31)) == [
        "Nothing of it can have been done before 1 January 2017; look at the year."
    ]
    # a meeting of December that is held in November is still that of this year
    assert refusal(december.occurrences.all()[1], date(2018, 11, 20)) == []


def test_the_page_tells_beside_the_day_why_it_is_too_early(client: Client) -> None:
    programme = a_programme(start=date(2018, 1, 1), end=date(2020, 12, 31))
    (measure,) = with_measures(a_row(due=MAY_2018), programme=programme)
    client.force_login(a_coordinator())
    page = reverse("programmes:settle", args=[measure.occurrences.get().pk])
    answer = client.post(page, {"done_on": "2017-12-31", "note": ""})
    assert answer.context["form"].errors == {
        "done_on": ["Nothing of it can have been done before 1 January 2018; look at the year."]
    }
    assert measure.occurrences.get().done_on is None
