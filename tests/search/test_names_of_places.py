"""A territory named in one language finds what names it in another."""

import pytest

from comity.audit.actions import Installation
from comity.search.indexing import reindex
from comity.search.models import Kind
from comity.search.queries import Filters, search
from tests.factories import a_measure, a_programme, a_region, an_agreement
from tests.search.conftest import Titles

pytestmark = pytest.mark.django_db

FAIR = "Ярмарка с предприятиями Смоленской области"


@pytest.fixture(autouse=True)
def _register() -> None:
    a_region(
        "RU-SMO", name_be="Смаленская вобласць", name_ru="Смоленская область",
        name_en="Smolensk Oblast",
    )  # fmt: skip
    a_region("PL-14", name_be="Мазовія", name_ru="Мазовия", name_en="Masovia")
    a_region("RU-MOW", name_be="Масква", name_ru="Москва", name_en="Moscow")
    programme = a_programme(title_en="Plan")
    a_measure(programme, title_en="", title_ru=FAIR)
    a_measure(programme, title_en="", title_ru="Встреча в Москве")
    a_measure(programme, title_en="", title_be="Сустрэча ў Мазовіі")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Smolensk", FAIR),
        ("smolensk fair", FAIR),
        ("Смаленск", FAIR),
        ("Smolen", FAIR),
        ("смаленскай вобласці", FAIR),
        ("Moscow", "Встреча в Москве"),
        ("Маскве", "Встреча в Москве"),
        ("Masovia", "Сустрэча ў Мазовіі"),
        ("Мазовией", "Сустрэча ў Мазовіі"),
    ],
)
def test_a_name_in_one_language_finds_the_others(found: Titles, words: str, title: str) -> None:
    assert found(words, kinds=(Kind.MEASURE,)) == [title]


@pytest.mark.parametrize("words", ["oblast", "Oslo", "Smolensk lift", '"2017"'])
def test_other_words_find_no_more_than_they_say(found: Titles, words: str) -> None:
    assert found(words, kinds=(Kind.MEASURE,)) == ([FAIR] if words == "oblast" else [])


def test_the_name_in_the_other_language_is_marked() -> None:

    reindex()
    (hit,) = search(Installation(), "Smolensk", Filters(kinds=(Kind.MEASURE,))).met
    assert hit.title == [
        ("Ярмарка с предприятиями ", False), ("Смоленской", True), (" области", False),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["tourism", "туризма", "турызмам"])
def test_a_field_of_cooperation_is_found_by_its_name_in_each_language(
    found: Titles, words: str
) -> None:
    agreement = an_agreement(title_en="Treaty")
    agreement.cooperation_fields.create(field="tourism")
    agreement.cooperation_fields.create(field="other")
    programme = a_programme(title_en="Other plan")
    programme.sections.create(title="II", position=1, field="tourism")
    assert found(words) == ["Treaty", "Other plan"]
    assert found("other", kinds=(Kind.AGREEMENT,)) == []


@pytest.mark.parametrize(
    "words", ["№ 12-р/2018", "12-р/2018", "№12-Р/2018", "12-р", "соглашение № 12-р/2018"]
)
def test_an_agreement_is_found_by_its_number(found: Titles, words: str) -> None:
    an_agreement(title_en="", title_ru="Соглашение о лесах", number="12-р/2018")
    an_agreement(title_en="", title_ru="Соглашение о дорогах", number="13-р/2018")
    assert found(words) == ["Соглашение о лесах"]


def test_an_agreement_of_exactly_this_number_comes_first(found: Titles) -> None:
    an_agreement(title_en="Forests", number="12-р/2018")
    an_agreement(title_en="Of the changes to 12-р/2018", number="4")
    for words in ("№ 12-р/2018", "No. 12-р/2018", "12-р/2018"):
        assert found(words) == ["Forests", "Of the changes to 12-р/2018"]
