"""Digests that could not be sent in time are taken back: the next one says what still holds.

What such a letter said is forgotten and its links end, so nothing is lost. One that may have been
sent stays, and nothing of it is said again; so does one of what the next would not tell any more.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from comity.audit.actions import Installation
from comity.lib.parts import in_parts
from comity.post.actions import take_out
from comity.post.models import Mail, Reason, State
from comity.programmes.models import Occurrence
from comity.programmes.models.amendment import AmendmentState
from comity.reminders.changes import DECIDED
from comity.reminders.models import (
    Said,
    SaidOfChange,
    SaidOfStep,
    SaidOfStepToContact,
    SaidToContact,
)
from comity.reminders.turns import TOLD_FOR
from comity.reporting.actions import end_unsent
from comity.reporting.models import Report, Step
from comity.reporting.models.report import RETURNED, TOLD, is_answer

#: As `digests.key_of` and `letters_to_contacts.key_of_contact` write it.
KEY = re.compile(r"digest:(\d{4}-\d\d-\d\d):(user|contact):(.+)")
PART = 200

Notes = models.QuerySet[Any]


def take_back_unsent(day: date) -> int:
    """Digests of days before this one that still wait; how many."""
    waiting = Mail.objects.filter(kind="digest", state=State.QUEUED).order_by("pk")
    before = [
        pk
        for pk, key in waiting.values_list("pk", "key")
        if (parts := KEY.fullmatch(key)) and date.fromisoformat(parts[1]) < day
        if not _would_be_lost(key, day)
    ]
    taken = 0
    for ids in in_parts(before, PART):
        with transaction.atomic():
            some = take_out(ids, Reason.LATE)
            _forget(some)
        taken += len(some)
    return taken


def why_not(mail: Mail) -> Reason | None:
    """Looks at a digest before it is sent: one of an earlier day, or of which all is done, is not.

    What it said is forgotten then.
    """
    if KEY.fullmatch(mail.key) is None:
        return None
    today = timezone.localdate()
    if timezone.localdate(mail.created_at) < today and not _would_be_lost(mail.key, today):
        reason = Reason.LATE
    elif any(_holds(notes) for notes in _notes(mail.key)):
        return None
    else:
        reason = Reason.DONE
    with transaction.atomic():
        _forget([mail])
    return reason


def _forget(mails: Iterable[Mail]) -> None:
    secrets: list[str] = []
    for mail in mails:
        for notes in _notes(mail.key):
            notes.delete()
        secrets += _secrets_in(mail)
    for some in in_parts(secrets, PART):
        end_unsent(secrets=some, by=Installation())


def _secrets_in(mail: Mail) -> list[str]:
    before, after = reverse("reporting:by_link", args=["SECRET"]).split("SECRET")
    return re.findall(rf"{re.escape(before)}([\w-]+){re.escape(after)}", mail.body)


def _notes(key: str) -> list[Notes]:
    """What was noted as said by the digest with this key."""
    parts = KEY.fullmatch(key)
    assert parts is not None  # only digests come here
    on, to_whom, who = parts.groups()
    if to_whom == "user":
        return [
            kind.objects.filter(user=int(who), on=on) for kind in (Said, SaidOfStep, SaidOfChange)
        ]
    return [kind.objects.filter(email=who, on=on) for kind in (SaidToContact, SaidOfStepToContact)]


def _would_be_lost(key: str, day: date) -> bool:
    """Whether it tells of something that is too long ago by now for the next digest to tell it."""
    since = timezone.make_aware(datetime.combine(day - TOLD_FOR, time.min))
    for notes in _notes(key):
        if notes.model is SaidOfChange:
            old = notes.filter(rung=DECIDED, amendment__decided_at__lt=since)
        elif notes.model in (SaidOfStep, SaidOfStepToContact):
            old = _still_latest(notes).filter(step__at__lt=since, step__report__stage__in=RETURNED)
        else:
            continue
        if old.exists():
            return True
    return False


def _holds(notes: Notes) -> bool:
    """Whether anything of what was said still has to be done, or known."""
    if notes.model in (Said, SaidToContact):
        return _is_owed(notes)
    if notes.model is SaidOfChange:
        asked = Q(amendment__state=AmendmentState.PROPOSED)
        return notes.filter(asked | Q(rung=DECIDED)).exists()
    return _still_latest(notes).exists()


def _still_latest(notes: Notes) -> Notes:
    later = Step.objects.filter(report=OuterRef("step__report"), pk__gt=OuterRef("step"))
    return notes.filter(~Exists(later))


def _is_owed(notes: Notes) -> bool:
    """By the rule of `planning`: of a day that is open, for a side that did not answer."""
    told = set(notes.values_list("occurrence", "side"))
    occurrences = {occurrence for occurrence, _side in told}
    open_ = set(Occurrence.objects.open().filter(pk__in=occurrences).values_list("pk", flat=True))
    rows = Report.objects.filter(occurrence__in=occurrences, stage__in=TOLD)
    answered = {
        (occurrence, side)
        for occurrence, side, stage, outcome in rows.values_list(
            "occurrence", "side", "stage", "outcome"
        )
        if is_answer(stage, outcome)
    }
    return any(one[0] in open_ and one not in answered for one in told)
