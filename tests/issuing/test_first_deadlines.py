"""Deadlines that were moved: reports tell of the one agreed first, and of what was due then."""

import io
from datetime import date
from typing import Any

import pdfplumber
import pytest
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from comity.issuing.digest import Digest, Later, digest_of, kept
from comity.issuing.formats import Format
from comity.issuing.gathering import Wanted, gather
from comity.issuing.periods import ReportPeriod
from comity.issuing.writers import written
from comity.lib import wording
from comity.lib.periods import Period
from comity.programmes.models import Programme
from tests.issuing.world import BY
from tests.programmes.past import a_programme_on_record, ago, amend, due, that_was, with_measures
from tests.programmes.rows import a_row

pytestmark = pytest.mark.django_db


def digest(programme: Programme, start: date, end: date) -> Digest:
    period = ReportPeriod("2026", Period(start, end))
    return gather(Wanted(programme, period, "en", reader=BY, today=timezone.localdate()))


@pytest.fixture
def moved() -> Digest:
    """A fair that was due fifteen days ago and is due in five; a market as it was agreed."""
    programme = a_programme_on_record()
    fair, _market = with_measures(
        a_row("Fair", due=due(15)), a_row("Market", due=due(-3)), programme=programme
    )
    amend(fair, due=due(-5))
    return digest(programme, ago(30), ago(-30))


def test_the_deadline_agreed_first_and_what_it_was_missed_by_are_told(moved: Digest) -> None:
    told = {row.title: (row.first_deadline, row.days_late_first) for row in moved.rows}
    assert told == {"Fair": (f"by {wording.day(ago(15))}", 15), "Market": ("", 0)}
    sentence = "Measures with a moved deadline, late against an earlier one: 1."
    assert sentence in moved.summary


def test_it_stands_in_all_three_files(moved: Digest) -> None:
    first = f"Agreed first: by {wording.day(ago(15))}; 15 days late against it"
    document = Document(io.BytesIO(written(moved, Format.DOCX)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [cell for cell in cells if first in cell.replace("\xa0", " ")]
    with pdfplumber.open(io.BytesIO(written(moved, Format.PDF))) as pdf:
        words = " ".join(word["text"] for page in pdf.pages for word in page.extract_words())
    assert "15 days late against it" in words.replace("\xa0", " ")
    sheet = load_workbook(io.BytesIO(written(moved, Format.XLSX)))["Measures"]
    head, *lines = sheet.iter_rows(values_only=True)
    columns = (
        head.index("Deadline agreed first"),
        head.index("Days late against the first deadline"),
    )
    shown = {line[2]: tuple(line[column] for column in columns) for line in lines}
    assert shown == {"Fair": (f"by {wording.day(ago(15))}", 15), "Market": (None, None)}


def test_those_agreed_between_are_told_too() -> None:
    (fair,) = with_measures(a_row("Fair", due=due(90)))
    that_was(200)
    amend(fair, due=due(50))
    that_was(80)
    amend(fair, due=due(-5))
    that_was(40)
    told = digest(fair.programme, ago(100), ago(-30))
    (row,) = told.rows
    assert (row.days_late_first, row.later_deadlines) == (
        90, (Later(f"by {wording.day(ago(50))}", 50),),
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(written(told, Format.XLSX)))["Measures"]
    head, line = sheet.iter_rows(values_only=True)
    then = f"Then agreed: by {wording.day(ago(50))}; 50 days late against it"
    assert line[head.index("Deadlines agreed after that")] == then
    document = Document(io.BytesIO(written(told, Format.DOCX)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [cell for cell in cells if then in cell.replace("\xa0", " ")]
    assert digest_of(kept(told)) == told


def test_a_report_issued_before_comes_out_as_it_was(moved: Digest) -> None:
    assert digest_of(kept(moved)) == moved
    before: dict[str, Any] = kept(moved)
    for row in before["rows"]:
        del row["first_deadline"], row["days_late_first"], row["later_deadlines"]
    for name in ("first_deadline", "days_late_first", "later_deadlines"):
        del before["words"][name]
    sheet = load_workbook(io.BytesIO(written(digest_of(before), Format.XLSX)))["Measures"]
    head = next(sheet.iter_rows(values_only=True))
    assert "Deadline agreed first" not in head
    assert head[head.index("Deadline") + 1] == "Due on"


def test_a_deadline_moved_after_the_period_was_due_in_it() -> None:
    programme = a_programme_on_record()
    (fair,) = with_measures(a_row("Fair", due=due(15)), programme=programme)
    that_was(40)
    amend(fair, due=due(-60))
    with_measures(a_row("Added", due=due(14)), programme=programme)
    that_was(5)
    over = digest(programme, ago(30), ago(11))
    assert [(row.title, [day.state for day in row.days]) for row in over.rows] == [
        ("Fair", ["overdue"])
    ]
    assert over.total.overdue == 1
    # what was put off is told of, with the day that was agreed first
    now = digest(programme, ago(30), ago(-1))
    assert [(row.title, [day.state for day in row.days]) for row in now.rows] == [
        ("Fair", ["open"]), ("Added", ["overdue"]),
    ]  # fmt: skip
    assert (now.rows[0].days_late_first, now.total.overdue) == (15, 1)
    later = digest(programme, ago(10), ago(-1))
    assert [row.title for row in later.rows] == ["Fair", "Added"]
