"""Names that are much like what was typed, and a query with its slips of the pen put right."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from comity.accounts.rules import Reader
from comity.lib.matching import folded
from comity.search.index import index
from comity.search.language import (
    candidates_query,
    name_score,
    nearest_word,
    parse_query,
    unmistakable,
    words_of,
)
from comity.search.models import NAMES, Entry, Kind, Term, of_kinds

#: How alike a name must be to what was typed, of 100.
LIKE_ENOUGH = 70.0
MOST_NEAR = 5
#: So many words of one query are put right.
MOST_CORRECTED = 2


def near_names(
    words: str, user: Reader, kinds: Iterable[Kind], facets: Iterable[str], known: set[int]
) -> dict[int, str]:
    """Entries, but for those known, whose names are nearly what was typed, each with its name that
    is nearest."""
    kinds = [kind for kind in NAMES if kind in kinds]
    trigrams = candidates_query(words)
    if not kinds or not trigrams:
        return {}
    wanted = set(facets)
    entries = Entry.objects.visible_to(user).filter(of_kinds(kinds)).exclude(pk__in=known)
    scored = [
        (*max(_likeness(words, name) for name in entry.names.split("\n")), entry.pk)
        for entry in index().near(entries, trigrams)
        if wanted.issubset(entry.facets.split())
    ]
    alike = sorted((found for found in scored if found[0] >= LIKE_ENOUGH), reverse=True)
    return {pk: name for _score, _letters, name, pk in alike[:MOST_NEAR]}


def _likeness(words: str, name: str) -> tuple[float, float, str]:
    """How alike they sound, then how alike they are written, so that a reader gets theirs."""
    return name_score(words, name), OSA.normalized_similarity(folded(words), folded(name)), name


def corrected(text: str, user: Reader) -> str:
    """The text with words that nothing has replaced by the words of names that are most like them.

    Empty if that changes nothing, or where one word was typed: then names are shown instead.
    """
    words = list(words_of(text))
    if len(words) < 2:
        return ""
    terms = {word: parse_query(word).groups for word in words}
    asked = {term for groups in terms.values() for group in groups for term in group.terms}
    met = set(Term.objects.filter(text__in=asked).values_list("text", flat=True))
    unknown = [
        word
        for word, groups in terms.items()
        if unmistakable(word) and all(met.isdisjoint(group.terms) for group in groups)
    ]
    if not unknown or len(unknown) > MOST_CORRECTED:
        return ""
    meant = {word: _meant(word, user) for word in unknown}
    return " ".join(meant.get(word, word) for word in words) if all(meant.values()) else ""


def _meant(word: str, user: Reader) -> str:
    entries = Entry.objects.visible_to(user).filter(of_kinds(NAMES))
    near = index().near(entries, candidates_query(word))
    names = (name for entry in near for name in entry.names.split("\n"))
    return nearest_word(word, names, least=LIKE_ENOUGH)
