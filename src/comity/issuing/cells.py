"""What stands in the cells of the tables of a report, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from comity.issuing.digest import OVERDUE, Answer, Day, Digest, Row
from comity.issuing.telling import against_first, against_later
from comity.issuing.typography import HELD, typeset
from comity.lib import wording


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell: a bold beginning and the rest."""

    lead: str = ""
    text: str = ""

    @property
    def whole(self) -> str:
        return f"{self.lead} {self.text}".strip()


def did(digest: Digest, row: Row, country: str) -> list[Line]:
    """What a side says that it did, day after day, and then its news."""
    several = len(row.days) > 1
    lines = [
        line
        for day in row.days
        for answer in day.answers
        if answer.side == country
        for line in _told(digest, row, answer, f"{wording.day(day.due_on)}: " if several else "")
    ]
    news = [answer for answer in row.news if answer.side == country]
    for answer in news:
        before = digest.words["news"] % wording.day(answer.said_on) + ": "
        lines += _told(digest, row, answer, before)
    return lines


def did_together(digest: Digest, row: Row) -> list[Line]:
    """What was said for no side; where no side said anything, what a coordinator registered."""
    lines = did(digest, row, "")
    if not _was_said(row):
        several = len(row.days) > 1
        for day in row.days:
            lines += _registered(digest, day, f"{wording.day(day.due_on)}. " if several else "")
    return lines


def did_by_all(digest: Digest, row: Row) -> list[Line]:
    """What all sides did, each under its name, then what was said for none."""
    lines = []
    for side in digest.sides:
        own = did(digest, row, side.country)
        if own:
            lines += [Line(f"{side.name}."), *own]
    return lines + did_together(digest, row)


def state(digest: Digest, row: Row) -> list[Line]:
    """How each day stands; what a coordinator registered of one, where sides told of others."""
    several = len(row.days) > 1
    lines = []
    for day in row.days:
        before = f"{wording.day(day.due_on)}:" if several else ""
        lines.append(Line(typeset(before), typeset(day.words)))
        if any(row.is_below_target(answer) for answer in day.answers):
            lines.append(Line(digest.words["below_target"]))
        if day.is_disputed:
            lines.append(Line(digest.words["count_disputed"].lower()))
        if _was_said(row):
            lines += _registered(digest, day)
    return lines


def responsible(digest: Digest, row: Row, country: str | None = None) -> list[Line]:
    """The bodies of one side, or of each under its name."""
    if country is not None:
        return [Line("", typeset(row.bodies[country]))] if row.bodies.get(country) else []
    names = {side.country: f"{side.name}:" for side in digest.sides}
    ordered = [*names, *(code for code in row.bodies if code not in names)]
    return [
        Line(names.get(code, code), typeset(row.bodies[code]))
        for code in ordered
        if row.bodies.get(code)
    ]


def title(digest: Digest, row: Row) -> list[Line]:
    """The measure, and what is expected of it."""
    lines = [Line("", typeset(row.title))]
    if row.expected_result:
        lines.append(_labelled(digest.words["result"], row.expected_result))
    return lines


def deadline(row: Row) -> list[Line]:
    """As the programme has it, and below it those that were agreed before if they were others."""
    first = against_first(row.first_deadline, row.days_late_first)
    later = [against_later(one.deadline, one.days_late) for one in row.later_deadlines]
    return [Line("", typeset(one)) for one in (row.deadline, first, *later) if one]


def reasons(digest: Digest, day: Day) -> list[Line]:
    """Why it is overdue and what would help, as the sides tell it; else what they say it is."""
    names = {side.country: side.name for side in digest.sides}
    lines: list[Line] = []
    for answer in day.answers:
        told = [answer.difficulties]
        if answer.help_wanted:
            told.append(f"{digest.words['help_wanted']}: {answer.help_wanted}")
        told = [one for one in told if one] or [f"{_said(digest, answer)}."]
        lines += _named(names.get(answer.side, ""), map(typeset, told))
    return lines or [Line("", digest.words["no_reasons"])]


def lateness(day: Day) -> str:
    """Days late; a dash where its day was the last of the report."""
    return wording.number(day.days_late) if day.state == OVERDUE and day.days_late else "—"


def said_differently(digest: Digest, row: Row, day: Day, country: str) -> list[Line]:
    return [
        line
        for answer in day.answers
        if answer.side == country
        for line in _told(digest, row, answer, "")
    ]


def _named(name: str, told: Iterable[str]) -> Iterator[Line]:
    for place, text in enumerate(told):
        yield Line(f"{name}:" if name and not place else "", text)


def _told(digest: Digest, row: Row, answer: Answer, before: str) -> list[Line]:
    words = digest.words
    lead = f"{before}{_said(digest, answer)}"
    if not before:
        lead = lead[:1].upper() + lead[1:]
    lines = _in_lines(f"{lead}.", answer.told)
    if answer.figure is not None:
        lines.append(_labelled(words["figure"], reached(digest, row, answer.figure)))
        if row.is_below_target(answer):
            lines[-1] = Line("", f"{lines[-1].text}; {words['below_target']}")
    if answer.spent is not None:
        lines.append(_labelled(words["spent"], wording.money(answer.spent, answer.currency)))
    for label in ("difficulties", "help_wanted"):
        if getattr(answer, label):
            lines.append(_labelled(words[label], getattr(answer, label)))
    if answer.evidence:
        lines.append(_labelled(words["evidence"], "; ".join(answer.evidence)))
    return lines


def reached(digest: Digest, row: Row, figure: Decimal) -> str:
    """“399 of 400 (children)”, “12% of 15%”; the figure alone where nothing was promised."""
    if row.target is None:
        return wording.number(figure)
    told = {"figure": wording.number(figure), "target": wording.number(row.target)}
    if row.unit == "%":
        percent = "%" if digest.language == "en" else f"{HELD}%"
        shares = {name: f"{number}{percent}" for name, number in told.items()}
        return digest.words["reached_share"] % shares
    return digest.words["reached_of"] % {**told, "unit": row.unit}


def _was_said(row: Row) -> bool:
    """Whether any side said anything."""
    answers = [*row.news, *(answer for day in row.days for answer in day.answers)]
    return any(answer.side for answer in answers)


def _registered(digest: Digest, day: Day, before: str = "") -> list[Line]:
    if not day.registered:
        return []
    lead = f"{before}{digest.words['registered']}:".replace("..", ".")
    return _in_lines(lead, day.registered)


def _in_lines(lead: str, text: str) -> list[Line]:
    """A text line by line as it was written, the first one after the bold beginning."""
    first, *others = [typeset(one) for one in text.splitlines() if one.strip()] or [""]
    return [Line(typeset(lead), first), *(Line("", other) for other in others)]


def _said(digest: Digest, answer: Answer) -> str:
    """“done on 29 July 2026 (not accepted yet)”, without the full stop that a year may end with."""
    told = answer.outcome_in_words
    if answer.done_on:
        told += f" {wording.day(answer.done_on)}"
    if not answer.is_accepted:
        told += f" ({digest.words['not_accepted']})"
    return told.rstrip(".")


def _labelled(label: str, text: str) -> Line:
    return Line("", f"{label}: {typeset(text)}")
