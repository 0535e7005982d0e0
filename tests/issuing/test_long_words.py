"""A word that is wider than its column ends where the column does."""

import io
from typing import Any

import pdfplumber
import pytest

from comity.issuing.formats import Format
from comity.issuing.writers import written
from comity.issuing.writers.breaking import PLACE, breakable, inside
from tests.issuing.test_texts_as_written import PLACES, digest_with

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]
LONG = "https://example.org/" + "x" * 160


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Достопримечательность и здравоохранение", "ru"),
        ("«Электрификация», (интернационализация).", "be"),
        ("internationalisation", "en"),
        ("Брянск-Гомель-Витебск-Могилёв-Минск", "ru"),
        ("короткие слова", ""),
    ],
)
def test_ordinary_words_are_left_to_be_hyphenated(text: str, language: str) -> None:
    assert breakable(text, inside(11), language) == text


def test_a_run_wider_than_its_column_may_end_after_each_letter() -> None:
    assert breakable("до " + "щ" * 12 + " и", 60, "be") == "до " + "щ" * 12 + " и"
    assert breakable("до " + "щ1" * 6, 60, "be") == "до " + PLACE.join("щ1" * 6)
    assert breakable("12.10.100", inside(3.6)) == PLACE.join("12.10.100")
    assert breakable("12.1", inside(3.6)) == "12.1"


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_printed_over_the_column_beside_it(place: str) -> None:
    content = written(digest_with(place, LONG), Format.PDF)
    with pdfplumber.open(io.BytesIO(content)) as made:
        letters = [char for page in made.pages for char in page.chars]
        text = "".join(page.extract_text() for page in made.pages)
        over = [letter for page in made.pages for letter in _over_an_edge(page)]
    assert len([char for char in letters if char["text"] == "x"]) >= 160
    assert max(char["x1"] for char in letters) <= 842 - 45
    assert PLACE not in text
    assert over == []


def _over_an_edge(page: Any) -> list[str]:
    """Letters that stand on the right edge of a cell."""
    edges = [cell[1:] for table in page.find_tables() for cell in table.cells]
    return [
        char["text"]
        for char in page.chars
        for top, right, bottom in edges
        if top < char["top"] < bottom and char["x0"] < right - 0.5 < right + 0.5 < char["x1"]
    ]
