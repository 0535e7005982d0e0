"""The language work of the search: Belarusian, Russian and English, mixed freely.

Store `index_terms(text)` in an index and ask it with `parse_query(typed).to_fts5()` or
`.to_tsquery()`; show the result with `mark` or `snippet`. For names typed with errors store
`name_trigrams(name)`, ask with `candidates_query(typed)` and sort with `similar`.
"""

from comity.search.language.folding import Token, fold, tokens
from comity.search.language.glossary import is_concept
from comity.search.language.marking import Pieces, mark, snippet
from comity.search.language.names import (
    candidates_query,
    name_keys,
    name_score,
    name_trigrams,
    nearest_word,
    retyped,
    similar,
    trigrams,
    unmistakable,
    words_in,
)
from comity.search.language.queries import Group, Query, parse_query, words_of
from comity.search.language.stemming import stems_of
from comity.search.language.terms import concepts, concepts_of, index_terms, stems

__all__ = [
    "Group",
    "Pieces",
    "Query",
    "Token",
    "candidates_query",
    "concepts",
    "concepts_of",
    "fold",
    "index_terms",
    "is_concept",
    "mark",
    "name_keys",
    "name_score",
    "name_trigrams",
    "nearest_word",
    "parse_query",
    "retyped",
    "similar",
    "snippet",
    "stems",
    "stems_of",
    "tokens",
    "trigrams",
    "unmistakable",
    "words_in",
    "words_of",
]
