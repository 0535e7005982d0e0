from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.programmes.actions import add_measure, add_measures
from comity.programmes.due import DueRule
from comity.programmes.models import Measure
from comity.programmes.models.measure import NEVER
from comity.programmes.rows import NewBody, NewMeasure
from tests.factories import a_coordinator, a_country, a_programme, an_organisation, somebody
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row

pytestmark = pytest.mark.django_db


def test_a_measure_keeps_what_was_written_beside_what_was_understood() -> None:
    a_country("BY"), a_country("RU")
    ministry = an_organisation("Ministry of Industry")
    row = NewMeasure(
        titles={"ru": "Проведение выставки", "en": "Hold an exhibition"},
        number="1.2",
        section="Trade / Exhibitions",
        due=DueRule("recurring", date(2017, 1, 1), date(2020, 12, 31), "yearly", "10-01/12-31"),
        due_text="ежегодно, IV квартал",
        expected_result="12 contracts",
        funding_text="150 тыс. бел. руб.",
        funding_amount=Decimal(150_000),
        funding_currency="BYN",
        bodies=(NewBody("Минпром", "BY", ministry.pk), NewBody("Правительство", "RU")),
    )
    measure = add_measure(programme=a_programme(), row=row, by=a_coordinator())
    measure = Measure.objects.get(pk=measure.pk)
    assert measure.due == row.due
    assert (measure.title_ru, measure.title_en, measure.number, measure.position) == (
        "Проведение выставки", "Hold an exhibition", "1.2", 1,
    )  # fmt: skip
    assert measure.section is not None
    assert (measure.section.title, measure.section.field) == ("Trade / Exhibitions", "trade")
    assert (measure.due_text, measure.funding_text) == (row.due_text, row.funding_text)
    assert (measure.funding_amount, measure.funding_currency) == (Decimal("150000.00"), "BYN")
    assert [(b.text, b.side, b.organisation) for b in measure.responsibilities.all()] == [
        ("Минпром", "BY", ministry), ("Правительство", "RU", None),
    ]  # fmt: skip
    assert list(measure.occurrences.values_list("opens_on", "due_on", "withdrawn")) == [
        (date(year, 10, 1), date(year, 12, 31), False) for year in (2017, 2018, 2019, 2020)
    ]
    assert (measure.next_due_on, measure.next_opens) == (date(2017, 12, 31), date(2017, 10, 1))


def test_measures_come_back_in_the_order_they_were_handed_in() -> None:
    programme, by = a_programme(), a_coordinator()
    add_measures(programme=programme, rows=[a_row("first", position=7)], by=by)
    rows = [a_row(f"row {n}", section=f"part {n // 2}") for n in range(60)]
    added = add_measures(programme=programme, rows=rows, by=by, reason="signed")
    assert [measure.title_en for measure in added] == [f"row {n}" for n in range(60)]
    assert [measure.position for measure in added] == list(range(8, 68))
    assert list(programme.sections.values_list("title", "position"))[:2] == [
        ("part 0", 1), ("part 1", 2),
    ]  # fmt: skip
    add_measures(programme=programme, rows=[a_row(section="part 3"), a_row(section="new")], by=by)
    assert programme.sections.count() == 31


def test_it_leaves_one_event_with_an_entry_for_each_measure() -> None:
    by = a_coordinator()
    rows = [a_row("one", bodies=(NewBody("Body"),)), a_row("two", section="A")]
    one, two = add_measures(programme=a_programme(), rows=rows, by=by, reason="signed")
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor_id, event.reason) == ("measure.added", by.pk, "signed")
    entries = list(event.entries.values_list("model", "record_id", "kind"))
    assert entries == [
        ("programmes.section", two.section_id, "created"),
        ("programmes.measure", one.pk, "created"),
        ("programmes.measure", two.pk, "created"),
    ]
    changes: dict[str, Any] = event.entries.get(record_id=one.pk, position=1).changes
    assert changes["title_en"] == [None, "one"]
    assert changes["bodies"] == [None, [["Body", "", None]]]
    assert not {"next_due", "next_opens"} & changes.keys()
    assert first_break() is None


def test_every_year_means_every_year_of_the_programme() -> None:
    programme = a_programme(start=date(2018, 1, 1), end=date(2019, 12, 31))
    rule = DueRule("recurring", None, None, "yearly")
    measure = add_measure(programme=programme, row=a_row(due=rule), by=a_coordinator())
    assert list(measure.occurrences.values_list("due_on", flat=True)) == [
        date(2018, 12, 31), date(2019, 12, 31),
    ]  # fmt: skip
    assert (measure.due_start, measure.due_end) == (None, None)


def test_a_measure_without_a_date_has_no_occurrence() -> None:
    measure = add_measure(programme=a_programme(), row=a_row(), by=a_coordinator())
    measure.refresh_from_db()
    assert (measure.occurrences.count(), measure.next_due, measure.next_due_on) == (0, NEVER, None)


def test_no_rows_are_no_measures() -> None:
    assert add_measures(programme=a_programme(), rows=[], by=a_coordinator()) == []


def test_fifty_measures_take_as_many_queries_as_five() -> None:
    by = a_coordinator()

    def queries(number: int) -> int:
        programme = a_programme()
        rows = [a_row(due=FOUR_YEARS, section=str(n % 3)) for n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            add_measures(programme=programme, rows=rows, by=by)
        return len([query for query in captured if "INSERT" not in query["sql"]])

    queries(1)
    assert queries(50) == queries(5)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            NewMeasure(titles={"en": ""}, number="4"),
            "Measure 4: Say in at least one language what is to be done.",
        ),
        (a_row(number="1" * 41), f"Measure {'1' * 41}: A number has at most 40 characters."),
        (
            a_row(section="x" * 1001),
            "Measure 2: The title of a section has at most 1,000 characters.",
        ),
        (
            a_row(funding_currency="руб."),
            "Measure 2: Write a currency by its three letters, such as EUR.",
        ),
        (
            a_row(funding_amount=Decimal(-1)),
            "Measure 2: An amount of money is not below zero and below 10^18.",
        ),
        (a_row(due=DueRule("window")), "Measure 2: A deadline of this kind needs its last day."),
        (
            a_row(bodies=(NewBody("Body", "XX"), NewBody("Body", "YY"))),
            "Not the code of a known country: XX, YY.",
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_named_and_nothing_is_written(
    row: NewMeasure, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_measures(programme=a_programme(), rows=[a_row(), row], by=a_coordinator())
    assert refused.value.messages == [sentence]
    assert (Measure.objects.count(), Event.objects.count()) == (0, 0)


def test_only_coordinators_add_measures() -> None:
    programme = a_programme()
    with pytest.raises(PermissionDenied):
        add_measures(
            programme=programme, rows=[a_row(due=MAY_2018)], by=somebody(Role.OBSERVER, programme)
        )
    assert Measure.objects.count() == 0
