"""What a document of this repository points at is there; each picture is shown and light."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
OUTSIDE = ("http://", "https://", "mailto:")
#: What a picture may weigh, in bytes.
MOST = 150_000


def links(document: Path) -> list[tuple[str, str, Path]]:
    """Each link to a place within the repository: whether a picture, what it says, where."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    found = [one for one in LINK.findall(text) if not one[2].startswith((*OUTSIDE, "#"))]
    return [
        (mark, said, (document.parent / to.partition("#")[0]).resolve()) for mark, said, to in found
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [str(to) for _mark, _said, to in links(document) if not to.exists()] == []


def test_every_picture_is_shown_says_what_is_seen_and_is_light() -> None:
    shown = [(said, to) for one in DOCUMENTS for mark, said, to in links(one) if mark]
    assert [to.name for said, to in shown if len(said.split()) < 5] == []
    pictures = set((ROOT / "docs/pictures").glob("*.png"))
    assert {to for _said, to in shown} == pictures
    assert [one.name for one in pictures if one.stat().st_size > MOST] == []
