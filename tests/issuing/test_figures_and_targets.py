"""What each side reached stands beside what was promised, in all three files."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from comity.issuing import cells
from comity.issuing.digest import Digest, digest_of, kept
from comity.issuing.formats import Format
from comity.issuing.writers import written
from comity.programmes.models import Measure
from tests.issuing.world import digest_of as report_on
from tests.issuing.world import done
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp() -> World:
    """A camp for 400 children: one side says that 399 came, the other that 12 did."""
    world = two_sides(start=date(2018, 1, 1), end=date(2019, 12, 31))
    Measure.objects.update(expected_result="400 children")
    for side, figure in (("BY", 399), ("RU", 12)):
        world.accepted(side, replace(done(date(2018, 5, 20), "It was held."), figure=figure))
    return world


def told(digest: Digest) -> list[str]:
    (row,) = digest.rows
    return [line.whole for side in digest.sides for line in cells.did(digest, row, side.country)]


def test_both_figures_stand_beside_the_target(camp: World) -> None:
    digest = report_on(camp.programme)
    (row,) = digest.rows
    assert (row.target, row.unit) == (Decimal(400), "children")
    assert [line for line in told(digest) if "reached" in line] == [
        "Figure reached: 399 of 400 (children); below the target",
        "Figure reached: 12 of 400 (children); below the target",
    ]
    assert [line.whole for line in cells.state(digest, row)] == [
        "done on 20\u00a0May 2018", "below the target",
    ]  # fmt: skip
    assert "Measures for which a side reports less than the target: 1." in digest.summary
    assert digest_of(kept(digest)) == digest


def test_a_target_that_was_reached_is_marked_by_nothing(camp: World) -> None:
    Measure.objects.update(expected_result="at least 12 children")
    digest = report_on(camp.programme)
    assert [line for line in told(digest) if "reached" in line] == [
        "Figure reached: 399 of 12 (children)", "Figure reached: 12 of 12 (children)",
    ]  # fmt: skip
    assert not [one for one in digest.summary if "target" in one]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Figure reached: 399% of 15.5%"),
        ("ru", "Достигнуто: 399\u00a0% из 15,5\u00a0%"),
        ("be", "Дасягнута: 399\u00a0% з\u00a015,5\u00a0%"),
    ],
)
def test_shares_are_told_as_shares(camp: World, language: str, line: str) -> None:
    Measure.objects.update(expected_result="15.5%")
    with translation.override(language):
        assert line in told(report_on(camp.programme, language=language))


def test_where_nothing_was_promised_the_figure_stands_alone(camp: World) -> None:
    Measure.objects.update(expected_result="Friendship")
    digest = report_on(camp.programme)
    assert [line for line in told(digest) if "reached" in line] == [
        "Figure reached: 399", "Figure reached: 12",
    ]  # fmt: skip


def test_in_excel_target_and_figures_are_numbers_in_columns_of_their_own(camp: World) -> None:
    content = written(report_on(camp.programme), Format.XLSX)
    head, line = load_workbook(io.BytesIO(content))["Measures"].iter_rows(values_only=True)
    shown: dict[str, Any] = dict(zip(head, line, strict=True))
    names = ("Target", "Unit", "Country BY: figure reached", "Country RU: figure reached")
    assert [shown[name] for name in names] == [400, "children", 399, 12]
    assert shown["Below the target"] == "Country BY, Country RU"


def test_the_word_and_the_pdf_file_tell_them_too(camp: World) -> None:
    digest = report_on(camp.programme)
    document = Document(io.BytesIO(written(digest, Format.DOCX)))
    paper = "\n".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    with pdfplumber.open(io.BytesIO(written(digest, Format.PDF))) as made:
        printed = " ".join(word["text"] for page in made.pages for word in page.extract_words())
    for figure in ("399", "12"):
        assert f"Figure reached: {figure} of 400 (children); below the target" in paper
        assert f"{figure} of 400" in printed.replace("\u00a0", " ")


def test_a_report_issued_before_targets_were_told_comes_out_as_it_was(camp: World) -> None:
    before: dict[str, Any] = kept(report_on(camp.programme))
    for name in ("target", "unit", "reached_of", "reached_share", "below_target"):
        del before["words"][name]
    for row in before["rows"]:
        del row["target"], row["unit"]
    digest = digest_of(before)
    assert "Figure reached: 399" in told(digest)
    content = written(digest, Format.XLSX)
    head, line = load_workbook(io.BytesIO(content))["Measures"].iter_rows(values_only=True)
    assert len(head) == len(line)
    assert not {"Target", "Unit", "Below the target"} & set(head)
