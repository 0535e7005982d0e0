"""The document's own heading and the period of the programme it names."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from comity.intake.reading.deadlines import prepared
from comity.intake.reading.grid import Paragraph
from comity.intake.reading.moments import scan, share_years
from comity.intake.reading.text import flat, fold

APPROVAL = re.compile(
    r"(?:утвержд|зацвярдж|согласован|узгодн|ўзгодн|approved|adopted|приложени|дадат(?:ак|"
    r"ку)|annex|appendix|протокол|"
    r"пратакол|к соглашени|да пагаднен|minutes|«?_{2,}|проект\Z|праект\Z|draft\Z|от \d|№|"
    r"ад \d|\d{1,2}\.\d{1,2}\.\d{4}|attachment|подписан)"
)
NAMES = re.compile(
    r"(?:план|программ|праграм|перечень|пералік|комплекс|дорожная карта|дарожная карта|"
    r"programme|program|action plan|"
    r"work ?plan|plan\b|road ?map|joint (?:programme|action|work|plan)|matrix|schedule of|"
    r"list of (?:measures|activities)|"
    r"matrix of|annual (?:work )?(?:plan|programme)|cooperation (?:programme|plan)|"
    r"implementation (?:plan|programme)|"
    r"сетев\w+ график|сеткав\w+ графік|график\b|графік\b|"
    r"календарный|каляндарны|комплексн|совместн|сумесн|measures|мероприяти|мерапрыемств|"
    r"план-график|меры|protocol of cooperation)"
)
GOES_ON = re.compile(
    r"(?:по |па |на |с |з |with |о |об |аб |for|under|of|to|on|between|между|паміж|в |у |"
    r"к |and|и |і |"
    r"соглашени|пагаднен|\(?(?:19|20)\d\d|"
    r"cooperation|республик|в рамках|within|the |сотрудничеств)"
)
RANGE_NEAR = re.compile(
    r"\b(?:на|for|period|период\w*|перыяд\w*|срок|в|у|during|covering|годы|гады|years?)\b"
)
BETWEEN = re.compile(
    r"[\s,.]*(?:г\.?|года)?\s*(?:–|-|to|по|до|да|па|until|through|and ending)\s*(?:the\s*)?"
)
ONE_WORD = re.compile(r"\w+\Z")
MAX_LINES = 8


def find_title(lines: Sequence[Paragraph]) -> list[int]:
    """Which of the paragraphs before the first table make the heading of the document."""
    begin = _first_line(lines)
    if begin is None:
        return []
    chosen = [begin]
    for at in range(begin + 1, min(len(lines), begin + MAX_LINES)):
        line = lines[at]
        text = flat(line.text)
        if not text:
            if lines[chosen[-1]].text.strip() and not _still_title(lines, at, begin):
                break
            continue
        if not _belongs(line, text, lines[begin]) and not _leads_to_period(lines, at, begin):
            break
        chosen.append(at)
    return chosen


def _first_line(lines: Sequence[Paragraph]) -> int | None:
    candidates = [
        at
        for at, line in enumerate(lines)
        if line.text.strip() and not line.aside and not line.right and len(flat(line.text)) < 400
    ]
    named = [
        at
        for at in candidates
        if NAMES.match(fold(lines[at].text).lstrip('«"“ ')) and not _is_section(lines[at])
    ]
    headings = [at for at in named if lines[at].level is not None or lines[at].centred]
    if headings or named:
        return (headings or named)[0]
    for at in candidates:
        line = lines[at]
        marked = line.level == 0 or (line.centred and line.bold)
        if marked and APPROVAL.match(fold(line.text)) is None and not _is_section(line):
            return at
    for at in candidates:
        text = fold(lines[at].text)
        if (
            APPROVAL.match(text) is None
            and NAMES.search(text)
            and len(text) > 15
            and not _is_section(lines[at])
        ):
            return at
    return None


def _is_section(line: Paragraph) -> bool:
    return (
        bool(line.number)
        or re.match(r"(?:раздел|раздзел|глава|wp ?\d|work package)\b", fold(line.text)) is not None
    )


def _belongs(line: Paragraph, text: str, first: Paragraph) -> bool:
    folded = fold(text)
    if line.aside or line.caption or line.right or APPROVAL.match(folded) or len(text) > 500:
        return False
    if re.match(r"(?:\d+[.)]|[ivx]+\.|[a-zа-я][.)])\s", folded) or _is_section(line):
        return False
    if line.level is not None and first.level is not None and line.level > max(first.level, 0):
        return GOES_ON.match(folded) is not None
    if (
        (ONE_WORD.match(flat(first.text)) and text[:1].islower())
        or line.centred
        or (first.centred is False and line.bold)
        or (line.level == first.level and line.level is not None)
    ):
        return True
    return GOES_ON.match(folded) is not None and not text.endswith((".", ":"))


def _leads_to_period(lines: Sequence[Paragraph], at: int, begin: int) -> bool:
    """Whether the line, or the one right below it, ends the heading with its period."""
    for line in lines[at : at + 2]:
        text = flat(line.text)
        plain = text and len(text) < 200 and not (line.aside or line.right or line.number)
        if not plain or APPROVAL.match(fold(text)) or _is_section(line):
            return False
        if _alone_says_when(text, lines[begin]) and not text.endswith((".", ":")):
            return True
    return False


def _alone_says_when(text: str, first: Paragraph) -> bool:
    """Whether a line names the programme's period and the heading's first line does not."""
    in_first = _period_in(flat(first.text), whole=True)
    return in_first is None and _period_in(text, whole=True) is not None


def _still_title(lines: Sequence[Paragraph], at: int, begin: int) -> bool:
    """An empty line parts the heading only if what follows does not read on."""
    for line in lines[at + 1 : at + 3]:
        text = flat(line.text)
        if text:
            return (
                len(text) < 300
                and GOES_ON.match(fold(text)) is not None
                and _belongs(line, text, lines[begin])
            )
    return False


def find_period(title: str | None, preamble: Sequence[str]) -> tuple[date, date] | None:
    """The programme's period, from its title, else from the text before the measures."""
    if title:
        found = _period_in(title, whole=True)
        if found:
            return found
    for text in preamble:
        if APPROVAL.match(fold(text)):
            continue
        found = _period_in(text, whole=False)
        if found:
            return found
    return None


def _period_in(text: str, whole: bool) -> tuple[date, date] | None:
    folded = prepared(text)
    moments = [
        moment for moment in share_years(scan(folded), folded)
        if moment.year is not None and moment.kind not in ("school", "impossible")
    ]  # fmt: skip
    for first, second in itertools.pairwise(moments):
        between = folded[first.finish : second.begin]
        if BETWEEN.fullmatch(between) and first.start() < second.end():
            return first.start(), second.end()
    for moment in moments:
        if moment.kind == "years" and (whole or RANGE_NEAR.search(folded) or len(folded) < 60):
            return moment.start(), moment.end()
    for moment in moments:
        if moment.kind == "year" and _names_period(folded, moment.begin, moment.finish):
            later = [
                other for other in moments if other.kind == "year" and other.begin > moment.begin
            ]
            if later and re.fullmatch(
                r"[\s,и]*(?:and|и|і)?\s*", folded[moment.finish : later[0].begin]
            ):
                return moment.start(), later[-1].end()
            return moment.start(), moment.end()
    if whole:
        halves = [
            m
            for m in moments
            if m.kind in ("half", "quarter", "month") and not _is_dated(folded, m.begin)
        ]
        if len(halves) == 1:
            return halves[0].start(), halves[0].end()
    return None


def _is_dated(folded: str, begin: int) -> bool:
    return re.search(r"(?:от|ад|of|dated|с|at)\s*(?:«?\d+»?\s*)?\Z", folded[:begin]) is not None


def _names_period(folded: str, begin: int, finish: int) -> bool:
    before, after = folded[:begin], folded[finish:]
    if _is_dated(folded, begin):
        return False
    return (
        re.search(r"(?:\b(?:на|for|in|year|period|during|plan|programme|в|у)|,|–|\()\s*\Z", before)
        is not None
        or re.match(r"\s*(?:год|\)|\Z)", after) is not None
        or re.search(r"\bгод\w*", folded[begin:finish]) is not None
    )


def language_of(text: str) -> str:
    """The main language of a document: be, ru, uk or en."""
    counts = Counter(text.lower())
    cyrillic = sum(n for sign, n in counts.items() if "а" <= sign <= "я" or sign in "ёіўїєґ")
    latin = sum(n for sign, n in counts.items() if "a" <= sign <= "z")
    if cyrillic < latin:
        return "en"
    if counts["ў"] + counts["і"] > 0.02 * max(cyrillic, 1):
        return "uk" if counts["ї"] + counts["є"] > counts["ў"] else "be"
    return "ru"
