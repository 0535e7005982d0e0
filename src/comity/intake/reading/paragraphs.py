"""Measures written as paragraphs: a numbered sentence, then "Срок: … Исполнители: …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.intake.reading.drafts import Draft
from comity.intake.reading.grid import Paragraph
from comity.intake.reading.labels import Labelled, labelled, put
from comity.intake.reading.model import Column, ColumnRole, Place, Unplaced
from comity.intake.reading.sections import WORDED, Sections, read_heading
from comity.intake.reading.text import flat

NUMBERED = re.compile(
    r"(?P<number>(?:(?:measure|activity|action|мероприятие|мерапрыемства)\s*(?:№|no\.?)?\s*)?"
    r"(?:[A-ZА-Я]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})*[а-яa-z]?)(?:[.):]\s*|\s+[–—-]\s+|"
    r"\s+(?=[A-ZА-ЯЁІЎ«]))(?=\D)",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"(?:measure|activity|action|мероприятие|мерапрыемства)\s*(?:№|no\.?)?\s*", re.IGNORECASE
)
NOTE = re.compile(r"(?:примечани|заўваг|note\b|\*|сноска)", re.IGNORECASE)


@dataclass(slots=True)
class ParagraphReader:
    """Reads a run of paragraphs into measures, sections and texts that are not placed."""

    sections: Sections
    title: str | None
    drafts: list[Draft] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    _last: Column | None = None
    _empty_label: bool = False

    def read(self, run: Sequence[tuple[int, Paragraph]], table_follows: bool) -> None:
        """Read paragraphs with their places; `table_follows` when a table comes right after."""
        measures = _labelled_runs(run, self.title)
        current: Draft | None = None
        for at, (place, paragraph) in enumerate(run):
            where = {"paragraph": place}
            if not paragraph.text.strip():
                continue
            if paragraph.aside or NOTE.match(paragraph.text.strip()):
                self.unplaced.append(Unplaced(flat(paragraph.text), where))
                continue
            pieces = labelled(paragraph.text, self.title)
            if at in measures:
                current = self._begin(paragraph, pieces, where)
            elif current is not None and (
                pieces[0].column is not None
                or (self._empty_label and not paragraph.number and not paragraph.bold)
                or _is_more(paragraph)
            ):
                current.places.append(where)
                for piece in pieces:
                    self._add(current, piece)
                self._empty_label = self._empty_label and not paragraph.bullet
            elif _is_heading(paragraph, run[at + 1 :], table_follows, at, measures):
                self._enter(paragraph, where)
                current, self._empty_label = None, False
            else:
                current, self._empty_label = None, False
                self.unplaced.append(Unplaced(_whole(paragraph), where))

    def _begin(self, paragraph: Paragraph, pieces: list[Labelled], where: Place) -> Draft:
        draft = Draft(section=self.sections.text(), places=[where])
        draft.number = paragraph.number
        first = pieces[0]
        if first.column is None:
            match = NUMBERED.match(first.text) if not draft.number else None
            if match is not None:
                draft.number = PREFIX.sub("", match.group("number"))
                first = Labelled(None, first.text[match.end() :])
            pieces = [first, *pieces[1:]]
        self._last = None
        for piece in pieces:
            self._add(draft, piece)
        self.drafts.append(draft)
        return draft

    def _add(self, draft: Draft, piece: Labelled) -> None:
        """Put a piece into the measure; one without a label goes on with the field before it."""
        if piece.column is not None:
            self._last = piece.column
            self._empty_label = not piece.text
            put(draft, piece)
        elif self._last is None:
            draft.title.append(piece.text)
        else:
            put(draft, Labelled(self._last, piece.text))

    def _enter(self, paragraph: Paragraph, where: Place) -> None:
        heading = read_heading(paragraph.text, paragraph.level, paragraph.number)
        self.sections.enter(heading, where, _whole(paragraph))


def _whole(paragraph: Paragraph) -> str:
    return f"{paragraph.number} {flat(paragraph.text)}".strip()


def _is_more(paragraph: Paragraph) -> bool:
    """A line that goes on with the measure: a bullet, or a sentence begun small."""
    text = paragraph.text.strip()
    return (
        paragraph.level is None
        and not paragraph.bold
        and (paragraph.bullet or text[:1] in "-–—•" or text[:1].islower())
    )


def _labelled_runs(run: Sequence[tuple[int, Paragraph]], title: str | None) -> set[int]:
    """Which paragraphs begin a measure: those that carry labels, or that labelled ones follow."""
    found: set[int] = set()
    opener: int | None = None
    opened = False
    begins: ColumnRole | None = None
    for at, (_, paragraph) in enumerate(run):
        if not paragraph.text.strip():
            continue
        pieces = labelled(paragraph.text, title)
        has_label = any(piece.column is not None for piece in pieces)
        role = pieces[0].column.role if pieces and pieces[0].column is not None else None
        if role in (ColumnRole.TITLE, ColumnRole.NUMBER):
            # where each measure has a labelled number first, its labelled text goes on with it
            begins = begins or role
            if role is begins:
                found.add(at)
            opener, opened = None, True
        elif pieces and role is None:
            if has_label and re.search(r"[^\W\d_]{3}", pieces[0].text):
                found.add(at)
                opener, opened = None, True
            elif not (opened and _is_more(paragraph)):
                opener, opened = at, False
        elif has_label and opener is not None and _can_open(run[opener][1]):
            found.add(opener)
            opener, opened = None, True
    return found


def _can_open(paragraph: Paragraph) -> bool:
    return not (paragraph.aside or WORDED.match(paragraph.text.strip()))


def _is_heading(
    paragraph: Paragraph,
    following: Sequence[tuple[int, Paragraph]],
    table_follows: bool,
    at: int,
    measures: set[int],
) -> bool:
    """A heading: short, marked as one, with measures somewhere below it."""
    text = flat(paragraph.text)
    below = table_follows or any(begin > at for begin in measures)
    if (
        not below
        or len(text) > 250
        or paragraph.right
        or re.match(r"(?:table|таблиц[аы]|табліц[аы])\s*(?:№\s*)?\d", text.lower())
    ):
        return False
    if paragraph.level is not None or WORDED.match(text) or paragraph.caption:
        return True
    if text.endswith((".", ":", ";")) and not paragraph.bold:
        return False
    if paragraph.bold or paragraph.number:
        return True
    if re.match(r"(?:[IVXІХ]+|[A-ZА-Я]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*\S", text) and len(text) < 160:
        return True
    last = not any(other.text.strip() for _, other in following)
    return table_follows and last and text.isupper()
