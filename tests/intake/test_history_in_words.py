"""What is kept as JSON of a document on its way, in words."""

import pytest

from comity.intake.history import (
    columns_in_words,
    corrections_in_words,
    decisions_in_words,
    target_in_words,
)


def test_corrections() -> None:
    assert corrections_in_words(None) == ""
    said = {
        "title": "Hold a fair",
        "number": None,
        "due": {
            "text": "in 2019",
            "kind": "window",
            "start": "2019-01-01",
            "end": "2019-12-31",
            "recurrence": None,
        },
        "funding": {"text": "5 roubles", "amount": 5, "currency": None},
        "responsible": [{"text": "Ministry", "side": "BY"}, {"text": "Bank", "side": None}],
    }
    assert corrections_in_words(said) == (
        "Hold a fair; in 2019 (2019); 5 roubles 5; BY Ministry, Bank"
    )


def test_columns_are_counted_as_on_the_page() -> None:
    assert columns_in_words({}) == ""
    assert columns_in_words({"0": {"2": "responsible:BY", "3": "other"}}) == (
        "table 1, column 3: bodies: BY; table 1, column 4: something else"
    )


def test_the_programme_to_be_made() -> None:
    assert target_in_words(None) == ""
    said = {"title_ru": "План", "title_en": "", "start": "2018-01-01", "end": "2020-12-31"}
    assert target_in_words(said) == "План; 2018–2020"


@pytest.mark.parametrize(
    ("decisions", "words"),
    [(None, ""), ({}, ""), ({"row1": True, "row2": False}, "taken over: 1, declined: 1")],
)
def test_decisions(decisions: dict[str, bool] | None, words: str) -> None:
    assert decisions_in_words(decisions) == words
