"""The Word file, read back; the standard template and one of an office's own."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from comity.issuing.digest import Digest
from comity.issuing.formats import Format
from comity.issuing.phrases import fixed
from comity.issuing.writers import written
from comity.issuing.writers.template import standard_template
from comity.issuing.writers.word import warnings
from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.reporting.actions import start_news, start_report, submit_report
from comity.reporting.content import Content
from comity.reporting.models import Report
from tests.factories import a_country, a_programme, a_region, an_agreement
from tests.issuing.world import BY, BY_HAND, a_programme_in_every_state, digest_of, done
from tests.programmes.rows import a_row, with_measures
from tests.reporting.world import two_sides

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]


def opened(digest: Digest, template: bytes | None = None) -> Any:
    return Document(io.BytesIO(written(digest, Format.DOCX, template)))


def template_of(*paragraphs: str, row: Sequence[str] = ()) -> bytes:
    """A template with these paragraphs, and a table with one row."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if row:
        table = document.add_table(1, len(row))
        for cell, text in zip(table.rows[0].cells, row, strict=True):
            cell.text = text
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_standard_template_tells_everything() -> None:
    document = opened(
        replace(digest_of(a_programme_in_every_state().programme, number=4), agreement="")
    )
    assert [text for text in texts(document) if text][:6] == [
        "Report",
        "on the implementation of the programme of measures",
        "“Plan of ‘Homiel’ and Bryansk”",
        "for the second quarter of 2018",
        "No.\u00a04 of 10\u00a0July 2018",
        "Summary",
    ]
    facts, figures, measures, overdue, disputed, signatures = document.tables
    assert cells(facts) == [
        ["Parties:", "Region BY-HO (Country BY)\u00a0— Region RU-BRY (Country RU)"],
        ["Reporting period:", "1\u00a0April 2018\u00a0– 30\u00a0June 2018"],
        ["As of:", "30\u00a0June 2018"],
    ]
    assert [row[0] for row in cells(figures)] == [
        "", "Total", "By side", "Country BY", "Country RU", "By section", "Trade", "Bridges",
    ]  # fmt: skip
    assert cells(figures)[1] == ["Total", "5", "5", "3", "2", "1", "2", "0", "0", "1", "0"]
    told = cells(measures)
    assert told[0] == [
        "No.", "Measure", "Deadline", "Responsible", "What was done: Country BY",
        "What was done: Country RU", "State",
    ]  # fmt: skip
    assert told[1] == [
        "", "Hold an exhibition", "May 2018",
        "Country BY: Homiel plant\nCountry RU: Bryansk plant",
        "Done 20\u00a0May 2018. Сделана ў\u00a0Гомелі.",
        "Done 20\u00a0May 2018. Сделано в\u00a0Брянске.",
        "done on 20\u00a0May 2018",
    ]  # fmt: skip
    assert told[2] == ["Trade"] * 7
    assert told[3][:2] == ["2", "=HYPERLINK(“x”) & <b>"]
    assert [row[1] for row in cells(overdue)[1:]] == ["Exchange teachers", "Open a bridge"]
    assert [row[5] for row in cells(overdue)[1:]] == [
        "Country BY: done 31\u00a0May 2018.\nCountry RU: not possible any more (not accepted yet).",
        "Country BY: High water.\nWhat would help: A ferry.",
    ]
    assert cells(disputed)[1][3:] == [
        "Done 31\u00a0May 2018. Ten came.\nFigure reached: 10",
        "Not possible any more (not accepted yet). Nobody came.",
    ]
    assert [row[0] for row in cells(signatures)] == [
        "Region BY-HO (Country BY)", "Region RU-BRY (Country RU)",
    ]  # fmt: skip
    assert "{{" not in document.element.xml
    assert "{{" not in document.sections[0].footer._element.xml


def test_what_a_coordinator_registered_stands_across_the_sides() -> None:
    document = opened(digest_of(a_programme_in_every_state().programme))
    (row,) = (row for row in document.tables[2].rows if row.cells[1].text == BY_HAND)
    assert len(row._tr.tc_lst) == 6
    assert row.cells[4].text == row.cells[5].text == "Registered by the coordinator: Seen in print."


def test_the_heading_of_a_table_is_repeated_and_the_page_lies_on_its_side() -> None:
    document = opened(digest_of(a_programme_in_every_state().programme))
    for table in document.tables[1:5]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


def test_the_chart_is_a_picture_that_says_in_words_what_it_shows() -> None:
    document = opened(digest_of(a_programme_in_every_state().programme))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == (
        "Deadlines of the period by status. Trade: done in time 1, done late 1; "
        "Bridges: not done by the deadline 2."
    )


def test_where_there_is_nothing_the_report_says_so() -> None:
    document = opened(digest_of(two_sides().programme, "2017Q1"))
    told = texts(document)
    assert "No measure had a deadline in this period." in told
    assert "Nothing is overdue." in told
    assert "There are no differences." in told
    assert len(document.tables) == 3  # facts, figures and signatures
    assert len(document.inline_shapes) == 0


def test_the_properties_of_the_file_tell_of_the_report_alone() -> None:
    told = opened(digest_of(a_programme_in_every_state().programme, "2018")).core_properties
    assert told.title == (
        "Report on the implementation of the programme of measures “Plan of ‘Homiel’ and Bryansk” "
        "for the year 2018"
    )
    assert (told.created, told.modified) == (told.created, told.created)
    assert told.created.replace(tzinfo=None) == datetime(2018, 7, 10)
    assert (told.author, told.last_modified_by, told.language) == ("", "", "en")


def test_the_same_digest_gives_the_same_bytes() -> None:
    digest = digest_of(a_programme_in_every_state().programme)
    first = written(digest, Format.DOCX)
    assert written(digest, Format.DOCX) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- a template of one's own


def test_an_office_puts_the_placeholders_where_it_wants_them() -> None:
    template = template_of(
        "For {{ period }} ({{number}})",
        "{{agreement}}",
        row=("{{row.number}}.", "{{row.title}}", "{{row.did}}"),
    )
    digest = replace(digest_of(a_programme_in_every_state().programme), agreement="")
    document = opened(digest, template)
    assert texts(document) == ["For for the second quarter of 2018 (draft, not issued)"]
    told = cells(document.tables[0])
    assert [row[0] for row in told] == [".", "2.", ".", ".", "."]
    assert told[3][2] == (
        "Country BY.\nUnder way (not accepted yet). The river is high.\n"
        "Difficulties: High water.\nWhat would help: A ferry."
    )


def test_a_placeholder_is_found_whatever_runs_word_cut_it_into() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece, bold in (
        ("On {{per", True),
        ("iod", False),
        ("}} and ", False),
        ("{{number}}!", True),
    ):
        paragraph.add_run(piece).bold = bold
    kept = io.BytesIO()
    document.save(kept)
    (told,) = opened(digest_of(two_sides().programme), kept.getvalue()).paragraphs
    assert [(run.text, run.bold) for run in told.runs] == [
        ("On for the second quarter of 2018", True), ("", False), (" and ", False),
        ("draft, not issued!", True),
    ]  # fmt: skip


def test_placeholders_in_headers_are_filled() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{programme}}"
    kept = io.BytesIO()
    document.save(kept)
    made = opened(digest_of(two_sides(title_ru="План", language="ru").programme, language="ru"),
                  kept.getvalue())  # fmt: skip
    assert made.sections[0].header.paragraphs[0].text == "«План»"


@pytest.mark.parametrize("name", ["sum_total", "row.colour", "things.title", "Период"])
def test_an_unknown_placeholder_is_refused_by_its_name(name: str) -> None:
    template = template_of("x", row=(f"{{{{{name}}}}}",))
    digest = digest_of(a_programme_in_every_state().programme)
    with pytest.raises(ValidationError) as refused:
        written(digest, Format.DOCX, template)
    assert refused.value.messages == [f"The template has unknown placeholders: {{{{{name}}}}}."]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 torn", b"{\\rtf1}"])
def test_what_is_no_word_file_is_no_template(content: bytes) -> None:
    digest = digest_of(two_sides().programme)
    with pytest.raises(ValidationError, match="not a Word file"):
        written(digest, Format.DOCX, content or b"x")


def test_the_template_given_out_is_the_one_that_is_used() -> None:
    digest = digest_of(a_programme_in_every_state().programme, language="be")
    with translation.override("be"):
        given_out = standard_template(fixed())
    assert written(digest, Format.DOCX, given_out) == written(digest, Format.DOCX)


@pytest.mark.parametrize(("sides", "columns"), [(1, 6), (2, 7), (3, 8), (4, 6), (9, 6)])
def test_the_standard_template_has_a_column_for_each_of_a_few_sides(
    sides: int, columns: int
) -> None:
    document = Document(io.BytesIO(standard_template(fixed(), sides)))
    assert len(document.tables[2].columns) == columns


def test_three_hundred_measures_are_all_there() -> None:
    world = two_sides()
    with_measures(
        *(a_row(f"Measure {n}", due=world.measure.due, number=str(n)) for n in range(300)),
        programme=world.programme,
    )
    document = opened(digest_of(world.programme))
    assert [row[0] for row in cells(document.tables[2])[2:]] == [str(n) for n in range(300)]


def test_where_sides_told_of_some_days_what_was_registered_of_others_stands_with_its_state() -> (
    None
):
    world = two_sides(DueRule("recurring", date(2018, 4, 1), date(2018, 6, 30), "monthly"))
    april, may, _june = world.measure.occurrences.all()
    settle_occurrence(occurrence=april, done_on=date(2018, 4, 20), note="Seen.", by=BY)
    by = world.reporters["RU"]
    report = start_report(occurrence=may, side="RU", by=by)
    submit_report(
        report=report, expected_version=report.version, by=by,
        content=done(date(2018, 5, 7), "Held.\nTwice."),
    )  # fmt: skip
    row = cells(opened(digest_of(world.programme)).tables[2])[1]
    assert row[4:] == [
        "",
        "31\u00a0May 2018: done 7\u00a0May 2018 (not accepted yet). Held.\nTwice.",
        "30\u00a0April 2018: done on 20\u00a0April 2018\nRegistered by the coordinator: Seen.\n"
        "31\u00a0May 2018: 30\u00a0days late\n30\u00a0June 2018: not done by the deadline",
    ]


def test_a_row_stays_whole_unless_it_is_long() -> None:
    world = two_sides()
    world.accepted("BY", done(date(2018, 5, 7), "Long. " * 100))
    with_measures(a_row("Short", due=world.measure.due), programme=world.programme)
    _head, long, short = opened(digest_of(world.programme)).tables[2].rows
    kept = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (long, short)]
    assert kept == [False, True]


def test_money_news_and_what_is_not_possible_are_told() -> None:
    world = two_sides()
    gone = Content(
        outcome="impossible", told="The hall burnt down.", spent_amount=Decimal("1200.5"),
        spent_currency="BYN",
    )  # fmt: skip
    for side in ("BY", "RU"):
        world.accepted(side, gone)
    said_on = date(2018, 5, 7)
    news = start_news(measure=world.measure, side="RU", by=world.reporters["RU"])
    submit_report(
        report=news, expected_version=news.version, by=world.reporters["RU"],
        content=Content(outcome="under_way", told="A tent is looked for."),
    )  # fmt: skip
    Report.objects.update(first_submitted_on=said_on)
    world.measure.occurrences.update(done_on=said_on)
    digest = digest_of(world.programme)
    assert digest.total.impossible == 1
    assert [figures.impossible for figures in digest.by_side] == [1, 1]
    row = cells(opened(digest).tables[2])[1]
    assert row[4:] == [
        "Not possible any more. The hall burnt down.\nMoney spent: 1,200.50\u00a0BYN",
        "Not possible any more. The hall burnt down.\nMoney spent: 1,200.50\u00a0BYN\n"
        "news of 7\u00a0May 2018: under way (not accepted yet). A tent is looked for.",
        "not possible any more, as reported on 7\u00a0May 2018",
    ]
    sheet = load_workbook(io.BytesIO(written(digest, Format.XLSX)))["Measures"]
    head, *lines = sheet.iter_rows(values_only=True)
    state = head.index("State")
    assert [line[state] for line in lines] == ["not possible any more", "news of 07.05.2018"]


def test_a_country_that_is_a_side_itself_is_named_alone() -> None:
    programme = a_programme(an_agreement(a_country("BY"), a_region("RU-BRY")))
    assert digest_of(programme).parties == "Country BY — Region RU-BRY (Country RU)"


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_torn_word_file_is_no_template(part: str) -> None:
    torn = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template_of("{{period}}"))) as whole,
        zipfile.ZipFile(torn, "w") as target,
    ):
        for name in whole.namelist():
            target.writestr(name, b"<w:torn" if name == part else whole.read(name))
    digest = digest_of(two_sides().programme)
    with pytest.raises(ValidationError, match="not a Word file"):
        written(digest, Format.DOCX, torn.getvalue())


@pytest.mark.parametrize(("language", "tag"), [("be", "be-BY"), ("ru", "ru-RU"), ("en", "en-GB")])
def test_word_is_told_the_language_to_spell_in(language: str, tag: str) -> None:
    with translation.override(language):
        styles = Document(io.BytesIO(standard_template(fixed()))).styles.element
    assert {told.get(qn("w:val")) for told in styles.iter(qn("w:lang"))} == {tag}


def test_a_chart_has_no_place_in_a_header() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{chart}}"
    kept = io.BytesIO()
    document.save(kept)
    with pytest.raises(ValidationError, match="unknown placeholders"):
        written(digest_of(two_sides().programme), Format.DOCX, kept.getvalue())


def test_a_template_that_unpacks_to_too_much_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.issuing.writers.word.LARGEST", 10_000)
    with pytest.raises(ValidationError, match="not a Word file"):
        written(digest_of(two_sides().programme), Format.DOCX, template_of("{{period}}"))


@pytest.mark.parametrize(
    ("template", "lacking"),
    [
        (template_of("{{period}}"), True),
        (template_of("{{period}}", row=["{{overdue.title}}"]), True),
        (template_of("", row=["{{row.number}}", "{{row.title}}"]), False),
    ],
)
def test_a_template_without_a_row_of_the_measures_is_told_of(
    template: bytes, lacking: bool
) -> None:
    sentence = (
        "The template has no table row with placeholders of the measures, such as {{row.title}}: "
        "the Word file does not list them."
    )
    assert warnings(template) == ([sentence] if lacking else [])
    assert warnings(standard_template(fixed())) == []
