"""What letters are about; each room adds the words for its own, as it does for its acts."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

KINDS: dict[str, str] = {}
#: Rooms that look at a letter of theirs once more before it is sent, by its kind: each gives why
#: it is not to be sent any more, or nothing.
LOOKS: dict[str, Callable[[Any], Any]] = {}


def kind_in_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else kind
