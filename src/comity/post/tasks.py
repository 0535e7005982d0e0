"""The bell that tells a worker of letters that wait; the letters themselves are the queue.

A bell that is lost, or rung twice, changes nothing: whoever hears one sends what is due.
"""

from datetime import datetime

from django_tasks import task

from comity.post.sending import send_due


@task
def send_waiting() -> None:
    tally = send_due()
    if tally.next_try_at is not None:
        ring(at=tally.next_try_at)


def ring(*, at: datetime | None = None) -> None:
    """Has a worker send what waits, now or at a time; with the transaction that it stands in."""
    (send_waiting.using(run_after=at) if at else send_waiting).enqueue()
