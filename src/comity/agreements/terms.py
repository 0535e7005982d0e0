"""The status of an agreement on any date, computed from its terms and never stored.

Pure: dates in, dates and statuses out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.lib.periods import add_months


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed, not yet in force")
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
    """The last day of the term running on `day`, prolonged as often as nobody objected.

    An objection counts against the term that was running when it was made. None: no end is set.
    """
    if terms.until is None or terms.renewal_months is None:
        return terms.until
    until_when = min(day, terms.objected_on) if terms.objected_on else day
    elapsed = (until_when.year - terms.until.year) * 12 + until_when.month - terms.until.month
    renewals = max(0, elapsed // terms.renewal_months)
    while _nth_end(terms, renewals) < until_when:
        renewals += 1
    while renewals and _nth_end(terms, renewals - 1) >= until_when:
        renewals -= 1
    return _nth_end(terms, renewals)


def _nth_end(terms: Terms, renewals: int) -> date:
    """The end of the first term moved by whole renewals; a term up to a month's end stays so."""
    assert terms.until is not None
    months = renewals * (terms.renewal_months or 0)
    day_after = terms.until + timedelta(days=1)
    if day_after.day == 1:
        return add_months(day_after, months) - timedelta(days=1)
    return add_months(terms.until, months)


def notice_opens(terms: Terms, day: date) -> date | None:
    """The day by which a party must object to the next prolonging; None if there is none."""
    end = term_end(terms, day)
    if end is None or terms.renewal_months is None or not terms.notice_months:
        return None
    if terms.objected_on is not None and terms.objected_on <= day:
        return None
    return add_months(end, -terms.notice_months)


def status_on(terms: Terms, day: date) -> Status:
    """Draft until signed, signed until in force, then in force until it expires or is ended."""
    if terms.signed_on is None or day < terms.signed_on:
        return Status.DRAFT
    if terms.ended_on is not None and day >= terms.ended_on:
        return Status.ENDED
    if terms.in_force_from is None or day < terms.in_force_from:
        return Status.SIGNED
    end = term_end(terms, day)
    if end is not None and day > end:
        return Status.EXPIRED
    opens = notice_opens(terms, day)
    if opens is not None and day >= opens:
        return Status.NOTICE
    return Status.IN_FORCE
