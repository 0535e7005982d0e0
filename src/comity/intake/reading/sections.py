"""Sections: their numbering taken off, and how they nest."""

import re
from dataclasses import dataclass, field

from comity.intake.reading.model import Place, Unplaced
from comity.intake.reading.numerals import from_roman
from comity.intake.reading.text import flat, fold

UPPER_WORDS = (
    r"раздел|раздзел|section|part|часть|частка|приоритет(?:ное направление)?|прыярытэт|"
    r"priority(?: area| axis)?|pillar|axis|"
    r"направление|напрамак|кірунак|work ?package|wp|цель|мэта|goal|блок|block|theme|тема|"
    r"тэма|component|"
    r"компонент|кампанент|strand|area|module|модуль|title"
)
LOWER_WORDS = (
    r"подраздел|падраздзел|глава|глава|chapter|sub-?section|objective|specific objective|"
    r"задача|статья|артыкул|article|task group"
)
LOWEST_WORDS = r"параграф|пункт|paragraph"
MARK = r"(?:[IVXLCІХ]+|\d+(?:\.\d+)*|[A-ZА-Я])"
WORDED = re.compile(
    rf"(?:(?P<upper>{UPPER_WORDS})|(?P<lower>{LOWER_WORDS})|(?P<lowest>{LOWEST_WORDS}))"
    rf"\s*(?:№\s*)?(?P<mark>{MARK})(?![^\W\d_])\s*(?:[.:)–—-]+\s*|\s+|\Z)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2})*)(?:[.)]\s*(?=\D)|\s+(?=[A-ZА-ЯЁІЎ«\"]))|"
    r"(?P<roman>[IVXLІХ]+)(?:[.)]\s*|\s+[–—-]\s+|\s+(?=[A-ZА-ЯЁІЎ«]))|"
    r"(?P<letter>[A-ZА-ЯЁ])[.)]\s+"
)
ORDER = {"upper": 10, "lower": 20, "lowest": 30, "roman": 14, "letter": 15, "caps": 12, "none": 40}


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's text without its numbering, and what its numbering says of its depth."""

    text: str
    key: str
    order: int


def read_heading(text: str, level: int | None = None, number: str = "") -> Heading:
    """The heading in a section row or paragraph; `level` is a style's, `number` automatic."""
    text = flat(text)
    whole = f"{number} {text}".strip() if number else text
    bare, key, order = _numbering(whole)
    if level is not None:
        return Heading(bare or text, f"level{level}", level)
    return Heading(bare or text, key, order)


def _numbering(text: str) -> tuple[str, str, int]:
    match = WORDED.match(text)
    if match is not None:
        key = next(name for name in ("upper", "lower", "lowest") if match.group(name))
        word = fold(match.group(key))
        return text[match.end() :].strip(), word, ORDER[key]
    match = NUMBERED.match(text)
    if match is None or not text[match.end() :].strip():
        caps = text.isupper()
        return text, "caps" if caps else "none", ORDER["caps" if caps else "none"]
    rest = text[match.end() :].strip()
    if match.group("decimal"):
        depth = match.group("decimal").count(".") + 1
        return rest, f"decimal{depth}", 8 + 8 * depth
    if match.group("roman") and from_roman(match.group("roman")) is not None:
        return rest, "roman", ORDER["roman"]
    if match.group("letter"):
        return rest, "letter", ORDER["letter"]
    return text, "none", ORDER["none"]


@dataclass(slots=True)
class _Open:
    heading: Heading
    where: Place
    whole: str
    used: bool = False


@dataclass(slots=True)
class Sections:
    """The sections open at a place of the document."""

    _stack: list[_Open] = field(default_factory=list)
    unused: list[Unplaced] = field(default_factory=list)

    def enter(self, heading: Heading, where: Place, whole: str) -> None:
        """A new section begins; those it ends are closed."""
        keep = len(self._stack)
        for place, entry in enumerate(self._stack):
            if entry.heading.key == heading.key or entry.heading.order >= heading.order:
                keep = place
                break
        if (
            heading.key == "none"
            and self._stack
            and self._stack[-1].used
            and keep == len(self._stack)
        ):
            keep = next(
                (at for at, entry in enumerate(self._stack) if entry.heading.order >= 14),
                len(self._stack),
            )
        self._close(keep)
        self._stack.append(_Open(heading, where, whole))

    def _close(self, keep: int) -> None:
        self.unused += [
            Unplaced(entry.whole, entry.where) for entry in self._stack[keep:] if not entry.used
        ]
        del self._stack[keep:]

    def close(self) -> None:
        """The document ends."""
        self._close(0)

    def text(self) -> str | None:
        """The section of a measure that stands here."""
        for entry in self._stack:
            entry.used = True
        return " / ".join(entry.heading.text for entry in self._stack) or None
