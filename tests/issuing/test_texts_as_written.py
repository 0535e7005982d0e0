"""What people write comes through to all three formats as they wrote it, and is nothing else."""

import io
import re
from datetime import date
from typing import Any

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from comity.issuing.digest import Digest
from comity.issuing.formats import Format
from comity.issuing.writers import written
from comity.programmes.due import DueRule
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.actions import start_report, submit_report
from comity.reporting.content import Content
from tests.issuing.world import digest_of
from tests.programmes.rows import with_measures
from tests.reporting.world import two_sides

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]
PLACES = ("title", "section", "told", "difficulties", "expected_result", "body", "programme")


def digest_with(place: str, text: str) -> Digest:
    """Of a programme with a report, in which somebody wrote the text in one place."""
    said = {place: text}
    world = two_sides(
        title_en=said.get("programme", "Plan"), start=date(2018, 1, 1), end=date(2018, 12, 31)
    )
    named = said.get("body", "Plant")
    (measure,) = with_measures(
        NewMeasure(
            {"en": said.get("title", "Fair")},
            section=said.get("section", "Trade"),
            expected_result=said.get("expected_result", ""),
            due=DueRule("window", date(2018, 4, 1), date(2018, 5, 31)),
            bodies=tuple(NewBody(named, side, body.pk) for side, body in world.bodies.items()),
        ),
        programme=world.programme,
    )
    by = world.reporters["BY"]
    report = start_report(occurrence=measure.occurrences.get(), side="BY", by=by)
    content = Content(
        outcome="under_way",
        told=said.get("told", "Begun."),
        difficulties=said.get("difficulties", ""),
    )
    submit_report(report=report, expected_version=report.version, by=by, content=content)
    return digest_of(world.programme)


def files_of(digest: Digest) -> dict[str, str]:
    """All the text of each format, in one line."""
    document: Any = Document(io.BytesIO(written(digest, Format.DOCX)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    book = load_workbook(io.BytesIO(written(digest, Format.XLSX)))
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    with pdfplumber.open(io.BytesIO(written(digest, Format.PDF))) as made:
        pages = [page.extract_text() for page in made.pages]
    found = {Format.DOCX: texts, Format.XLSX: values, Format.PDF: pages}
    return {kind: re.sub(r"\s+", "", "".join(told)) for kind, told in found.items()}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["{{name}}", "{{chart}}", "{{ period }}"])
def test_double_braces_of_people_are_no_placeholders(place: str, text: str) -> None:
    plain = text.replace(" ", "")
    told = files_of(digest_with(place, text))
    assert {kind: plain in whole for kind, whole in told.items()} == dict.fromkeys(Format, True)


@pytest.mark.parametrize("place", PLACES)
def test_letters_that_no_file_can_hold_part_the_words_beside_them(place: str) -> None:
    digest = digest_with(place, "A\x07b\ufffec\x0bd\x1fe\x0cf")
    told = files_of(digest)
    assert {kind: "Abcdef" in whole for kind, whole in told.items()} == dict.fromkeys(Format, True)


def test_the_lines_of_a_text_stay_where_letters_are_left_out() -> None:
    digest = digest_with("told", "One\x07two\x0bthree\nfour")
    (answer,) = digest.rows[-1].days[0].answers
    assert answer.told == "One two\nthree\nfour"
