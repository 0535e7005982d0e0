import pytest
from django.utils import translation

from comity.lib.matching import containing, folded, name_in_reading_order
from comity.territories.models import Territory
from tests.factories import a_country

pytestmark = pytest.mark.django_db


def test_one_spelling_for_names_that_differ_in_case_and_spaces() -> None:
    assert folded("  Мінпрам \n БЕЛАРУСІ ") == "мінпрам беларусі"
    assert folded("Straße") == folded("STRASSE")


@pytest.mark.parametrize("text", ["гомель", "Гомель", "ГОМЕЛЬ", "  гомель  "])
def test_cyrillic_is_found_in_small_and_capital_letters(text: str) -> None:
    found = [
        a_country("AA", name_ru="Гомель"),
        a_country("AB", name_ru="ГОМЕЛЬ и Мозырь"),
        a_country("AC", name_be="у гомель"),
    ]
    a_country("AD", name_ru="Мозырь")
    named = Territory.objects.filter(containing(text, "name_ru", "name_be")).order_by("code")
    assert list(named) == found


@pytest.mark.parametrize(
    ("language", "order"), [("be", ["AB", "AC", "AA"]), ("en", ["AA", "AB", "AC"])]
)
def test_names_sort_as_the_reader_sees_them(language: str, order: list[str]) -> None:
    a_country("AA", name_en="A", name_be="Я")
    a_country("AB", name_en="B", name_be="А")
    a_country("AC", name_en="C", name_ru="Б")
    with translation.override(language):
        sorted_codes = Territory.objects.order_by(name_in_reading_order()).values_list("code")
        assert [code for (code,) in sorted_codes] == order
