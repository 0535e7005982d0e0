"""Rows of Word tables that hold nothing but text: found in one pass, so that they are read fast."""

from dataclasses import dataclass, field

from lxml import etree

from comity.intake.reading.counts import count
from comity.intake.reading.docx_styles import VAL, Numbering, Styles, W, is_on
from comity.intake.reading.text import clean

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
P, R, TR, TC, T, BOLD, STYLE, NUMBERING, NUMBER_ID, LEVEL = (
    W + name for name in ("p", "r", "tr", "tc", "t", "b", "pStyle", "numPr", "numId", "ilvl")
)
GRID_BEFORE = W + "gridBefore"
MERGING = frozenset({W + "gridSpan", W + "vMerge", GRID_BEFORE})
#: Signs that stand in the text as elements.
SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}  # fmt: skip
#: What makes a row more than its texts: tracked changes, hidden text, boxes, formulas, wrappers
#: of whole cells, tables in cells, styles of characters.
SPECIAL = (
    *(
        W + name
        for name in (
            "hMerge", "sym", "del", "ins", "moveFrom", "moveTo", "pPrChange", "vanish",
            "txbxContent", "sdt", "customXml", "smartTag", "tbl", "rStyle",
        )
    ),
    MC + "AlternateContent",
    M + "t",
)  # fmt: skip
MARKS = (TR, TC, P, T, BOLD, STYLE, NUMBERING, *MERGING, *SIGNS, *SPECIAL)


@dataclass(slots=True)
class PlainRow:
    """A row while it is gathered: of each cell the paragraphs, and what else bears on them."""

    cells: list[list[str]] = field(default_factory=list)
    numbered: list[tuple[int, int, str, int]] = field(default_factory=list)
    """Cell, paragraph, the list that numbers it and the level there."""
    merging: dict[int, etree._Element | None] = field(default_factory=dict)
    """The properties of cells that are merged with others."""
    is_merged: bool = False
    is_plain: bool = True

    def texts(self, numbering: Numbering) -> list[str]:
        """What the cells say, a line each paragraph. Counts the lists on: to be asked once."""
        for cell, paragraph, list_id, place in self.numbered:
            text = f"{numbering.next(list_id, place)} {self.cells[cell][paragraph]}"
            self.cells[cell][paragraph] = text
        return [_lines(paragraphs) for paragraphs in self.cells]

    def note(self, element: etree._Element, tag: str, styles: Styles) -> None:
        """Take notice of an element that is more than the text of a paragraph."""
        if tag == NUMBERING:
            list_id, place = _in_list(element)
            if list_id not in ("", "0") and self.cells and self.cells[-1]:
                self.numbered.append((len(self.cells) - 1, len(self.cells[-1]) - 1, list_id, place))
        elif tag in MERGING:
            self.is_merged = True
            if tag != GRID_BEFORE:
                self.merging[len(self.cells) - 1] = element.getparent()
        elif tag in SIGNS:
            if self.cells and self.cells[-1] and _is_in_run(element):
                self.cells[-1][-1] += SIGNS[tag]
        elif not _is_harmless(element, tag, styles):
            self.is_plain = False


def plain_rows(table: etree._Element, styles: Styles) -> dict[etree._Element, PlainRow]:
    """The rows of a table, each with what it says if it is plain; found in one pass."""
    rows: dict[etree._Element, PlainRow] = {}
    default = styles.style(None)
    if default.bold or default.list_id:
        return rows
    row, cells = PlainRow(), list[list[str]]()
    paragraphs: list[str] = []
    for element in table.iterdescendants(*MARKS):
        tag = element.tag
        if tag == T:
            if paragraphs:
                paragraphs[-1] += element.text or ""
        elif tag == P:
            paragraphs.append("")
        elif tag == TC:
            paragraphs = []
            cells.append(paragraphs)
        elif tag == TR:
            row = rows[element] = PlainRow()
            cells, paragraphs = row.cells, []
        else:
            row.note(element, tag, styles)
    return rows


def _in_list(properties: etree._Element) -> tuple[str, int]:
    """The list that a paragraph is in ("" for none) and the level there."""
    list_id, place = "", 0
    for child in properties:
        if child.tag == NUMBER_ID:
            list_id = child.get(VAL, "")
        elif child.tag == LEVEL:
            place = count(child.get(VAL), 0, least=0, most=8)
    return list_id, place


def _is_in_run(sign: etree._Element) -> bool:
    parent = sign.getparent()
    return parent is not None and parent.tag == R


def _is_harmless(element: etree._Element, tag: str, styles: Styles) -> bool:
    if tag == BOLD:
        return not is_on(element)
    if tag == STYLE:
        style = styles.style(element.get(VAL))
        return not style.bold and style.list_id is None and style.list_level is None
    return False


def _lines(paragraphs: list[str]) -> str:
    if len(paragraphs) == 1:
        return clean(paragraphs[0]).strip() if paragraphs[0] else ""
    return "\n".join(line for text in paragraphs if (line := clean(text).strip()))
