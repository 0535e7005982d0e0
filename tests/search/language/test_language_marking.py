import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.search.language import mark, parse_query, snippet

TYPED = "выставка совместное предприятие"


def test_words_are_marked_by_stem_concept_and_phrase() -> None:
    text = "Правядзенне выстаў-кірмашоў: joint ventures, an exhibition."
    assert mark(text, parse_query(TYPED)) == [
        ("Правядзенне ", False),
        ("выстаў", True),
        ("-кірмашоў: ", False),
        ("joint", True),
        (" ", False),
        ("ventures", True),
        (", an ", False),
        ("exhibition", True),
        (".", False),
    ]


def test_a_beginning_marks_the_word() -> None:
    assert mark("Universities", "universit") == [("Universities", True)]
    assert mark("трактары", "трак") == [("трактары", True)]


def test_a_hyphenated_word_is_marked_whole_or_in_part() -> None:
    assert mark("агро-туризм", "агротуризм") == [("агро-туризм", True)]
    assert mark("агро-туризм", '"туризм"') == [("агро-", False), ("туризм", True)]


def test_a_word_with_a_stress_mark_is_marked_with_it() -> None:
    assert mark("план за́мка", "замка") == [("план ", False), ("за́мка", True)]


def test_nothing_found_is_the_text() -> None:
    assert mark("план", "трактор") == [("план", False)]
    assert mark("", "трактор") == []


LONG = "Першае слова. " * 12 + "Тут выстава ў Мінску. " + "Апошняе слова. " * 12


def test_a_snippet_stands_around_the_first_hit() -> None:
    assert snippet(LONG, "выставка", 50) == [
        ("…", False),
        ("слова. Тут ", False),
        ("выстава", True),
        (" ў Мінску. Апошняе слова.", False),
        ("…", False),
    ]


def test_a_snippet_without_hits_is_the_beginning() -> None:
    assert snippet(LONG, "трактор", 20) == [
        ("Першае слова. Першае", False),
        ("…", False),
    ]


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    assert snippet("Тут выстава", "выстава") == [("Тут ", False), ("выстава", True)]


def test_a_snippet_at_the_end_of_a_text_has_no_ellipsis_after_it() -> None:
    assert snippet("слова " * 10 + "выстава", "выстава", 20) == [
        ("…", False),
        ("слова слова ", False),
        ("выстава", True),
    ]


def test_a_word_longer_than_the_snippet_is_cut() -> None:
    assert snippet("а" * 30 + " б", "ааа", 10) == [("а" * 10, True), ("…", False)]


@pytest.mark.parametrize("typed", ["выстава", ""])
def test_a_snippet_of_nothing_is_nothing(typed: str) -> None:
    assert snippet("", typed) == []


words = st.text(alphabet="аб ёў'’-выстава fair\u0301\u00ad*\"") | st.text()


@given(words, words)
def test_marking_keeps_the_text(text: str, typed: str) -> None:
    pieces = mark(text, typed)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


@given(words, words, st.integers(1, 60))
def test_a_snippet_is_a_piece_of_the_text_no_longer_than_asked(
    text: str, typed: str, width: int
) -> None:
    pieces = snippet(text, typed, width)
    joined = "".join(piece for piece, _ in pieces)
    kept = joined.removeprefix("…").removesuffix("…") if "…" not in text else ""
    assert kept in text
    assert len(joined) <= width + 2


@given(st.text(alphabet="абвгдзійклмнопрстуўыьэюя \n", min_size=1))
def test_a_text_is_marked_by_its_own_words(text: str) -> None:
    if parse_query(text):
        assert any(found for _, found in mark(text, text))
