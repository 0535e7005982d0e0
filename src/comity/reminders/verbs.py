"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS
from comity.post.kinds import KINDS

VERBS.update(
    {
        "reminders.switched_off": gettext_noop("Reminders switched off: nobody is reminded"),
        "reminders.ladder_changed": gettext_noop("Days of reminders changed"),
        "reminders.pace_chosen": gettext_noop("How often to be reminded chosen"),
    }
)
KINDS.update({"digest": gettext_noop("Reminder")})
