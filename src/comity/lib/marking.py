"""Two versions of a text with the words marked that only one of them has."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

#: Words with the space behind them, and ends of lines.
_WORDS = re.compile(r"\n|[^\S\n]+|\S+[^\S\n]*")
#: Texts that are less alike than this have no words in common that mean anything.
ALIKE = 0.3


class Marked(NamedTuple):
    """Both versions as HTML: `<del>` around the words taken out, `<ins>` around those put in."""

    before: SafeString
    after: SafeString


def marked(before: str, after: str) -> Marked:
    """Marks the words that changed; all of them where the versions have little in common."""
    was, became = _words(before), _words(after)
    compared = SequenceMatcher(None, _bare(was), _bare(became), autojunk=False)
    if compared.ratio() < ALIKE:
        return Marked(_html(was, _all(was), "del"), _html(became, _all(became), "ins"))
    gone, come = [True] * len(was), [True] * len(became)
    for start, other, size in compared.get_matching_blocks():
        gone[start : start + size] = [False] * size
        come[other : other + size] = [False] * size
    return Marked(_html(was, gone, "del"), _html(became, come, "ins"))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.replace("\r\n", "\n"))


def _bare(words: Sequence[str]) -> list[str]:
    """What is compared: the last word of a line is the same one as within it."""
    return [word.rstrip() or word for word in words]


def _all(words: Sequence[str]) -> list[bool]:
    return [True] * len(words)


def _html(words: Sequence[str], is_marked: Sequence[bool], tag: str) -> SafeString:
    """Ends of lines stand outside of the marks, so that lines stay apart."""
    pieces = zip(words, is_marked, strict=True)
    runs = groupby(pieces, key=lambda one: None if one[0] == "\n" else one[1])
    return SafeString(  # each run is escaped below
        "".join(_run(kind, "".join(w for w, _m in run), tag) for kind, run in runs)
    )


def _run(is_marked: bool | None, text: str, tag: str) -> str:
    if is_marked is None:
        return "<br>" * len(text)
    words = text.rstrip()
    if not is_marked or not words:
        return escape(text)
    return f"<{tag}>{escape(words)}</{tag}>{escape(text[len(words) :])}"
