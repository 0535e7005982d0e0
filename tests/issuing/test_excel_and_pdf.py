import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import pdfplumber
import pytest
from openpyxl import load_workbook

from comity.issuing.digest import Digest
from comity.issuing.formats import Format
from comity.issuing.writers import pdf as pdf_writer
from comity.issuing.writers import written, written_with
from comity.issuing.writers.drawing import chart, drawn
from comity.issuing.writers.setting import made
from tests.issuing.world import LATE, a_programme_in_every_state, digest_of
from tests.programmes.rows import a_row, with_measures
from tests.reporting.world import two_sides

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]


@pytest.fixture
def digest() -> Digest:
    return digest_of(a_programme_in_every_state().programme, number=4)


def workbook(digest: Digest) -> Any:
    return load_workbook(io.BytesIO(written(digest, Format.XLSX)))


def lines(sheet: Any) -> list[dict[str, Any]]:
    heading, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in others]


# --- Excel


def test_days_are_days_and_numbers_are_numbers(digest: Digest) -> None:
    sheet = workbook(digest)["Measures"]
    told = lines(sheet)
    assert [line["Due on"] for line in told] == [
        datetime(2018, 5, 31), datetime(2018, 5, 31), datetime(2018, 5, 31),
        datetime(2018, 6, 30), datetime(2018, 5, 31),
    ]  # fmt: skip
    assert [line["Days late"] for line in told] == [None, 6, None, 0, 30]
    assert [line["Done on"] for line in told] == [
        datetime(2018, 5, 20), datetime(2018, 6, 6), datetime(2018, 5, 31), None, None,
    ]  # fmt: skip
    disputed = told[4]
    assert {name: value for name, value in disputed.items() if "Country" in name and value} == {
        "Responsible: Country BY": "Homiel plant",
        "Responsible: Country RU": "Bryansk plant",
        "Country BY: status as reported": "done",
        "Country BY: done on": datetime(2018, 5, 31),
        "Country BY: text": "Ten came.",
        "Country BY: figure reached": 10,
        "Country BY: accepted": "yes",
        "Country RU: status as reported": "not possible any more",
        "Country RU: text": "Nobody came.",
        "Country RU: accepted": "no",
    }
    assert disputed["Disputed"] == "yes"
    assert told[2]["Registered by the coordinator"] == "Seen in print."


def test_it_can_be_sorted_and_filtered_with_the_heading_in_sight(digest: Digest) -> None:
    made = workbook(digest)
    assert made.sheetnames == ["Summary", "Measures", "Not done by the deadline"]
    for name in made.sheetnames[1:]:
        sheet = made[name]
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.freeze_panes == "D2"
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges


def test_a_text_is_never_a_formula(digest: Digest) -> None:
    made = workbook(digest)
    (cell,) = (cell for cell in made["Measures"]["C"] if cell.value == LATE)
    assert cell.data_type == "s"
    kinds = {cell.data_type for sheet in made for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}


def test_the_summary_has_the_figures_and_a_chart(digest: Digest) -> None:
    sheet = workbook(digest)["Summary"]
    found = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Total"]
    assert found == [("Total", 5, 5, 3, 2, 1, 2, 0, 0, 1, 0)]
    (chart,) = sheet._charts
    assert chart.grouping == "stacked"
    assert len(chart.series) == 5
    texts = [cell.value for cell in sheet["A"] if cell.value]
    assert "for the second quarter of 2018, No.\u00a04 of 10\u00a0July 2018" in texts
    assert texts[-4:] == [
        "Region BY-HO (Country BY)", "post", "Region RU-BRY (Country RU)", "post",
    ]  # fmt: skip


def test_nothing_to_tell_makes_a_workbook_all_the_same() -> None:
    made = workbook(digest_of(two_sides().programme, "2017Q1"))
    assert made.sheetnames == ["Summary", "Measures"]
    assert made["Summary"]._charts == []


# --- PDF


def pdf(digest: Digest) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(written(digest, Format.PDF)))


def test_the_pdf_is_tagged_in_its_language_and_says_what_it_is(digest: Digest) -> None:
    with pdf(digest) as made:
        root = made.doc.catalog
        assert root["MarkInfo"]["Marked"] is True
        assert root["Lang"] in (b"en", "en")
        kinds = {element["type"] for element in _elements(made.structure_tree)}
        assert {"H1", "H2", "Table", "TR", "TH", "TD", "Figure"} <= kinds
        assert made.metadata["Title"].startswith("Report on the implementation of the programme")
        assert made.metadata["CreationDate"] == "D:20180710000000Z"


def test_the_pdf_is_searchable_and_lies_on_its_side(digest: Digest) -> None:
    with pdf(digest) as made:
        told = "\n".join(page.extract_text() for page in made.pages)
        assert {(round(page.width), round(page.height)) for page in made.pages} == {(842, 595)}
    for text in (
        "“Plan of ‘Homiel’ and Bryansk”", "Гомелі.", "Брянске.", "Seen in print.", "High water.",
        "Report for the second quarter of 2018, No. 4 of 10 July 2018", "30 days late",
        "Signatures",
    ):  # fmt: skip
        assert text in told.replace("\u00a0", " ")


@pytest.mark.parametrize("language", ["be", "ru"])
def test_letters_of_all_three_languages_are_drawn(language: str) -> None:
    digest = digest_of(a_programme_in_every_state().programme, language=language)
    with pdf(digest) as made:
        told = "".join(page.extract_text() for page in made.pages)
        fonts = {char["fontname"].split("+")[-1] for page in made.pages for char in page.chars}
    assert {"be": "СПРАВАЗДАЧА", "ru": "ОТЧЁТ"}[language] in told
    assert {"be": "тэрмін не надышоў", "ru": "Гомелі"}[language] in told.replace("\n", " ")
    assert {name.split("-")[0] for name in fonts} == {"LibertinusSerif"}


def test_a_heading_of_the_table_stands_on_each_page() -> None:
    world = two_sides()
    with_measures(
        *(a_row(f"Measure {n}", due=world.measure.due) for n in range(120)),
        programme=world.programme,
    )
    with pdf(digest_of(world.programme)) as made:
        pages = [page.extract_text() for page in made.pages]
    assert len(pages) > 8
    assert {text.split("\n")[0][:11] for text in pages[1:-1]} == {"No. Measure"}


# --- both


@pytest.mark.parametrize("kind", [Format.XLSX, Format.PDF])
def test_the_same_digest_gives_the_same_bytes(digest: Digest, kind: str) -> None:
    assert written(digest, kind) == written(digest, kind)


def test_the_libraries_that_write_are_named() -> None:
    assert written_with(Format.PDF).startswith("typst 0.15")
    assert written_with(Format.DOCX).startswith("python-docx 1.")


def _elements(elements: list[dict[str, Any]]) -> Any:
    for element in elements:
        yield element
        yield from _elements(element.get("children", []))


def test_letters_that_no_font_has_are_left_out_and_nothing_else(digest: Digest) -> None:
    strange = replace(digest, programme="Plan 🎉 漢字 and fair")
    for kind in Format:
        assert written(strange, kind) == written(strange, kind)
    with pdf(strange) as made:
        assert "and fair" in made.pages[0].extract_text()


def test_what_typst_cannot_set_is_told(digest: Digest) -> None:
    with pytest.raises(RuntimeError, match="typst: Traceback"):
        drawn("nowhere.typ", {}, format="pdf", moment="2018-07-10T00:00:00+00:00")


def test_the_process_of_its_own_makes_pictures_and_pdfs(digest: Digest) -> None:
    told = chart(digest)
    picture = {"source": "picture.typ", "told": told, "format": "png", "ppi": 72}
    assert made(picture).startswith(b"\x89PNG")
    assert drawn(picture["source"], told, format="png", ppi=72) == made(picture)


def test_a_letter_without_a_font_costs_the_standard_alone(digest: Digest) -> None:
    strange = replace(digest, programme="Plan \U0001f389")
    asked = {"source": "paper.typ", "format": "pdf", "moment": "2018-07-10T00:00:00+00:00"}
    marks = [
        b"pdfuaid:part" in made({**asked, "told": pdf_writer._told(one)})
        for one in (digest, strange)
    ]
    assert marks == [True, False]
