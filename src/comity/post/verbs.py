"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update({"mail.sent_again": gettext_noop("Letter sent again")})
