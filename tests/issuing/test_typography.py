import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.issuing.typography import quoted, typeset


@pytest.mark.parametrize(
    ("text", "set_in"),
    [
        ('ОАО "Гомсельмаш" и "БМЗ"', "ОАО «Гомсельмаш» и\u00a0«БМЗ»"),
        ('("Заря")', "(«Заря»)"),
        ('the "Green road" plan', "the “Green road” plan"),
        ("30 сентября 2026 г.", "30\u00a0сентября 2026\u00a0г."),
        ("1 ліпеня 2026 г.", "1\u00a0ліпеня 2026\u00a0г."),
        ("за III квартал 2026 г.", "за III\u00a0квартал 2026\u00a0г."),
        ("№ 5 от 3 мая", "№\u00a05 от 3\u00a0мая"),
        ("12 дней, 1 200 BYN, 5 %", "12\u00a0дней, 1\u00a0200\u00a0BYN, 5\u00a0%"),
        ("в Гомеле и ў Мінску", "в\u00a0Гомеле и\u00a0ў\u00a0Мінску"),
        ("Гомель - Брянск", "Гомель\u00a0— Брянск"),
        ("А. С. Пушкин", "А.\u00a0С.\u00a0Пушкин"),
        ("1 April – 2 May", "1\u00a0April\u00a0– 2\u00a0May"),
        ("Homiel - Bryansk", "Homiel\u00a0– Bryansk"),
        ("научно-технический", "научно-технический"),
        ("one\ntwo\x0bthree\x00", "one two three "),
        ("", ""),
    ],
)
def test_texts_are_set_as_a_typesetter_does(text: str, set_in: str) -> None:
    assert typeset(text) == set_in


def test_a_title_is_quoted_in_the_marks_of_its_language_and_only_once() -> None:
    assert quoted("План на 2018 год") == "«План на 2018\u00a0год»"
    assert quoted("«План»") == "«План»"
    assert quoted("«Заря» и «Восход»") == "«„Заря“ и\u00a0„Восход“»"
    assert quoted('The "Green" plan') == "“The ‘Green’ plan”"
    assert quoted("Plan") == quoted("“Plan”") == "“Plan”"


@given(st.text(alphabet='абвў "-«»12 г.№IV', max_size=40))
def test_setting_twice_is_setting_once_and_loses_no_word(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    letters = "абвўг12№IV"
    assert [one for one in once if one in letters] == [one for one in text if one in letters]
