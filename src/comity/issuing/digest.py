"""Everything that a report on a programme says, in one language; what is kept of it as JSON.

Every text is there in its final wording, the headings too: a report made again from its digest says
the same whatever became of the register and of the translations meanwhile.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from comity.issuing.typography import writable

#: How an occurrence stands when the day of the report closes.
IN_TIME, LATE, OVERDUE, OPEN, IMPOSSIBLE = "in_time", "late", "overdue", "open", "impossible"
STATES = (IN_TIME, LATE, OVERDUE, OPEN, IMPOSSIBLE)
#: What a side says of something of which nothing more is to come.
CLOSING = ("done", "in_part")


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the programme: the country that its bodies are of, and who takes part from it."""

    country: str
    name: str
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side said, of an occurrence or as news."""

    side: str
    outcome: str
    outcome_in_words: str
    done_on: date | None
    told: str
    figure: Decimal | None
    spent: Decimal | None
    currency: str
    difficulties: str
    help_wanted: str
    evidence: tuple[str, ...]
    is_accepted: bool
    said_on: date


@dataclass(frozen=True, slots=True)
class Day:
    """One occurrence of a measure, as it stands when the day of the report closes."""

    due_on: date
    state: str
    done_on: date | None
    #: From the day it was due to the day it was done, or to the day of the report; 0 if in time.
    days_late: int
    is_in_period: bool
    is_disputed: bool
    #: What a coordinator wrote where no side reported.
    registered: str
    words: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A deadline that was agreed after the first and does not stand any more."""

    deadline: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Row:
    """One measure."""

    number: str
    section: str
    title: str
    expected_result: str
    deadline: str
    #: The responsible bodies of each side, by its country; of none under "".
    bodies: Mapping[str, str]
    days: tuple[Day, ...]
    news: tuple[Answer, ...]
    #: The deadline agreed first, if it was another, and by how many days it was missed; told since
    #: November 2026.
    first_deadline: str = ""
    days_late_first: int = 0
    #: Those agreed between the first and the one that stands; told since December 2026.
    later_deadlines: tuple[Later, ...] = ()
    #: The number that the expected result promises, and of what; told since December 2026.
    target: Decimal | None = None
    unit: str = ""

    @property
    def missed_before(self) -> bool:
        """Whether a deadline was missed that the measure does not have any more."""
        late = (self.days_late_first, *(one.days_late for one in self.later_deadlines))
        return any(late)

    @property
    def tells_of_less(self) -> bool:
        """Whether a side says of a day that less was reached than was promised."""
        return any(self.is_below_target(answer) for day in self.days for answer in day.answers)

    def is_below_target(self, answer: Answer) -> bool:
        """Whether a side says that it is done, and that less was reached than was promised."""
        if self.target is None or answer.figure is None or answer.outcome not in CLOSING:
            return False
        return answer.figure < self.target


@dataclass(frozen=True, slots=True)
class Figures:
    """Occurrences due in the period by how they stand, and those still open from before."""

    name: str
    measures: int = 0
    due: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    open: int = 0
    impossible: int = 0
    disputed: int = 0
    overdue_before: int = 0

    @property
    def done(self) -> int:
        return self.in_time + self.late


@dataclass(frozen=True, slots=True)
class Digest:
    language: str
    words: Mapping[str, str]
    programme: str
    subject: str
    agreement: str
    is_example: bool
    period: str
    period_code: str
    period_days: str
    start: date
    end: date
    as_of: date
    #: The number and the day of a report as issued; none of a draft.
    number: int | None
    made_on: date
    made_by: str
    parties: str
    sides: tuple[Side, ...]
    measures: int
    total: Figures
    by_side: tuple[Figures, ...]
    by_section: tuple[Figures, ...]
    summary: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def countries(self) -> list[str]:
        return [side.country for side in self.sides]

    @property
    def figures(self) -> list[Figures]:
        """All lines of the table of figures, from the whole to its parts."""
        return [self.total, *self.by_side, *self.by_section]

    @property
    def charted(self) -> tuple[Figures, ...]:
        """What the bars of the chart are of: sections, or the sides where there is one section."""
        return self.by_section if len(self.by_section) > 1 else self.by_side or (self.total,)

    @property
    def overdue(self) -> list[tuple[Row, Day]]:
        """What is overdue, longest first."""
        found = [(row, day) for row in self.rows for day in row.days if day.state == OVERDUE]
        return sorted(found, key=lambda one: one[1].due_on)

    @property
    def disputed(self) -> list[tuple[Row, Day]]:
        return [(row, day) for row in self.rows for day in row.days if day.is_disputed]


def in_writable_letters(digest: Digest) -> Digest:
    """The same digest in letters that every format can hold."""
    cleaned: Digest = _in_writable_letters(digest)
    return cleaned


def _in_writable_letters(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, Mapping):
        return {key: _in_writable_letters(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_in_writable_letters(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _in_writable_letters(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **told)
    return value


def kept(digest: Digest) -> dict[str, Any]:
    """The digest as JSON keeps it."""
    plain: dict[str, Any] = _plain(asdict(digest))
    return plain


def digest_of(kept: dict[str, Any]) -> Digest:
    """The digest that `kept` was made of."""
    digest: Digest = _of(Digest, kept)
    return digest


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _of(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is UnionType:
        return _of(next(one for one in get_args(kind) if one is not type(None)), value)
    if get_origin(kind) is tuple:
        return tuple(_of(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]  # a dataclass here is a type
        told = [f.name for f in fields(kind) if f.name in value]  # what came later has defaults
        return kind(**{name: _of(hints[name], value[name]) for name in told})  # type: ignore[operator]  # as above
    if kind is date:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
