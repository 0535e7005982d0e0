"""Good documents with one measure, to be spoiled."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.intake.reading import builders

HEAD = ("№", "Мероприятие", "Срок", "Исполнители")
ROW = ("1", "Провести выставку", "2018 год", "Минпром")

PACKAGE = builders.PACKAGE
RELATION = builders.RELATION
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = f'<Types xmlns="{PACKAGE}content-types">{{}}</Types>'
DOCX_TYPES = builders.TYPES
XLSX_TYPES = TYPES.format(
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
)


def word_table(*more: str) -> str:
    return builders.tbl(builders.tr(*HEAD), builders.tr(*ROW), *more)


def word_document(body: str, *, before: str = "") -> str:
    return f"{before}<w:document {builders.WORD}><w:body>{body}</w:body></w:document>"


def docx(
    path: Path, document: bytes | str, others: Mapping[str, bytes | str] | None = None
) -> Path:
    """A Word file with this main part; `others` add parts or stand in for usual ones."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": DOCX_TYPES,
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document,
    }
    return packed(path, {**parts, **(others or {})}.items())


def xlsx(
    path: Path,
    sheet: bytes | str,
    *,
    strings: Iterable[str] = (*HEAD, *ROW),
    others: Mapping[str, bytes | str] | None = None,
) -> Path:
    """An Excel file with one sheet; its cells name shared strings by their number."""
    items = "".join(f"<si><t>{text}</t></si>" for text in strings)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": XLSX_TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION[:-1]}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{items}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return packed(path, {**parts, **(others or {})}.items())


def sheet(rows: str, *, dimension: str = "A1:D2", after: str = "") -> str:
    return (
        f'<worksheet xmlns="{SHEET}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>'
        f"{after}</worksheet>"
    )


def sheet_row(number: int, *strings: int) -> str:
    cells = "".join(
        f'<c r="{"ABCDEFGH"[at]}{number}" t="s"><v>{string}</v></c>'
        for at, string in enumerate(strings)
    )
    return f'<row r="{number}">{cells}</row>'


TWO_ROWS = sheet_row(1, 0, 1, 2, 3) + sheet_row(2, 4, 5, 6, 7)


def odt_table(*more: str, attributes: str = "") -> str:
    rows = [odt_row(*HEAD), odt_row(*ROW, attributes=attributes), *more]
    return f"<table:table>{''.join(rows)}</table:table>"


def odt_row(*texts: str, attributes: str = "") -> str:
    cells = "".join(
        f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


def html_table(*more: str) -> str:
    return builders.table(HEAD, ROW) + "".join(more)


def csv_text() -> str:
    return ";".join(HEAD) + "\n" + ";".join(ROW) + "\n"


def relations(*links: tuple[str, str], external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    inside = "".join(
        f'<Relationship Id="r{at}" Type="{RELATION}{kind}" Target="{target}"{mode}/>'
        for at, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{PACKAGE}relationships">{inside}</Relationships>'


def packed(path: Path, parts: Iterable[tuple[str, bytes | str]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return path


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
