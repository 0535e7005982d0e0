"""Finds the stretches of time that a text names: days, months, quarters, seasons, years."""

import re
from calendar import isleap
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from comity.intake.reading.months import (
    ANY_MONTH,
    MONTH,
    MONTH_STEMS,
    ORDINALS,
    SEASON_AFTER,
    SEASONS,
)
from comity.intake.reading.numerals import from_roman

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Moment(NamedTuple):
    """A stretch within a year; `year` is None when the text does not say it."""

    kind: str
    low: tuple[int, int]
    high: tuple[int, int]
    year: int | None
    begin: int
    finish: int
    last_year: int | None = None

    def of_year(self, year: int | None, *, begin: int = -1, finish: int = -1) -> "Moment":
        """The same stretch in that year, told by the text from `begin` to `finish`."""
        return Moment(
            self.kind, self.low, self.high, year, self.begin if begin < 0 else begin,
            self.finish if finish < 0 else finish, self.last_year,
        )  # fmt: skip

    def start(self, year: int | None = None) -> date:
        chosen = self.year if self.year is not None else year
        assert chosen is not None
        wraps = self.low > self.high
        return _day(chosen - 1 if wraps and self.kind == "season" else chosen, self.low)

    def end(self, year: int | None = None) -> date:
        chosen = self.last_year or (self.year if self.year is not None else year)
        assert chosen is not None
        return _day(chosen, self.high)


def _day(year: int, place: tuple[int, int]) -> date:
    month, day = place
    return date(year, month, min(day, month_days(year, month)))


def month_days(year: int, month: int) -> int:
    """How many days the month has."""
    return 29 if month == 2 and isleap(year) else DAYS[month - 1]


YEAR_WORD = (
    r"(?:\s*(?:гг?\b\.?|год(?:а|у|ы|ов|ах|ам|зе|оў|ам)?\b|гад(?:ы|оў|ах|ам|а)\b|года\b|years?\b))"
)
ROMAN = r"(?:[ivxіх]{1,4}|[1-4])"
NTH = r"(?:-?(?:й|ый|ой|ий|го|м|ом|ы|і|га|ым|st|nd|rd|th|е|ое|ае|я|ая))?"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
QUARTER = r"(?:квартал\w*|кв\b\.?|quarters?\b)"
HALF = (
    r"(?:полугоди\w+|полуг\b\.?|пол\.|паўгоддз\w+|паўгодд\w*|half(?:[- ]year)?\b|semesters?\b|"
    r"семестр\w*)"
)
AND = r"(?:\s*[–,/&+]\s*|\s+(?:и|і|ды|and|to|по|па)\s+)"
DASH = r"\s*–\s*"
TO = r"(?:\s*–\s*|\s+(?:по|па|да|до|to|until|and)\s+)"

PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)\b"),
    (
        "dm_dmy",
        r"\b(?P<dd_a>\d{1,2})(?:\.(?P<dd_ma>\d{1,2})\.?)?\s?(?:–|-|по)\s?(?P<dd_b>\d{1,2})\."
        r"(?P<dd_m>\d{1,2})\.(?P<dd_y>(?:19|20)\d\d)\b",
    ),
    (
        "dmy",
        r"\b(?P<dmy_d>\d{1,2})\s?[./]\s?(?P<dmy_m>\d{1,2})\s?[./]\s?(?P<dmy_y>(?:19|"
        r"20)\d\d|\d\d)\b(?!\.\d)",
    ),
    (
        "days",
        rf"\b(?P<days_a>\d{{1,2}}){NTH}{TO}(?P<days_b>\d{{1,2}}){NTH}\s+(?:of\s+)?(?P<days_m>{ANY_MONTH})\b\.?",
    ),
    (
        "day",
        rf"\b(?P<day_d>\d{{1,2}}){NTH}\s+(?:of\s+)?(?P<day_m>{ANY_MONTH})\b\.?",
    ),
    (
        "mday",
        rf"\b(?P<mday_m>{ANY_MONTH})\b\.?\s+(?P<mday_a>\d{{1,2}})(?:st|nd|rd|"
        rf"th)?(?:{DASH}(?P<mday_b>\d{{1,2}})(?:st|nd|rd|th)?)?(?=\s*,\s*(?:19|20)\d\d|"
        rf"\s+(?:19|20)\d\d\b|\s*$|\s*–\s*(?:{ANY_MONTH})\b|\s*[;)])",
    ),
    ("dm", r"\b(?P<dm_d>0[1-9]|[12]\d|3[01])\.(?P<dm_m>0[1-9]|1[0-2])\b(?!\.?\d)"),
    ("my", r"\b(?P<my_m>0?[1-9]|1[0-2])[./](?P<my_y>(?:19|20)\d\d)\b"),
    ("ym", r"\b(?P<ym_y>(?:19|20)\d\d)[-/](?P<ym_m>0[1-9]|1[0-2])\b(?![-–/])"),
    (
        "decade",
        rf"\b(?P<dec_n>{ORDINAL}|[1-3]|i{{1,3}}){NTH}\s+(?:декад\w+|"
        rf"дэкад\w+)\s+(?P<dec_m>{ANY_MONTH})\b",
    ),
    ("month", rf"\b(?:{MONTH})\b\.?"),
    (
        "quarters",
        rf"\b(?P<qs_a>{ROMAN}|{ORDINAL}){NTH}{AND}(?P<qs_b>{ROMAN}|{ORDINAL}){NTH}\s*{QUARTER}",
    ),
    ("quarter", rf"\b(?P<q_n>{ROMAN}|{ORDINAL}){NTH}\s*{QUARTER}"),
    ("nq", r"\b(?P<nq_n>[1-4])q(?=\d|\b)"),
    ("qn", r"\bq\s?(?P<qn_a>[1-4])(?:\s?[–/&,]\s?(?:q\s?)?(?P<qn_b>[1-4])(?!\d))?(?![\d])"),
    (
        "quarter_n",
        r"\bquarters?\s+(?P<qw_a>[1-4]|i{1,3}|iv)(?:\s?(?:[–/&,]|and|to)\s?(?P<qw_b>[1-4]|"
        r"i{1,3}|iv))?\b",
    ),
    ("half", rf"\b(?P<h_n>{ROMAN}|{ORDINAL}){NTH}\s*{HALF}(?:\s+of\b)?"),
    ("hn", r"\b(?:h\s?(?P<hn_n>[12])(?!\d)|(?P<hn_m>[12])h\b)"),
    ("part", r"\b(?P<part_n>перв\w+|втор\w+|перш\w+|друг\w+)\s+(?:половин\w+|палов\w+)"),
    *(
        (f"season{place}", rf"\b(?:{stems})\b{SEASON_AFTER}")
        for place, (stems, _) in enumerate(SEASONS)
    ),
    (
        "school",
        r"\b(?P<sch_a>(?:19|20)\d\d)\s?[–/]\s?(?P<sch_b>(?:19|20)?\d\d)\s*(?:учебн\w+|"
        r"навучальн\w+|academic|school)(?:\s*(?:год\w*|гг?\.?|year))?",
    ),
    (
        "school_en",
        r"\b(?:academic|school)\s+years?\s+(?P<sen_a>(?:19|"
        r"20)\d\d)\s?[–/]\s?(?P<sen_b>(?:19|20)?\d\d)",
    ),
    (
        "years",
        rf"\b(?P<ys_a>(?:19|20)\d\d){YEAR_WORD}?\s?[–/]\s?(?P<ys_b>(?:19|20)\d\d|"
        rf"\d\d(?![\d./–]|{NTH}\s+(?:of\s+)?(?:{ANY_MONTH})\b))(?:-?(?:й|м|х|го)\b)?{YEAR_WORD}?",
    ),
    ("year", rf"\b(?P<y>(?:19|20)\d\d)(?:-?(?:й|м|го)\b)?{YEAR_WORD}?(?!\d)"),
)
NAMED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS)
#: Every pattern begins with a word, so that only the beginnings of words are looked at.
SCAN = re.compile(rf"\b(?=\w)(?:{NAMED})")
MONTH_NUMBER = tuple((number, re.compile(rf"(?:{stems})\Z")) for number, stems in MONTH_STEMS)


@lru_cache(maxsize=4096)
def month_number(name: str) -> int:
    """The month that a name in any case or abbreviation means."""
    return next(number for number, stem in MONTH_NUMBER if stem.match(name))


def ordinal(text: str) -> int | None:
    """1 … 4 for a digit, a Roman numeral in any letters, or an ordinal word."""
    if text.isdigit():
        return int(text)
    if text in ORDINALS:
        return ORDINALS[text]
    return from_roman(text)


def _full_year(text: str, near: int = 2000) -> int:
    return int(text) if len(text) == 4 else near // 100 * 100 + int(text)


Found = re.Match[str]
Span = tuple[str, tuple[int, int], tuple[int, int], int | None, int | None]


def _months(kind: str, first: int, last: int, year: int | None = None) -> Span:
    return kind, (first, 1), (last, 31), year, None


def _valid_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= month_days(2000, month)


def _one_day(month: int, day: int, year: int | None) -> Span | None:
    if not _valid_day(month, day):
        return None
    return "day", (month, day), (month, day), year, None


def _quarters(first: int | None, last: int | None) -> Span | None:
    if not first or not last or first > 4 or last > 4:
        return None
    return _months("quarter", 3 * first - 2, 3 * last)


def _half(number: int | None) -> Span | None:
    return _months("half", 6 * number - 5, 6 * number) if number in (1, 2) else None


def _text(found: Found, name: str) -> str:
    return found[name] or ""


def _dmy(found: Found) -> Span | None:
    day, month = int(_text(found, "dmy_d")), int(_text(found, "dmy_m"))
    if month > 12 >= day:
        day, month = month, day
    return _one_day(month, day, _full_year(_text(found, "dmy_y")))


def _days_dmy(found: Found) -> Span | None:
    """ "15–17.05.2019" and "30.04–02.05.2019"."""
    month = int(_text(found, "dd_m"))
    first = int(found["dd_ma"] or month), int(_text(found, "dd_a"))
    last = month, int(_text(found, "dd_b"))
    if not _valid_day(*first) or not _valid_day(*last) or first > last:
        return None
    return "days", first, last, int(_text(found, "dd_y")), None


def _days(found: Found, month: str, first: str, last: str) -> Span | None:
    number = month_number(_text(found, month))
    begin, end = int(_text(found, first)), int(_text(found, last))
    if not _valid_day(number, begin) or not _valid_day(number, end):
        return None
    return "days", (number, begin), (number, end), None, None


def _mday(found: Found) -> Span | None:
    if found["mday_b"]:
        return _days(found, "mday_m", "mday_a", "mday_b")
    return _one_day(month_number(_text(found, "mday_m")), int(_text(found, "mday_a")), None)


def _decade(found: Found) -> Span | None:
    number = ordinal(_text(found, "dec_n"))
    month = month_number(_text(found, "dec_m"))
    if number not in (1, 2, 3):
        return None
    return "days", (month, 10 * number - 9), (month, 31 if number == 3 else 10 * number), None, None


def _month(found: Found) -> Span:
    number = next(number for number in range(1, 13) if found[f"m{number}"])
    return _months("month", number, number)


def _years(found: Found) -> Span:
    first = int(_text(found, "ys_a"))
    last = _full_year(_text(found, "ys_b"), first)
    return "years", (1, 1), (12, 31), min(first, last), max(first, last)


def _school(found: Found, first: str, last: str) -> Span:
    begin = int(_text(found, first))
    return "school", (9, 1), (6, 30), begin, _full_year(_text(found, last), begin)


def _season(place: int) -> Callable[[Found], Span | None]:
    first, last = SEASONS[place][1]
    return lambda found: _months("season", first, last)


READERS: dict[str, Callable[[Found], Span | None]] = {
    "iso": lambda f: _one_day(
        int(_text(f, "iso_m")), int(_text(f, "iso_d")), int(_text(f, "iso_y"))
    ),
    "dm_dmy": _days_dmy,
    "dmy": _dmy,
    "dm": lambda f: _one_day(int(_text(f, "dm_m")), int(_text(f, "dm_d")), None),
    "days": lambda f: _days(f, "days_m", "days_a", "days_b"),
    "day": lambda f: _one_day(month_number(_text(f, "day_m")), int(_text(f, "day_d")), None),
    "mday": _mday,
    "my": lambda f: _months(
        "month", int(_text(f, "my_m")), int(_text(f, "my_m")), int(_text(f, "my_y"))
    ),
    "ym": lambda f: _months(
        "month", int(_text(f, "ym_m")), int(_text(f, "ym_m")), int(_text(f, "ym_y"))
    ),
    "decade": _decade,
    "month": _month,
    "quarters": lambda f: _quarters(ordinal(_text(f, "qs_a")), ordinal(_text(f, "qs_b"))),
    "quarter": lambda f: _quarters(ordinal(_text(f, "q_n")), ordinal(_text(f, "q_n"))),
    "qn": lambda f: _quarters(int(_text(f, "qn_a")), int(f["qn_b"] or _text(f, "qn_a"))),
    "quarter_n": lambda f: _quarters(
        ordinal(_text(f, "qw_a")), ordinal(f["qw_b"] or _text(f, "qw_a"))
    ),
    "half": lambda f: _half(ordinal(_text(f, "h_n"))),
    "nq": lambda f: _quarters(int(_text(f, "nq_n")), int(_text(f, "nq_n"))),
    "hn": lambda f: _half(int(f["hn_n"] or _text(f, "hn_m"))),
    "part": lambda f: _half(1 if _text(f, "part_n").startswith(("перв", "перш")) else 2),
    **{f"season{place}": _season(place) for place in range(len(SEASONS))},
    "school": lambda f: _school(f, "sch_a", "sch_b"),
    "school_en": lambda f: _school(f, "sen_a", "sen_b"),
    "years": _years,
    "year": lambda f: ("year", (1, 1), (12, 31), int(_text(f, "y")), None),
}


def scan(text: str) -> list[Moment]:
    """The moments that a folded text (see `prepared`) names, in order, years not yet shared."""
    moments: list[Moment] = []
    for match in SCAN.finditer(text):
        assert match.lastgroup is not None
        span = READERS[match.lastgroup](match)
        if span is None:
            moments.append(Moment("impossible", (1, 1), (1, 1), None, *match.span()))
            continue
        kind, low, high, year, last_year = span
        moments.append(Moment(kind, low, high, year, *match.span(), last_year))
    return moments


YEAR_FOLLOWS = re.compile(r"[\s,.]*(?:(?:of|in|for|the|on|в|во|у|за|на|/)\s*)*[\s,.(]*\Z")
YEAR_PRECEDES = re.compile(r"[\s,.:;(–]*(?:(?:г|года|год|в|у|во)\b[\s,.:;(–]*)*\Z")
PARTIAL = frozenset({"day", "days", "month", "quarter", "half", "season"})


def share_years(moments: list[Moment], text: str) -> list[Moment]:
    """Each month, quarter or day gets the year that the text says beside it."""
    out: list[Moment] = []
    for moment in moments:
        partial = out[-1] if out else None
        if (
            moment.kind == "year"
            and partial is not None
            and partial.kind in PARTIAL
            and partial.year is None
            and YEAR_FOLLOWS.match(text[partial.finish : moment.begin])
        ):
            out = _give_year(out, moment)
            continue
        if (
            moment.kind in PARTIAL
            and moment.year is None
            and partial is not None
            and partial.kind == "year"
            and YEAR_PRECEDES.match(text[partial.finish : moment.begin])
            and not _year_comes(moments, moment, text[partial.finish : moment.begin], text)
        ):
            out[-1] = moment.of_year(partial.year, begin=partial.begin)
            continue
        out.append(moment)
    return _inherit(out)


def _year_comes(moments: list[Moment], moment: Moment, before: str, text: str) -> bool:
    place = moments.index(moment) + 1
    if place >= len(moments) or moments[place].kind != "year":
        return False
    after = text[moment.finish : moments[place].begin]
    if "," in after and ("–" in before or ":" in before):
        return False
    return YEAR_FOLLOWS.match(after) is not None


def _give_year(moments: list[Moment], year: Moment) -> list[Moment]:
    out = list(moments)
    for place in range(len(out) - 1, -1, -1):
        if out[place].kind not in PARTIAL or out[place].year is not None:
            break
        finish = year.finish if place == len(out) - 1 else out[place].finish
        wraps = place < len(out) - 1 and out[place].low > out[place + 1].low
        owner = (year.year or 0) - (1 if wraps else 0)
        out[place] = out[place].of_year(owner, finish=finish)
    return out


def _inherit(moments: list[Moment]) -> list[Moment]:
    """A moment after one with a year and without its own takes that year."""
    out: list[Moment] = []
    for moment in moments:
        before = out[-1] if out else None
        if (
            moment.kind in PARTIAL
            and moment.year is None
            and before is not None
            and before.kind in PARTIAL
            and before.year is not None
        ):
            out.append(moment.of_year(before.year))
        else:
            out.append(moment)
    return out
