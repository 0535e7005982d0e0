"""What somebody typed into the search field, as a question to either database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.search.language.folding import CHUNK, parts
from comity.search.language.stemming import stems_of
from comity.search.language.terms import (
    Analysis,
    Phrase,
    analysis,
    asked_terms,
    phrases,
    written,
)

MOST_WORDS = 24
"""Words beyond this many are not asked for."""

_SHORTEST_BEGINNING = 2
_QUOTED = re.compile('"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')


@dataclass(frozen=True)
class Group:
    """Alternatives of which one must occur: whole terms, or the beginnings of terms."""

    terms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A parsed search: every group must be met. Without groups it finds nothing."""

    groups: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def to_fts5(self) -> str:
        """A MATCH expression for SQLite FTS5; valid whatever was typed."""
        written = (
            [f'"{term}"' for term in group.terms] + [f'"{term}"*' for term in group.beginnings]
            for group in self.groups
        )
        return " AND ".join(f"({' OR '.join(choices)})" for choices in written) or '""'

    def to_tsquery(self) -> str:
        """An argument for PostgreSQL's `to_tsquery('simple', …)`; valid whatever was typed."""
        written = (
            [f"'{term}'" for term in group.terms] + [f"'{term}':*" for term in group.beginnings]
            for group in self.groups
        )
        return " & ".join(f"({' | '.join(choices)})" for choices in written)


@dataclass(frozen=True)
class _Typed:
    """One chunk of the query: `exact` inside quotation marks, `begun` if it may go on."""

    chunk: str
    exact: bool
    begun: bool


def parse_query(text: str) -> Query:
    """What to look for: one group for each word that was typed.

    A word is met by its stem, by its concept, or by a two-word concept it is part of. The last
    word, and a word that ends in `*`, is also met by any term that begins with it. Inside quotation
    marks only the words themselves count, not their concepts, in any order. Stopwords are left out
    unless nothing else was typed.
    """
    typed = _typed(text)
    analyses = [analysis(word.chunk) for word in typed]
    meant = [not found.is_stopword for found in analyses]
    if any(meant):
        typed = [word for word, is_meant in zip(typed, meant, strict=True) if is_meant]
        analyses = [found for found in analyses if not found.is_stopword]
    together = list(phrases(analyses))
    groups: list[Group] = []
    for index, word in enumerate(typed):
        groups.extend(_groups(word, _of_phrases(together, index, typed)))
    return Query(tuple(dict.fromkeys(groups))[:MOST_WORDS])


def words_of(text: str) -> list[str]:
    """The words of a query as they were typed, without what stands between them."""
    return [word.chunk for word in _typed(text)]


def _typed(text: str) -> list[_Typed]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    matches = [match for match in CHUNK.finditer(text) if analysis(match.group()).words]
    typed = []
    for match in matches:
        exact = any(start < match.start() and match.end() < end for start, end in quoted)
        starred = text[match.end() : match.end() + 1] == "*"
        last = match is matches[-1] and not match.group().isdigit()
        typed.append(_Typed(match.group(), exact, not exact and (starred or last)))
    return typed


def _of_phrases(found: Sequence[Phrase], index: int, typed: Sequence[_Typed]) -> tuple[str, ...]:
    return tuple(
        concept
        for phrase in found
        if index in (phrase.first, phrase.second)
        and not (typed[phrase.first].exact or typed[phrase.second].exact)
        for concept in phrase.concepts
    )


def _groups(word: _Typed, of_phrases: tuple[str, ...]) -> list[Group]:
    """One group for each part of a chunk.

    `(a OR whole) AND (b OR whole)` says `(a AND b) OR whole`: «агро-туризм» finds «агротуризм».
    """
    pieces = parts(word.chunk)
    whole = _found_by(analysis(word.chunk), exact=word.exact)[len(pieces) :]
    groups = []
    for piece in pieces:
        terms = stems_of(piece.text) if word.exact else asked_terms(piece.text)
        begun = word.begun and piece is pieces[-1]
        beginning = written(piece.text)
        groups.append(
            Group(
                tuple(dict.fromkeys((*terms, *(t for ts in whole for t in ts), *of_phrases))),
                (beginning,) if begun and len(beginning) >= _SHORTEST_BEGINNING else (),
            )
        )
    return groups


def _found_by(found: Analysis, *, exact: bool) -> Sequence[tuple[str, ...]]:
    return tuple(stems_of(word.text) for word in found.words) if exact else found.terms
