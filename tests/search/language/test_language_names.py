import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import (
    Group,
    Query,
    candidates_query,
    name_keys,
    name_score,
    name_trigrams,
    retyped,
    similar,
    trigrams,
)

NAMES = [
    "Гродна",
    "Минск",
    "Брест",
    "Брянск",
    "ОАО «Минский тракторный завод»",
    "Минский автомобильный завод",
    "Магілёў",
    "Гродзенская вобласць",
]


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("gradna", ["Гродна", "Гродно", "Grodno", "Hrodna"]),
        ("vitabsk", ["Віцебск", "Витебск", "Vitebsk"]),
        ("magilav", ["Магілёў", "Могилёв", "Mogilev", "Mahilioŭ", "Mahilyow"]),
        ("gamal", ["Гомель", "Homel", "Gomel", "Homieĺ"]),
        ("nasviz", ["Нясвіж", "Несвиж", "Nesvizh", "Niasviž"]),
        ("racita", ["Рэчыца", "Речица", "Rechytsa"]),
        ("gabaravsk", ["Хабаровск", "Khabarovsk"]),
        ("usima", ["Уусимаа", "Uusimaa"]),
    ],
)
def test_spellings_of_a_name_have_one_key(key: str, spellings: list[str]) -> None:
    assert {name_keys(spelling)[0] for spelling in spellings} == {key}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", ["привет", "прівет"]),
        ("vtl", ["мед"]),
        ("Ьштыл", ["minsk"]),
        ("Ьштіл", ["minbk"]),
        ("mинск", []),
        ("12", []),
    ],
)
def test_the_other_keyboard(typed: str, meant: list[str]) -> None:
    assert retyped(typed) == meant


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Grodno", "Гродна"),
        ("uhjlyj", "Гродна"),
        ("minsk", "Минск"),
        ("vbycr", "Минск"),
        ("Ьштыл", "Минск"),
        ("Магилев", "Магілёў"),
        ("Мгоилев", "Магілёў"),
        ("минский тракт", "ОАО «Минский тракторный завод»"),
        ("мински автамабильны", "Минский автомобильный завод"),
        ("гродзенскя", "Гродзенская вобласць"),
    ],
)
def test_the_name_that_is_meant_comes_first(typed: str, best: str) -> None:
    assert similar(NAMES, typed)[0][0] == best


def test_names_are_sorted_by_score_then_by_name_and_limited() -> None:
    assert similar(["Брянск", "Брест", "Брест"], "Бренст") == [("Брест", 83.3), ("Брянск", 83.3)]
    assert similar(NAMES, "минск", limit=1) == [("Минск", 100.0)]
    assert similar(NAMES, "Владивосток") == []
    assert similar(NAMES, "") == []


def test_words_nobody_typed_count_a_little() -> None:
    assert name_score("брест", "Брест") == 100.0
    assert name_score("брест", "Брест завод") == 95.0
    assert name_score("ба", "Баса") == 95.0
    assert name_score("со", "Баса") == 0.0
    assert name_score("брест", "«»") == 0.0


def test_trigrams_of_a_name() -> None:
    assert trigrams("Гродно-Г") == ["0gr", "gra", "rad", "adn", "dna", "na0", "0g0"]
    assert name_trigrams("Гродна") == name_trigrams("Hrodna") == "0gr gra rad adn dna na0"
    assert name_trigrams("!") == ""


def test_candidates_share_a_trigram() -> None:
    assert candidates_query("аб") == Query((Group(("0ab", "ab0")),))
    assert candidates_query("") == candidates_query("zzz ы") == Query()


@given(st.text(), st.text())
def test_a_score_is_between_nothing_and_all(typed: str, name: str) -> None:
    assert 0.0 <= name_score(typed, name) <= 100.0


@given(st.text())
def test_a_name_is_like_itself(name: str) -> None:
    expected = 100.0 if name_keys(name) and trigrams(name) else name_score(name, name)
    assert name_score(name, name) == expected
    assert set(name_trigrams(name).split()) == set(trigrams(name))
