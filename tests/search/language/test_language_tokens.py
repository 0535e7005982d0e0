import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import Token, fold, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("АБ’ЕКТ", "аб'ект"),
        ("аб'ект", "аб'ект"),
        ("аб`ект", "аб'ект"),
        ("абʼект", "аб'ект"),
        ("Лён", "лен"),
        ("за́мок", "замок"),
        ("сѐла", "села"),
        ("су\u00adпрацоўніцтва", "супрацоўніцтва"),
        ("ви\u0306", "вй"),
        ("И\u0306од", "йод"),
        ("у\u0306сё", "ўсе"),
        ("Paraná", "parana"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ﬁsh", "fish"),
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
        ("ЇЖАК", "їжак"),
        ("don't", "don't"),
        ("'", ""),
    ],
)
def test_a_word_has_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("cотрудничество", "сотрудничество"),  # a Latin c
        ("сupport", "cupport"),  # a Cyrillic с
        ("ІТ", "іт"),
        ("ZЯ", "zя"),
    ],
)
def test_a_letter_of_the_wrong_alphabet_is_put_right_if_it_looks_right(
    written: str, folded: str
) -> None:
    assert fold(written) == folded


def test_tokens_stand_on_their_characters() -> None:
    assert tokens("№ 12: «Аб’ект» су\u00adвязі") == [
        Token("12", 2, 4),
        Token("аб'ект", 7, 13),
        Token("сувязі", 15, 22),
    ]


def test_a_hyphenated_word_is_its_parts_and_the_whole() -> None:
    assert tokens("а Торгово-промышленная") == [
        Token("а", 0, 1),
        Token("торгово", 2, 9),
        Token("промышленная", 10, 22),
        Token("торговопромышленная", 2, 22),
    ]
    assert words("COVID‑19") == ["covid", "19", "covid19"]


@pytest.mark.parametrize("years", ["2017–2020", "2017-2020", "2017—2020", "2017/2020"])
def test_a_span_of_years_is_both_years(years: str) -> None:
    assert words(years) == ["2017", "2020"]


def test_quotes_dashes_and_underscores_are_no_words() -> None:
    assert words("'слова' — «annex_2» … ʼ -") == ["слова", "annex", "2"]


@given(st.text())
def test_every_token_points_at_its_word(text: str) -> None:
    for token in tokens(text):
        assert token.text
        assert 0 <= token.start < token.end <= len(text)
        assert text[token.start].isalnum()


@given(st.text(alphabet="абвіўшжёъaceé'’-  19́\u00ad"))
def test_a_token_is_the_folded_text_it_stands_on(text: str) -> None:
    for token in tokens(text):
        standing_on = text[token.start : token.end]
        if "-" not in standing_on:
            assert fold(standing_on) == token.text


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
