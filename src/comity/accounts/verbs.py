"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS
from comity.post.kinds import KINDS

VERBS.update(
    {
        "account.closed": gettext_noop("Account closed"),
        "account.created": gettext_noop("Account created"),
        "account.language_chosen": gettext_noop("Language chosen"),
        "invitation.accepted": gettext_noop("Invitation accepted"),
        "invitation.made": gettext_noop("Invitation sent"),
        "invitation.sent_again": gettext_noop("Invitation sent again"),
        "invitation.withdrawn": gettext_noop("Invitation withdrawn"),
        "role.changed": gettext_noop("Role changed"),
        "role.granted": gettext_noop("Role granted"),
        "role.handed_over": gettext_noop("Role ended, its open work handed over"),
        "role.revoked": gettext_noop("Role taken back"),
    }
)
KINDS.update({"account": gettext_noop("New password"), "invitation": gettext_noop("Invitation")})
