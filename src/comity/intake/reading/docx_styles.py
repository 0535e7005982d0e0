"""What the styles and list definitions of a Word file say: bold, headings, automatic numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from comity.intake.reading.counts import count
from comity.intake.reading.numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
HEADING_NAME = re.compile(r"(?:heading|заголовок|загаловак)\s*(\d)", re.IGNORECASE)
PLACE = re.compile(r"%(\d)")
OFF = frozenset({"0", "false", "off", "none"})


def is_on(element: etree._Element | None) -> bool:
    """A switch element such as <w:b/>: present and not set to off."""
    return element is not None and element.get(VAL, "1") not in OFF


def child_of(parent: etree._Element | None, tag: str) -> etree._Element | None:
    """The first child with that tag, without the detour of a search path."""
    return next(parent.iterchildren(tag), None) if parent is not None else None


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """The w:val of a child element."""
    child = child_of(parent, W + name)
    return child.get(VAL) if child is not None else None


@dataclass(slots=True)
class Style:
    """A paragraph or character style with what it inherits already resolved."""

    bold: bool | None = None
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    centred: str | None = None


class Styles:
    """The styles of a Word file by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = root.findall(W + "style") if root is not None else []
        self._elements = {element.get(W + "styleId", ""): element for element in elements}
        self._resolved: dict[str, Style] = {}
        self.default = next(
            (
                element.get(W + "styleId", "")
                for element in elements
                if element.get(W + "type") == "paragraph"
                and element.get(W + "default") in ("1", "true")
            ),
            "",
        )

    def style(self, name: str | None) -> Style:
        """The style with that id; an empty one for an unknown id."""
        return self._resolve(name if name is not None else self.default, 0)

    def _resolve(self, name: str, depth: int) -> Style:
        known = self._resolved.get(name)
        if known is not None:
            return known
        element = self._elements.get(name)
        if element is None or depth > 20:
            return Style()
        base_name = value_of(element, "basedOn")
        base = self._resolve(base_name, depth + 1) if base_name else Style()
        found = _own(element, base)
        self._resolved[name] = found
        return found


def _own(element: etree._Element, base: Style) -> Style:
    run, paragraph = element.find(W + "rPr"), element.find(W + "pPr")
    bold = run.find(W + "b") if run is not None else None
    numbering = paragraph.find(W + "numPr") if paragraph is not None else None
    own = value_of(numbering, "ilvl")
    return Style(
        bold=is_on(bold) if bold is not None else base.bold,
        level=_heading_level(element, paragraph, base),
        list_id=value_of(numbering, "numId") or base.list_id,
        list_level=count(own, least=0, most=8) if own else base.list_level,
        centred=value_of(paragraph, "jc") or base.centred,
    )


def _heading_level(
    element: etree._Element, paragraph: etree._Element | None, base: Style
) -> int | None:
    name = (value_of(element, "name") or "").lower()
    if name in ("title", "название", "назва"):
        return 0
    match = HEADING_NAME.match(name)
    if match:
        return int(match.group(1))
    outline = value_of(paragraph, "outlineLvl")
    if (depth := count(outline, 9, least=0)) < 9:
        return depth + 1
    return base.level


@dataclass(slots=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    style: str = "decimal"
    pieces: Sequence[str] = ("",)
    """What the number looks like: words, and between them the levels (from 1) that it shows."""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class List:
    """A list instance: its definition's id, levels, and the starts it overrides."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the automatic numbers of a Word file as Word itself does."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        definitions = {
            element.get(W + "abstractNumId", ""): element
            for element in root.findall(W + "abstractNum")
        }
        levels = {name: _levels(element) for name, element in definitions.items()}
        for element in root.findall(W + "num"):
            definition = self._linked(value_of(element, "abstractNumId") or "", definitions, root)
            own = dict(levels.get(definition, {}))
            starts: dict[int, int] = {}
            for override in element.findall(W + "lvlOverride"):
                place = count(override.get(W + "ilvl"), 0, least=0)
                level = override.find(W + "lvl")
                if level is not None:
                    own[place] = _level(level)
                start = value_of(override, "startOverride")
                if start is not None:
                    starts[place] = count(start, least=0)
            self._lists[element.get(W + "numId", "")] = List(definition, own, starts)

    def _linked(
        self, name: str, definitions: dict[str, etree._Element], root: etree._Element
    ) -> str:
        link = value_of(definitions.get(name), "numStyleLink")
        if not link:
            return name
        target = self._styles.style(link).list_id
        for element in root.findall(W + "num"):
            if element.get(W + "numId") == target:
                return value_of(element, "abstractNumId") or name
        return name

    def next(self, list_id: str | None, place: int) -> str:
        """The number of the next paragraph of that list at that level ("" for bullets)."""
        found = self._lists.get(list_id or "")
        if found is None or list_id is None or place not in found.levels:
            return ""
        counters = self._counters.setdefault(found.definition, {})
        self._advance(found, list_id, place, counters)
        level = found.levels[place]
        if level.style == "bullet":
            return ""

        shown = [*level.pieces]
        for piece in range(1, len(shown), 2):
            at = int(shown[piece]) - 1
            other = found.levels.get(at, level)
            style = "decimal" if level.legal and at != place else other.style
            shown[piece] = numeral(counters.get(at, other.start), style)
        return "".join(shown).strip()

    def _advance(self, found: List, list_id: str, place: int, counters: dict[int, int]) -> None:
        begun = (list_id, place)
        if place in found.starts and begun not in self._begun:
            counters[place] = found.starts[place]
        elif place in counters:
            counters[place] += 1
        else:
            counters[place] = found.levels[place].start
        self._begun.add(begun)
        for upper in range(place):
            if upper not in counters and upper in found.levels:
                counters[upper] = found.starts.get(upper, found.levels[upper].start)
        for lower in [at for at in counters if at > place]:
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or (restart > 0 and place < restart):
                del counters[lower]


def _levels(definition: etree._Element) -> dict[int, Level]:
    return {
        count(element.get(W + "ilvl"), 0, least=0): _level(element)
        for element in definition.findall(W + "lvl")
    }


def _level(element: etree._Element) -> Level:
    start, restart = value_of(element, "start"), value_of(element, "lvlRestart")
    return Level(
        start=count(start, least=0),
        style=value_of(element, "numFmt") or "decimal",
        pieces=PLACE.split(value_of(element, "lvlText") or ""),
        legal=is_on(element.find(W + "isLgl")),
        restart=count(restart, 0, least=0) if restart else None,
    )
