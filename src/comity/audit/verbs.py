"""What each act is called on a page. An unknown verb is shown as it is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

VERBS = {
    "account.created": gettext_noop("Account created"),
    "account.language_chosen": gettext_noop("Language chosen"),
    "role.granted": gettext_noop("Role granted"),
    "role.revoked": gettext_noop("Role taken back"),
}


def verb_in_words(verb: str) -> str:
    return _(VERBS[verb]) if verb in VERBS else verb
