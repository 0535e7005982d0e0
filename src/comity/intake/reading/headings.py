"""What the heading of a column, or a label before a colon, promises."""

import re
from functools import lru_cache

from comity.intake.reading.heading_words import words_of
from comity.intake.reading.model import ColumnRole
from comity.intake.reading.text import fold

R = ColumnRole
MAX_HEADING = 160
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile(words_of(kind))


def _whole_words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words_of(kind)})\b")


NUMBER = re.compile(rf"(?:{words_of('NUMBER')})\.?\Z")
CURRENCY = re.compile(rf"(?:{words_of('CURRENCY')})\Z")
NOT_A_ROLE, DUE, TOTAL = map(_whole_words, ("NOT_A_ROLE", "DUE", "TOTAL"))
DUE_START, DUE_END, FUNDING, AMOUNT, SOURCE = map(
    _anywhere, ("DUE_START", "DUE_END", "FUNDING", "AMOUNT", "SOURCE")
)
RESPONSIBLE, RESULT, TITLE, SECTION = map(_anywhere, ("RESPONSIBLE", "RESULT", "TITLE", "SECTION"))


@lru_cache(maxsize=4096)
def role_of(heading: str) -> ColumnRole | None:
    """The role a heading names; None for none that is known, OTHER for one known to be none."""
    folded = fold(heading).strip(" .:*")
    if not folded or len(folded) > MAX_HEADING:
        return None
    if NUMBER.match(folded) or NUMBER.match(folded.replace(" ", "")):
        return R.NUMBER
    if CURRENCY.match(folded):
        return R.CURRENCY
    if NOT_A_ROLE.search(folded):
        return R.OTHER
    for role, pattern in (
        (R.DUE_START, DUE_START), (R.DUE_END, DUE_END),
    ):  # fmt: skip
        if pattern.search(folded) and not RESPONSIBLE.search(folded) and not RESULT.search(folded):
            return role
    return _by_words(folded)


def _by_words(folded: str) -> ColumnRole | None:
    """Where words of several roles stand in one heading, the noun that governs comes first."""
    found: list[tuple[int, int, ColumnRole]] = []
    for order, (role, pattern) in enumerate(
        (
            (R.DUE, DUE), (R.FUNDING, FUNDING), (R.RESPONSIBLE, RESPONSIBLE),
            (R.EXPECTED_RESULT, RESULT), (R.SECTION, SECTION), (R.TITLE, TITLE),
        )
    ):  # fmt: skip
        match = pattern.search(folded)
        if match is not None:
            found.append((match.start(), order, role))
    if not found:
        return R.FUNDING_YEAR if re.fullmatch(r"(?:19|20)\d\d(?: ?г(?:од|\.)?)?", folded) else None
    roles = {role for _, _, role in found}
    if R.TITLE in roles and len(roles) > 1:
        roles.discard(R.TITLE)
    if roles in ({R.DUE, R.EXPECTED_RESULT}, {R.DUE, R.RESPONSIBLE}):
        return min(found, key=lambda entry: (entry[2] not in roles, entry[0]))[2]
    role = min((entry for entry in found if entry[2] in roles), key=lambda entry: entry[1])[2]
    return _funding_kind(folded) if role is R.FUNDING else role


def _funding_kind(folded: str) -> ColumnRole:
    if len(YEAR.findall(folded)) == 1 and not TOTAL.search(folded):
        return R.FUNDING_YEAR
    if TOTAL.search(folded):
        return R.FUNDING_TOTAL
    if SOURCE.search(folded) and not AMOUNT.search(folded):
        return R.FUNDING_SOURCE
    return R.FUNDING
