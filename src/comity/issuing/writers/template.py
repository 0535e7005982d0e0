"""The standard Word template: what a report looks like where nobody brings a template of their own.

It is made, not kept, so that its fixed words are there in each language; a user takes it as it is
given out and changes it in Word.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from comity.issuing.typography import typeset
from comity.issuing.writers.tables import COLUMNS

#: The least that an official paper leaves free; A4 lying on its side.
WIDTH, HEIGHT, EDGE = Cm(29.7), Cm(21), Cm(1.6)
FONT = "Times New Roman"
#: The languages as Word names them, by which it spells and hyphenates.
TAGS = {"be": "be-BY", "ru": "ru-RU", "en": "en-GB"}
#: Sides with columns of their own; more of them are told in one column, each under its name.
MOST_COLUMNS = 3


def standard_template(words: Mapping[str, str], sides: int = 2) -> bytes:
    """The template with fixed words as in `phrases.fixed`, for so many sides."""
    return _made(tuple(words.items()), sides)


@lru_cache(maxsize=12)
def _made(words: tuple[tuple[str, str], ...], sides: int) -> bytes:
    from comity.issuing.writers.word import packed  # noqa: PLC0415  # it fills what is made here

    sheet = _Template(dict(words), sides if sides <= MOST_COLUMNS else 0)
    return packed(sheet.written())


class _Template:
    def __init__(self, words: Mapping[str, str], columns: int) -> None:
        self.words = {name: typeset(text) for name, text in words.items()}
        self.columns = columns
        self.document: Any = Document()

    def written(self) -> Any:
        self._set_page()
        self._title()
        self._facts()
        self._heading("summary")
        self._paragraph("{{summary}}")
        self._heading("chart")
        self._paragraph("{{chart}}", centred=True)
        self._heading("figures")
        self._figures()
        self._heading("measures")
        self._paragraph("{{measures_none}}")
        self._measures()
        self._heading("overdue")
        self._paragraph("{{overdue_none}}")
        self._overdue()
        self._heading("disputed")
        self._paragraph("{{disputed_none}}")
        self._disputed()
        self._heading("signatures")
        self._signatures()
        self._footer()
        return self.document

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.left_margin = section.right_margin = EDGE
        section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.5)
        for name, size in (("Normal", 11), ("Heading 1", 13), ("Heading 2", 12)):
            style = self.document.styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(kind), FONT)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(theme), None)
            style.paragraph_format.space_after = Pt(4)
            if name != "Normal":
                style.font.bold, style.font.color.rgb = True, None
                _drop_colour(style.element)
                style.paragraph_format.space_before = Pt(12)
                style.paragraph_format.keep_with_next = True
        for told in self.document.styles.element.iter(qn("w:lang")):
            told.set(qn("w:val"), TAGS[self.words["language"]])
        properties = self.document.core_properties
        properties.title, properties.author = self.words["report"], "Comity"
        properties.created = properties.modified = datetime(2026, 1, 1)  # any fixed day
        properties.comments, properties.revision = "", 1

    def _title(self) -> None:
        self._paragraph("{{report}}", centred=True, bold=True, size=15, capitals=True, after=0)
        self._paragraph("{{subject}}", centred=True, size=12, after=4)
        title = self.document.add_heading("{{programme}}", 1)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = Pt(0)
        title.paragraph_format.left_indent = title.paragraph_format.right_indent = Cm(2.5)
        self._paragraph("{{period}}", centred=True, bold=True, size=12, after=0)
        self._paragraph("{{number}}", centred=True, after=8)
        self._paragraph("{{example}}", centred=True, italic=True)

    def _facts(self) -> None:
        table = self.document.add_table(0, 2)
        table.autofit = False
        lines = [
            ("parties", "{{parties}}"), ("agreement", "{{agreement}}"),
            ("period", "{{period_days}}"), ("as_of", "{{as_of}}"), ("made_on", "{{made}}"),
        ]  # fmt: skip
        for label, value in lines:
            cells = table.add_row().cells
            _write(cells[0], f"{self.words[label]}:")
            _write(cells[1], value, bold=True)
        _set_widths(table, (5.5, 21))

    def _heading(self, word: str) -> None:
        self.document.add_heading(self.words[word], 2)

    def _figures(self) -> None:
        head = ["", *(self.words[word] for word, _name in COLUMNS)]
        cells = ["{{figure.name}}", *(f"{{{{figure.{name}}}}}" for _word, name in COLUMNS)]
        widths = (4.5, 2.6, *(2.15 for _column in COLUMNS[1:]))
        self._table(head, cells, widths, grouped=True, numbers_from=1, size=7.5, together=True)

    def _measures(self) -> None:
        words, shared = self.words, 10
        if self.columns > 1:
            did = [words["did_by"] % f"{{{{side{n + 1}}}}}" for n in range(self.columns)]
            cells = [f"{{{{row.did{n + 1}}}}}" for n in range(self.columns)]
        else:
            did, cells = [words["did"]], ["{{row.did}}"]
        self._table(
            [
                words["number"], words["measure"], words["deadline"], words["responsible"], *did,
                words["state"],
            ],
            [
                "{{row.number}}", "{{row.title_and_result}}", "{{row.deadline}}",
                "{{row.responsible}}", *cells, "{{row.state}}",
            ],
            (1.1, 5.2, 2.8, 3.9, *(shared / len(cells) for _cell in cells), 3.5),
            grouped=True,
        )  # fmt: skip

    def _overdue(self) -> None:
        words = self.words
        self._table(
            [
                words["number"], words["measure"], words["due_on"], words["days_late"],
                words["responsible"], words["reasons"],
            ],
            [
                "{{overdue.number}}", "{{overdue.title}}", "{{overdue.due_on}}",
                "{{overdue.days_late}}", "{{overdue.responsible}}", "{{overdue.reasons}}",
            ],
            (1.1, 7.6, 2.9, 1.9, 5.5, 7.5),
        )  # fmt: skip

    def _disputed(self) -> None:
        words = self.words
        if self.columns > 1:
            names = [f"{{{{side{n + 1}}}}}" for n in range(self.columns)]
            cells = [f"{{{{disputed.said{n + 1}}}}}" for n in range(self.columns)]
        else:
            names, cells = [words["did"]], ["{{disputed.said}}"]
        self._table(
            [words["number"], words["measure"], words["due_on"], *names],
            ["{{disputed.number}}", "{{disputed.title}}", "{{disputed.due_on}}", *cells],
            (1.1, 6.5, 2.9, *(16 / len(cells) for _cell in cells)),
        )

    def _signatures(self) -> None:
        labels = [f"({self.words[word]})" for word in ("post", "signature", "name", "date")]
        table = self.document.add_table(1, 5)
        table.autofit = False
        cells = table.rows[0].cells
        _write(cells[0], "{{signatory.side}}", bold=True)
        for cell, label in zip(cells[1:], labels, strict=True):
            _write(cell, "")
            line = cell.paragraphs[0]
            line.paragraph_format.space_before = Pt(26)
            _draw_below(line)
            note = cell.add_paragraph(label)
            note.alignment = WD_ALIGN_PARAGRAPH.CENTER
            note.runs[0].font.size = Pt(8)
        _set_widths(table, (7, 6.5, 3.5, 6, 3.5))
        _keep_whole(table.rows[0])

    def _footer(self) -> None:
        footer = self.document.sections[0].footer
        line = footer.paragraphs[0]
        line.style = self.document.styles["Normal"]
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH - 2 * EDGE, 2)
        line.add_run("{{report}} {{period}}, {{number}}\t" + self.words["page"] + "\u00a0")
        _add_field(line, "PAGE")
        line.add_run(" / ")
        _add_field(line, "NUMPAGES")
        for run in line.runs:
            run.font.size = Pt(8.5)

    def _paragraph(
        self, text: str, *, centred: bool = False, bold: bool = False, italic: bool = False,
        size: float | None = None, capitals: bool = False, after: float | None = None,
    ) -> None:  # fmt: skip
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        run.font.size = Pt(size) if size else None
        run.font.all_caps = capitals or None
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if after is not None:
            paragraph.paragraph_format.space_after = Pt(after)

    def _table(
        self, head: Sequence[str], cells: Sequence[str], widths: Sequence[float], *,
        grouped: bool = False, numbers_from: int | None = None, size: float = 9,
        together: bool = False,
    ) -> None:  # fmt: skip
        table = self.document.add_table(0, len(head), "Table Grid")
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        _set_margins(table)
        _fill(table.add_row(), head, bold=True, numbers_from=numbers_from, size=size)
        _repeat_on_each_page(table.rows[0])
        if grouped:
            row = table.add_row()
            merged = row.cells[0].merge(row.cells[-1])
            _write(merged, "{{section.title}}", bold=True, size=9.5)
            merged.paragraphs[0].paragraph_format.keep_with_next = True
            _shade(merged)
        _fill(table.add_row(), cells, numbers_from=numbers_from)
        _set_widths(table, widths)
        if together:
            for paragraph in table._tbl.iter(qn("w:p")):
                Paragraph(paragraph, table).paragraph_format.keep_with_next = True
        for row in table.rows:
            _keep_whole(row)


def _fill(
    row: Any,
    texts: Sequence[str],
    *,
    bold: bool = False,
    numbers_from: int | None = None,
    size: float = 9,
) -> None:
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, bold=bold, size=size)
        if numbers_from is not None and place >= numbers_from:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write(cell: Any, text: str, *, bold: bool = False, size: float | None = None) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size) if size else None
    paragraph.paragraph_format.space_after = Pt(2)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        place = 0
        for cell in row._tr.tc_lst:
            span = cell.grid_span
            cell.width = Cm(sum(widths[place : place + span]))
            place += span


def _set_margins(table: Any) -> None:
    """Cells with less room left and right than Word leaves by itself."""
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        room = OxmlElement(f"w:{edge}")
        room.set(qn("w:w"), "70")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")


def _repeat_on_each_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "F0F0F0")):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _draw_below(paragraph: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _add_field(paragraph: Any, name: str) -> None:
    for kind in ("begin", None, "separate", "", "end"):
        run = paragraph.add_run()
        if kind is None:
            told = OxmlElement("w:instrText")
            told.text = name
        elif kind:
            told = OxmlElement("w:fldChar")
            told.set(qn("w:fldCharType"), kind)
        else:
            run.text = "1"
            continue
        run._r.append(told)


def _drop_colour(style: Any) -> None:
    for colour in style.rPr.findall(qn("w:color")):
        style.rPr.remove(colour)
