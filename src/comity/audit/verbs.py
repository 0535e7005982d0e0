"""What each act is called on a page. An unknown verb is shown as it is."""

from django.utils.translation import gettext as _

#: Filled by the module `verbs` of each room.
VERBS: dict[str, str] = {}


def verb_in_words(verb: str) -> str:
    return _(VERBS[verb]) if verb in VERBS else verb
