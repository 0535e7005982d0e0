"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "account.created": gettext_noop("Account created"),
        "account.language_chosen": gettext_noop("Language chosen"),
        "role.granted": gettext_noop("Role granted"),
        "role.revoked": gettext_noop("Role taken back"),
    }
)
