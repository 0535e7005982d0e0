"""Forms that a stemmer takes for other words, and a verb beside its noun, are found by each other.

None of these words is listed anywhere: rules alone lead from one to the other.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import index_terms, parse_query

RUSSIAN = [
    "система систем системами системе",
    "лицей лицея лицеем лицее лицеев",
    "музей музеи музеев музеями",
    "точка точек точкой",
    "волокно волокон волокна",
    "деревня деревень деревней",
    "земля земель землями",
    "письмо писем письма",
    "ячейка ячеек ячейки",
    "уровень уровня уровней",
    "перечень перечни перечнем",
    "таможня таможен таможни",
    "доброволец добровольца добровольцев",
    "состав состава составом",
    "начало начала началом",
    "правило правил правилами",
    "февраль февраля",
    "запись записи записей",
    "перепись переписи переписью",
    "люди людей людям человека",
    "осётр осетра осетров",
    "согласовать согласуют согласовали согласование согласуем",
    "информировать информируют информация",
    "создать создание создал",
    "сотрудничать сотрудничают сотрудничество",
    "развивать развивают развитие развить",
    "поставить поставка поставлять",
    "повысить повышать повышение",
    "подготовить подготовка подготовлен",
    "строить строили строят",
    "утвердить утверждение утверждена",
]
BELARUSIAN = [
    "ліцэй ліцэя ліцэем",
    "ліцэнзія ліцэнзій ліцэнзіі",
    "педагог педагога педагогі",
    "запыт запыце запыту",
    "дабрабыт дабрабыце дабрабыту",
    "працаваць працавала працуюць",
    "супрацоўнічаць супрацоўнічаюць супрацоўніцтва",
    "развіваць развіваюць развіццё",
    "арганізаваць арганізацыя арганізуюць",
    "стварыць стварэнне стварылі",
    "забяспечваць забяспечыць",
]


@pytest.mark.parametrize("family", RUSSIAN + BELARUSIAN)
def test_each_word_of_a_family_finds_each_other(family: str) -> None:
    words = family.split()
    missed = [
        (asked, written)
        for asked in words
        for written in words
        if set(parse_query(asked).groups[0].terms).isdisjoint(index_terms(written).split())
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("выброс", "выбрать"),
        ("парк", "порт"),
        ("визит", "виза"),
        ("город", "гордый"),
        ("мера", "мир"),
        ("страна", "сторона"),
        ("данные", "дата"),
        ("школа", "шкала"),
        ("праца", "права"),
    ],
)
def test_words_of_another_family_are_not_found(asked: str, written: str) -> None:
    (group,) = parse_query(asked).groups
    assert set(group.terms).isdisjoint(index_terms(written).split())


def test_inside_quotation_marks_only_the_word_itself_counts() -> None:
    assert parse_query('"создание"').groups[0].terms == ("создан",)


@given(st.text(alphabet="абвгдеєзийклмнопрстуўіфхцчшщьыэюя'", min_size=1, max_size=30))
def test_any_word_is_read_and_found_by_itself(word: str) -> None:
    for group in parse_query(word).groups:
        assert not set(group.terms).isdisjoint(index_terms(word).split())
