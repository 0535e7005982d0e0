"""Word files, through their XML: linear in the number of elements."""

from collections.abc import Iterator

from lxml import etree

from comity.intake.reading.counts import count
from comity.intake.reading.docx_plain import MC, SIGNS, M, PlainRow, plain_rows
from comity.intake.reading.docx_rows import (
    TCPR,
    TRPR,
    Line,
    column_widths,
    columns_before,
    merged_row,
    spans,
)
from comity.intake.reading.docx_styles import (
    Numbering,
    Style,
    Styles,
    W,
    child_of,
    is_on,
    value_of,
)
from comity.intake.reading.grid import Cell, Document, Paragraph, Table
from comity.intake.reading.messages import ReadingWarning, Refused
from comity.intake.reading.package import Package, main_part, relationships
from comity.intake.reading.straight import straighten
from comity.intake.reading.text import clean

MAX_ROWS = 20_000
P, TBL, TR, TC, R, T = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
PPR, RPR = W + "pPr", W + "rPr"
BLOCKS = frozenset({P, TBL, TR, TC})
TEXT_BOX = W + "txbxContent"
ALTERNATE = MC + "AlternateContent"
LEFT_OUT = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sdtPr",
        "sdtEndPr", "footnoteReference", "endnoteReference", "annotationRef",
        "commentReference", "tcPr", "trPr", "tblPr", "tblGrid", "sectPr", "fldChar",
    )
)  # fmt: skip
NOTE_PARTS = frozenset({"footnotes", "endnotes", "header", "footer"})


class _Word:
    """One Word file while it is being read."""

    def __init__(self, package: Package) -> None:
        main = main_part(package, "word/document.xml")
        related = relationships(package, main)
        parts = {kind: target for kind, target in related.values() if target in package}
        self.document = Document()
        self.styles = Styles(_related(package, parts, "styles"))
        self.numbering = Numbering(_related(package, parts, "numbering"), self.styles)
        self.rows = 0
        self.hidden: list[str] = []
        self.boxes: list[etree._Element] = []
        body = package.xml(main).find(W + "body")
        if body is None:
            raise Refused("damaged")
        self.document.blocks = list(self.blocks(body))
        self._asides(package, {target: kind for kind, target in related.values()})

    def _asides(self, package: Package, parts: dict[str, str]) -> None:
        seen: set[str] = set()
        for target, kind in sorted(parts.items()):
            if kind not in NOTE_PARTS or target not in package:
                continue
            root = package.xml(target)
            for paragraph in root.iter(P):
                text = self.plain(paragraph)
                if any(map(str.isalpha, text)) and text not in seen:
                    seen.add(text)
                    self.document.blocks.append(Paragraph(text, aside=True))
        for text in self.hidden:
            self.document.blocks.append(Paragraph(text, aside=True))
        if self.hidden:
            self.document.warnings.append(ReadingWarning("hidden_text"))

    # ── blocks ──────────────────────────────────────────────────────────────────────────────

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph | Table]:
        carried = ""
        for element in _children(parent):
            if element.tag == P:
                paragraph = self.paragraph(element)
                paragraph.text = carried + paragraph.text
                carried = ""
                if _mark_deleted(element):
                    carried = paragraph.text
                    paragraph = Paragraph("")
                yield paragraph
                yield from self._from_boxes()
            elif element.tag == TBL:
                yield from self.table(element)
        if carried:
            yield Paragraph(carried)

    def _from_boxes(self) -> Iterator[Paragraph | Table]:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def paragraph(self, element: etree._Element) -> Paragraph:
        properties = child_of(element, PPR)
        style = self.styles.style(value_of(properties, "pStyle"))
        text, bold = self._content(element, style)
        if properties is None and style.list_id is None:
            return Paragraph(text, "", style.level, 0, bold, *_alignment(style.centred))
        number, depth, listed = self._number(element, properties, style, text)
        outline = value_of(properties, "outlineLvl")
        level = count(outline, 99, least=0) + 1 if outline else style.level
        return Paragraph(
            text, number, level if level is not None and level < 10 else None, depth, bold,
            *_alignment(value_of(properties, "jc") or style.centred), bullet=listed and not number,
        )  # fmt: skip

    def _number(
        self, element: etree._Element, properties: etree._Element | None, style: Style, text: str
    ) -> tuple[str, int, bool]:
        own = child_of(properties, W + "numPr")
        list_id = value_of(own, "numId") or style.list_id
        if not list_id or list_id == "0":
            return "", 0, False
        empty = not text.strip()
        if empty and _mark_deleted(element):
            return "", 0, False
        place = count(value_of(own, "ilvl"), style.list_level or 0, least=0, most=8)
        if empty and next(element.iter(W + "del"), None) is not None:
            return "", place, False
        return self.numbering.next(list_id, place), place, True

    # ── text ────────────────────────────────────────────────────────────────────────────────

    def plain(self, element: etree._Element) -> str:
        """The text of a paragraph and of the text boxes in it."""
        style = self.styles.style(value_of(child_of(element, PPR), "pStyle"))
        text = self._content(element, style)[0]
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            text += "\n" + "\n".join(map(self.plain, box.iter(P)))
        return text

    def _content(self, element: etree._Element, style: Style) -> tuple[str, bool]:
        """The text of a paragraph, and whether all of it is bold."""
        pieces: list[str] = []
        weights = [0, 0]
        self._gather(element, pieces, weights, style.bold)
        return clean("".join(pieces)), weights[1] > 0 and weights[0] == 0

    def _gather(
        self, element: etree._Element, pieces: list[str], weights: list[int], bold: bool | None
    ) -> None:
        for child in element:
            tag = child.tag
            if tag == R:
                self._run(child, pieces, weights, bold)
            elif tag == ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._gather(chosen, pieces, weights, bold)
            elif tag == TEXT_BOX:
                self.boxes.append(child)
            elif tag == M + "t":
                pieces.append(child.text or "")
            elif tag not in LEFT_OUT and len(child):
                self._gather(child, pieces, weights, bold)

    def _run(
        self, run: etree._Element, pieces: list[str], weights: list[int], bold: bool | None
    ) -> None:
        properties = child_of(run, RPR)
        if properties is not None:
            if is_on(child_of(properties, W + "vanish")):
                self._keep_hidden(run)
                return
            bold = self._run_bold(properties, bold)
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text or ""
                pieces.append(text)
                weights[1 if bold else 0] += len(text.strip())
            elif tag in SIGNS:
                pieces.append(SIGNS[tag])
            elif tag == W + "sym":
                pieces.append(_symbol(child))
            elif tag not in LEFT_OUT and len(child):
                self._gather_one(child, pieces, weights, bold)

    def _gather_one(
        self, child: etree._Element, pieces: list[str], weights: list[int], bold: bool | None
    ) -> None:
        if child.tag == ALTERNATE:
            chosen = _chosen(child)
            if chosen is not None:
                self._gather(chosen, pieces, weights, bold)
        else:
            self._gather(child, pieces, weights, bold)

    def _run_bold(self, properties: etree._Element, bold: bool | None) -> bool | None:
        own = child_of(properties, W + "b")
        if own is not None:
            return is_on(own)
        named = value_of(properties, "rStyle")
        of_style = self.styles.style(named).bold if named else None
        return bold if of_style is None else of_style

    def _keep_hidden(self, run: etree._Element) -> None:
        text = clean("".join(piece.text or "" for piece in run.iter(T)))
        if text.strip():
            self.hidden.append(text)

    # ── tables ──────────────────────────────────────────────────────────────────────────────

    def table(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        rows: list[list[Cell]] = []
        open_cells: dict[int, Cell] = {}
        inner: list[Paragraph | Table] = []
        plain_rows_of = plain_rows(element, self.styles)
        for row in _children(element):
            if row.tag != TR:
                continue
            plain = plain_rows_of.get(row)
            is_plain = plain is not None and plain.is_plain
            if not is_plain and _row_deleted(row):
                continue
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise Refused("too_many_rows", limit=MAX_ROWS)
            if plain is None or not is_plain:
                rows.append(self._row(row, len(rows), open_cells, inner))
            else:
                rows.append(self._plain_row(row, plain, len(rows), open_cells))
        straighten(rows, column_widths(element))
        yield Table(rows)
        yield from inner

    def _plain_row(
        self, row: etree._Element, plain: PlainRow, at: int, open_cells: dict[int, Cell]
    ) -> list[Cell]:
        texts = plain.texts(self.numbering)
        if plain.is_merged:
            return merged_row(row, plain, texts, Line(at, open_cells))
        for column in [column for column in open_cells if column < len(texts)]:
            del open_cells[column]
        return [Cell(text, at, column) for column, text in enumerate(texts)]

    def _row(
        self,
        row: etree._Element,
        at: int,
        open_cells: dict[int, Cell],
        inner: list[Paragraph | Table],
    ) -> list[Cell]:
        line = Line(at, open_cells, columns_before(row))
        elements = [cell for cell in _children(row) if cell.tag == TC]
        for element in elements:
            span, merge, joined = spans(child_of(element, TCPR))
            if line.goes_on(merge):
                line.add_below(self._cell_text(element, False, [])[0], span)
            elif joined and line.cells:
                line.widen(span)
            else:
                text, bold = self._cell_text(element, len(elements) <= 2, inner)
                line.add(Cell(text, at, line.column, 1, span, bold), merge)
        return line.cells

    def _cell_text(
        self, cell: etree._Element, roomy: bool, inner: list[Paragraph | Table]
    ) -> tuple[str, bool]:
        lines: list[str] = []
        bolds: list[bool] = []
        joins = False
        for block in _children(cell):
            if block.tag == P:
                paragraph = self.paragraph(block)
                line = f"{paragraph.number} {paragraph.text}".strip()
                line += "".join("\n" + self._box_text(box) for box in self._taken_boxes())
                if joins and lines:
                    lines[-1] += line
                elif line:
                    lines.append(line)
                    if paragraph.text.strip():
                        bolds.append(paragraph.bold)
                joins = _mark_deleted(block)
            elif block.tag == TBL:
                nested = list(self.table(block))
                if roomy and _is_real(nested[0]):
                    inner.extend(nested)
                else:
                    lines.extend(_flattened(nested))
        return "\n".join(lines), bool(bolds) and all(bolds)

    def _taken_boxes(self) -> list[etree._Element]:
        boxes, self.boxes = self.boxes, []
        return boxes

    def _box_text(self, box: etree._Element) -> str:
        return "\n".join(self.plain(paragraph) for paragraph in box.iter(P))


def _related(package: Package, parts: dict[str, str], kind: str) -> etree._Element | None:
    return package.xml(parts[kind]) if kind in parts else None


def _children(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables, rows or cells, also inside content controls and kept insertions."""
    for child in parent:
        tag = child.tag
        if tag in BLOCKS:
            yield child
        elif tag == ALTERNATE:
            chosen = _chosen(child)
            if chosen is not None:
                yield from _children(chosen)
        elif tag not in LEFT_OUT and isinstance(tag, str) and len(child):
            yield from _children(child)


def _chosen(alternate: etree._Element) -> etree._Element | None:
    choice = alternate.find(MC + "Choice")
    if choice is not None and next(choice.iter(T), None) is not None:
        return choice
    fallback = alternate.find(MC + "Fallback")
    return fallback if fallback is not None else choice


def _mark_deleted(paragraph: etree._Element) -> bool:
    mark = child_of(child_of(paragraph, PPR), RPR)
    return child_of(mark, W + "del") is not None


def _row_deleted(row: etree._Element) -> bool:
    return child_of(child_of(row, TRPR), W + "del") is not None


def _alignment(name: str | None) -> tuple[bool, bool]:
    """Whether centred, whether to the right."""
    return name == "center", name in ("right", "end")


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= code <= 0xF0FF else chr(code) if code < 0xD800 else ""


def _is_real(block: Paragraph | Table) -> bool:
    return isinstance(block, Table) and len(block.rows) >= 2 and block.width >= 3


def _flattened(blocks: list[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield " ".join(cell.text for cell in row if cell.text.strip())


def read_docx(package: Package) -> Document:
    """The document of a Word package, tracked deletions left out, automatic numbers counted."""
    word = _Word(package)
    if any(name.endswith("vbaProject.bin") for name in package.names()):
        word.document.warnings.append(ReadingWarning("macros"))
    return word.document
