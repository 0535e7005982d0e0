"""HTML pages: the visible text only, no scripts, styles, comments, frames or attributes."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from comity.intake.reading.decoding import Decoded
from comity.intake.reading.grid import Cell, Document, Paragraph, Table
from comity.intake.reading.messages import Refused
from comity.intake.reading.numerals import numeral
from comity.intake.reading.text import clean

LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "head",
        "del",
        "datalist",
        "map",
        "meta",
        "link",
        "frame",
        "frameset",
        "math",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
        "caption",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
    ]
)
HEADING = re.compile(r"h([1-6])\Z")
BOLD = frozenset({"b", "strong", "th"})
CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
MAX_ROWS = 20_000
MAX_SPAN = 200
MAX_DEPTH = 200


class _Page:
    def __init__(self) -> None:
        self.rows = 0
        self.notes: list[str] = []

    # ── text ────────────────────────────────────────────────────────────────────────────────

    def text(self, element: etree._Element) -> tuple[str, bool]:
        """The inline text of an element and whether all of it is bold."""
        pieces: list[str] = []
        weights = [0, 0]
        self._gather(element, pieces, weights, element.tag in BOLD, 0)
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(pieces))
        text = re.sub(r" ?\v[ \v]*", "\n", text)
        return clean(text).strip(), weights[1] > 0 and weights[0] == 0

    def _gather(
        self, element: etree._Element, pieces: list[str], weights: list[int], bold: bool, depth: int
    ) -> None:
        self._add(element.text, pieces, weights, bold)
        for child in element:
            tag = child.tag
            reads_on = isinstance(tag, str) and depth < MAX_DEPTH and tag not in LEFT_OUT
            if reads_on and not self._is_sign(child, pieces):
                self._child(child, pieces, weights, bold, depth)
            self._add(child.tail, pieces, weights, bold)

    def _is_sign(self, child: etree._Element, pieces: list[str]) -> bool:
        """Line breaks and marks of notes: they hold no text of the cell."""
        tag = child.tag
        if tag == "br":
            pieces.append("\v")
        elif tag == "sup" and _is_note_mark(child):
            self.notes.append("".join(map(str, child.itertext())))
        else:
            return tag == "wbr"
        return True

    def _child(
        self, child: etree._Element, pieces: list[str], weights: list[int], bold: bool, depth: int
    ) -> None:
        tag = str(child.tag)
        is_block = tag in BLOCKS
        if is_block:
            pieces.append(" " if tag in ("td", "th") else "\v")
            if tag == "li":
                pieces.append(_marker(child))
        self._gather(child, pieces, weights, bold or tag in BOLD, depth + 1)
        if is_block:
            pieces.append("\v")

    @staticmethod
    def _add(text: str | None, pieces: list[str], weights: list[int], bold: bool) -> None:
        if text:
            pieces.append(text.replace("\v", " "))
            weights[1 if bold else 0] += len(text.strip())

    # ── blocks ──────────────────────────────────────────────────────────────────────────────

    def blocks(self, element: etree._Element, depth: int = 0) -> Iterator[Paragraph | Table]:
        """Paragraphs and tables below an element, in order."""
        loose: list[etree._Element | str] = [element.text or ""]
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in LEFT_OUT:
                pass
            elif tag in BLOCKS and depth < MAX_DEPTH:
                yield from self._loose(loose)
                loose = []
                yield from self._block(child, tag, depth)
            elif _holds_block(child) and depth < MAX_DEPTH:
                yield from self._loose(loose)
                loose = []
                yield from self.blocks(child, depth + 1)
            else:
                loose.append(child)
            loose.append(child.tail or "")
        yield from self._loose(loose)

    def _block(self, child: etree._Element, tag: str, depth: int) -> Iterator[Paragraph | Table]:
        if tag == "table":
            yield from self.table(child, depth)
            return
        if tag == "dl" and child.find(".//table") is None:
            yield from self._definitions(child)
            return
        heading = HEADING.match(tag)
        if _holds_block(child):
            yield from self.blocks(child, depth + 1)
            return
        text, bold = self.text(child)
        if not text:
            return
        yield Paragraph(
            text,
            number=_marker(child).strip() if tag == "li" else "",
            level=int(heading.group(1)) - 1 if heading else None,
            bold=bold,
            centred=_is_centred(child),
            aside=tag in ("nav", "footer", "figcaption"),
            caption=tag == "caption",
            bullet=tag == "li" and not _marker(child),
        )

    def _definitions(self, element: etree._Element) -> Iterator[Paragraph]:
        """Each term with what is said of it, as one line: "Term: text"."""
        term, said = "", list[str]()
        for child in [*element.iter("dt", "dd"), None]:
            text = self.text(child)[0] if child is not None else ""
            if child is not None and child.tag == "dd":
                said += [text] if text else []
                continue
            if term or said:
                yield Paragraph(": ".join(filter(None, (term, "\n".join(said)))))
            term, said = text.rstrip(".: "), []

    def _loose(self, pieces: list[etree._Element | str]) -> Iterator[Paragraph]:
        holder = etree.Element("span")
        for piece in pieces:
            if isinstance(piece, str):
                _append_text(holder, piece)
            else:
                copied = etree.fromstring(etree.tostring(piece, with_tail=False))
                holder.append(copied)
        text, bold = self.text(holder)
        if text:
            yield Paragraph(text, bold=bold)

    # ── tables ──────────────────────────────────────────────────────────────────────────────

    def table(self, element: etree._Element, depth: int) -> Iterator[Paragraph | Table]:
        rows = list(_rows(element))
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell, depth + 1)
            return
        caption = element.find("caption")
        if caption is not None:
            yield from self._block(caption, "caption", depth)
        taken: dict[int, int] = {}
        grid: list[list[Cell]] = []
        for row in rows:
            self.rows += 1
            if self.rows > MAX_ROWS:
                raise Refused("too_many_rows", limit=MAX_ROWS)
            grid.append(self._row(row, len(grid), taken, len(rows)))
        yield Table(grid)

    def _row(self, row: etree._Element, at: int, taken: dict[int, int], count: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > at:
                column += 1
            colspan = _span(element.get("colspan"))
            rowspan = _span(element.get("rowspan"), zero=count - at)
            text, bold = self.text(element)
            cells.append(Cell(text, at, column, min(rowspan, count - at), colspan, bold))
            for covered in range(column, column + colspan):
                taken[covered] = at + rowspan
            column += colspan
        return cells


def _append_text(holder: etree._Element, text: str) -> None:
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + text
    else:
        holder.text = (holder.text or "") + text


def _span(value: str | None, zero: int = 1) -> int:
    if value is None or not value.strip().isdigit():
        return 1
    return min(int(value), MAX_SPAN) or zero


def _holds_block(element: etree._Element) -> bool:
    return any(
        isinstance(child.tag, str) and child.tag in BLOCKS for child in element.iterdescendants()
    )


def _is_note_mark(element: etree._Element) -> bool:
    text = "".join(map(str, element.itertext())).strip()
    return element.find(".//a") is not None or (
        bool(re.match(r"\[?\d{1,3}\]?\)?\Z|\*+\Z", text))
        and (text.startswith(("[", "*")) or text.endswith(")"))
    )


def _is_centred(element: etree._Element) -> bool:
    return (
        element.get("align") == "center"
        or CENTRED.search(element.get("style") or "") is not None
        or any(parent.tag == "center" for parent in element.iterancestors())
    )


def _marker(item: etree._Element) -> str:
    """The number of an item of an ordered list, "" in an unordered one."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    value = item.get("value") or ""
    if value.isdigit():
        number = int(value)
    else:
        start = parent.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        number += sum(1 for before in item.itersiblings(preceding=True) if before.tag == "li")
    return f"{numeral(number, parent.get('type') or '1')}. "


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _is_layout(rows: list[etree._Element]) -> bool:
    """A table that only holds other tables in place."""
    return any(
        len(list(_rows(inner))) >= 2 and any(len(row) >= 3 for row in _rows(inner))
        for row in rows
        for inner in row.iterdescendants("table")
    )


def read_html(decoded: Decoded) -> Document:
    """The document of an HTML text."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", decoded.text)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged") from error
    page = _Page()
    document = Document(list(page.blocks(root)), list(decoded.warnings))
    document.blocks += [Paragraph(note, aside=True) for note in page.notes]
    return document
