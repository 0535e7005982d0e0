"""Names typed with a wrong letter, in another alphabet or on the wrong keyboard."""

import pytest

from comity.audit.actions import Installation
from comity.search.indexing import reindex
from comity.search.models import Kind
from comity.search.queries import Filters, search
from tests.factories import a_measure, a_region, an_agreement, an_organisation

pytestmark = pytest.mark.django_db

WHOLE = Installation()


@pytest.fixture(autouse=True)
def _register() -> None:
    hrodna = a_region("BY-HR", name_be="Гродна", name_ru="Гродно", name_en="Hrodna")
    vitebsk = a_region("BY-VI", name_be="Віцебск", name_ru="Витебск", name_en="Vitebsk")
    an_organisation("", hrodna, name_en="", name_ru="Ярославский тракторный завод")
    an_organisation("", vitebsk, name_en="", name_ru="Псковский хлебокомбинат")
    an_agreement(vitebsk, a_region("RU-PSK", name_en="Pskov"), title_en="", title_ru="О молоке")
    reindex()


def near(words: str, **filters: object) -> list[tuple[str, str]]:
    return [(hit.name.text, hit.near) for hit in search(WHOLE, words, Filters(**filters)).near]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Grodnno", ("Hrodna", "Hrodna")),
        ("Витебкс", ("Vitebsk", "Витебск")),
        ("Vitbesk", ("Vitebsk", "Vitebsk")),
        ("Яраславскийй", ("Ярославский тракторный завод",) * 2),
        ("хлебкомбинатт", ("Псковский хлебокомбинат",) * 2),
    ],
)
def test_a_name_with_errors_leads_to_what_it_is_like(words: str, expected: tuple[str, str]) -> None:
    answer = search(WHOLE, words)
    assert answer.met == []
    assert (answer.near[0].name.text, answer.near[0].near) == expected
    assert answer.suggestions[0] == expected[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Яраславский тракторый завод", "Ярославский тракторный завод"),
        ("псковскй хлебкомбинат", "Псковский хлебокомбинат"),
    ],
)
def test_errors_in_several_words_of_a_name_lead_to_it(words: str, expected: str) -> None:
    assert search(WHOLE, words).hits[0].name.text == expected


def test_words_of_the_other_keyboard_are_read_as_they_were_meant() -> None:
    answer = search(WHOLE, "dbnt,cr")
    assert answer.read_as == "витебск"
    assert [hit.name.text for hit in answer.met] == [
        "Vitebsk", "Псковский хлебокомбинат", "О молоке",
    ]  # fmt: skip
    assert answer.met[0].title == [("Vitebsk", True)]


def test_a_title_is_found_from_the_other_keyboard_too() -> None:
    answer = search(WHOLE, "vjkjrf")
    assert (answer.read_as, [hit.name.text for hit in answer.met]) == ("молока", ["О молоке"])


def test_names_much_like_it_stand_beside_few_hits_but_never_twice() -> None:
    a_measure(title_en="", title_ru="Гродна: выставка")
    reindex()
    answer = search(WHOLE, "Гродно")
    entries = [hit.entry for hit in answer.hits]
    assert len(entries) == len(set(entries))
    assert answer.met[0].name.text == "Hrodna"
    assert answer.suggestions == []


def test_nothing_like_a_name_is_no_suggestion() -> None:
    answer = search(WHOLE, "квазиинтерферометрия")
    assert (answer.hits, answer.suggestions, answer.total) == ([], [], 0)


def test_filters_hold_for_names_that_are_much_like_it() -> None:
    belarus = a_region("BY-HR").parent
    assert near("Grodnno", territory=belarus)[0] == ("Hrodna", "Hrodna")
    assert near("Grodnno", territory=a_region("RU-PSK")) == []
    assert near("Grodnno", kinds=(Kind.MEASURE,)) == []
    assert near("Grodnno", kinds=(Kind.ORGANISATION,)) == []
    assert near("Grodnno", year=2020) == []
    assert near("Grodnno", status="overdue") == []


def test_names_much_like_it_are_only_on_the_first_page() -> None:
    assert search(WHOLE, "Grodnno", page=2).near == []


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("молоко Витебкс", "молоко витебск"),
        ("milk Vtiebsk", "milk vitebsk"),
        ("Віцебкс малако", "віцебск малако"),
        ("Piskov молоко", "pskov молоко"),
    ],
)
def test_a_name_with_errors_among_other_words_is_put_right(words: str, read_as: str) -> None:
    answer = search(WHOLE, words)
    assert [hit.name.text for hit in answer.met] == ["О молоке"]
    assert (answer.read_as.casefold(), answer.is_corrected) == (read_as, True)


@pytest.mark.parametrize(
    "words",
    ["молоко квазиинтерферометрия", "молоко 2031", "молоко ый", "Витебкс ярмарка", "Vtiebsk"],
)
def test_what_is_like_no_name_or_leads_nowhere_is_left_as_it_is(words: str) -> None:
    answer = search(WHOLE, words)
    assert (answer.met, answer.read_as, answer.is_corrected) == ([], "", False)


def test_what_is_found_as_typed_is_not_put_right() -> None:
    an_agreement(title_en="", title_ru="О молоке Витебкса")
    reindex()
    answer = search(WHOLE, "молоко Витебкс")
    assert [hit.name.text for hit in answer.met] == ["О молоке Витебкса"]
    assert answer.is_corrected is False
