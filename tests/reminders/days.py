"""Days of a register whose mail server is there."""

from datetime import date

from comity.post.models import Mail, State
from comity.reminders.actions import remind


def reminded(day: date) -> int:
    """The run of a day, all letters of which go out; how many were written."""
    written = remind(day=day)
    Mail.objects.filter(state=State.QUEUED).update(state=State.SENT)
    return written
