"""Names that are much like what was typed, and a query with its slips of the pen put right."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from comity.accounts.rules import Reader
from comity.lib.matching import folded
from comity.search.index import index
from comity.search.language import (
    candidates,
    name_score,
    nearest_word,
    parse_query,
    unmistakable,
    words_of,
)
from comity.search.models import NAMES, Entry, Kind, Term, of_kinds

#: How alike a name must be to what was typed, of 100.
LIKE_ENOUGH = 70.0
#: With one so much alike, no others are looked for among the very many.
SURELY_MEANT = 85.0
MOST_NEAR = 5
#: So many words of one query are put right.
MOST_CORRECTED = 2


def near_names(
    words: str, user: Reader, kinds: Iterable[Kind], facets: Iterable[str], known: set[int]
) -> dict[int, str]:
    """Entries, but for those known, whose names are nearly what was typed, each with its name that
    is nearest.

    Names that share four letters in a row with it are looked at; if none of them is surely
    meant and nothing else is known, those that share three, of which there may be very many.
    """
    kinds = [kind for kind in NAMES if kind in kinds]
    if not kinds:
        return {}
    wanted = set(facets)
    entries = Entry.objects.visible_to(user).filter(of_kinds(kinds)).exclude(pk__in=known)
    for together in (2,) if known else (2, 1):
        shared = candidates(words, together=together)
        scored = [
            (*max(_likeness(words, name) for name in entry.names.split("\n")), entry.pk)
            for entry in (index().near(entries, shared) if shared else ())
            if wanted.issubset(entry.facets.split())
        ]
        alike = sorted((found for found in scored if found[0] >= LIKE_ENOUGH), reverse=True)
        if known or together == 1 or (alike and alike[0][0] >= SURELY_MEANT):
            return {pk: name for _score, _letters, name, pk in alike[:MOST_NEAR]}
    return {}


def _likeness(words: str, name: str) -> tuple[float, float, str]:
    """How alike they sound, then how alike they are written, so that a reader gets theirs."""
    return name_score(words, name), OSA.normalized_similarity(folded(words), folded(name)), name


def unknown_words(text: str) -> list[str]:
    """The words of a query that nothing in the index has in any form."""
    groups = {word: parse_query(word).groups for word in words_of(text)}
    asked = {term for some in groups.values() for group in some for term in group.terms}
    met = set(Term.objects.filter(text__in=asked).values_list("text", flat=True))
    return [
        word for word, some in groups.items() if all(met.isdisjoint(group.terms) for group in some)
    ]


def corrected(text: str, unknown: Sequence[str], user: Reader) -> str:
    """The text with its unknown words replaced by the words of names that are most like them.

    Empty if that changes nothing, or where one word was typed: then names are shown instead.
    """
    words = words_of(text)
    mistaken = [word for word in unknown if unmistakable(word)]
    if len(words) < 2 or not mistaken or len(mistaken) > MOST_CORRECTED:
        return ""
    meant = {word: _meant(word, user) for word in mistaken}
    return " ".join(meant.get(word, word) for word in words) if all(meant.values()) else ""


def _meant(word: str, user: Reader) -> str:
    entries = Entry.objects.visible_to(user).filter(of_kinds(NAMES))
    for together in (2, 1):
        near = index().near(entries, candidates(word, together=together))
        names = (name for entry in near for name in entry.names.split("\n"))
        if found := nearest_word(word, names, least=LIKE_ENOUGH):
            return found
    return ""
