"""Kind, territory and below, field, year and status narrow what is found."""

from datetime import date

import pytest

from comity.audit.actions import Installation
from comity.programmes.models import Occurrence
from comity.programmes.occurrences import note_what_is_next
from comity.search.indexing import reindex
from comity.search.models import Kind
from comity.search.queries import Filters, search
from tests.factories import a_measure, a_programme, a_region, an_agreement, an_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 15)


def titles(words: str, **filters: object) -> list[str]:
    answer = search(Installation(), words, Filters(**filters), day=TODAY)
    return [hit.name.text for hit in answer.met]


def test_one_kind_or_several() -> None:
    region = a_region("BY-HO", name_en="Flax land")
    an_organisation("Flax mill", region)
    an_agreement(region, title_en="Flax agreement")
    a_measure(a_programme(title_en="Flax programme"), title_en="Flax measure")
    reindex()
    by_kind = {kind.value: titles("flax", kinds=(kind,)) for kind in Kind}
    assert by_kind == {
        "measure": ["Flax measure"],
        "programme": ["Flax programme"],
        "agreement": ["Flax agreement"],
        "organisation": ["Flax mill"],
        "territory": ["Flax land"],
    }
    assert titles("flax", kinds=(Kind.TERRITORY, Kind.MEASURE)) == ["Flax land", "Flax measure"]


def test_a_territory_and_what_lies_below_it() -> None:
    homiel, moscow = a_region("BY-HO"), a_region("RU-MOW")
    town = a_region("BY-HO-X", kind="municipality", parent=homiel)
    an_organisation("Flax mill", town)
    agreement = an_agreement(homiel, moscow, title_en="Flax agreement")
    a_measure(a_programme(agreement, title_en="Flax programme"), title_en="Flax measure")
    an_agreement(moscow, a_region("BY-MI"), title_en="Other flax")
    reindex()
    whole = ["Flax mill", "Flax agreement", "Flax programme", "Flax measure"]
    assert titles("flax", territory=homiel) == whole
    assert titles("flax", territory=homiel.parent) == [whole[0], "Other flax", *whole[1:]]
    assert titles("flax", territory=town) == ["Flax mill"]
    assert titles("flax", territory=moscow) == ["Other flax", *whole[1:]]


def test_the_code_of_a_territory_is_not_taken_for_the_beginning_of_another() -> None:
    an_organisation("Flax mill", a_region("RU-MOS"))
    reindex()
    assert titles("flax", territory=a_region("RU-MO")) == []


def test_a_field() -> None:
    agreement = an_agreement(title_en="Flax agreement")
    agreement.cooperation_fields.create(field="youth_sport")
    programme = a_programme(title_en="Flax programme")
    section = programme.sections.create(title="Sport", position=1, field="youth_sport")
    a_measure(programme, section=section, title_en="Flax measure")
    a_measure(programme, title_en="Flax of no section")
    reindex()
    expected = ["Flax agreement", "Flax programme", "Flax measure"]
    assert titles("flax", field="youth_sport") == expected
    assert titles("flax", field="trade") == []


def test_a_year_within_which_something_runs() -> None:
    an_agreement(
        title_en="Flax for ever", signed_on="2015-03-01", until="2017-01-01", renewal_months=12
    )
    an_agreement(title_en="Flax until 2017", signed_on="2014-03-01", until="2017-01-01")
    an_agreement(title_en="Flax ended", signed_on="2013-03-01", ended_on="2015-02-02")
    an_agreement(title_en="Flax draft")
    programme = a_programme(title_en="Flax programme", start="2016-01-01", end="2019-12-31")
    a_measure(programme, title_en="Flax measure", due_start="2018-01-01", due_end="2018-03-01")
    a_measure(programme, title_en="Flax all the time")
    reindex()
    assert titles("flax", year=2018) == [
        "Flax for ever", "Flax programme", "Flax all the time", "Flax measure",
    ]  # fmt: skip
    assert titles("flax", year=2017) == [
        "Flax for ever", "Flax until 2017", "Flax programme", "Flax all the time",
    ]  # fmt: skip
    assert titles("flax", year=2015) == ["Flax for ever", "Flax until 2017", "Flax ended"]
    assert titles("flax", year=2100) == ["Flax for ever"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", ["Flax draft"]),
        ("in_force", ["Flax notice", "Flax in force"]),
        ("notice", ["Flax notice"]),
        ("expired", ["Flax expired"]),
    ],
)
def test_the_status_of_an_agreement_on_the_day(status: str, expected: list[str]) -> None:
    signed = {"signed_on": "2015-03-01", "in_force_from": "2015-03-01"}
    an_agreement(title_en="Flax draft")
    an_agreement(title_en="Flax in force", **signed)
    an_agreement(
        title_en="Flax notice", **signed, until="2020-07-01", renewal_months=12, notice_months=3
    )
    an_agreement(title_en="Flax expired", **signed, until="2018-07-01")
    a_measure(title_en="Flax measure")
    reindex()
    assert sorted(titles("flax", status=status)) == sorted(expected)
    assert titles("flax", status=status, kinds=(Kind.MEASURE,)) == []


STATES = {
    "overdue": ("2020-01-01", "2020-02-01", None),
    "due": ("2020-06-01", "2020-07-01", None),
    "not_yet": ("2020-08-01", "2020-09-01", None),
    "done": ("2020-01-01", "2020-02-01", "2020-01-15"),
}


def test_the_state_of_a_measure_on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: TODAY)
    for state, (opens, due, done) in STATES.items():
        measure = a_measure(title_en=f"Flax {state}", due_kind="window", due_end=due)
        Occurrence.objects.create(
            measure=measure, programme=measure.programme, opens_on=opens, due_on=due, done_on=done
        )
        note_what_is_next([measure])
    a_measure(title_en="Flax unscheduled")
    an_agreement(title_en="Flax agreement")
    reindex()
    found = {state: titles("flax", status=state) for state in (*STATES, "unscheduled")}
    assert found == {state: [f"Flax {state}"] for state in (*STATES, "unscheduled")}


def test_only_so_many_of_the_newest_measures_are_looked_at_for_their_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("comity.search.queries.LOOKED_AT", 2)
    programme = a_programme(title_en="Plan")
    for number in range(4):
        a_measure(programme, title_en=f"Flax {number}")
    reindex()
    assert titles("flax", status="unscheduled") == ["Flax 3", "Flax 2"]
    assert titles("flax 1", status="unscheduled") == ["Flax 1"]
