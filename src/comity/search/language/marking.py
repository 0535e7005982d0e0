"""Showing where a query was met."""

from comity.search.language.folding import CHUNK
from comity.search.language.queries import Query, parse_query
from comity.search.language.terms import analysis, phrases, written

Pieces = list[tuple[str, bool]]
"""A text in pieces; True where the piece is what was looked for."""

_ELLIPSIS = "…"
_BEFORE_THE_HIT = 4


def mark(text: str, query: Query | str) -> Pieces:
    """The whole text in pieces, the words that meet the query flagged.

    Joined together again the pieces are the text. A word is flagged for its stem, its concept, or
    its beginning; both words of a two-word concept are.
    """
    pieces: Pieces = []
    end = 0
    for start, stop in _hits(text, query):
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def snippet(text: str, query: Query | str, width: int = 160) -> Pieces:
    """About `width` characters of the text around the first word found, in pieces as `mark` gives.

    Cut at spaces, with «…» where something is left out. Without a hit: the beginning of the text.
    """
    if len(text) <= width:
        return mark(text, query)
    hits = _hits(text, query)
    first = hits[0][0] if hits else 0
    start = max(0, min(first - width // _BEFORE_THE_HIT, len(text) - width))
    stop = min(len(text), start + width)
    if start:
        space = text.find(" ", start - 1, first)
        start = space + 1 if space >= 0 else first
    if stop < len(text):
        space = text.rfind(" ", first + 1, stop + 1)
        stop = space if space > first else stop
    pieces = _between(mark(text, query), start, stop)
    before: Pieces = [(_ELLIPSIS, False)] if start else []
    after: Pieces = [(_ELLIPSIS, False)] if stop < len(text) else []
    return before + pieces + after


def _between(pieces: Pieces, start: int, stop: int) -> Pieces:
    kept: Pieces = []
    place = 0
    for piece, found in pieces:
        part = piece[max(0, start - place) : max(0, stop - place)]
        if part:
            kept.append((part, found))
        place += len(piece)
    return kept


def _hits(text: str, query: Query | str) -> list[tuple[int, int]]:
    """The places of the words that meet the query, in order and apart from each other."""
    asked = parse_query(query) if isinstance(query, str) else query
    terms = {term for group in asked.groups for term in group.terms}
    beginnings = tuple(term for group in asked.groups for term in group.beginnings)
    matches = list(CHUNK.finditer(text))
    chunks = [analysis(match.group()) for match in matches]
    whole = {
        index
        for phrase in phrases(chunks)
        if not terms.isdisjoint(phrase.concepts)
        for index in (phrase.first, phrase.second)
    }
    hits: list[tuple[int, int]] = []
    for index, (match, chunk) in enumerate(zip(matches, chunks, strict=True)):
        if index in whole:
            hits.append(match.span())
            continue
        for word, found in zip(chunk.words, chunk.terms, strict=True):
            if not terms.isdisjoint(found) or (
                beginnings and (*found, written(word.text))[-1].startswith(beginnings)
            ):
                hits.append((match.start() + word.start, match.start() + word.end))
    return _apart(hits)


def _apart(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, stop in sorted(hits):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(stop, apart[-1][1]))
        else:
            apart.append((start, stop))
    return apart
