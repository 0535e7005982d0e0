"""Programmes of measures as documents, from the seeded register: Word, Excel, text and pages."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from benchmarks.generated import GeneratedMeasure, Size, programmes

TITLE = (
    "ПРОГРАММА МЕРОПРИЯТИЙ",
    "по реализации Соглашения между Правительством Республики Беларусь и Правительством "
    "Брянской области Российской Федерации",
    "на 2021–2025 годы",
)
HEADINGS = (
    "№ п/п", "Наименование мероприятия", "Срок исполнения", "Исполнители от Республики Беларусь",
    "Исполнители от Российской Федерации", "Объём финансирования, тыс. рос. руб.",
    "Ожидаемый результат",
)  # fmt: skip
WIDTH = len(HEADINGS)
IN_SECTION = 20
DUES = (
    "{q} квартал {y} г.", "{q} квартал {y} года", "до {d}.{m:02d}.{y}",
    "не позднее {d} {month} {y} г.", "ежегодно", "ежегодно, {q} квартал", "ежеквартально",
    "постоянно", "{y} год", "{y}–2025 годы",
    "{d} {month} {y} г.", "{d}.{m:02d}.{y}", "{h} полугодие {y} г.", "по отдельному графику",
    "в течение {y} года", "до конца {y} года", "{month} {y} г.", "{m:02d}.{y}",
)  # fmt: skip
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
KINDS = (
    "Министерство {of}", "Департамент {of}", "Комитет {of}", "Управление {of}", "ОАО «Завод {of}»",
    "РУП «Центр {of}»", "Администрация {of}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the programme: a section's heading or a measure's cells."""

    section: str = ""
    cells: tuple[str, ...] = ()
    #: The bodies stand in a cell that is merged with the one above.
    merged: bool = False


def rows(count: int, seed: int = 1) -> Iterator[Row]:
    """A programme of `count` measures, a section every twenty."""
    random = Random(f"documents {seed}")
    place = 0
    for programme in programmes(Size.of(count), seed):
        for measure in programme.measures:
            if place % IN_SECTION == 0:
                yield Row(section=f"{place // IN_SECTION + 1}. {measure.section}")
            merged = place % IN_SECTION > 0 and random.random() < 0.1
            yield Row(cells=_cells(random, measure), merged=merged)
            place += 1


def _cells(random: Random, measure: GeneratedMeasure) -> tuple[str, ...]:
    month = random.randint(1, 12)
    due = random.choice(DUES).format(
        q=random.choice(("I", "II", "III", "IV")), y=random.randint(2021, 2025), m=month,
        d=random.randint(10, 28), month=MONTHS[month - 1], h=random.choice(("I", "II")),
    )  # fmt: skip
    money = random.choice(
        (measure.funding_text, f"{random.randint(10, 9000)},5", "собственные средства", "–", "")
    )
    sides = [[random.choice(KINDS).format(of=_of(text)) for text, _ in measure.bodies[at::2]]
             for at in (0, 1)]  # fmt: skip
    return (
        "", measure.title, due, random.choice((";\n", ",\n", "; ")).join(sides[0]),
        "\n".join(sides[1]), money, measure.expected_result,
    )  # fmt: skip


def _of(text: str) -> str:
    return text.partition(" ")[2].replace(" ", "-") or text


# ── Word ────────────────────────────────────────────────────────────────────────────────────

WORD_XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WORD_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{WORD_TYPE}.numbering+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
    ),
    "word/numbering.xml": (
        f'<w:numbering {WORD_XMLNS}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ),
}
SPAN = f'<w:gridSpan w:val="{WIDTH}"/>'
FONT = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:b w:val="0"/>'
    '<w:sz w:val="22"/></w:rPr>'
)
BOLD = "<w:rPr><w:b/></w:rPr>"
NUMBERED = (
    '<w:tc><w:tcPr><w:tcW w:w="700" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:numPr>'
    '<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc>'
)


def word(count: int, seed: int = 1, *, formatted: bool = False) -> bytes:
    """A Word file whose measures Word numbers itself; sections over the width, merged bodies.

    `formatted` gives each run a font and its size, as Word and most programs write them.
    """
    body = [f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(line, BOLD)}</w:p>' for line in TITLE]
    body.append("<w:tbl><w:tblPr/><w:tr>")
    body += [_word_cell(text, bold=True) for text in HEADINGS]
    body.append("</w:tr>")
    listed = list(rows(count, seed))
    for at, row in enumerate(listed):
        following = listed[at + 1 : at + 2]
        body.append(_word_row(row, any(other.merged for other in following)))
    body.append("</w:tbl>")
    if formatted:
        body = [text.replace("<w:r><w:t>", f"<w:r>{FONT}<w:t>") for text in body]
    document = f"<w:document {WORD_XMLNS}><w:body>{''.join(body)}</w:body></w:document>"
    return _zipped(WORD_PARTS | {"word/document.xml": document})


def _word_row(row: Row, opens: bool) -> str:
    if row.section:
        return f"<w:tr>{_word_cell(row.section, SPAN, bold=True)}</w:tr>"
    cells = [_word_cell(text) for text in row.cells]
    cells[0] = NUMBERED
    if row.merged:
        cells[3] = _word_cell("", "<w:vMerge/>")
    elif opens:
        cells[3] = _word_cell(row.cells[3], '<w:vMerge w:val="restart"/>')
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _word_cell(text: str, properties: str = "", *, bold: bool = False) -> str:
    paragraphs = "".join(
        f"<w:p>{_run(line, BOLD if bold else '')}</w:p>" for line in text.split("\n")
    )
    width = '<w:tcW w:w="2200" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{properties}</w:tcPr>{paragraphs}</w:tc>"


def _run(text: str, properties: str) -> str:
    return f"<w:r>{properties}<w:t>{escape(text)}</w:t></w:r>" if text else ""


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return target.getvalue()


# ── other formats ───────────────────────────────────────────────────────────────────────────


def lines(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """The same programme as plain rows of a sheet: title, header, sections, numbered measures."""
    for text in TITLE:
        yield (text,)
    yield HEADINGS
    number = 0
    for row in rows(count, seed):
        if row.section:
            yield (row.section,)
            continue
        number += 1
        yield (str(number), *row.cells[1:])


def comma_separated(count: int, seed: int = 1) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(
        (*line, *[""] * (WIDTH - len(line))) for line in lines(count, seed)
    )
    return target.getvalue().encode()


def excel(count: int, seed: int = 1) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Программа")
        for at, line in enumerate(lines(count, seed)):
            if len(line) == 1:
                sheet.merge_range(at, 0, at, WIDTH - 1, line[0])
            else:
                sheet.write_row(at, 0, line)
    return target.getvalue()


def page(count: int, seed: int = 1) -> bytes:
    """An HTML page."""
    body = [f"<h1>{' '.join(TITLE)}</h1><table><tr>"]
    body += [f"<th>{heading}</th>" for heading in HEADINGS]
    body.append("</tr>")
    for line in list(lines(count, seed))[len(TITLE) + 1 :]:
        if len(line) == 1:
            body.append(f'<tr><td colspan="{WIDTH}">{escape(line[0])}</td></tr>')
        else:
            cells = (escape(text).replace("\n", "<br>") for text in line)
            body.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    whole = f"<!DOCTYPE html><html><body>{''.join(body)}</table></body></html>"
    return whole.encode()


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def open_document(count: int, seed: int = 1) -> bytes:
    """A text of LibreOffice."""
    body = [f"<text:p>{escape(line)}</text:p>" for line in TITLE]
    body.append(f'<table:table><table:table-column table:number-columns-repeated="{WIDTH}"/>')
    for line in list(lines(count, seed))[len(TITLE) :]:
        span = f' table:number-columns-spanned="{WIDTH}"' if len(line) == 1 else ""
        cells = (
            f"<table:table-cell{span}>"
            + "".join(f"<text:p>{escape(part)}</text:p>" for part in text.split("\n"))
            + "</table:table-cell>"
            for text in line
        )
        body.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    content = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" '
        f'xmlns:table="{ODF}:table:1.0"><office:body><office:text>{"".join(body)}</table:table>'
        "</office:text></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", ODT_TYPE)
        package.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return target.getvalue()
