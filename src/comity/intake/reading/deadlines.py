"""What a deadline says: the grammar of dates, stretches and recurrences in three languages."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from comity.intake.reading.messages import ReadingWarning
from comity.intake.reading.model import Due
from comity.intake.reading.moments import Moment, month_days, scan, share_years
from comity.intake.reading.recurrences import (
    CONTINUOUS,
    FISCAL,
    PROGRAMME_END,
    RELATIVE,
    UNSCHEDULED,
    recurrence_of,
)
from comity.intake.reading.text import flat, fold, is_blank

Period = tuple[date, date] | None
BY = re.compile(
    r"(?:\b(?:до|не позднее(?: чем)?|не позже(?: чем)?|к|да|не пазней(?: за| чым)?|не пазне[яй]|"
    r"on or before|by|before|until|till|through|no later than|not later than|not after|"
    r"at the latest by|"
    r"up to|prior to|deadline|latest|due)|≤|<)\s*:?\s*(?:the\s+)?\Z"
)
FROM = re.compile(
    r"(?:\b(?:с|со|з|са|от|ад|начиная с|пачынаючы з|from|since|starting|as of|as from|"
    r"beginning)|>|≥)\s*(?:(?:in|on|from)\s+)?(?:the\s+)?\Z")  # fmt: skip
AFTER = re.compile(r"\s*(?:at the latest|latest|onwards?|and beyond|включительно)")
ONWARDS = re.compile(r"\s*(?:onwards?|and beyond|и далее|і далей)")
AND_THEN = re.compile(r"\b(?:далее|затем|далей|потым|then|thereafter|afterwards)\b")
BETWEEN = re.compile(
    r"[\s,.]*(?:г\b\.?|года\b|year\b)?[\s,.]*(?:–|-|—|по|до|да|па|to|until|till|through|и до|up to)"
    r"\s*(?:the\s+)?(?:(?:в|у|the)\s+)?\Z"
)
PART = re.compile(
    r"\b(?P<begin>начал[оеау]|пачат(?:ак|ку|ка)|early|(?:the )?(?:beginning|start) of)?"
    r"(?P<middle>середин[аеуы]|сярэдзін[аеуы]|mid|(?:the )?middle of)?"
    r"(?P<finish>кон(?:ец|ца|це|цу)|кан(?:ец|ца|цы)|late|(?:the )?(?:end|close) of|end)?"
    r"[\s-]*(?:the\s+)?(?:year\s+)?\Z"
)
END_OF_YEAR = re.compile(
    r"\b(?:до|к|да|не позднее|не пазней(?: за)?)\s+(?:кон(?:ца|цу)|канца)\s+"
    r"(?:текущего |календарного |бягучага |каляндарнага )?года\b|"
    r"\b(?:by|before|until)\s+(?:the\s+)?(?:end of (?:the |this )?(?:calendar )?year|"
    r"year['’]?s?[- –]end)\b"
)
FUSED_YEAR = re.compile(r"\b(fy|[1-4]q|[12]h)(?=\d\d)|\b(q[1-4]|h[12]) ?[-–/] ?(?=(?:19|20)\d\d)")
HYPHENS_FOR_DASHES = tuple(
    map(
        re.compile,
        (
            r"(?<=[\s\d.г])-(?=\s|\d{4}\b)|(?<=\d)-(?=\d{1,2}\s+[а-яіўa-z])",
            r"(?<=\w)\s?-\s?(?=(?:[ivxіх]{1,3}|[1-4]|q[1-4])\s*(?:кв|quarter|\b))",
            r"(?<=[а-яіўa-z])-(?=[а-яіўa-z]{3,})(?!год|year|летн|quarter|month)(?<!\bon-)"
            r"(?<!\bopen-)(?<!\bsemi-)(?<!\bbi-)(?<!\ball-)(?<!\byear-)(?<!\bhalf-)(?<!\bsix-)",
        ),
    )
)
WIDE_DASH = re.compile(r"(?<=\d)\s*–\s*(?=\d{4}-\d\d)")
COARSE = frozenset({"month", "quarter", "half", "season", "year", "years"})


@dataclass(slots=True)
class _Look:
    """One deadline while it is being understood."""

    text: str
    folded: str
    period: Period
    moments: list[Moment]
    warnings: list[ReadingWarning] = field(default_factory=list)

    def warn(self, code: str, **params: object) -> None:
        self.warnings.append(ReadingWarning(code, {"text": self.text, **params}))

    @property
    def one_year(self) -> int | None:
        if self.period and self.period[0].year == self.period[1].year:
            return self.period[0].year
        return None


def prepared(text: str) -> str:
    """The text as the grammar reads it: folded, one kind of dash, quarters without fillers."""
    folded = fold(text).replace("—", "–").replace("‒", "–").replace("―", "–").replace("−", "–")
    folded = FUSED_YEAR.sub(lambda match: f"{match.group(1) or match.group(2)} ", folded)
    if "-" not in folded and "–" not in folded:
        return folded
    for hyphen in HYPHENS_FOR_DASHES:
        folded = hyphen.sub("–", folded)
    return WIDE_DASH.sub("–", folded)


def read_due(text: str, period: Period = None) -> tuple[Due, tuple[ReadingWarning, ...]]:
    """The deadline that a text states, within a programme's period, and doubts about it."""
    return _read(flat(text), period)


@lru_cache(maxsize=16384)
def _read(text: str, period: Period) -> tuple[Due, tuple[ReadingWarning, ...]]:
    if is_blank(text):
        return Due(text, "unscheduled"), ()
    folded = prepared(text)
    look = _Look(text, folded, period, share_years(scan(folded), folded))
    if any(moment.kind == "impossible" for moment in look.moments):
        look.warn("due_impossible")
        look.moments = []
    due = _recurring(look) or _continuous(look) or _dated(look) or _undated(look)
    if due.start and due.end and due.start > due.end:
        look.warn("due_reversed")
        due = Due(text, due.kind, due.end, due.start, due.recurrence, due.season)
    return due, tuple(look.warnings)


# ── recurring and continuous ────────────────────────────────────────────────────────────────


def _recurring(look: _Look) -> Due | None:
    found = recurrence_of(look.folded)
    if found is None:
        return None
    recurrence, exact, matched = found
    if not exact:
        look.warn("due_recurrence", recurrence=recurrence)
    anchors = [moment for moment in look.moments if moment.year is not None]
    start, end = _stretch(look, anchors)
    return Due(look.text, "recurring", start, end, recurrence, _season(look, matched))


def _season(look: _Look, matched: tuple[int, int]) -> tuple[str, str] | None:
    parts = [
        moment
        for moment in look.moments
        if moment.kind in ("day", "days", "month", "quarter", "half", "season")
        and not (moment.begin < matched[0] < moment.finish)
    ]
    if not parts:
        return None
    first, last = parts[0], parts[-1]
    return _mark(first.low), _mark(last.high)


def _mark(place: tuple[int, int]) -> str:
    month, day = place
    return f"{month:02d}-{min(day, month_days(2001, month)):02d}"


def _stretch(look: _Look, anchors: list[Moment]) -> tuple[date | None, date | None]:
    """First and last day that the years in the text set, the programme's period otherwise."""
    start = look.period[0] if look.period else None
    end = look.period[1] if look.period else None
    if not anchors:
        return start, end
    first, last = anchors[0], anchors[-1]
    before = look.folded[: first.begin]
    if len(anchors) == 1 and first.last_year is None:
        if FROM.search(before) or AFTER.match(look.folded[first.finish :], 0):
            start = first.start()
            return start, end if end is None or end >= start else None
        if AND_THEN.search(look.folded):
            return start, end
        if BY.search(before) or "до" in before.split() or "by" in before.split():
            return start, first.end()
    return first.start(), last.end()


def _continuous(look: _Look) -> Due | None:
    words = CONTINUOUS.search(look.folded)
    since = _open_start(look)
    if words is None and since is None:
        return None
    if words is None:
        look.warn("due_doubtful")
    elif words.lastgroup == "year" and any(moment.year for moment in look.moments):
        return None
    anchors = [moment for moment in look.moments if moment.year is not None]
    if words is not None and not anchors and PROGRAMME_END.search(look.folded):
        return None
    start, end = _stretch(look, anchors)
    return Due(look.text, "continuous", start, end)


def _open_start(look: _Look) -> Moment | None:
    """The moment of "from 2018", when nothing says until when."""
    if len(look.moments) != 1 or look.moments[0].year is None:
        return None
    moment = look.moments[0]
    if moment.last_year is not None or moment.kind == "days":
        return None
    before, after = look.folded[: moment.begin], look.folded[moment.finish :]
    return moment if FROM.search(before) or ONWARDS.match(after) else None


# ── dates and windows ───────────────────────────────────────────────────────────────────────


def _dated(look: _Look) -> Due | None:
    if PROGRAMME_END.search(look.folded) and not any(moment.year for moment in look.moments):
        return Due(look.text, "date", None, look.period[1] if look.period else None)
    moments = _with_years(look)
    if not moments:
        return _by_end_of_year(look)
    if FISCAL.search(look.folded):
        look.warn("due_fiscal_year")
    first, last = moments[0], moments[-1]
    before = look.folded[: first.begin]
    part = PART.search(before)
    has_part = part is not None and part.lastgroup is not None
    lead = before[: part.start()] if part is not None and has_part else before
    by = BY.search(lead) is not None or AFTER.match(look.folded[last.finish :]) is not None
    start, end = first.start(), max(moment.end() for moment in moments)
    if part is not None and part.lastgroup is not None and len(moments) == 1:
        start, end = _narrowed(look, first, part.lastgroup, by)
    _doubt_gaps(look, moments)
    if by:
        if first.kind in COARSE and not has_part and len(moments) == 1:
            look.warn("due_doubtful")
        return Due(look.text, "date", None, end)
    if first.kind == "day" and start == end:
        return Due(look.text, "date", start, end)
    return Due(look.text, "window", start, end)


def _by_end_of_year(look: _Look) -> Due | None:
    """ "By the end of the year" in a plan for one year."""
    if not END_OF_YEAR.search(look.folded):
        return None
    if look.one_year is None:
        look.warn("due_no_year")
        return None
    return Due(look.text, "date", None, date(look.one_year, 12, 31))


def _with_years(look: _Look) -> list[Moment]:
    moments: list[Moment] = []
    missing = False
    for moment in look.moments:
        if moment.year is not None:
            moments.append(moment)
        elif look.one_year is not None:
            moments.append(_in_year(moment, look.one_year))
        else:
            missing = True
    if missing and not moments:
        look.warn("due_no_year")
    years = [moment for moment in moments if moment.kind in ("year", "years")]
    if missing and years and len(years) == len(moments):
        return _parts_of_years(look, years)
    return moments


def _in_year(moment: Moment, year: int) -> Moment:
    return Moment(moment.kind, moment.low, moment.high, year, moment.begin, moment.finish)


def _parts_of_years(look: _Look, years: list[Moment]) -> list[Moment]:
    """ "II quarter 2018–2020": from the first year's quarter to the last year's."""
    part = next(moment for moment in look.moments if moment.year is None)
    first, last = years[0].start().year, years[-1].end().year
    if part.low > part.high and last == first + 1:
        return [_in_year(part, last)]
    look.warn("due_doubtful")
    begin = min(part.begin, years[0].begin)
    return [
        Moment(part.kind, part.low, part.high, first, begin, years[-1].finish, last)
    ]  # fmt: skip


def _narrowed(look: _Look, moment: Moment, part: str, by: bool) -> tuple[date, date]:
    """The beginning, middle or end of a stretch."""
    start, end = moment.start(), moment.end()
    if by and part == "finish":
        return start, end
    look.warn("due_doubtful")
    days = (end - start).days + 1
    third = days / 3
    if by:
        return start, start if part == "begin" else date.fromordinal(
            start.toordinal() + (days - 1) // 2
        )
    if moment.kind in ("year", "half", "quarter", "years") and days >= 88:
        return _months_of(start, end, part)
    ordinal = start.toordinal()
    if part == "begin":
        return start, date.fromordinal(ordinal + round(third) - 1)
    if part == "middle":
        return date.fromordinal(ordinal + round(third)), date.fromordinal(
            ordinal + round(2 * third) - 1
        )
    return date.fromordinal(ordinal + round(2 * third)), end


def _months_of(start: date, end: date, part: str) -> tuple[date, date]:
    """Whole months: the first, middle or last third (of a year: the first or last quarter)."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    size = max(1, months // 4 if months >= 12 else months // 3)
    offset = {"begin": 0, "middle": (months - size) // 2, "finish": months - size}[part]
    if part == "middle" and months >= 12:
        offset, size = months // 3, months // 3
    first = start.month - 1 + offset
    last = first + size - 1
    begin = date(start.year + first // 12, first % 12 + 1, 1)
    year, month = start.year + last // 12, last % 12 + 1
    return begin, date(year, month, month_days(year, month))


def _doubt_gaps(look: _Look, moments: list[Moment]) -> None:
    """Warn where the text lists several times that do not follow one another."""
    for before, after in itertools.pairwise(moments):
        between = look.folded[before.finish : after.begin]
        follows = (after.start() - before.end()).days == 1
        named = "between" in look.folded or "между" in look.folded or "паміж" in look.folded
        if not follows and not named and not BETWEEN.match(between):
            look.warn("due_several")
            return


def _undated(look: _Look) -> Due:
    known = UNSCHEDULED.search(look.folded) is not None
    if RELATIVE.search(look.folded) or not known:
        already = any(
            warning.code in ("due_no_year", "due_impossible") for warning in look.warnings
        )
        if not already:
            look.warn("due_not_understood")
    return Due(look.text, "unscheduled")


@lru_cache(maxsize=32768)
def likeness(text: str) -> bool:
    """Whether a text reads as a deadline (for telling columns without a heading)."""
    if len(text) > 120 or is_blank(text):
        return False
    folded = prepared(text)
    known = (
        recurrence_of(folded)
        or CONTINUOUS.search(folded)
        or UNSCHEDULED.search(folded)
        or PROGRAMME_END.search(folded)
    )
    if known and len(folded.split()) <= 9:
        return True
    covered = sum(moment.finish - moment.begin for moment in scan(folded))
    return covered >= 0.45 * len(folded)
