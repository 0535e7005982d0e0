"""Excel workbooks, through their XML: the values Excel stored, never a formula computed."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from lxml import etree

from comity.intake.reading.counts import count
from comity.intake.reading.grid import Cell, Document, Table
from comity.intake.reading.messages import ReadingWarning, Refused
from comity.intake.reading.package import (
    BoundedStream,
    Package,
    main_part,
    refuse_declared,
    relationships,
)
from comity.intake.reading.text import clean
from comity.intake.reading.xlsx_formats import Formats, S, shown

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_WARNINGS = 50
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})\Z")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, both from 0, of a reference such as "C7"."""
    match = REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)) - 1, column - 1


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.package = package
        main = main_part(package, "xl/workbook.xml")
        self.related = relationships(package, main)
        parts = {kind: target for kind, target in self.related.values() if target in package}
        root = package.xml(main)
        properties = root.find(S + "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.formats = Formats(package.xml(parts["styles"]) if "styles" in parts else None)
        self.strings = self._strings(parts.get("sharedStrings"))
        self.document = Document()
        self.rows = 0
        for sheet in root.iter(S + "sheet"):
            target = self.related.get(sheet.get(RELATION, ""), ("", ""))
            if target[0] == "worksheet" and target[1] in package:
                self.document.blocks.append(self.sheet(target[1], sheet.get("name", "")))

    def _strings(self, part: str | None) -> list[str]:
        if part is None:
            return []
        return [_string(item) for item in self.package.xml(part).iter(S + "si")]

    def sheet(self, part: str, name: str) -> Table:
        rows: list[list[Cell]] = []
        merged: list[str] = []
        for element in _elements(self.package.stream(part)):
            if element.tag == S + "mergeCell":
                merged.append(element.get("ref", ""))
                continue
            at = count(element.get("r"), len(rows) + 1, most=100 * MAX_ROWS) - 1
            cells = self._row(element, at)
            element.clear()
            if not cells:
                continue
            self.rows += 1
            if self.rows > MAX_ROWS or at >= 50 * MAX_ROWS:
                raise Refused("too_many_rows", limit=MAX_ROWS)
            rows.append(cells)
        return Table(_without_gaps(rows, merged), label=name)

    def _row(self, element: etree._Element, at: int) -> list[Cell]:
        cells: list[Cell] = []
        column = -1
        for child in element:
            place = place_of(child.get("r", ""))
            column = place[1] if place else column + 1
            if column >= MAX_COLUMNS:
                break
            cell = self._cell(child, at, column)
            if cell is not None:
                cells.append(cell)
        return cells

    def _cell(self, element: etree._Element, at: int, column: int) -> Cell | None:
        kind = element.get("t", "n")
        style = count(element.get("s"), 0, least=0)
        cell = Cell("", at, column, bold=self.formats.bold(style))
        value = element.findtext(S + "v")
        if kind == "inlineStr":
            inline = element.find(S + "is")
            cell.text = _string(inline) if inline is not None else ""
        elif not value:
            cell.text = self._unvalued(element)
        elif kind == "s":
            cell.text = self._shared(value)
        elif kind in ("str", "d"):
            cell.text = _unescaped(value)
        elif kind == "b":
            cell.text = "1" if value == "1" else "0"
        elif kind == "e":
            cell.text = value
            self._warn("cell_error", cell=element.get("r", ""), error=value)
        else:
            self._number(cell, value, self.formats.code(style))
        return cell if cell.text else None

    def _number(self, cell: Cell, value: str, code: str) -> None:
        try:
            cell.text, cell.day = shown(float(value), code, self.from_1904)
        except (ValueError, OverflowError):
            cell.text = value

    def _shared(self, value: str) -> str:
        place = count(value, len(self.strings), least=0, most=len(self.strings))
        return self.strings[place] if place < len(self.strings) else ""

    def _unvalued(self, element: etree._Element) -> str:
        formula = element.findtext(S + "f")
        stored_empty = element.get("t") == "str" and element.find(S + "v") is not None
        if not formula or stored_empty:
            return ""
        self._warn("formula_without_value", cell=element.get("r", ""))
        return f"={formula}"

    def _warn(self, code: str, **params: object) -> None:
        if len(self.document.warnings) < MAX_WARNINGS:
            self.document.warnings.append(ReadingWarning(code, dict(params)))


def _elements(stream: BoundedStream) -> Iterator[etree._Element]:
    """The rows and merged ranges of a sheet, one at a time."""
    events = etree.iterparse(
        stream, tag=(S + "row", S + "mergeCell"), resolve_entities=False,
        no_network=True, huge_tree=False, load_dtd=False,
    )  # fmt: skip
    try:
        for at, (_, element) in enumerate(events):
            if at == 0:
                refuse_declared(element)
            yield element
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def _string(item: etree._Element) -> str:
    """The text of a string with its runs, without phonetic hints."""
    pieces: list[str] = []
    for child in item:
        if child.tag == S + "t":
            pieces.append(child.text or "")
        elif child.tag == S + "r":
            pieces.append(child.findtext(S + "t") or "")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    return clean(text)


def _without_gaps(rows: list[list[Cell]], merged: list[str]) -> list[list[Cell]]:
    """Rows numbered one after another (one empty row kept for a gap), merged ranges spread."""
    spans = {}
    for reference in merged:
        first, _, last = reference.partition(":")
        begin, end = place_of(first), place_of(last)
        if begin and end and begin[0] <= end[0] and begin[1] <= end[1]:
            spans[begin] = end
    packed: list[list[Cell]] = []
    new_row: dict[int, int] = {}
    previous = -1
    for cells in rows:
        at = cells[0].row
        if packed and at > previous + 1:
            packed.append([])
        new_row[at] = len(packed)
        previous = at
        packed.append(cells)
    _spread(packed, spans, new_row)
    return packed


def _spread(
    packed: list[list[Cell]],
    spans: dict[tuple[int, int], tuple[int, int]],
    new_row: dict[int, int],
) -> None:
    known = sorted(new_row)
    for at, cells in enumerate(packed):
        for cell in cells:
            end = spans.get((cell.row, cell.column))
            if end is not None:
                last = known[bisect_right(known, end[0]) - 1]
                cell.rowspan = new_row[last] - at + 1
                cell.colspan = min(end[1], MAX_COLUMNS) - cell.column + 1
    for at, cells in enumerate(packed):
        for cell in cells:
            cell.row = at


def read_xlsx(package: Package) -> Document:
    """The document of a workbook: one table per sheet, stored values as they are shown."""
    workbook = _Workbook(package)
    if any(name.endswith("vbaProject.bin") for name in package.names()):
        workbook.document.warnings.append(ReadingWarning("macros"))
    return workbook.document
