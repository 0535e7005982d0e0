"""Placeholders in the XML of a Word file, filled in place.

A placeholder is a name in double braces, `{{period}}`, in any paragraph, whatever runs Word cut it
into; what is put there looks as its first letter did. A table row that holds placeholders with a
dot, `{{row.title}}`, is repeated for each of these things. A value of several lines repeats its
paragraph. A paragraph or a plain table row of which all placeholders are empty is left out.

Only the template has placeholders: double braces in what was filled in stay as somebody wrote them.
"""

import re
from collections.abc import Container, Mapping, Sequence
from copy import deepcopy
from typing import Any, Protocol

from docx.oxml.ns import qn

from comity.issuing.cells import Line

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
#: Letters of a cell with which its row surely fits on a page, and need not be broken over two.
UNBROKEN = 450
#: The one that stands for a picture, which is put in last.
CHART = "chart"

Value = str | Sequence[Line]
W_DOCUMENT = qn("w:document")
W_P, W_R, W_T, W_TR, W_TC, W_TBL = map(qn, ("w:p", "w:r", "w:t", "w:tr", "w:tc", "w:tbl"))


class Repeated(Protocol):
    """The things that rows are repeated for, by the word before the dot."""

    def of(self, kind: str) -> Sequence[Mapping[str, Value]] | None: ...


class Filled:
    """Fills one part after another; `unknown` tells the placeholders that stand for nothing.

    `charted` are the paragraphs of the body in which a picture is to be put.
    """

    def __init__(self, scalars: Mapping[str, Value], repeated: Repeated) -> None:
        self.scalars, self.repeated = scalars, repeated
        self.unknown: set[str] = set()
        self.charted: list[Any] = []
        #: Paragraphs that hold what somebody wrote.
        self.filled: set[Any] = set()

    def fill(self, root: Any) -> None:
        for table in list(root.iter(W_TBL)):
            self._repeat_rows(table)
        self._drop_empty_rows(root)
        for paragraph in list(root.iter(W_P)):
            self._fill_paragraph(paragraph, self.scalars)

    def _repeat_rows(self, table: Any) -> None:
        heading: tuple[str, Any] | None = None
        for row in list(table.iterchildren(W_TR)):
            kind = _kind(row)
            if kind is None:
                heading = None
            elif kind == "section":
                heading = (kind, row)
                table.remove(row)
            else:
                self._repeat(row, kind, heading[1] if heading else None)
                heading = None
        if not any(True for _row in table.iterchildren(W_TR)) or _is_bare(table):
            _take_out(table)

    def _repeat(self, row: Any, kind: str, heading: Any) -> None:
        things = self.repeated.of(kind)
        if things is None:
            self.unknown |= {name for name in placeholders(row) if "." in name}
            return
        section, place = None, row
        for thing in things:
            if heading is not None and thing["section.title"] != section:
                section = thing["section.title"]
                if section:
                    place = _after(place, self._filled_row(heading, thing))
            place = _after(place, self._filled_row(row, thing))
        table = row.getparent()
        table.remove(row)
        if not things:
            table.set("comity-bare", "")

    def _filled_row(self, row: Any, thing: Mapping[str, Value]) -> Any:
        made = deepcopy(row)
        if thing.get("row.together"):
            _span_sides(made)
        for paragraph in list(made.iter(W_P)):
            self._fill_paragraph(paragraph, {**self.scalars, **thing}, keeps=True)
        _let_break_if_long(made)
        return made

    def _drop_empty_rows(self, root: Any) -> None:
        for row in list(root.iter(W_TR)):
            names = placeholders(row, but=self.filled)
            if names and not any(self.scalars.get(name, "?") for name in names):
                _take_out(row)

    def _fill_paragraph(
        self, paragraph: Any, values: Mapping[str, Value], *, keeps: bool = False
    ) -> None:
        if paragraph in self.filled:
            return
        texts = [text for text in paragraph.iter(W_T) if _own(text, paragraph)]
        whole = "".join(text.text or "" for text in texts)
        names = PLACEHOLDER.findall(whole)
        if not names:
            return
        if CHART in names and paragraph.getroottree().getroot().tag == W_DOCUMENT:
            self.charted.append(paragraph)
            values = {**values, CHART: ""}
            keeps = True
        self.unknown |= {name for name in names if name not in values}
        self.filled.add(paragraph)
        told = {name: values.get(name, "") for name in names}
        several = next((name for name in names if not isinstance(told[name], str)), None)
        if several is not None:
            self.filled |= _fill_lines(paragraph, texts, told[several])  # type: ignore[arg-type]  # it is no text
        elif not keeps and not any(told.values()) and not _is_only_one(paragraph):
            _take_out(paragraph)
        else:
            _replace(texts, {name: str(value) for name, value in told.items()})


def _kind(row: Any) -> str | None:
    kinds = [name.split(".")[0] for name in placeholders(row) if "." in name]
    return next((kind for kind in kinds if kind != "section"), kinds[0] if kinds else None)


def placeholders(element: Any, but: Container[Any] = ()) -> list[str]:
    """The names of the placeholders in a part of a Word file, in their order.

    None of the paragraphs in `but` is looked at.
    """
    return [
        name
        for paragraph in element.iter(W_P)
        if paragraph not in but
        for name in PLACEHOLDER.findall("".join(t.text or "" for t in paragraph.iter(W_T)))
    ]


def _own(text: Any, paragraph: Any) -> bool:
    """Whether the text is of this paragraph, and not of one in a box inside it."""
    return next(text.iterancestors(W_P)) is paragraph


def _is_bare(table: Any) -> bool:
    """Whether the table was there for things of which there are none."""
    return table.attrib.pop("comity-bare", None) is not None


def _is_only_one(paragraph: Any) -> bool:
    """A cell, a header or a footer keeps its last paragraph."""
    return len(list(paragraph.getparent().iterchildren(W_P))) < 2


def _take_out(element: Any) -> None:
    parent = element.getparent()
    parent.remove(element)
    if parent.tag == W_TBL and not any(True for _row in parent.iterchildren(W_TR)):
        _take_out(parent)


def _after(place: Any, made: Any) -> Any:
    place.addnext(made)
    return made


def _replace(texts: Sequence[Any], told: Mapping[str, str]) -> None:
    """Puts the values where their placeholders begin, across the runs that Word cut them into."""
    whole = "".join(text.text or "" for text in texts)
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text.text or "")
    pieces = [""] * len(texts)
    at = 0
    for found in PLACEHOLDER.finditer(whole):
        if found[1] in told:
            _share(whole, at, found.start(), starts, pieces)
            pieces[_index(starts, found.start())] += told[found[1]]
            at = found.end()
    _share(whole, at, len(whole), starts, pieces)
    for text, piece in zip(texts, pieces, strict=True):
        _set(text, piece)


def _share(whole: str, start: int, end: int, starts: Sequence[int], pieces: list[str]) -> None:
    """Gives each run back what stays of its text between two places."""
    for index, begins in enumerate(starts):
        ends = starts[index + 1] if index + 1 < len(starts) else len(whole)
        pieces[index] += whole[max(start, begins) : min(end, ends)]


def _index(starts: Sequence[int], place: int) -> int:
    return max(index for index, begins in enumerate(starts) if begins <= place)


def _set(text: Any, told: str) -> None:
    text.text = told
    text.set(qn("xml:space"), "preserve")


def _fill_lines(paragraph: Any, texts: Sequence[Any], lines: Sequence[Line]) -> set[Any]:
    """One paragraph for each line, a bold beginning in a run of its own; gives the new ones."""
    run = next(texts[0].iterancestors(W_R))
    for other in list(paragraph.iterchildren(W_R)):
        if other is not run:
            paragraph.remove(other)
    added: set[Any] = set()
    for number, line in enumerate(lines):
        made = paragraph if number == len(lines) - 1 else deepcopy(paragraph)
        _put_line(next(made.iterchildren(W_R)), line)
        if made is not paragraph:
            paragraph.addprevious(made)
            added.add(made)
    if not lines:
        _set(texts[0], "")
        for text in texts[1:]:
            _set(text, "")
    return added


def _put_line(run: Any, line: Line) -> None:
    texts = list(run.iterchildren(W_T))
    for other in texts[1:]:
        run.remove(other)
    if line.lead:
        bold = deepcopy(run)
        _set(next(bold.iterchildren(W_T)), f"{line.lead} " if line.text else line.lead)
        bold.get_or_add_rPr().get_or_add_b().val = True
        run.addprevious(bold)
    _set(texts[0], line.text)


def _span_sides(row: Any) -> None:
    """The cells of the sides become one, for what was said for all of them."""
    cells = [cell for cell in row.iterchildren(W_TC) if _sideplaceholders(cell)]
    if len(cells) < 2:
        return
    first, others = cells[0], cells[1:]
    first.grid_span = sum(cell.grid_span for cell in cells)
    widths = [cell.width for cell in cells]
    if all(width is not None for width in widths):
        first.width = sum(widths)
    for cell in others:
        row.remove(cell)


def _let_break_if_long(row: Any) -> None:
    """A row that is to stay whole would leave most of a page empty if it is a long one."""
    longest = max(
        sum(len(text.text or "") for text in cell.iter(W_T)) for cell in row.iterchildren(W_TC)
    )
    if longest > UNBROKEN:
        for mark in list(row.iter(qn("w:cantSplit"))):
            mark.getparent().remove(mark)


def _sideplaceholders(cell: Any) -> list[str]:
    return [name for name in placeholders(cell) if re.fullmatch(r"row\.did\d", name)]
