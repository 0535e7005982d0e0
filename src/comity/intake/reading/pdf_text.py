"""Letters on a PDF page to lines, and lines to the text of a cell or a paragraph."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from comity.intake.reading.pdf_distances import (
    FULL,
    FULL_LINES,
    MOST_PADDING,
    ROOM_LEFT,
    SAME_LINE,
    SHORT_LINE,
    SPACE,
    WORD_GAP,
)  # fmt: skip
from comity.intake.reading.text import clean

# words that narrow columns cut, and ends of words that begin no word of their own
STEMS = re.compile(
    r"(?:министерств|міністэрств|промышленност|сельскохозяйственн|сотрудничеств|"
    r"супрацоўніцтв|правительств|"
    r"администраци|адміністрацы|департамент|экономическ|образовани|здравоохранени|"
    r"университет|государственн|"
    r"республик|предприяти|продовольстви|предпринимательств|строительств|финансировани|фінансаванн|"
    r"исполнител|выканаўц|ответственн|мероприяти|мерапрыемств|ежегодно|ежеквартально|"
    r"ежемесячно|постоянно|"
    r"организаци|учреждени|управлени|информаци|технологи|исследовани|производств|международн|"
    r"environment|development|administration|exhibition|university|agricultur|government|"
    r"municipalit|"
    r"responsib|organisation|organization|cooperation|communication|infrastructure|implementation)"
    r"[а-яёіўa-z]{0,5}\Z"
)
ENDINGS = re.compile(
    r"(?:ост[ьи]ю?|ств[оаеу]|ственн\w*|ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)|"
    r"н(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми)|"
    r"ни[еяюй]|ний|ением|ировани\w*|изаци\w*|ци[яиюей]+|ционн\w*|тельн\w*|тел[ьяюие]+|"
    r"льн\w*|ый|ий|ая|ое|ие|ые|ого|"
    r"его|ому|ему|ой|ей|ов|ев|ам|ах|ям|ях|ами|ями|ую|юю|ых|их|ым|им|ом|ем|[йьъыюэеуа]|ть|"
    r"ти|ся|сь|лся|"
    r"tions?|ments?|ing|ed|ity|ities|ness|ance|ence|ly|ers?|ies|ional|able|ible|ous|ive)\Z"
)
# what a word that is cut before its last letter may end in, by that letter
CUT_BEFORE = {
    "о": re.compile(r"\w{5,}(?:[ое]г|ств|[ьчднт]н)\Z"),
    "а": re.compile(r"\w{5,}[ьчднт]н\Z"),
    "в": re.compile(r"\w{4,}(?:ист|нт|ор|ик|ком)о\Z"),
    "во": re.compile(r"\w{4,}(?:ест|ьст)\Z"),
    "у": re.compile(r"\w{4,}[оеа]м\Z"),
    "и": re.compile(
        r"\w{6,}аци\Z|\w{8,}[бвгджзклмнпрстфхцчшщ](?<!ов)(?<!ев)(?<!оў)(?<!ых)(?<!их)(?<!ам)(?<!ах)\Z"
    ),
    "і": re.compile(r"\w{8,}[бвгджзклмнпрстфхцчшшц](?<!аў)(?<!оў)(?<!ых)(?<!іх)(?<!ам)(?<!ах)\Z"),
}
# what follows a word on a line of its own, however well it would fit as its ending
FUNCTION_WORDS = re.compile(
    r"(?:[вкусўза]|во|на|по|со|из|за|от|до|об|при|под|над|для|или|не|па|да|са|ад|пры|абы|an|of|in|on|at|to|by|"
    r"or|and|for|the|with)\Z"
)
# letters of an ending that is no word of its own
MOST_OF_ENDING = 2
Char = dict[str, Any]
OPEN_RANGE = re.compile(r"\d–\Z")
BROKEN_TAIL = re.compile(r"([a-zа-яёіў]{2,})\Z")
BROKEN_HEAD = re.compile(r"([a-zа-яёіў]+)")


@dataclass(slots=True)
class Word:
    """Letters without a gap between them."""

    text: str
    x0: float
    x1: float

    @property
    def bare(self) -> str:
        """In small letters, without the signs around it."""
        return self.text.lower().strip(".,;:«»()")


@dataclass(slots=True)
class Line:
    """The words of one line, from left to right."""

    words: list[Word]
    top: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines that the letters stand on, from top to bottom."""
    rows: list[list[Char]] = []
    middle = -1e9
    for char in sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"])):
        here = (char["top"] + char["bottom"]) / 2
        if rows and here - middle <= SAME_LINE * max(char["bottom"] - char["top"], 1):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = here
    return [line for row in rows if (line := _line(row)) is not None]


def _line(chars: list[Char]) -> Line | None:
    chars.sort(key=lambda char: char["x0"])
    words: list[Word] = []
    gap_before = True
    for char in chars:
        text = clean(str(char["text"]))
        if not text.strip():
            gap_before = True
            continue
        size = max(char["size"], 1)
        if gap_before or char["x0"] - words[-1].x1 > WORD_GAP * size:
            words.append(Word(text, char["x0"], char["x1"]))
        else:
            words[-1].text += text
            words[-1].x1 = max(words[-1].x1, char["x1"])
        gap_before = False
    if not words:
        return None
    visible = [char for char in chars if str(char["text"]).strip()]
    bold = sum("bold" in str(char["fontname"]).lower() for char in visible)
    return Line(
        words,
        min(char["top"] for char in visible),
        max(char["bottom"] for char in visible),
        max(char["size"] for char in visible),
        bold * 2 > len(visible),
    )


def cell_text(lines: Sequence[Line], left: float, right: float, known: Counter[str]) -> str:
    """The text of a cell: wrapped lines run on, lines broken on purpose stay apart."""
    if not lines:
        return ""
    padding = max(0.0, min(line.x0 for line in lines) - left)
    padding = min(padding, MOST_PADDING * (right - left))
    room = right - left - 2 * padding
    justified = sum(line.x1 - line.x0 > room - FULL for line in lines[:-1]) > FULL_LINES
    wrap = _Wrap(room, justified, known)
    text = lines[0].text
    for at, following in enumerate(lines[1:]):
        third = lines[at + 2] if at + 2 < len(lines) else None
        text += wrap.joint(lines[at], following, third, text) + following.text
    return text


@dataclass(slots=True)
class _Wrap:
    """How the lines of one cell follow one another."""

    room: float
    justified: bool
    known: Counter[str]

    def joint(self, line: Line, following: Line, third: Line | None, text: str) -> str:
        """What stands between two lines: a line break, a space, or nothing."""
        first = following.words[0].text
        if goes_on_range(text, first):
            return ""
        if fits(line, following, self.room) or text.endswith(("-", "‐", "\u00ad")):
            return "\n"
        if first[0] in ",.;:)»" and not any(map(str.isalnum, first)):
            return ""
        if self.justified:
            return " "
        if _splits_word(line, following, self.room, self.known):
            return ""
        begins_cut_word = (
            third is not None
            and len(following.words) == 1
            and first[:1].isupper()
            and line.x1 - line.x0 < SHORT_LINE * self.room
            and _splits_word(following, third, self.room, self.known)
        )
        return "\n" if begins_cut_word else " "


def goes_on_range(text: str, following: str) -> bool:
    """Whether a line ends within "2021–2023"."""
    return OPEN_RANGE.search(text) is not None and following[:1].isdigit()


def fits(line: Line, following: Line, room: float) -> bool:
    """Whether the next line's first word had room: then the line was ended on purpose."""
    word = following.words[0]
    space = SPACE * line.size
    return line.x1 - line.x0 + space + (word.x1 - word.x0) < room - ROOM_LEFT * line.size


def _splits_word(line: Line, following: Line, room: float, known: Counter[str]) -> bool:
    """A word wider than the cell is cut where the line is full, without a hyphen."""
    last, first = line.words[-1], following.words[0]
    tail, head = BROKEN_TAIL.search(last.text), BROKEN_HEAD.match(first.text)
    if tail is None or head is None:
        return False
    if first.text[len(head.group()) :].strip('.,;:»)"'):
        return False
    letter = (first.x1 - first.x0) / max(len(first.text), 1)
    full = line.x1 - line.x0 + letter > room
    too_wide = (last.x1 - last.x0) + (first.x1 - first.x0) > room
    if not (full and too_wide):
        return False
    alone = len(line.words) == 1 and not known[last.bare]
    return bool(known[(last.text + first.text).lower().strip('.,;:«»"()')]) or _is_end(
        head.group(), last, first, alone
    )


def _is_end(head: str, last: Word, first: Word, alone: bool) -> bool:
    """Whether what begins a line reads as the end of the word before it, `alone` on its line."""
    cut = CUT_BEFORE.get(head)
    if cut is not None:
        return alone and cut.match(last.bare) is not None
    if FUNCTION_WORDS.match(head):
        return False
    joined = (last.text + first.text).lower().strip('.,;:«»"()')
    begins_no_word = len(head) <= MOST_OF_ENDING or head[0] in "ьъы"
    return (
        (alone and begins_no_word)
        or STEMS.match(joined) is not None
        or ENDINGS.match(head) is not None
    )


def whole_words(lines: Sequence[Line]) -> Iterator[str]:
    """The words of a cell that no line end can have cut."""
    for at, line in enumerate(lines):
        first, last = at > 0, len(line.words) - (at < len(lines) - 1)
        for word in line.words[first:last]:
            yield word.bare
