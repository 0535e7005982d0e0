"""What a text is found by: stems, concepts, and words as they are written."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from comity.search.language import belarusian
from comity.search.language.folding import CHUNK, MEMORY, Token, joined, parts, tokens
from comity.search.language.glossary import glossary, keys_of, stopwords
from comity.search.language.stemming import stems_of

_CUT_WORTH_KEEPING = 3


class Analysis(NamedTuple):
    """What one chunk (a word, or several joined by hyphens) is found by."""

    words: tuple[Token, ...]
    terms: tuple[tuple[str, ...], ...]
    """For each word: its stems, its concepts, and itself where the stem would not be found by the
    beginning of the word."""
    line: str
    """All terms, as the index stores them."""
    keys: tuple[str, ...]
    """The chunk as a whole, as one of the two words of a phrase."""
    begins_phrase: bool
    is_stopword: bool


class Place(NamedTuple):
    """A chunk at its place in a text, and the concepts it makes together with the chunk before."""

    start: int
    analysis: Analysis
    with_previous: tuple[str, ...]
    previous: int
    """Where that chunk before stands in the list of places; -1 for none."""


def written(word: str) -> str:
    """A folded word as the index keeps it: no apostrophe, у for an initial ў."""
    return belarusian.spelled(word)


def concepts_of(word: str) -> tuple[str, ...]:
    """The concept terms of a folded word."""
    words = glossary().words
    return tuple(dict.fromkeys(term for key in keys_of(word) for term in words.get(key, ())))


def _terms_of(word: str) -> tuple[str, ...]:
    stems = stems_of(word)
    plain = written(word)
    findable = any(
        plain.startswith(stem) and len(plain) - len(stem) < _CUT_WORTH_KEEPING for stem in stems
    )
    return (*stems, *concepts_of(word), *(() if findable else (plain,)))


@lru_cache(maxsize=MEMORY)
def analysis(chunk: str) -> Analysis:
    """What a chunk of a text is found by."""
    words = tuple(tokens(chunk))
    terms = tuple(_terms_of(word.text) for word in words)
    keys = keys_of(joined(chunk) if len(parts(chunk)) > 1 else words[0].text) if words else ()
    return Analysis(
        words=words,
        terms=terms,
        line=" ".join(term for found in terms for term in found),
        keys=keys,
        begins_phrase=not glossary().firsts.isdisjoint(keys),
        is_stopword=len(words) == 1 and words[0].text in stopwords(),
    )


def phrase_concepts(first: Analysis, second: Analysis) -> tuple[str, ...]:
    """The concepts that two words make together («joint venture»)."""
    phrases = glossary().phrases
    pairs = ((one, two) for one in first.keys for two in second.keys)
    return tuple(dict.fromkeys(term for pair in pairs for term in phrases.get(pair, ())))


def places(text: str) -> Iterator[Place]:
    """The chunks of a text in their order. Stopwords do not part two words of a phrase."""
    previous: Analysis | None = None
    previous_index = -1
    for index, match in enumerate(CHUNK.finditer(text)):
        found = analysis(match.group())
        together: tuple[str, ...] = ()
        if previous is not None and not found.is_stopword:
            together = phrase_concepts(previous, found)
        yield Place(match.start(), found, together, previous_index if together else -1)
        if not found.is_stopword:
            previous, previous_index = (found, index) if found.begins_phrase else (None, -1)


def stems(text: str) -> list[str]:
    """The stems of a text's words in their order: be, ru and en mixed freely.

    A word that could be Belarusian or Russian gives the stem of each reading, once.
    """
    return [stem for token in tokens(text) for stem in stems_of(token.text)]


def concepts(text: str) -> list[str]:
    """The concept terms (`xc7`) of a text's words and two-word phrases, each once."""
    found: dict[str, None] = {}
    for place in places(text):
        for word in place.analysis.words:
            found.update(dict.fromkeys(concepts_of(word.text)))
        found.update(dict.fromkeys(place.with_previous))
    return list(found)


def index_terms(text: str) -> str:
    """What to store of a text in the search index: its terms, separated by spaces.

    The terms are lower-case letters and digits only. Store them in an FTS5 table with
    `tokenize = "unicode61 remove_diacritics 0"`, or in PostgreSQL as
    `to_tsvector('simple', …)`; both take them as they are.
    """
    lines: list[str] = []
    previous: Analysis | None = None
    for chunk in CHUNK.findall(text):
        found = analysis(chunk)
        if found.line:
            lines.append(found.line)
        if not found.is_stopword:
            if previous is not None:
                lines.extend(phrase_concepts(previous, found))
            previous = found if found.begins_phrase else None
    return " ".join(lines)
