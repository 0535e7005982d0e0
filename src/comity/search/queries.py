"""Finding records by words: what is read from the index, how it is ranked, what is near."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils import timezone

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.agreements.terms import Status
from comity.lib.matching import folded
from comity.programmes.models import Measure
from comity.programmes.queries.measures import in_state
from comity.programmes.queries.progress import MeasureState
from comity.search.documents import facet_of_field, facet_of_place, facet_of_year
from comity.search.hits import Hit, shown
from comity.search.index import Within, index
from comity.search.language import Group, Query, parse_query, retyped
from comity.search.likeness import corrected, near_names
from comity.search.models import KINDS, ROOM, Entry, Kind, entry_id, ids_of, of_kinds
from comity.search.places import with_other_names
from comity.territories.models import Territory

#: So many of what meets the words are ranked and can be paged through; nothing is counted.
RANKED = 300
#: Of the measures that meet the words, so many of the newest are looked at for their state.
LOOKED_AT = 20_000
PER_PAGE = 20
#: With fewer hits than this, names typed with errors are looked for.
FEW = 5
#: What is typed beyond this is not read.
LONGEST = 300
_NUMBER_SIGN = re.compile(r"^(?:№|no\.?)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; empty values narrow nothing."""

    kinds: tuple[Kind, ...] = ()
    territory: Territory | None = None
    field: str = ""
    year: int | None = None
    #: A status of an agreement or a state of a measure; it says which of the two is meant.
    status: str = ""

    @property
    def facets(self) -> list[str]:
        return [
            *([facet_of_place(self.territory.code)] if self.territory else ()),
            *([facet_of_field(self.field)] if self.field else ()),
            *([facet_of_year(self.year)] if self.year else ()),
        ]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found: what meets the words, and names much like them."""

    words: str
    number: int = 1
    met: list[Hit] = field(default_factory=list)
    near: list[Hit] = field(default_factory=list)
    has_next: bool = False
    #: How many records meet the words; None if more than can be paged through.
    total: int | None = 0
    #: How the words were read, if not as they were typed.
    read_as: str = ""
    #: They were read so because a word of them was nearly a name, not for the keyboard.
    is_corrected: bool = False

    @property
    def hits(self) -> list[Hit]:
        return self.met + self.near

    @property
    def suggestions(self) -> list[str]:
        """Names that were perhaps meant, where nothing meets the words."""
        return [] if self.met else list(dict.fromkeys(hit.near for hit in self.near))[:3]

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as far as ranking needs it."""

    id: int
    number: str
    titles: str
    names: str
    title_terms: str
    dated: date | None


def search(
    user: Reader,
    words: str,
    filters: Filters = Filters(),
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    day: date | None = None,
) -> Found:
    """What the reader may see that meets the words, the best first; never counts all of it.

    First what is called exactly so, then what is met in its title, then what is met elsewhere;
    within each names of territories and organisations, then agreements, programmes and measures,
    the newest first. Where little is met, names alike are added on the first page, marked so.
    """
    words, day = words[:LONGEST].strip(), day or timezone.localdate()
    within = _within(user, filters, day)
    query, rows = _ranked(words, within, filters)
    read_as = correction = ""
    if not rows:
        correction = corrected(words, user)
        read_as, query, rows = _read_otherwise((*retyped(words), correction), within, filters)
    ids = [row.id for row in rows]
    names: dict[int, str] = {}
    if len(ids) < FEW and page == 1 and not filters.status:
        names = near_names(words, user, filters.kinds or KINDS, filters.facets, set(ids))
    start, stop = (page - 1) * per_page, page * per_page
    found = shown(user, [*ids[start:stop], *names], query, day)
    return Found(
        words=words,
        number=page,
        met=[hit for hit in found if hit.entry not in names],
        near=[replace(hit, near=names[hit.entry]) for hit in found if hit.entry in names],
        has_next=len(ids) > stop,
        total=len(ids) if len(ids) < RANKED else None,
        read_as=read_as,
        is_corrected=bool(correction) and read_as == correction,
    )


def quick(user: Reader, words: str, kinds: Iterable[Kind] = (), limit: int = 8) -> list[Hit]:
    """The best few for what is being typed, names alike among them; for fields that complete."""
    return search(user, words, Filters(kinds=tuple(kinds)), per_page=limit).hits[:limit]


def _read_otherwise(
    readings: Iterable[str], within: Within, filters: Filters
) -> tuple[str, Query, list[Row]]:
    """The first of the readings that meets something, with what it meets."""
    for read_as in filter(None, readings):
        query, rows = _ranked(read_as, within, filters)
        if rows:
            return read_as, query, rows
    return "", Query(), []


def _ranked(words: str, within: Within, filters: Filters) -> tuple[Query, list[Row]]:
    """What was asked for, and the ranked rows that meet it."""
    asked = with_other_names(parse_query(words))
    query = whole_terms(asked)
    if not query:
        return asked, []
    if filters.status in MeasureState.values:
        within = within._replace(first=_newest_looked_at(within, query))
    rows = _rows(within, query)
    if len(rows) == RANKED:
        titled = _rows(within, query, in_titles=True)
        rows = list({row.id: row for row in (*titled, *rows)}.values())
    typed = _NUMBER_SIGN.sub("", folded(words))
    return asked, sorted(rows, key=lambda row: _rank(row, query, typed))[:RANKED]


def _rows(within: Within, query: Query, *, in_titles: bool = False) -> list[Row]:
    met = index().matching(within, query, in_titles=in_titles)
    columns = met.values_list("pk", "number", "titles", "names", "title_terms", "dated")
    return [Row(*row) for row in columns[:RANKED]]


def _rank(row: Row, query: Query, typed: str) -> tuple[Any, ...]:
    """What to sort by: exact, in the title, what it is, as typed, newer."""
    called = [row.number.casefold(), *row.titles.split("\n")]
    called += map(folded, row.names.split("\n")) if row.names else ()
    terms = set(row.title_terms.split())
    in_title = all(not terms.isdisjoint(group.terms) for group in query.groups)
    as_typed = any(typed in name for name in called)
    newness = row.dated.toordinal() if row.dated else 0
    return (typed not in called, not in_title, -(row.id // ROOM), not as_typed, -newness, -row.id)


def whole_terms(query: Query) -> Query:
    """The query with the beginnings of words replaced by terms of the index that begin so.

    Whole terms are read newest first and no further than needed; beginnings would be read whole.
    """
    return Query(
        tuple(Group(tuple(dict.fromkeys((*group.terms, *_begun(group))))) for group in query.groups)
    )


def _begun(group: Group) -> Iterable[str]:
    return [
        term for beginning in group.beginnings for term in index().terms_beginning_with(beginning)
    ]


def _within(user: Reader, filters: Filters, day: date) -> Within:
    """Where to look for a reader, narrowed by the filters; a status says of what kind it is."""
    kinds = set(filters.kinds or KINDS)
    entries = Entry.objects.visible_to(user)
    if filters.status in MeasureState.values:
        kinds &= {Kind.MEASURE}
        record = OuterRef("pk") - Value(entry_id(Kind.MEASURE, 0))
        measures = Measure.objects.filter(pk=record).order_by()
        entries = entries.filter(Exists(in_state(measures, filters.status, day)))
    elif filters.status in Status.values:
        kinds &= {Kind.AGREEMENT}
        entries = entries.filter(agreement__in=_with_status(filters.status, day))
    if not kinds:
        return Within(entries.none())
    first, last = min(map(ids_of, kinds))[0], max(map(ids_of, kinds))[1]
    return Within(entries.filter(of_kinds(kinds)), filters.facets, first, last)


def _with_status(status: str, day: date) -> "QuerySet[Agreement, Any]":
    """An agreement in its notice window is in force too."""
    statuses = [Status.IN_FORCE, Status.NOTICE] if status == Status.IN_FORCE else [status]
    return Agreement.objects.with_status(*statuses, day=day).order_by().values("pk")


def _newest_looked_at(within: Within, query: Query) -> int:
    """The smallest id among the newest measures whose state is looked at."""
    met = index().matching(within._replace(entries=Entry.objects.all()), query)
    last = list(met.values_list("pk", flat=True)[LOOKED_AT - 1 : LOOKED_AT])
    return last[0] if last else within.first
