"""Words before a colon that say what follows: "Срок: …", "Responsible (Norway): …"."""

import re
from dataclasses import dataclass

from comity.intake.reading.drafts import Draft
from comity.intake.reading.funding import Money
from comity.intake.reading.heading_words import words_of
from comity.intake.reading.headings import role_of
from comity.intake.reading.layout import FUNDING_ROLES
from comity.intake.reading.model import Column, ColumnRole
from comity.intake.reading.places import side_with_title
from comity.intake.reading.sections import read_heading
from comity.intake.reading.text import clean, fold, without_stop

R = ColumnRole
MAX_LABEL_WORDS = 9
LABEL = re.compile(
    r"(?P<lead>^|\n|(?<=[.;!?»)])\s+|"
    r"\(\s*)(?P<label>[^\W\d_][^:.;\n()]{1,70}(?:\([^()\n]{1,40}\)[^:.;\n()]{0,20})?)"
    r"\s*(?P<mark>:|\s[–—]\s)\s*"
)
ROLES = frozenset(
    {R.NUMBER, R.DUE, R.DUE_START, R.DUE_END, R.RESPONSIBLE, R.EXPECTED_RESULT, R.TITLE}
) | (FUNDING_ROLES - {R.FUNDING_YEAR, R.CURRENCY})
STARTS = re.compile(words_of("LABEL"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A piece of text after its label; `column` is None for what stands before the first."""

    column: Column | None
    text: str
    label: str = ""


def labelled(text: str, title: str | None) -> list[Labelled]:
    """The text parted at its labels."""
    found: list[tuple[int, int, Column, str]] = []
    text = clean(text)
    for match in LABEL.finditer(text):
        column = column_of(match.group("label"), title, match.group("mark").strip() != ":")
        if column is not None:
            found.append((match.start("label"), match.end(), column, match.group("label")))
    begin = found[0][0] if found else len(text)
    pieces = [Labelled(None, text[:begin].rstrip(" (").strip())] if text[:begin].strip() else []
    for at, (_, end, column, label) in enumerate(found):
        stop = found[at + 1][0] if at + 1 < len(found) else len(text)
        pieces.append(Labelled(column, text[end:stop].strip(), label))
    return pieces


def column_of(label: str, title: str | None, dashed: bool = False) -> Column | None:
    """The role that a label names, None where the words are no label."""
    folded = fold(label).strip(" -–—•")
    if len(folded.split()) > (4 if dashed else MAX_LABEL_WORDS) or not STARTS.match(folded):
        return None
    role = role_of(folded)
    if role not in ROLES:
        return None
    return Column(role, side_with_title(label, title) if role is R.RESPONSIBLE else None)


def put(draft: Draft, piece: Labelled) -> None:
    """Put a labelled piece where it belongs in the measure."""
    column = piece.column or Column(R.TITLE)
    match column.role:
        case R.TITLE:
            draft.title.append(piece.text)
        case R.DUE:
            draft.due.append(without_stop(piece.text))
        case R.DUE_START:
            draft.start = without_stop(piece.text)
        case R.DUE_END:
            draft.end = without_stop(piece.text)
        case R.RESPONSIBLE:
            draft.responsible.append((piece.text, column.side))
        case R.EXPECTED_RESULT:
            draft.result.append(piece.text)
        case R.NUMBER:
            draft.number = draft.number or piece.text
        case R.SECTION:
            draft.section = " / ".join(filter(None, (draft.section, read_heading(piece.text).text)))
        case role:
            if role in FUNDING_ROLES:
                draft.money.append(
                    Money(
                        piece.text, piece.label, total=role is R.FUNDING_TOTAL,
                        yearly=role is R.FUNDING_YEAR, source=role is R.FUNDING_SOURCE,
                        place=len(draft.money),
                    )
                )  # fmt: skip
