"""Typst, with the fonts that its wheel brings: the same on every machine."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from comity.issuing.digest import STATES, Digest
from comity.issuing.typography import typeset
from comity.lib import wording

SOURCES = Path(__file__).parent / "typst"
#: Longer names of sections than this are cut in the chart; the table beside it has them whole.
LONGEST_NAME = 90


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def drawn(source: str, told: dict[str, Any], **how: Any) -> bytes:
    """What the source makes of the values told to it."""
    made: bytes = typst.compile(
        SOURCES / source,
        root=SOURCES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        **how,
    )
    return made


def moment(day: date) -> datetime:
    """The day as a time that does not depend on where and when a file is made."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def chart(digest: Digest) -> dict[str, Any] | None:
    """One bar of each section or side: occurrences of the period by how they stand."""
    bars = [figures for figures in digest.charted if figures.due]
    if not bars:
        return None
    return {
        "language": digest.language,
        "title": digest.words["chart"],
        "most": max(bar.due for bar in bars),
        "legend": [{"state": state, "text": legend(digest, state)} for state in STATES],
        "bars": [
            {
                "name": typeset(_cut(bar.name)),
                "pieces": [
                    {"state": state, "number": getattr(bar, state)}
                    for state in STATES
                    if getattr(bar, state)
                ],
            }
            for bar in bars
        ],
        "alt": in_words(digest),
    }


def legend(digest: Digest, state: str) -> str:
    return digest.words["overdue_short" if state == "overdue" else state]


def in_words(digest: Digest) -> str:
    """What the chart shows, for those who do not see it."""
    told = []
    for bar in digest.charted:
        numbers = [
            f"{legend(digest, state)} {wording.number(getattr(bar, state))}"
            for state in STATES
            if getattr(bar, state)
        ]
        if numbers:
            told.append(f"{_cut(bar.name)}: {', '.join(numbers)}")
    return f"{digest.words['chart']}. {'; '.join(told)}."


def chart_picture(digest: Digest) -> bytes | None:
    """The chart as a PNG of 300 dots an inch, 16 cm wide; None if there is nothing to draw."""
    told = chart(digest)
    return drawn("picture.typ", told, format="png", ppi=300) if told else None


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}…"
