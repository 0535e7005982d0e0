"""Letters of the example: reminders as the days before today wrote them, in every state."""

from datetime import date, timedelta

from comity.post.actions import mark_returned
from comity.post.carrier import Outcome
from comity.post.models import Mail, Reason, State
from comity.post.sending import keep, send_due
from comity.reminders.actions import remind

REFUSED = "554 5.7.1 The mailbox is full of letters from registers (an example)"
GONE = "550 5.1.1 No such user here (an example)"


def write_letters(today: date) -> None:
    """A week ago all went out but one, yesterday one came back, and those of today wait."""
    remind(day=today - timedelta(days=8))
    to_people = Mail.objects.filter(private=False)
    _refused(to_people.filter(state=State.QUEUED).order_by("pk").last())
    send_due()
    remind(day=today - timedelta(days=1))
    send_due()
    sent = to_people.filter(state=State.SENT).order_by("-pk").first()
    if sent is not None:
        mark_returned(message_id=sent.message_id, said=GONE)
    remind(day=today)


def _refused(mail: Mail | None) -> None:
    if mail is not None:
        keep(mail, Outcome(State.FAILED, Reason.REFUSED_LETTER, REFUSED))
