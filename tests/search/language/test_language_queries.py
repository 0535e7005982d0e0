import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import Group, Query, concepts, index_terms, parse_query

TEXTS = {
    "ru": "Организация выставки продукции совместных предприятий в Гродно",
    "be": "Правядзенне выстаў прадукцыі сумесных прадпрыемстваў у Гродне",
    "en": "Holding an exhibition of goods of joint ventures; Grodno University",
    "other": "Обмен студентами между университетами, агротуризм, 2017–2020",
}


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE texts USING fts5("
        "name UNINDEXED, terms, tokenize = 'unicode61 remove_diacritics 0')"
    )
    connection.executemany(
        "INSERT INTO texts VALUES (?, ?)",
        [(name, index_terms(text)) for name, text in TEXTS.items()],
    )
    yield connection
    connection.close()


def found(index: sqlite3.Connection, typed: str) -> set[str]:
    match = parse_query(typed).to_fts5()
    rows = index.execute("SELECT name FROM texts WHERE texts MATCH ?", (match,))
    return {name for (name,) in rows}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("выставка", {"ru", "be", "en"}),
        ("выставы", {"ru", "be", "en"}),
        ("exhibitions", {"ru", "be", "en"}),
        ("joint venture", {"ru", "be", "en"}),
        ("совместное предприятие", {"ru", "be", "en"}),
        ("выставка студентов", set()),
        ("университет", {"en", "other"}),
        ("universit", {"en"}),
        ("унив", {"other"}),
        ("стран* обмен", set()),
        ("студ* обмен", {"other"}),
        ("агро-туризм", {"other"}),
        ("2018", set()),
        ("201", set()),
        ("2017", {"other"}),
        ("выставка в Гродно", {"ru", "be"}),
        ('"выставка"', {"ru"}),
        ("«совместных предприятий»", {"ru"}),
        ("в", {"ru"}),
        ("", set()),
    ],
)
def test_a_query_finds(index: sqlite3.Connection, typed: str, names: set[str]) -> None:
    assert found(index, typed) == names


def test_a_word_is_met_by_its_stem_its_concept_or_as_the_last_by_its_beginning() -> None:
    (concept,) = concepts("fair")
    query = parse_query("форум и fair")
    assert query == Query(
        (
            Group(("форум", *concepts("форум"))),
            Group(("fair", concept), ("fair",)),
        )
    )
    assert query.to_fts5() == (
        f'("форум" OR "{concepts("форум")[0]}") AND ("fair" OR "{concept}" OR "fair"*)'
    )
    assert query.to_tsquery() == (
        f"('форум' | '{concepts('форум')[0]}') & ('fair' | '{concept}' | 'fair':*)"
    )


def test_stopwords_count_only_alone() -> None:
    assert parse_query("и") == Query((Group(("и",)),))
    assert parse_query("of the") == Query((Group(("of",)), Group(("the",), ("the",))))
    assert parse_query("of trade") == parse_query("trade")


def test_a_star_makes_any_word_a_beginning() -> None:
    assert parse_query("гор* план").groups[0].beginnings == ("гор",)
    assert parse_query("гор план").groups[0].beginnings == ()


def test_quotation_marks_ask_for_the_words_themselves() -> None:
    assert parse_query('"совместное предприятие"') == Query(
        (Group(("совместн",)), Group(("предприят",)))
    )
    assert parse_query('"торгово-промышленная" палата').groups[0] == Group(
        ("торг", "торгов", "торговопромышлен")
    )


def test_nothing_to_look_for_is_false_and_finds_nothing() -> None:
    query = parse_query(' "*-( ')
    assert not query
    assert query.to_fts5() == '""'
    assert query.to_tsquery() == ""
    assert parse_query("слова")


def test_a_word_typed_twice_is_asked_once_and_endless_text_is_cut() -> None:
    assert len(parse_query("план план праект").groups) == 2
    assert len(parse_query(" ".join(f"слова{n}" for n in range(1000))).groups) == 24


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "a NEAR b",
        "NEAR(a b, 2)",
        "-a",
        "terms: a",
        "a AND",
        "NOT",
        "(((",
        "^a",
        "a''b",
        "\x00a",
    ],
)
def test_what_looks_like_syntax_is_only_words(index: sqlite3.Connection, typed: str) -> None:
    assert found(index, typed) == set()


@given(st.text() | st.text(alphabet="\"'*()-:^+{}|&!<>\\ab АНіNEARORT\x00"))
def test_fts5_takes_whatever_is_typed(index: sqlite3.Connection, typed: str) -> None:
    assert found(index, typed) <= set(TEXTS)


@given(st.text() | st.text(alphabet="\"'*()-:&|!<>\\ab Ані"))
def test_a_tsquery_is_quoted_lexemes_and_its_own_operators(typed: str) -> None:
    written = parse_query(typed).to_tsquery()
    rest = "".join(written.split("'")[::2])
    assert set(rest) <= set("(|&): *")
    assert all(lexeme.isalnum() for lexeme in written.split("'")[1::2])


@given(st.text())
def test_a_text_is_found_by_itself(typed: str) -> None:
    stored = set(index_terms(typed).split())
    for group in parse_query(typed).groups:
        assert not stored.isdisjoint(group.terms)
