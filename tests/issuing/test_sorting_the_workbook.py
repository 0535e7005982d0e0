"""The workbook sorts by numbers and cuts nothing without saying so."""

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook

from comity.issuing.digest import Digest, digest_of, kept
from comity.issuing.formats import Format
from comity.issuing.writers import written
from comity.issuing.writers.sheet_cells import MOST_LETTERS, fitting
from comity.programmes.models import Measure
from tests.issuing import world
from tests.issuing.test_texts_as_written import digest_with
from tests.issuing.world import a_programme_in_every_state

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]
CUT = "… the whole text is in the register"


def numbered(*numbers: str) -> Digest:
    """Of a programme whose measures have these numbers, one after the other."""
    programme = a_programme_in_every_state().programme
    for measure, number in zip(
        programme.measures.order_by("position", "pk"), numbers, strict=False
    ):
        Measure.objects.filter(pk=measure.pk).update(number=number)
    return world.digest_of(programme)


def columns(digest: Digest, sheet: str = "Measures") -> dict[str, list[Any]]:
    made = load_workbook(io.BytesIO(written(digest, Format.XLSX)))[sheet]
    return {column[0].value: [cell.value for cell in column[1:]] for column in made.columns}


def test_plain_numbers_are_numbers_that_sort() -> None:
    digest = numbered("1", "", "10", "2", "12", "3")
    assert columns(digest)["No."] == [1, None, 10, 2, 3]
    assert columns(digest, "Not done by the deadline")["No."] == [3, 2]


@pytest.mark.parametrize("odd", ["1.1", "2a", "007", "٣", "1234567890"])
def test_beside_other_numbers_all_stay_texts(odd: str) -> None:
    assert columns(numbered("1", odd, "10", "2"))["No."][:4] == ["1", odd, "10", "2"]


def test_a_last_column_has_the_order_of_the_programme() -> None:
    digest = numbered("1.1", "1.2", "1.10")
    for sheet, order in (("Measures", [1, 2, 3, 4, 5]), ("Not done by the deadline", [5, 4])):
        told = columns(digest, sheet)
        assert list(told)[-1] == "Order in the programme"
        assert told["Order in the programme"] == order


def test_a_report_issued_before_has_no_such_column() -> None:
    before: dict[str, Any] = kept(numbered("1", "2"))
    del before["words"]["order"], before["words"]["cut"]
    assert "Order in the programme" not in columns(digest_of(before))


def test_a_text_longer_than_a_cell_says_where_the_whole_of_it_is() -> None:
    told = columns(digest_with("told", "x" * 40_000))["Country BY: text"][-1]
    assert told == "x" * (MOST_LETTERS - len(CUT)) + CUT


def test_a_text_that_fits_is_left_alone_and_letters_of_two_units_are_counted_so() -> None:
    digest = digest_with("told", "Begun.")
    whole = "x" * MOST_LETTERS
    assert fitting(whole, digest) == whole
    flags = "\U0001f1e7" * MOST_LETTERS
    cut = fitting(flags, digest)
    assert cut == "\U0001f1e7" * ((MOST_LETTERS - len(CUT)) // 2) + CUT
    assert fitting(flags, replace(digest, words={})) == "\U0001f1e7" * (MOST_LETTERS // 2)
