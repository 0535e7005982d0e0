"""What letters are about; each room adds the words for its own, as it does for its acts."""

from django.utils.translation import gettext as _

KINDS: dict[str, str] = {}


def kind_in_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else kind
