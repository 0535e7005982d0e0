"""A report as a tagged, searchable PDF (PDF/UA-1)."""

from dataclasses import asdict
from typing import Any

from comity.issuing import cells
from comity.issuing.cells import Line
from comity.issuing.digest import Digest, Row
from comity.issuing.telling import side_in_words
from comity.issuing.typography import quoted, typeset
from comity.issuing.writers import headings
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
        "programme": quoted(digest.programme),
        "period": typeset(digest.period),
        "number": typeset(number),
        "footer": typeset(f"{digest.words['report']} {digest.period}, {number}"),
        "example": digest.words["example"] if digest.is_example else "",
        "facts": headings.facts(digest),
        "summary": [typeset(sentence) for sentence in digest.summary],
        "chart": chart(digest),
        "figures": {"head": figure_heading(digest), "rows": figure_cells(digest)},
        "measures": _measures(digest),
        "overdue": _overdue(digest),
        "disputed": _disputed(digest),
        "signatories": [side_in_words(side) for side in digest.sides] or [""],
    }


def _measures(digest: Digest) -> dict[str, Any]:
    words, sides = digest.words, digest.sides
    did = [words["did_by"] % side.name for side in sides] or [words["did"]]
    rows: list[dict[str, Any]] = []
    section = None
    for row in digest.rows:
        if row.section and row.section != section:
            rows.append({"section": typeset(row.section)})
        section = row.section
        rows.append(_measure(digest, row))
    return {
        "head": [
            words["number"], words["measure"], words["deadline"], words["responsible"], *did,
            words["state"],
        ],
        "widths": [3.6, 20, 11, 17, *(36 / len(did) for _one in did), 12],
        "rows": rows,
    }  # fmt: skip


def _measure(digest: Digest, row: Row) -> dict[str, Any]:
    own = [cells.did(digest, row, side.country) for side in digest.sides]
    together = cells.did_together(digest, row)
    if any(own):
        own[0] = [*own[0], *together]
        together = []
    elif not together or not own:
        own, together = own or [together], []
    return {
        "before": [
            _lines([Line("", row.number)]),
            _lines(cells.title(digest, row)),
            _lines(cells.deadline(row)),
            _lines(cells.responsible(digest, row)),
        ],
        "did": [_lines(one) for one in own],
        "together": _lines(together),
        "state": _lines(cells.state(digest, row)),
        "breaks": max(map(_length, [*own, together])) > UNBROKEN,
    }


def _overdue(digest: Digest) -> dict[str, Any]:
    words = digest.words
    return {
        "head": [
            words["number"], words["measure"], words["due_on"], words["days_late"],
            words["responsible"], words["reasons"],
        ],
        "widths": [3.6, 27, 12, 9, 20, 28],
        "rows": [
            [
                _lines([Line("", row.number)]),
                _lines([Line("", typeset(row.title))]),
                _lines([Line("", typeset(wording.day(day.due_on)))]),
                _lines([Line("", cells.lateness(day))]),
                _lines(cells.responsible(digest, row)),
                _lines(cells.reasons(digest, day)),
            ]
            for row, day in digest.overdue
        ],
    }  # fmt: skip


def _disputed(digest: Digest) -> dict[str, Any]:
    words, sides = digest.words, digest.sides
    return {
        "head": [
            words["number"], words["measure"], words["due_on"], *(side.name for side in sides),
        ],
        "widths": [3.6, 25, 12, *(60 / len(sides) for _side in sides)],
        "rows": [
            [
                _lines([Line("", row.number)]),
                _lines([Line("", typeset(row.title))]),
                _lines([Line("", typeset(wording.day(day.due_on)))]),
                *(_lines(cells.said_differently(digest, row, day, s.country)) for s in sides),
            ]
            for row, day in digest.disputed
        ],
    }  # fmt: skip


def _length(lines: list[Line]) -> int:
    return sum(len(line.whole) for line in lines)


def _lines(lines: list[Line]) -> list[dict[str, str]]:
    return [asdict(line) for line in lines]
