"""Sends what waits, each letter once.

A letter is marked as on its way, and that is kept, before it is handed over; what became of it is
kept right after. Whatever stops in between leaves it “perhaps sent”, which a person decides about:
nothing is sent twice without somebody wanting it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import F
from django.utils import timezone

from comity.post.carrier import Carrier, Outcome, ServerDown
from comity.post.kinds import LOOKS
from comity.post.models import LEASE, OVER, Mail, Reason, State

#: Minutes to the next attempt, after each; then always the last.
WAITS = (1, 2, 5, 15, 30, 60)
#: How long a server may ask to try again later for one address.
PATIENCE = timedelta(days=2)
PAGE = 200


@dataclass(slots=True)
class Tally:
    """How many letters came into which state, and when the next attempt is due, if any is."""

    states: Counter[str] = field(default_factory=Counter)
    next_try_at: datetime | None = None


def send_due(told: Callable[[], object] = lambda: None, *, most: int | None = None) -> Tally:
    """Hands over what is due, or so many of it; calls `told` for each letter."""
    doubt_abandoned()
    tally, carrier = Tally(), Carrier()
    try:
        for pk in islice(_due(), most):
            carrier.open()
            mail = _claimed(pk)
            if mail is not None:
                tally.states[_carried(carrier, mail).state] += 1
                told()
    except ServerDown as down:
        _put_off(down)
    finally:
        carrier.close()
    waiting = Mail.objects.filter(state=State.QUEUED).order_by("next_try_at")
    tally.next_try_at = waiting.values_list("next_try_at", flat=True).first()
    return tally


def doubt_abandoned() -> int:
    """Letters whose process died while it handed them over; how many there were."""
    abandoned = Mail.objects.filter(state=State.SENDING, started_at__lte=timezone.now() - LEASE)
    abandoned.forget_secrets()
    return abandoned.update(state=State.DOUBTFUL, reason=Reason.STOPPED, server_said="")


def _due() -> Iterator[int]:
    last = 0
    while True:
        due = Mail.objects.due(timezone.now()).filter(pk__gt=last).order_by("pk")
        some = list(due.values_list("pk", flat=True)[:PAGE])
        if not some:
            return
        yield from some
        last = some[-1]


def _claimed(pk: int) -> Mail | None:
    """The letter, which no other process sends from now on; None if another one has it."""
    now = timezone.now()
    claimed = (
        Mail.objects.due(now)
        .filter(pk=pk)
        .update(state=State.SENDING, started_at=now, attempts=F("attempts") + 1)
    )
    return Mail.objects.get(pk=pk) if claimed else None


def _carried(carrier: Carrier, mail: Mail) -> Outcome:
    if outdated := _why_not(mail):
        outcome = Outcome(State.REPLACED, outdated)
        keep(mail, outcome)
        return outcome
    try:
        outcome = carrier.carry(mail)
    except ServerDown as down:
        keep(mail, Outcome(State.QUEUED, down.reason, down.server_said))
        raise
    if outcome.state == State.QUEUED:
        mail.put_off_since = mail.put_off_since or timezone.now()
        if mail.put_off_since < timezone.now() - PATIENCE:
            outcome = Outcome(State.FAILED, Reason.GAVE_UP, outcome.server_said)
    keep(mail, outcome)
    return outcome


def _why_not(mail: Mail) -> str:
    look = LOOKS.get(mail.kind)
    return (look(mail) or "") if look and not mail.is_wanted else ""


def keep(mail: Mail, outcome: Outcome) -> None:
    """Notes what became of a letter."""
    now = timezone.now()
    mail.state, mail.reason, mail.server_said = outcome.state, outcome.reason, outcome.server_said
    if outcome.state == State.SENT:
        mail.sent_at = now
    if outcome.state == State.QUEUED:
        mail.next_try_at = now + _wait(mail.attempts)
    if outcome.state in OVER:
        mail.forget_secrets()
    mail.save(
        update_fields=[
            "state", "reason", "server_said", "sent_at", "next_try_at", "put_off_since", "body",
        ]
    )  # fmt: skip


def _put_off(down: ServerDown) -> None:
    """Everything that is due waits as long as the letter that waited most often."""
    now = timezone.now()
    due = Mail.objects.due(now)
    attempts = due.order_by("-attempts").values_list("attempts", flat=True).first() or 0
    due.update(
        attempts=F("attempts") + 1,
        next_try_at=now + _wait(attempts + 1),
        reason=down.reason,
        server_said=down.server_said,
    )


def _wait(attempts: int) -> timedelta:
    return timedelta(minutes=WAITS[min(max(attempts, 1), len(WAITS)) - 1])
