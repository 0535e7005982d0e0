"""What a territory is called in the other languages, so that its name in one finds all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.search.index import Within, index
from comity.search.language import (
    Group,
    Query,
    concepts_of,
    index_terms,
    is_concept,
    nearest_word,
    stems_of,
    words_in,
)
from comity.search.models import Entry, Kind, ids_of

#: So many territories that have the words in their names are looked at.
MOST = 20
SHORTEST = 3


def with_other_names(query: Query) -> Query:
    """The query, in which a word of a territory's name is also met by its name in other languages.

    «Smolensk» finds «Смоленской»: the names of the territory are laid beside each other, words of
    the vocabulary («область») left out, and the word that sounds most like it is taken.
    """
    naming = [group for group in query.groups if _may_name(group)]
    if not naming:
        return query
    names = [_telling(lines) for lines in _territories(naming)]
    return Query(
        tuple(
            replace(group, terms=tuple(dict.fromkeys((*group.terms, *_elsewhere(group, names)))))
            if group in naming
            else group
            for group in query.groups
        )
    )


def _may_name(group: Group) -> bool:
    words = (*group.terms, *group.beginnings)
    return not any(len(word) < SHORTEST or is_concept(word) or word[0].isdigit() for word in words)


def _territories(naming: Sequence[Group]) -> Iterator[list[str]]:
    first, last = ids_of(Kind.TERRITORY)
    asked = Group(
        tuple(dict.fromkeys(term for group in naming for term in group.terms)),
        tuple(dict.fromkeys(begun for group in naming for begun in group.beginnings)),
    )
    within = Within(Entry.objects.all(), first=first, last=last)
    met = index().matching(within, Query((asked,)), in_titles=True)
    return (names.split("\n") for names in met.values_list("names", flat=True)[:MOST])


def _telling(lines: Sequence[str]) -> list[list[str]]:
    """The words of each name that are not of the vocabulary."""
    return [[word for word in words_in(line) if not concepts_of(word)] for line in lines]


def _elsewhere(group: Group, names: Sequence[list[list[str]]]) -> Iterator[str]:
    for lines in names:
        for at, line in enumerate(lines):
            for word in filter(lambda one: _meets(one, group), line):
                for other in (*lines[:at], *lines[at + 1 :]):
                    alone = len(line) == len(other) == 1
                    found = other[0] if alone else nearest_word(word, other)
                    yield from stems_of(found) if found else ()


def _meets(word: str, group: Group) -> bool:
    if not set(group.terms).isdisjoint(index_terms(word).split()):
        return True
    return bool(group.beginnings) and word.startswith(group.beginnings)
