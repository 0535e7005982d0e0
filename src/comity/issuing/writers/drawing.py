"""What typst draws and sets: the chart, alike in the PDF and as a picture, and the PDF itself."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from comity.issuing.digest import STATES, Digest
from comity.issuing.typography import typeset
from comity.issuing.writers.breaking import breakable, inside
from comity.lib import wording

SETTING = Path(__file__).with_name("setting.py")
#: Seconds that the setting of the longest report may take.
PATIENCE = 120
#: Longer names of sections than this are cut in the chart; the table beside it has them whole.
LONGEST_NAME = 90


def drawn(source: str, told: dict[str, Any], **how: Any) -> bytes:
    """What the source makes of the values told to it; see `setting`, which does it."""
    asked = {"source": source, "told": told, **how}
    done = subprocess.run(
        [sys.executable, "-I", SETTING],
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"typst: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout


def moment(day: date) -> str:
    """The day as a time that does not depend on where and when a file is made."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()


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
                "name": breakable(typeset(_cut(bar.name)), inside(29)),
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
