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
        ('«Развитие ОАО "Заря" и "Восход"»', "«Развитие ОАО „Заря“ и\u00a0„Восход“»"),
        ("ОАО «УК «Заря», Минск", "ОАО «УК „Заря“», Минск"),
        ("план «Дни «Зари» в Гомеле»", "план «Дни „Зари“ в\u00a0Гомеле»"),
        ("план «Дни „Зари“»", "план «Дни „Зари“»"),
        ('ОАО “Заря” «и "б"»', "ОАО «Заря» «и\u00a0„б“»"),
        ('the plan "Days of "Zarya" here"', "the plan “Days of ‘Zarya’ here”"),
        ("в 2017-2020 годах", "в\u00a02017–2020\u00a0годах"),
        ("на 2017 - 2020 гг.", "на 2017–2020\u00a0гг."),
        ("2017-2020", "2017–2020"),
        ("рост на 10-15 %", "рост на 10–15\u00a0%"),
        ("growth of 10-15%", "growth of 10–15%"),
        ("5-7 делегаций", "5–7\u00a0делегаций"),
        ("СТБ 1218-2000, ГОСТ 2000-2015", "СТБ 1218-2000, ГОСТ 2000-2015"),
        ("приказ № 12-45 от мая", "приказ №\u00a012-45 от мая"),
        ("договор 15-20 от 5 мая", "договор 15-20 от 5\u00a0мая"),
        ("2018-05-31 и 2018-05", "2018-05-31 и\u00a02018-05"),
        ("тел. 12-34-56, +375 29 123-45-67", "тел.\u00a012-34-56, +375 29\u00a0123-45-67"),
        ("код BY-12-34 и 20-10 штук", "код BY-12-34 и\u00a020-10\u00a0штук"),
        ("в 2018 годзе, у 2018 годзе", "в\u00a02018\u00a0годзе, у\u00a02018\u00a0годзе"),
        ("за 2018 год и 2019 гг.", "за 2018\u00a0год и\u00a02019\u00a0гг."),
        ("500 руб., 5 тыс. долл., 12 чел.", "500\u00a0руб., 5\u00a0тыс.\u00a0долл., 12\u00a0чел."),
        ("3 млн рублей", "3\u00a0млн\u00a0рублей"),
        ("г. Гомель, ул. Советская, д. 5", "г.\u00a0Гомель, ул.\u00a0Советская, д.\u00a05"),
        ("г. Мінск, вул. Савецкая, д. 5", "г.\u00a0Мінск, вул.\u00a0Савецкая, д.\u00a05"),
        ("в 2018 г. Минск", "в\u00a02018\u00a0г. Минск"),
        ("5 договоров и 1 200 человек", "5\u00a0договоров и\u00a01\u00a0200\u00a0человек"),
        ("12 days late, as of 2018 the plan", "12\u00a0days late, as of 2018 the plan"),
        ("и т. д., и т. п.", "и\u00a0т.\u00a0д., и\u00a0т.\u00a0п."),
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


@given(st.text(alphabet='абвў "-«»„“”12 г.№IV%', max_size=40))
def test_setting_twice_is_setting_once_and_loses_no_word(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    letters = "абвўг12№IV"
    assert [one for one in once if one in letters] == [one for one in text if one in letters]
