"""What the reader of documents was not sure of, in the words of the page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from comity.intake.reading.messages import WARNINGS
from comity.programmes.due import Recurrence

#: A row that cannot become a measure as it stands; the page says beside it what is wrong.
CANNOT_STAND = "cannot_stand"
OWN = {
    CANNOT_STAND: gettext_noop(
        "The row cannot be taken in as it stands; correct it or leave it out."
    ),
}
#: What the reader did about several amounts; it stands inside the sentence of the doubt.
DECISIONS = {
    gettext_noop("they are in different currencies, so none was taken."),
    gettext_noop("the larger was taken."),
    gettext_noop("their sum was taken."),
}
#: Which column of the source a doubt is about, by the beginning of its code.
ABOUT = {"due": "due", "funding": "funding", "body": "responsible", "number": "number"}


def in_words(doubt: Mapping[str, Any]) -> str:
    """The sentence of one doubt."""
    sentence = OWN.get(doubt["code"]) or WARNINGS.get(doubt["code"], doubt["code"])
    params = {name: _told(value) for name, value in doubt["params"].items()}
    return _(sentence).format(**params)


def sentences(doubts: Iterable[Mapping[str, Any]]) -> list[str]:
    return [in_words(doubt) for doubt in doubts]


def roles_in_doubt(doubts: Iterable[Mapping[str, Any]]) -> set[str]:
    """The roles of the columns that the doubts are about."""
    return {ABOUT[start] for doubt in doubts if (start := doubt["code"].split("_")[0]) in ABOUT}


def _told(value: object) -> object:
    """Words that the reader puts into a sentence are themselves translated."""
    if isinstance(value, str) and value in Recurrence.values:
        return Recurrence(value).label
    return _(value) if isinstance(value, str) and value in DECISIONS else value
