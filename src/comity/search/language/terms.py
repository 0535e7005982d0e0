"""What a text is found by: stems, concepts, and some words as they are written."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from comity.search.language import belarusian
from comity.search.language.folding import CHUNK, MEMORY, Token, joined, parts, tokens
from comity.search.language.glossary import glossary, key_of, keys_of, stopwords
from comity.search.language.stemming import kindred_stems, stems_of

_MUCH = 3


class Analysis(NamedTuple):
    """What one chunk of a text (a word, or several joined by hyphens) is found by."""

    words: tuple[Token, ...]
    terms: tuple[tuple[str, ...], ...]
    line: str
    """The terms of all words, as the index stores them."""
    keys: tuple[str, ...]
    """The whole chunk, as one of the two words of a phrase."""
    begins_phrase: bool
    is_stopword: bool


class Phrase(NamedTuple):
    """The concepts that two chunks make together, and which of the text's chunks they are."""

    first: int
    second: int
    concepts: tuple[str, ...]


def written(word: str) -> str:
    """A folded word as the index keeps it: no apostrophe, у for an initial ў."""
    return belarusian.spelled(word)


def concepts_of(word: str) -> tuple[str, ...]:
    """The concept terms of a folded word."""
    words = glossary().words
    return tuple(dict.fromkeys(term for key in keys_of(word) for term in words.get(key, ())))


def terms_of(word: str) -> tuple[str, ...]:
    """The index terms of a folded word: its stems and concepts.

    The word itself is added where a stem is much shorter or other than its beginning, so that who
    has typed «universit» of «university», whose stem is «univers», finds it.
    """
    plain, stems = written(word), stems_of(word)
    plainer = plain.replace("ў", "в")
    found_by_beginning = any(
        plainer.startswith(stem.replace("ў", "в")) and len(plain) - len(stem) < _MUCH
        for stem in stems
    )
    return (*stems, *concepts_of(word), *(() if found_by_beginning else (plain,)))


@lru_cache(maxsize=MEMORY)
def asked_terms(word: str) -> tuple[str, ...]:
    """What a folded word is looked for by: its terms, and those of its other forms and its kin."""
    kin, words = kindred_stems(word), glossary().words
    least = max(map(len, stems_of(word))) - 1
    concepts = (
        term
        for stem, language in kin
        if len(stem) >= least
        for term in words.get(key_of(stem, language), ())
    )
    return tuple(dict.fromkeys((*terms_of(word), *(stem for stem, _ in kin), *concepts)))


@lru_cache(maxsize=MEMORY)
def analysis(chunk: str) -> Analysis:
    """What a chunk of a text is found by."""
    words = tuple(tokens(chunk))
    terms = tuple(terms_of(word.text) for word in words)
    whole = joined(chunk) if len(parts(chunk)) > 1 else "".join(word.text for word in words)
    keys = keys_of(whole) if whole else ()
    return Analysis(
        words=words,
        terms=terms,
        line=" ".join(term for found in terms for term in found),
        keys=keys,
        begins_phrase=not glossary().firsts.isdisjoint(keys),
        is_stopword=whole in stopwords(),
    )


def analysed(text: str) -> list[Analysis]:
    """The chunks of a text in their order."""
    return [analysis(chunk) for chunk in CHUNK.findall(text)]


def phrases(chunks: Sequence[Analysis]) -> Iterator[Phrase]:
    """The two-word concepts among chunks that follow each other, stopwords left out."""
    first = -1
    for second, chunk in enumerate(chunks):
        if chunk.is_stopword:
            continue
        if first >= 0 and (concepts := _together(chunks[first], chunk)):
            yield Phrase(first, second, concepts)
        first = second if chunk.begins_phrase else -1


def _together(first: Analysis, second: Analysis) -> tuple[str, ...]:
    known = glossary().phrases
    pairs = ((one, two) for one in first.keys for two in second.keys)
    return tuple(dict.fromkeys(term for pair in pairs for term in known.get(pair, ())))


def stems(text: str) -> list[str]:
    """The stems of a text's words in their order; be, ru and en may be mixed.

    A word that could be Belarusian or Russian gives the stem of each reading, once.
    """
    return [stem for token in tokens(text) for stem in stems_of(token.text)]


def concepts(text: str) -> list[str]:
    """The concept terms (`xqc7`) of a text's words, then of its two-word phrases, each once."""
    chunks = analysed(text)
    of_words = [term for chunk in chunks for word in chunk.words for term in concepts_of(word.text)]
    of_phrases = [term for phrase in phrases(chunks) for term in phrase.concepts]
    return list(dict.fromkeys(of_words + of_phrases))


def index_terms(text: str) -> str:
    """What to store of a text in the search index: its terms, separated by spaces.

    The terms are lower-case letters and digits only. Store them in an FTS5 table with
    `tokenize = "unicode61 remove_diacritics 0"`, or in PostgreSQL as
    `to_tsvector('simple', …)`; both take them as they are.
    """
    chunks = analysed(text)
    lines = [chunk.line for chunk in chunks if chunk.line]
    lines.extend(term for phrase in phrases(chunks) for term in phrase.concepts)
    return " ".join(lines)
