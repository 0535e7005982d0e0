"""PDF files: ruled tables, tables set by white space only, and the text around them."""

import itertools
import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from comity.intake.reading.grid import Cell, Document, Paragraph, Table
from comity.intake.reading.messages import ReadingWarning, Refused
from comity.intake.reading.pdf_columns import unruled
from comity.intake.reading.pdf_distances import (
    CLEAR_GAP,
    EQUAL_MARGINS,
    LEAST_MARGIN,
    MIN_CLEAR,
    NEAR,
    OPEN_ROW,
    PAGE_EDGE,
    PARAGRAPH_WHITE,
    RIGHT_HALF,
    SAME_RULE,
    SAME_SIZE,
    SAME_TABLE,
)  # fmt: skip
from comity.intake.reading.pdf_rows import Gutters
from comity.intake.reading.pdf_text import (
    Char,
    Line,
    cell_text,
    fits,
    goes_on_range,
    lines_of,
    whole_words,
)

MAX_PAGES = 80
MAX_ROWS = 20_000
FURNITURE = re.compile(
    r"\W*(?:стр\.?|страница|старонка|page|p\.)?\s*\d{1,4}\s*(?:(?:of|из|з|/|–|-)\s*\d{1,4})?\W*\Z",
    re.IGNORECASE,
)
YEARS = re.compile(r"\W*(?:19|20)\d\d(?:\s*[–/-]\s*(?:19|20)\d\d)?\W*\Z")
Box = tuple[float, float, float, float]


class _Pages:
    def __init__(self) -> None:
        self.document = Document()
        self.known: Counter[str] = Counter()
        self.edges: list[float] = []
        self.gutters = Gutters()
        self.rows = 0
        self.without_text = 0
        self.furniture: Counter[str] = Counter()

    def add(self, page: Any, number: int) -> None:
        chars: list[Char] = page.chars
        if not any(str(char["text"]).strip() for char in chars):
            self.without_text += 1
            return
        ruled = page.edges and len(page.edges) > 3
        tables = [table for table in page.find_tables() if len(table.cells) > 1] if ruled else []
        grids = [_with_open_rows(table.cells, table.bbox, page.edges) for table in tables]
        boxes: list[Box] = [_around(cells) for cells in grids]
        inside: list[list[Char]] = [[] for _ in boxes]
        outside: list[Char] = []
        for char in chars:
            place = _box_of(char, boxes)
            (outside if place is None else inside[place]).append(char)
        lines = lines_of(outside)
        if not tables or _looks_set_in_columns(lines):
            self._unruled(lines, page, number)
            return
        self._learn(lines)
        self.gutters = Gutters()
        pieces: list[tuple[float, Any]] = [(line.top, line) for line in lines]
        pieces += [
            (box[1], (cells, letters))
            for box, cells, letters in zip(boxes, grids, inside, strict=True)
        ]
        self._place(sorted(pieces, key=lambda piece: piece[0]), page, number)

    def _place(self, pieces: list[tuple[float, Any]], page: Any, number: int) -> None:
        lines: list[Line] = []
        for _, piece in pieces:
            if isinstance(piece, Line):
                lines.append(piece)
                continue
            self._text(lines, page)
            lines = []
            self._ruled(piece[0], piece[1], number)
        self._text(lines, page)

    def _unruled(self, lines: list[Line], page: Any, number: int) -> None:
        for piece in unruled(lines, self.known, self.gutters):
            if isinstance(piece, Table):
                self._continue_or_add(piece, [float(piece.width)], number)
            else:
                self._learn(piece)
                self._text(piece, page)

    def _learn(self, lines: list[Line]) -> None:
        self.known.update(word.bare for line in lines for word in line.words)

    def _ruled(self, boxes: list[Box], chars: list[Char], number: int) -> None:
        xs = _steps([edge for box in boxes for edge in (box[0], box[2])])
        ys = _steps([edge for box in boxes for edge in (box[1], box[3])])
        letters: list[list[Char]] = [[] for _ in boxes]
        for char in chars:
            place = _box_of(char, boxes)
            if place is not None:
                letters[place].append(char)
        rows: list[list[Cell]] = [[] for _ in ys[1:]]
        texts = [lines_of(inside) for inside in letters]
        for lines in texts:
            self.known.update(whole_words(lines))
        for box, lines in zip(boxes, texts, strict=True):
            row, column = _step_of(box[1], ys), _step_of(box[0], xs)
            rows[row].append(
                Cell(
                    cell_text(lines, box[0], box[2], self.known), row, column,
                    max(1, _step_of(box[3], ys) - row), max(1, _step_of(box[2], xs) - column),
                    bool(lines) and all(line.bold for line in lines),
                )
            )  # fmt: skip
        for cells in rows:
            cells.sort(key=lambda cell: cell.column)
        self._continue_or_add(Table(rows, width=len(xs) - 1), xs, number)

    def _continue_or_add(self, table: Table, edges: list[float], number: int) -> None:
        self.rows += len(table.rows)
        if self.rows > MAX_ROWS:
            raise Refused("too_many_rows", limit=MAX_ROWS)
        blocks = self.document.blocks
        last = blocks[-1] if blocks else None
        same = len(edges) == len(self.edges) and all(
            abs(here - there) < SAME_TABLE for here, there in zip(edges, self.edges, strict=True)
        )
        self.edges = edges
        if not isinstance(last, Table) or not same:
            table.label = f"p. {number}"
            blocks.append(table)
            return
        shift = len(last.rows)
        for cell in table.cells():
            cell.row += shift
        last.rows.extend(table.rows)
        last.page_starts.add(shift)
        last._filled = None

    def _text(self, lines: list[Line], page: Any) -> None:
        kept: list[Line] = []
        for line in lines:
            at_edge = (
                line.top < PAGE_EDGE * page.height or line.bottom > (1 - PAGE_EDGE) * page.height
            )
            if FURNITURE.match(line.text) and (at_edge or not YEARS.match(line.text)):
                continue
            mark = re.sub(r"\d+", "#", line.text)
            self.furniture[mark] += at_edge
            if not (at_edge and self.furniture[mark] > 1):
                kept.append(line)
        self.document.blocks.extend(paragraphs(kept, page.width))


def _with_open_rows(cells: list[Box], bounds: Box, edges: list[Char]) -> list[Box]:
    """The cells of a table with those of rows that a page's end leaves open above or below it."""
    left, top, right, bottom = bounds
    upright = [
        edge
        for edge in edges
        if edge["orientation"] == "v" and left - NEAR <= edge["x0"] <= right + NEAR
        and edge["top"] <= bottom + NEAR and edge["bottom"] >= top - NEAR
    ]  # fmt: skip
    above = [edge for edge in upright if edge["top"] < top - OPEN_ROW]
    below = [edge for edge in upright if edge["bottom"] > bottom + OPEN_ROW]
    return [
        *_open_row(above, min((edge["top"] for edge in above), default=top), top),
        *cells,
        *_open_row(below, bottom, max((edge["bottom"] for edge in below), default=bottom)),
    ]


def _open_row(edges: list[Char], top: float, bottom: float) -> Iterator[Box]:
    xs = _steps([edge["x0"] for edge in edges])
    yield from ((left, top, right, bottom) for left, right in itertools.pairwise(xs))


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _looks_set_in_columns(lines: list[Line]) -> bool:
    wide = sum(
        any(
            after.x0 - before.x1 > CLEAR_GAP * line.size
            for before, after in zip(line.words, line.words[1:], strict=False)
        )
        for line in lines
    )
    return wide >= MIN_CLEAR and wide * 2 > len(lines)


def paragraphs(lines: list[Line], width: float) -> Iterator[Paragraph]:
    """Lines outside tables as paragraphs."""
    room = max((line.x1 - line.x0 for line in lines), default=0.0)
    group: list[Line] = []
    for line in lines:
        if group and not _runs_on(group[-1], line, room):
            yield _paragraph(group, width)
            group = []
        group.append(line)
    if group:
        yield _paragraph(group, width)


def _runs_on(line: Line, following: Line, room: float) -> bool:
    return (
        following.top - line.bottom < PARAGRAPH_WHITE * line.size
        and abs(following.size - line.size) < SAME_SIZE
        and following.bold == line.bold
        and not fits(line, following, room)
    )


def _paragraph(lines: list[Line], width: float) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        joint = "\n" if text.endswith(("-", "‐")) else " "
        text += ("" if goes_on_range(text, line.text) else joint) + line.text
    left, right = lines[0].x0, width - lines[0].x1
    return Paragraph(
        text,
        bold=all(line.bold for line in lines),
        centred=abs(left - right) < EQUAL_MARGINS * width and left > LEAST_MARGIN * width,
        right=left > RIGHT_HALF * width,
    )


def _box_of(char: Char, boxes: list[Box]) -> int | None:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    for place, (left, top, right, bottom) in enumerate(boxes):
        if left <= x <= right and top <= y <= bottom:
            return place
    return None


def _steps(edges: list[float]) -> list[float]:
    steps: list[float] = []
    for edge in sorted(edges):
        if not steps or edge - steps[-1] > SAME_RULE:
            steps.append(edge)
    return steps


def _step_of(edge: float, steps: list[float]) -> int:
    return min(range(len(steps)), key=lambda place: abs(steps[place] - edge))


def read_pdf(content: bytes) -> Document:
    """The document of a PDF with a text layer; scans and protected files are refused."""
    import pdfplumber  # noqa: PLC0415  (heavy: only for PDF files)
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            return _read_pages(pdf)
    except (Refused, MemoryError):
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Refused("password") from error
    except PdfminerException as error:
        causes = (PDFPasswordIncorrect, PDFEncryptionError)
        protected = any(isinstance(cause, causes) for cause in error.args)
        raise Refused("password" if protected else "damaged") from error
    except RecursionError as error:
        raise Refused("damaged") from error
    except Exception as error:  # a broken PDF surfaces as almost any exception of the library
        raise Refused("damaged") from error


def _page_count(pdf: Any) -> int:
    try:
        from pdfminer.pdftypes import resolve1  # noqa: PLC0415

        count = resolve1(resolve1(pdf.doc.catalog["Pages"])["Count"])
        return count if isinstance(count, int) else 0
    except (KeyError, TypeError):
        return 0


def _read_pages(pdf: Any) -> Document:
    count = _page_count(pdf)
    if count > MAX_PAGES:
        raise Refused("too_many_pages", pages=count, limit=MAX_PAGES)
    pages = _Pages()
    for number, page in enumerate(pdf.pages, start=1):
        if number > MAX_PAGES:
            raise Refused("too_many_pages", pages=number, limit=MAX_PAGES)
        pages.add(page, number)
        page.close()
    if not pdf.pages:
        raise Refused("damaged")
    if not pages.document.blocks:
        raise Refused("scan")
    if pages.without_text:
        pages.document.warnings.append(
            ReadingWarning("pages_without_text", {"count": pages.without_text})
        )
    return pages.document
