"""The names of the directory among which some written bodies may be found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comity.directory.models import Alias, Organisation
from comity.intake.matching.names import (
    JOINING,
    acronyms,
    initials,
    plain,
    stems,
    words_of,
    written_out,
)
from comity.lib.languages import in_three

#: By so many letters of a word names are found; endings and slips of the pen come later in it.
ROOT = 4


class Reason:
    """Why an organisation is proposed."""

    NAME = "name"
    SHORT = "short"
    ALIAS = "alias"
    INITIALS = "initials"
    FORM = "form"
    ALIKE = "alike"


@dataclass(slots=True)
class Name:
    """One name of an organisation; `kind` says whether it is its name, short name or an alias."""

    owner: int
    kind: str
    words: list[str]
    _stemmed: str | None = None

    @property
    def stemmed(self) -> str:
        if self._stemmed is None:
            self._stemmed = " ".join(stems(written_out(self.words)))
        return self._stemmed


@dataclass(slots=True)
class Directory:
    """Of all names those that share a word, the initials or the spelling with a written body."""

    spellings: set[str]
    roots: set[str]
    letters: set[str]
    seats: dict[int, str] = field(default_factory=dict)
    exact: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    by_root: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    by_initials: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))

    def add(self, owner: int, kind: str, text: str) -> None:
        words = words_of(text)
        name = Name(owner, kind, words)
        if " ".join(words) in self.spellings:
            self.exact[" ".join(words)].append(name)
        for root in self.roots.intersection([word[:ROOT] for word in words]):
            self.by_root[root].append(name)
        if self.letters and initials(words) in self.letters:
            self.by_initials[initials(words)].append(name)

    def country(self, owner: int) -> str:
        """The ISO 3166-1 code of the country in which an organisation is seated."""
        return self.seats[owner].split("/", 1)[0]

    def is_regional(self, owner: int) -> bool:
        """Whether an organisation is seated in a part of a country rather than in the whole."""
        return self.seats[owner].count("/") > 1

    def near(self, words: Iterable[str], enough: int) -> list[Name]:
        """Names that share a word with these, the rarest words first, until there are enough."""
        found: dict[int, Name] = {}
        listed = (self.by_root.get(root, []) for root in roots_of(words))
        for names in sorted(filter(None, listed), key=len):
            if found and len(found) + len(names) > enough:
                break
            found |= {id(name): name for name in names[:enough]}
        return list(found.values())


def roots_of(words: Iterable[str]) -> set[str]:
    """The beginnings of the words by which names are found."""
    return {word[:ROOT] for word in words if word not in JOINING}


def load_directory(texts: Iterable[str]) -> Directory:
    """The names of current organisations that come near one of the texts; two queries."""
    texts = list(texts)
    directory = Directory(
        spellings={plain(text) for text in texts},
        roots={root for text in texts for root in roots_of(written_out(words_of(text)))},
        letters={word for text in texts for word in acronyms(text)},
    )
    fields = (*in_three("name"), *in_three("short_name"))
    rows = Organisation.objects.current().order_by().values_list("pk", "seat__path", *fields)
    for owner, seat, *names in rows.iterator(5000):
        directory.seats[owner] = seat
        for kind, name in _of_one(names):
            directory.add(owner, kind, name)
    aliases = Alias.objects.filter(organisation__merged_into=None).order_by()
    for owner, text in aliases.values_list("organisation", "text").iterator(5000):
        directory.add(owner, Reason.ALIAS, text)
    return directory


def _of_one(names: list[str]) -> Iterator[tuple[str, str]]:
    """The names and short names of one organisation, each once."""
    whole, short = dict.fromkeys(names[:3]), dict.fromkeys(names[3:])
    yield from ((Reason.NAME, name) for name in whole if name)
    yield from ((Reason.SHORT, name) for name in short if name and name not in whole)
