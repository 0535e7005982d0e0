"""The status of an agreement on any date, computed from its terms and never stored.

Pure: dates in, dates and statuses out. How a renewing agreement is read:

- A term ends on a day that keeps its place in the month, or stays at the month's end. The first
  ends on `until`, each later one `renewal_months` after the one before.
- The notice window of a term is its last `notice_months`, from the notice day (the term's end less
  those months) to the end, both included.
- An objection made on the notice day or before is in time: the agreement expires when that term
  ends. One made later is too late: that term is still prolonged, once, and the objection counts
  for the next. Without notice months, any day up to the term's end is in time.
- Where an objection already holds for the running term, nothing is left to object to, so that term
  has no notice window.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.lib.periods import add_months


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    IN_FORCE = "in_force", _("in force")
    NOTICE = "notice", _("in its notice window")
    EXPIRED = "expired", _("expired")
    ENDED = "ended", _("ended early")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says of its own life; `until` is the last day of the first term."""

    signed_on: date | None = None
    in_force_from: date | None = None
    until: date | None = None
    renewal_months: int | None = None
    notice_months: int | None = None
    objected_on: date | None = None
    ended_on: date | None = None


def term_end(terms: Terms, day: date) -> date | None:
    """The last day of the term running on `day`, or of the last term once it is over.

    None: no end is set.
    """
    last = last_day(terms, day)
    if terms.until is None or terms.renewal_months is None:
        return last
    running = _nth_end(terms, _running(terms, day))
    return running if last is None else min(running, last)


def last_day(terms: Terms, day: date) -> date | None:
    """The day after which nothing prolongs the agreement, as far as is known on `day`.

    None while it goes on by itself.
    """
    if terms.until is None or terms.renewal_months is None:
        return terms.until
    if terms.objected_on is None or terms.objected_on > day:
        return None
    renewals = _running(terms, terms.objected_on)
    end = _nth_end(terms, renewals)
    while _less(end, terms.notice_months) < terms.objected_on and end < date.max:
        renewals += 1
        end = _nth_end(terms, renewals)
    return end


def prolonged_until(terms: Terms, day: date) -> date | None:
    """The end of the term after the one running on `day`; None if that one is the last."""
    end, last = term_end(terms, day), last_day(terms, day)
    if end is None or terms.renewal_months is None or end == last:
        return None
    return _nth_end(terms, _running(terms, end) + 1)


def is_prolonged_on(terms: Terms, day: date) -> bool:
    """Whether the term running on `day` is a later one than the first."""
    end = term_end(terms, day)
    return end is not None and end != terms.until


def notice_day(terms: Terms, day: date) -> date | None:
    """The last day on which a party can keep the term running on `day` from being prolonged.

    It opens the notice window. None where there is none: no prolonging, no notice months, or an
    objection that holds for this term already.
    """
    end, last = term_end(terms, day), last_day(terms, day)
    if end is None or terms.renewal_months is None or not terms.notice_months or end == last:
        return None
    return _less(end, terms.notice_months)


def status_on(terms: Terms, day: date) -> Status:
    """Draft until signed, signed until in force, then in force until it expires or is ended."""
    if terms.signed_on is None or day < terms.signed_on:
        return Status.DRAFT
    if terms.ended_on is not None and day >= terms.ended_on:
        return Status.ENDED
    end = term_end(terms, day)
    if end is not None and day > end:
        return Status.EXPIRED
    if terms.in_force_from is None or day < terms.in_force_from:
        return Status.SIGNED
    opens = notice_day(terms, day)
    return Status.NOTICE if opens is not None and day >= opens else Status.IN_FORCE


def as_it_stood(
    values: Mapping[str, Any], later: Iterable[Mapping[str, list[Any]]]
) -> dict[str, Any]:
    """The values as they stood before the `later` changes, given in the order they take force.

    The earliest of those that change a value knows what it was before.
    """
    before: dict[str, Any] = {}
    for changes in later:
        for name, (old, _new) in changes.items():
            before.setdefault(name, old)
    return {**values, **before}


def _running(terms: Terms, day: date) -> int:
    """How often the first term has been prolonged by the term that holds `day`."""
    assert terms.until is not None
    assert terms.renewal_months is not None
    elapsed = (day.year - terms.until.year) * 12 + day.month - terms.until.month
    renewals = max(0, elapsed // terms.renewal_months)
    return renewals if _nth_end(terms, renewals) >= day else renewals + 1


def _nth_end(terms: Terms, renewals: int) -> date:
    """The end of the first term moved by whole renewals; a term up to a month's end stays so."""
    assert terms.until is not None
    assert terms.renewal_months is not None
    if renewals == 0:
        return terms.until
    months = renewals * terms.renewal_months
    if _month(terms.until) + months >= _month(date.max):
        return date.max  # no date is later
    day_after = terms.until + timedelta(days=1)
    if day_after.day == 1:
        return add_months(day_after, months) - timedelta(days=1)
    return add_months(terms.until, months)


def _less(end: date, months: int | None) -> date:
    """The same day of the month, some months earlier; no date is earlier than `date.min`."""
    earlier = _month(end) - (months or 0)
    return add_months(end, -(months or 0)) if earlier >= _month(date.min) else date.min


def _month(day: date) -> int:
    """Months counted through the years."""
    return day.year * 12 + day.month
