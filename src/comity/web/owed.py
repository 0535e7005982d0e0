"""What a person owes, as My work shows it: what came back, what is late, what is due soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.accounts.models import User
from comity.lib.paging import Page
from comity.lib.periods import month_end
from comity.programmes.due import SETTLED, OccurrenceState
from comity.programmes.wording import distance
from comity.reporting.work import Asked, Owed, owed_of


class When(TextChoices):
    """Under which heading a row stands, in their order."""

    CAME_BACK = "came_back", _("Came back to you")
    BEGUN = "begun", pgettext_lazy("reports", "Begun")
    LATE = "late", _("Late")
    THIS_MONTH = "this_month", _("Due this month")
    LATER = "later", _("Due later")


@dataclass(frozen=True, slots=True)
class OwedRow(Owed):
    """What somebody owes, and how it stands today; news stand nowhere."""

    when: When
    state: OccurrenceState | None
    words: str

    @property
    def is_late(self) -> bool:
        return self.state == OccurrenceState.OVERDUE


@dataclass(frozen=True, slots=True)
class OwedPage:
    """A page of what somebody owes, in groups, and what can be said of the whole truly."""

    groups: list[tuple[When, list[OwedRow]]]
    page: Page[OwedRow]
    #: How many are late; None where more of them may stand on further pages.
    late: int | None

    def __bool__(self) -> bool:
        return bool(self.page.rows) or self.page.has_next

    @property
    def count(self) -> int:
        return len(self.page.rows)

    @property
    def late_at(self) -> When | None:
        """The first group in which something is late."""
        return next((when for when, rows in self.groups if any(row.is_late for row in rows)), None)


def owed_page(asked: Asked, user: User, today: date) -> OwedPage:
    """The rows of a page; the sides of their programmes have to be there."""
    rows = [_row(one, today) for one in owed_of(asked, user)]
    found = {when: [row for row in rows if row.when == when] for when in When}
    groups = [(when, some) for when, some in found.items() if some]
    in_order = [row for _when, some in groups for row in some]
    page = Page(in_order, asked.page, asked.has_more, None if asked.has_more else len(rows))
    return OwedPage(groups, page, _late(asked, rows, today))


def _late(asked: Asked, rows: Sequence[OwedRow], today: date) -> int | None:
    """Days come in order: where one of the page is ahead, no further page has late ones."""
    if asked.page > 1 or (asked.has_more and asked.occurrences[-1].due_on < today):
        return None
    return sum(row.is_late for row in rows)


def _row(owed: Owed, today: date) -> OwedRow:
    occurrence, state, words = owed.occurrence, None, ""
    if occurrence is not None:
        state = occurrence.state_on(today)
        words = distance(state, occurrence.opens_on, occurrence.due_on, today)
    when = _when(owed, state, today)
    return OwedRow(owed.measure, occurrence, owed.side, owed.report, when, state, words)


def _when(owed: Owed, state: OccurrenceState | None, today: date) -> When:
    if owed.is_returned:
        return When.CAME_BACK
    if owed.occurrence is None or state in SETTLED:
        return When.BEGUN
    if state == OccurrenceState.OVERDUE:
        return When.LATE
    return When.THIS_MONTH if owed.occurrence.due_on <= month_end(today) else When.LATER
