"""OpenDocument text files, through content.xml."""

import re
from collections.abc import Iterator

from lxml import etree

from comity.intake.reading.counts import count
from comity.intake.reading.grid import Cell, Document, Paragraph, Table
from comity.intake.reading.messages import Refused
from comity.intake.reading.numerals import numeral
from comity.intake.reading.package import Package
from comity.intake.reading.straight import straighten
from comity.intake.reading.text import clean

ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, STYLE, DRAW = (
    ODF % name for name in ("office", "text", "table", "style", "drawing")
)
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
P, H, LIST = TEXT + "p", TEXT + "h", TEXT + "list"
LEFT_OUT = frozenset(
    {TEXT + "tracked-changes", OFFICE + "annotation", TEXT + "note-citation", TEXT + "ruby-text"}
)
MAX_ROWS = 20_000
MAX_COLUMNS = 200


class _Lists:
    """The numbers of lists, counted as they come."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[str, dict[int, etree._Element]] = {}
        for root in roots:
            for style in root.iter(TEXT + "list-style"):
                self._styles[style.get(STYLE + "name", "")] = {
                    count(level.get(TEXT + "level")): level for level in style
                }
        self._counts: dict[tuple[str, int], int] = {}

    def begin(self, style: str) -> None:
        """A list begins anew; those within it go by the items that hold them."""
        for key in [key for key in self._counts if key[0] == style]:
            del self._counts[key]

    def next(self, style: str, depth: int, start: str | None) -> str:
        level = self._styles.get(style, {}).get(depth)
        if level is None or level.tag != TEXT + "list-level-style-number":
            return ""
        key = (style, depth)
        first = count(start or level.get(TEXT + "start-value"), least=0)
        self._counts[key] = first if start or key not in self._counts else self._counts[key] + 1
        for lower in [key for key in self._counts if key[0] == style and key[1] > depth]:
            del self._counts[lower]
        shown = count(level.get(TEXT + "display-levels"))
        places = range(max(1, depth - shown + 1), depth + 1)
        core = ".".join(
            numeral(self._counts.get((style, at), 1), self._format(style, at)) for at in places
        )
        prefix = level.get(STYLE + "num-prefix") or ""
        return f"{prefix}{core}{level.get(STYLE + 'num-suffix') or ''}".strip() if core else ""

    def _format(self, style: str, depth: int) -> str:
        level = self._styles.get(style, {}).get(depth)
        return level.get(STYLE + "num-format") or "" if level is not None else "1"


class _Odt:
    def __init__(self, package: Package) -> None:
        content = package.xml("content.xml")
        styles = package.optional_xml("styles.xml")
        roots = [root for root in (styles, content) if root is not None]
        self.lists = _Lists(roots)
        self.styles = {
            style.get(STYLE + "name", ""): style
            for root in roots
            for style in root.iter(STYLE + "style")
        }
        self._looks: dict[str, tuple[bool, str, str]] = {}
        self.notes: list[str] = []
        self.boxes: list[etree._Element] = []
        self.rows = 0
        body = content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise Refused("damaged")
        self.document = Document(list(self.blocks(body)))
        self.document.blocks += [Paragraph(text, aside=True) for text in self.notes]

    def look(self, name: str | None, depth: int = 0) -> tuple[bool, str, str]:
        """Bold, alignment and list of a style, inherited ones included."""
        if not name or depth > 20:
            return False, "", ""
        if name not in self._looks:
            style = self.styles.get(name)
            if style is None:
                return False, "", ""
            bold, aligned, numbered = self.look(style.get(STYLE + "parent-style-name"), depth + 1)
            for child in style:
                weight = child.get(FO + "font-weight")
                bold = weight not in ("normal", "400") if weight else bold
                aligned = child.get(FO + "text-align") or aligned
            self._looks[name] = (bold, aligned, style.get(STYLE + "list-style-name") or numbered)
        return self._looks[name]

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Paragraph | Table]:
        for element in parent:
            tag = element.tag
            if tag in (P, H):
                yield self.paragraph(element)
                for box in self._taken_boxes():
                    yield from self.blocks(box)
            elif tag == LIST:
                yield from self.listed(element, "", 1)
            elif tag == TABLE + "table":
                yield self.table(element)
            elif tag not in LEFT_OUT and isinstance(tag, str) and depth < 50:
                yield from self.blocks(element, depth + 1)

    def listed(
        self, element: etree._Element, style: str, depth: int
    ) -> Iterator[Paragraph | Table]:
        style = element.get(TEXT + "style-name") or style
        continues = element.get(TEXT + "continue-numbering") or element.get(TEXT + "continue-list")
        if depth == 1 and not continues:
            self.lists.begin(style)
        for item in element:
            number = ""
            if item.tag == TEXT + "list-item":
                start = item.get(TEXT + "start-value")
                holds_text = any(child.tag in (P, H) for child in item)
                number = self.lists.next(style, depth, start) if holds_text else ""
            for child in item:
                if child.tag in (P, H):
                    paragraph = self.paragraph(child)
                    paragraph.bullet = not number and item.tag == TEXT + "list-item"
                    paragraph.number, number = number, ""
                    paragraph.depth = depth - 1
                    yield paragraph
                elif child.tag == LIST and depth < 50:
                    yield from self.listed(child, style, depth + 1)

    def paragraph(self, element: etree._Element) -> Paragraph:
        pieces: list[str] = []
        weights = [0, 0]
        bold, aligned, _ = self.look(element.get(TEXT + "style-name"))
        self._gather(element, pieces, weights, bold)
        level = element.get(TEXT + "outline-level") if element.tag == H else None
        return Paragraph(
            clean(re.sub(r"[ \t\n]+", " ", "".join(pieces)).replace("\v", "\n")),
            level=count(level) if level else None,
            bold=weights[1] > 0 and weights[0] == 0,
            centred=aligned == "center",
            right=aligned in ("end", "right"),
        )

    def _gather(
        self, element: etree._Element, pieces: list[str], weights: list[int], bold: bool
    ) -> None:
        self._add(element.text, pieces, weights, bold)
        for child in element:
            tag = child.tag
            if tag == TEXT + "s" or tag == TEXT + "tab":
                pieces.append(" ")
            elif tag == TEXT + "line-break":
                pieces.append("\v")
            elif tag == TEXT + "note":
                self._keep_note(child)
            elif tag == DRAW + "text-box":
                self.boxes.append(child)
            elif tag not in LEFT_OUT and isinstance(tag, str):
                own = child.get(TEXT + "style-name") if tag == TEXT + "span" else None
                style = self.styles.get(own or "")
                self._gather(child, pieces, weights, bold if style is None else self.look(own)[0])
            self._add(child.tail, pieces, weights, bold)

    @staticmethod
    def _add(text: str | None, pieces: list[str], weights: list[int], bold: bool) -> None:
        if text:
            pieces.append(text)
            weights[1 if bold else 0] += len(text.strip())

    def _keep_note(self, note: etree._Element) -> None:
        body = note.find(TEXT + "note-body")
        if body is not None:
            text = clean(
                " ".join("".join(map(str, paragraph.itertext())) for paragraph in body.iter(P, H))
            )
            if text.strip():
                self.notes.append(text)

    def _taken_boxes(self) -> list[etree._Element]:
        boxes, self.boxes = self.boxes, []
        return boxes

    # ── tables ──────────────────────────────────────────────────────────────────────────────

    def table(self, element: etree._Element) -> Table:
        rows: list[list[Cell]] = []
        for row in _rows(element):
            times = count(row.get(TABLE + "number-rows-repeated"))
            cells = self._row(row, len(rows))
            if not any(cell.text.strip() for cell in cells):
                times = 1
            for _ in range(times):
                self.rows += 1
                if self.rows > MAX_ROWS:
                    raise Refused("too_many_rows", limit=MAX_ROWS)
                at = len(rows)
                rows.append(
                    [
                        Cell(cell.text, at, cell.column, cell.rowspan, cell.colspan, cell.bold)
                        for cell in cells
                    ]
                )
        straighten(rows, self._column_widths(element))
        return Table(rows)

    def _column_widths(self, table: etree._Element) -> list[float]:
        """Centimetres; none where the file does not say them."""
        widths: list[float] = []
        for column in table.iter(TABLE + "table-column"):
            style = self.styles.get(column.get(TABLE + "style-name", ""))
            width = 0.0
            for child in style if style is not None else ():
                width = _centimetres(child.get(STYLE + "column-width", "")) or width
            times = count(column.get(TABLE + "number-columns-repeated"), most=MAX_COLUMNS)
            widths += [width] * times
        return widths

    def _row(self, row: etree._Element, at: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for element in row:
            times = count(element.get(TABLE + "number-columns-repeated"), most=MAX_COLUMNS)
            if element.tag == TABLE + "table-cell":
                text, bold = self._cell_text(element)
                rowspan = count(element.get(TABLE + "number-rows-spanned"), most=MAX_ROWS)
                colspan = count(element.get(TABLE + "number-columns-spanned"), most=MAX_COLUMNS)
                for place in range(column, min(column + times, MAX_COLUMNS)):
                    cells.append(Cell(text, at, place, rowspan, colspan, bold))
            column += times
        return cells

    def _cell_text(self, element: etree._Element) -> tuple[str, bool]:
        lines: list[str] = []
        bolds: list[bool] = []
        for block in self.blocks(element):
            if isinstance(block, Table):
                lines += [" ".join(cell.text for cell in row) for row in block.rows]
            elif line := f"{block.number} {block.text}".strip():
                lines.append(line)
                if block.text.strip():
                    bolds.append(block.bold)
        return "\n".join(lines), bool(bolds) and all(bolds)


def _centimetres(length: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(cm|mm|in|pt)", length)
    if match is None:
        return 0.0
    return float(match.group(1)) * {"cm": 1, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}[match.group(2)]


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == TABLE + "table-row":
            yield child
        elif isinstance(child.tag, str) and child.tag.startswith(TABLE + "table-"):
            yield from _rows(child)


def read_odt(package: Package) -> Document:
    """The document of an OpenDocument text package, tracked deletions left out."""
    return _Odt(package).document
