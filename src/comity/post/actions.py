"""Letters are written here, whoever is their addressee; a worker sends them afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.audit.actions import Actor, Trail, snapshot
from comity.lib.parts import in_parts
from comity.post.models import OVER, Mail, Reason, State
from comity.post.tasks import ring

BATCH = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to be posted; `key` says what it is: a second one with the same is not sent."""

    key: str
    to: str
    subject: str
    body: str
    language: str
    kind: str
    private: bool = False

    def as_mail(self) -> Mail:
        return Mail(
            key=self.key,
            to=self.to.strip().lower(),
            subject=" ".join(self.subject.split())[:250],
            body=self.body,
            language=self.language,
            kind=self.kind,
            private=self.private,
        )


@transaction.atomic
def post(
    *,
    key: str,
    to: str,
    subject: str,
    body: str,
    language: str,
    kind: str,
    private: bool = False,
) -> Mail:
    """Queues a letter, in the transaction of what it tells of; gives it, or the earlier one.

    What a private one says is never shown, and is erased as soon as it was sent.
    """
    letter = Letter(key, to, subject, body, language, kind, private)
    post_many([letter])
    return Mail.objects.get(key=key)


@transaction.atomic
def post_many(letters: Iterable[Letter]) -> int:
    """Queues letters with one bell for all; how many of their keys were new."""
    fresh = {letter.key: letter.as_mail() for letter in letters}
    known = Mail.objects.filter(key__in=fresh).values_list("key", flat=True)
    for key in list(known) if len(fresh) <= BATCH else _known(list(fresh)):
        del fresh[key]
    Mail.objects.bulk_create(fresh.values(), batch_size=BATCH, ignore_conflicts=True)
    if fresh:
        ring()
    return len(fresh)


def _known(keys: list[str]) -> list[str]:
    found: list[str] = []
    for part in in_parts(keys, BATCH):
        some = Mail.objects.filter(key__in=part)
        found += some.values_list("key", flat=True)
    return found


@transaction.atomic
def send_again(*, mail: Mail, by: Actor) -> bool:
    """Puts a letter that did not arrive back into the queue; whether there was anything to send.

    It keeps its Message-ID, by which the addressee's server knows it again.
    """
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if not mail.can_be_sent_again:
        return False
    trail, before = Trail("mail.sent_again", by), snapshot(mail)
    mail.state, mail.attempts, mail.next_try_at = State.QUEUED, 0, timezone.now()
    mail.reason, mail.server_said, mail.put_off_since = "", "", None
    mail.is_wanted = True
    mail.save()
    trail.changed(mail, before)
    trail.record()
    ring()
    return True


def take_out(ids: Iterable[int], reason: Reason) -> list[Mail]:
    """Those of the letters that wait are not sent any more; gives them with what they said.

    Inside a transaction. One that may be on its way stays, and one that a person wants sent.
    """
    waiting = Mail.objects.filter(pk__in=list(ids), state=State.QUEUED, is_wanted=False)
    taken = list(waiting.select_for_update().order_by("pk"))
    out = Mail.objects.filter(pk__in=[mail.pk for mail in taken])
    out.update(state=State.REPLACED, reason=reason, server_said="")
    out.forget_secrets()
    return taken


def mark_returned(*, message_id: str, said: str) -> Mail | None:
    """Notes that a letter came back; None if no letter of ours has this Message-ID."""
    mail = Mail.objects.filter(message_id=message_id).first()
    if mail is not None:
        mail.state, mail.reason, mail.server_said = State.BOUNCED, Reason.RETURNED, said[:500]
        mail.forget_secrets()
        mail.save(update_fields=["state", "reason", "server_said", "body"])
    return mail


def forget_old(now: datetime) -> int:
    """Removes letters that were written long ago and wait for nothing; how many.

    After `COMITY_LETTERS_KEPT` days, the oldest first; none ever if that is 0.
    """
    if not settings.COMITY_LETTERS_KEPT:
        return 0
    limit, last, gone = now - timedelta(days=settings.COMITY_LETTERS_KEPT), 0, 0
    while True:
        following = Mail.objects.filter(pk__gt=last).order_by("pk")
        some = list(following.values_list("pk", "created_at", "state")[:BATCH])
        old = [pk for pk, written, state in some if written < limit and state in OVER]
        gone += Mail.objects.filter(pk__in=old).delete()[0]
        if not some or some[-1][1] >= limit:
            return gone
        last = some[-1][0]


def hold_restored() -> int:
    """In a register from a backup: what waited may have been sent since; a person decides."""
    waiting = Mail.objects.filter(state__in=(State.QUEUED, State.SENDING))
    waiting.forget_secrets()
    return waiting.update(state=State.DOUBTFUL, reason=Reason.RESTORED, server_said="")


def ring_for_forgotten(now: datetime) -> bool:
    """Rings for letters that are due although no bell is waiting to be heard; whether it did."""
    if not Mail.objects.due(now).exists():
        return False
    ring()
    return True
