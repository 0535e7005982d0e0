"""A measure while its words are being gathered, and what comes of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from comity.intake.reading.bodies import read_bodies
from comity.intake.reading.deadlines import likeness, read_due
from comity.intake.reading.funding import Money, read_funding
from comity.intake.reading.messages import ReadingWarning
from comity.intake.reading.model import Body, ColumnRole, Due, MeasureRead, Place
from comity.intake.reading.text import flat, is_blank, without_stop

R = ColumnRole
BRACKETED_DUE = re.compile(
    r"[\s,;]*\(\s*(?:срок\w*|тэрмін\w*|deadline|due(?: date)?|"
    r"timing)\b(?:\s+(?:исполнения|реализации|выполнения|"
    r"выканання|рэалізацыі))?\s*[:–—-]?\s*(?P<due>[^()]+)\)",
    re.IGNORECASE,
)
LEADING_NUMBER = re.compile(
    r"(?P<number>(?:[A-ZА-Я]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})+|[A-ZА-Я]{1,3}\d{1,3}|"
    r"\d{1,3}(?=[.)]))(?:[.):]?\s+(?=[A-ZА-ЯЁІЎ«\"“])|[.)]\s+(?=\d))"
)
FIGURE_AS_NUMBER = re.compile(r"\d{1,3},\d{1,3}\Z")
CLOSING_DUE = re.compile(r"\s*\((?P<due>[^()]{3,60})\)\s*\.?\Z")
INLINE_DUE = re.compile(
    r"[\s,;.]*\b(?:срок\w*|тэрмін\w*|deadline|due date|timing)\b(?:\s+(?:исполнения|"
    r"реализации|выполнения|"
    r"выканання|рэалізацыі))?\s*[:–—]\s*(?P<due>[^\n]+?)\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the whole document."""

    title: str | None
    period: tuple[date, date] | None
    language: str
    currency: str | None


@dataclass(slots=True)
class Draft:
    """The pieces of one measure as they stand in the source."""

    section: str | None = None
    number: str = ""
    title: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    start: str = ""
    end: str = ""
    responsible: list[tuple[str, str | None]] = field(default_factory=list)
    result: list[str] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)

    def has_due(self) -> bool:
        """Whether anything was said of the time, outside of the measure's own text."""
        said = [text for text in self.due if not is_blank(text)]
        return bool(said) or not is_blank(self.start) or not is_blank(self.end)

    def is_measure(self) -> bool:
        return any(not is_blank(text) for text in self.title)


def finished(draft: Draft, context: Context) -> MeasureRead:
    """The measure that the pieces make."""
    _number_in_title(draft)
    title, inner_due = _title_and_due(draft)
    due, due_warnings = _due(draft, inner_due, context)
    money = sorted(draft.money, key=attrgetter("place")) if len(draft.money) > 1 else draft.money
    funding, money_warnings = read_funding(money, context.language, context.currency)
    return MeasureRead(
        number=clean_number(draft.number),
        section=draft.section,
        title=title,
        due=due,
        responsible=_bodies(draft, context),
        expected_result=_result(draft.result),
        funding=funding,
        source_cells=tuple(draft.places),
        warnings=(*draft.warnings, *due_warnings, *money_warnings),
    )


def _number_in_title(draft: Draft) -> None:
    """Where no number stands of its own, the one that the measure's text begins with."""
    if draft.number.strip() or not draft.title:
        return
    title = draft.title[0].lstrip()
    match = LEADING_NUMBER.match(title)
    if match is not None:
        draft.number = match.group("number")
        draft.title[0] = title[match.end() :]


def clean_number(text: str) -> str | None:
    """The number as the reader sees it, without closing dots and brackets."""
    number = flat(text).replace(" ", "") if len(text) < 20 else flat(text)
    if FIGURE_AS_NUMBER.match(number):
        number = number.replace(",", ".")
    number = number.rstrip(".)").strip() or number.rstrip(".")
    number = number.lstrip("№").lstrip("(") if not number.endswith(")") else number.lstrip("№")
    return number.strip() or None


def _title_and_due(draft: Draft) -> tuple[str, str]:
    title = flat("\n".join(draft.title))
    if draft.has_due():
        return title, ""
    for pattern in (BRACKETED_DUE, INLINE_DUE):
        match = pattern.search(title)
        if match is not None and title[: match.start()].strip():
            rest = f"{title[: match.start()]}{title[match.end() :]}".strip()
            return rest, without_stop(match.group("due"))
    match = CLOSING_DUE.search(title)
    if match is not None and match.start() > 0 and likeness(match.group("due")):
        return title[: match.start()].strip(), match.group("due").strip()
    return title, ""


def _due(draft: Draft, inner: str, context: Context) -> tuple[Due, tuple[ReadingWarning, ...]]:
    text = " ".join([flat(piece) for piece in draft.due if piece.strip()]) or inner
    start, end = _said(draft.start), _said(draft.end)
    if not start and not end:
        return read_due(text, context.period)
    if text and is_blank(text):
        text = ""
    if start and end:
        return _between(start, end, f"{text} {start} – {end}".strip(), context)
    if end:
        due, warnings = read_due(end, context.period)
        said = f"{text} {end}".strip()
        return Due(said, "date", None, due.end) if due.end else replace(due, text=said), warnings
    due, warnings = read_due(start, context.period)
    said = f"{text} {start}".strip()
    last = context.period[1] if context.period else None
    if due.start and last and due.kind in ("date", "window"):
        return Due(said, "window", due.start, max(last, due.start)), warnings
    return replace(due, text=said), warnings


def _said(text: str) -> str:
    return "" if is_blank(text) else flat(text)


def _between(
    start: str, end: str, text: str, context: Context
) -> tuple[Due, tuple[ReadingWarning, ...]]:
    whole, whole_warnings = read_due(text, context.period)
    first, _ = read_due(start, context.period)
    last, _ = read_due(end, context.period)
    begins, ends = first.start or first.end, last.end
    if begins and ends and begins <= ends and first.kind != "recurring":
        return Due(text, "window", begins, ends), ()
    return whole, whole_warnings


def _bodies(draft: Draft, context: Context) -> tuple[Body, ...]:
    bodies: list[Body] = []
    for text, side in draft.responsible:
        bodies.extend(read_bodies(text, side, context.title))
    return tuple(bodies)


def _result(pieces: Sequence[str]) -> str | None:
    text = flat("\n".join([piece for piece in pieces if not is_blank(piece)]))
    return text or None
