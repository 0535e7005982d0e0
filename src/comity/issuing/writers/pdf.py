"""A report as a tagged, searchable PDF (PDF/UA-1)."""

from collections.abc import Sequence
from typing import Any

from comity.issuing import cells
from comity.issuing.cells import Line
from comity.issuing.digest import Digest, Row
from comity.issuing.telling import side_in_words
from comity.issuing.typography import quoted, typeset
from comity.issuing.writers import headings
from comity.issuing.writers.breaking import breakable, inside
from comity.issuing.writers.drawing import chart, drawn, moment
from comity.issuing.writers.filling import UNBROKEN
from comity.issuing.writers.tables import figure_cells, figure_heading
from comity.lib import wording


def written(digest: Digest) -> bytes:
    return drawn("paper.typ", _told(digest), format="pdf", moment=moment(digest.made_on))


def _told(digest: Digest) -> dict[str, Any]:
    number = headings.number(digest)
    words = {name: typeset(text) for name, text in digest.words.items()}
    return {
        "language": digest.language,
        "words": words,
        "title": headings.title(digest),
        "author": digest.made_by,
        "subject": typeset(digest.subject),
        "programme": breakable(quoted(digest.programme), inside(85), size=13),
        "period": typeset(digest.period),
        "number": typeset(number),
        "footer": typeset(f"{digest.words['report']} {digest.period}, {number}"),
        "example": digest.words["example"] if digest.is_example else "",
        "facts": [
            (label, breakable(text, inside(75), size=11)) for label, text in headings.facts(digest)
        ],
        "summary": [
            breakable(typeset(sentence), inside(100), size=11) for sentence in digest.summary
        ],
        "chart": chart(digest),
        "figures": {"head": figure_heading(digest), "rows": _figures(digest)},
        "measures": _measures(digest),
        "overdue": _overdue(digest),
        "disputed": _disputed(digest),
        "signatories": [side_in_words(side) for side in digest.sides] or [""],
    }


def _measures(digest: Digest) -> dict[str, Any]:
    words, sides = digest.words, digest.sides
    did = [words["did_by"] % side.name for side in sides] or [words["did"]]
    widths = [3.6, 20, 11, 17, *(36 / len(did) for _one in did), 12]
    rows: list[dict[str, Any]] = []
    section = None
    for row in digest.rows:
        if row.section and row.section != section:
            rows.append({"section": breakable(typeset(row.section), inside(100), digest.language)})
        section = row.section
        rows.append(_measure(digest, row, widths))
    return {
        "head": [
            words["number"], words["measure"], words["deadline"], words["responsible"], *did,
            words["state"],
        ],
        "widths": widths,
        "rows": rows,
    }  # fmt: skip


def _measure(digest: Digest, row: Row, widths: Sequence[float]) -> dict[str, Any]:
    number, title, deadline, responsible, did, *_others = widths
    own = [cells.did(digest, row, side.country) for side in digest.sides]
    together = cells.did_together(digest, row)
    if any(own):
        own[0] = [*own[0], *together]
        together = []
    elif not together or not own:
        own, together = own or [together], []
    return {
        "before": [
            _lines([Line("", row.number)], number),
            _lines(cells.title(digest, row), title, digest.language),
            _lines(cells.deadline(row), deadline),
            _lines(cells.responsible(digest, row), responsible, digest.language),
        ],
        "did": [_lines(one, did, digest.language) for one in own],
        "together": _lines(together, did * len(own), digest.language),
        "state": _lines(cells.state(digest, row), widths[-1]),
        "breaks": max(map(_length, [*own, together])) > UNBROKEN,
    }


def _overdue(digest: Digest) -> dict[str, Any]:
    words = digest.words
    return {
        "head": [
            words["number"], words["measure"], words["due_on"], words["days_late"],
            words["responsible"], words["reasons"],
        ],
        **_table(
            digest,
            [3.6, 27, 12, 9, 20, 28],
            [
                [
                    [Line("", row.number)],
                    [Line("", typeset(row.title))],
                    [Line("", typeset(wording.day(day.due_on)))],
                    [Line("", cells.lateness(day))],
                    cells.responsible(digest, row),
                    cells.reasons(digest, day),
                ]
                for row, day in digest.overdue
            ],
        ),
    }  # fmt: skip


def _disputed(digest: Digest) -> dict[str, Any]:
    words, sides = digest.words, digest.sides
    return {
        "head": [
            words["number"], words["measure"], words["due_on"], *(side.name for side in sides),
        ],
        **_table(
            digest,
            [3.6, 25, 12, *(60 / len(sides) for _side in sides)],
            [
                [
                    [Line("", row.number)],
                    [Line("", typeset(row.title))],
                    [Line("", typeset(wording.day(day.due_on)))],
                    *(cells.said_differently(digest, row, day, s.country) for s in sides),
                ]
                for row, day in digest.disputed
            ],
        ),
    }  # fmt: skip


def _table(
    digest: Digest, widths: Sequence[float], rows: Sequence[Sequence[list[Line]]]
) -> dict[str, Any]:
    """The cells of a table, with the widths of its columns in hundredths."""
    return {
        "widths": widths,
        "rows": [
            [_lines(cell, share, digest.language) for cell, share in zip(row, widths, strict=True)]
            for row in rows
        ],
    }


def _figures(digest: Digest) -> list[list[str]]:
    """The names stand in a column of 17 hundredths, or alone in their line."""
    return [
        [breakable(name, inside(17 if numbers else 100), digest.language), *numbers]
        for name, *numbers in figure_cells(digest)
    ]


def _length(lines: list[Line]) -> int:
    return sum(len(line.whole) for line in lines)


def _lines(lines: list[Line], share: float, language: str = "") -> list[dict[str, str]]:
    """Lines of a cell in a column of so many hundredths; with a language, they are hyphenated."""
    width = inside(share)
    return [
        {"lead": breakable(line.lead, width), "text": breakable(line.text, width, language)}
        for line in lines
    ]
