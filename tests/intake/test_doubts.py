"""Doubts of the reader in the words of the page."""

from comity.intake.doubts import in_words, roles_in_doubt


def test_a_doubt_in_words() -> None:
    recurrence = {"text": "каждую весну", "recurrence": "yearly"}
    assert in_words({"code": "due_recurrence", "params": recurrence}) == (
        "The recurrence “каждую весну” was taken as every year."
    )
    several = {"text": "5 и 6", "decision": "the larger was taken."}
    assert in_words({"code": "funding_several", "params": several}) == (
        "“5 и 6” names several amounts; the larger was taken."
    )
    assert in_words({"code": "unheard_of", "params": {}}) == "unheard_of"


def test_braces_in_a_document_are_no_places_to_fill() -> None:
    assert in_words({"code": "due_not_understood", "params": {"text": "{name}"}}) == (
        "The deadline “{name}” was not understood."
    )


def test_which_column_a_doubt_is_about() -> None:
    doubts = [{"code": code} for code in ("due_no_year", "funding_several", "cannot_stand")]
    assert roles_in_doubt(doubts) == {"due", "funding"}
