"""Rows of Word tables that hold nothing but text: found in one pass, so that they are read fast."""

from collections.abc import Iterator

from lxml import etree

from comity.intake.reading.docx_styles import VAL, Numbering, Styles, W, is_on, value_of
from comity.intake.reading.text import clean

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
P, R, TR, TC, T, BOLD, STYLE, NUMBERING = (
    W + name for name in ("p", "r", "tr", "tc", "t", "b", "pStyle", "numPr")
)
MERGING = frozenset(W + name for name in ("gridSpan", "vMerge", "gridBefore"))
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
MARKS = (TR, BOLD, STYLE, NUMBERING, *MERGING, *SIGNS, *SPECIAL)
NO_LIST = "", 0


class PlainRows:
    """The rows of a table that are plain, how they are merged, and what they say."""

    def __init__(self, table: etree._Element, styles: Styles) -> None:
        self.merged: set[etree._Element] = set()
        self.merged_cells: set[etree._Element | None] = set()
        self._rows: set[etree._Element] = set()
        self._signed: set[etree._Element] = set()
        self._numbered: dict[etree._Element, tuple[str, int]] = {}
        default = styles.style(None)
        if default.bold or default.list_id:
            return
        row: etree._Element | None = None
        for element in table.iterdescendants(*MARKS):
            tag = element.tag
            if tag == TR:
                row = element
                self._rows.add(element)
            elif row is None:
                continue
            elif tag == NUMBERING:
                self._number(element)
            elif tag in MERGING:
                self.merged.add(row)
                self.merged_cells.add(_cell_of(element))
            elif tag in SIGNS:
                self._signed.add(row)
            elif not _is_harmless(element, tag, styles):
                self._rows.discard(row)

    def __contains__(self, row: etree._Element) -> bool:
        return row in self._rows

    def cells(
        self, row: etree._Element, numbering: Numbering
    ) -> Iterator[tuple[etree._Element, str]]:
        """The cells of a plain row and what they say: a line each paragraph, numbers counted."""
        cell: etree._Element | None = None
        paragraphs: list[str] = []
        for element in row.iter(TC, P, T, *SIGNS) if row in self._signed else row.iter(TC, P, T):
            tag = element.tag
            if tag == TC:
                if cell is not None:
                    yield cell, _lines(paragraphs)
                cell, paragraphs = element, []
            elif tag == P:
                paragraphs.append(self._number_of(element, numbering))
            elif paragraphs and tag == T:
                paragraphs[-1] += element.text or ""
            elif paragraphs and _is_in_run(element):
                paragraphs[-1] += SIGNS[tag]
        if cell is not None:
            yield cell, _lines(paragraphs)

    def _number_of(self, paragraph: etree._Element, numbering: Numbering) -> str:
        list_id, place = self._numbered.get(paragraph, NO_LIST)
        return f"{numbering.next(list_id, place)} " if list_id not in ("", "0") else ""

    def _number(self, element: etree._Element) -> None:
        properties = element.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is not None:
            list_id, place = value_of(element, "numId") or "", int(value_of(element, "ilvl") or 0)
            self._numbered.setdefault(paragraph, (list_id, place))


def _cell_of(merging: etree._Element) -> etree._Element | None:
    properties = merging.getparent()
    return properties.getparent() if properties is not None else None


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
        return clean(paragraphs[0]).strip()
    return "\n".join(line for text in paragraphs if (line := clean(text).strip()))
