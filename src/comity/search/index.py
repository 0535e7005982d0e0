"""The index itself: FTS5 on SQLite, tsvector on PostgreSQL. Both are asked the same way."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

from django.db import connection
from django.db.models import QuerySet

from comity.search.language import Query
from comity.search.models import KINDS, ROOM, Document, Entry, EntryQuerySet, Term, entry_id

Entries: TypeAlias = QuerySet[Entry]
#: Names looked at for likeness to what was typed.
NEAREST = 200
#: Whole terms that the beginning of a word stands for, the most common first.
BEGINNINGS = 64


class Within(NamedTuple):
    """Where to look: entries, the facets that all of them must have, and how far ids go."""

    entries: EntryQuerySet
    facets: Sequence[str] = ()
    first: int = 0
    last: int = entry_id(KINDS[-1], ROOM)


class Index(Protocol):
    def matching(self, within: Within, query: Query, *, in_titles: bool = False) -> Entries:
        """What meets the query, greatest id first; without a query, what has the facets."""

    def near(self, entries: EntryQuerySet, trigrams: Query) -> Entries:
        """Those of the entries whose names share trigrams, the most alike first, at most
        `NEAREST`."""

    def terms_beginning_with(self, beginning: str) -> list[str]:
        """Terms of the index, at most `BEGINNINGS`, those met earliest first."""

    def build_anew(self) -> None:
        """Builds the index anew from the entries."""


def index() -> Index:
    """The index of the database in use."""
    return PostgresIndex() if connection.vendor == "postgresql" else SqliteIndex()


class SqliteIndex:
    def matching(self, within: Within, query: Query, *, in_titles: bool = False) -> Entries:
        asked = []
        if query:
            words = query.to_fts5()
            asked.append(f"title_terms : ({words})" if in_titles else f"({words})")
        asked += [f'facets : "{facet}"' for facet in within.facets]
        return _joined(within.entries, "search_words", " AND ".join(asked)).extra(
            where=["search_words.rowid BETWEEN %s AND %s"],
            params=[within.first, within.last],
            order_by=["-search_words.rowid"],
        )

    def near(self, entries: EntryQuerySet, trigrams: Query) -> Entries:
        found = _joined(entries, "search_names", trigrams.to_fts5())
        return found.extra(order_by=["search_names.rank"])[:NEAREST]

    def terms_beginning_with(self, beginning: str) -> list[str]:
        after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        return _met_earliest(Term.objects.filter(text__gte=beginning, text__lt=after))

    def build_anew(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES('rebuild')")
            cursor.execute("INSERT INTO search_names(search_names) VALUES('rebuild')")


def _joined(entries: EntryQuerySet, table: str, match: str) -> Entries:
    return entries.extra(  # noqa: S610  # names of our own; what was typed is a parameter
        tables=[table],
        where=[f"{table}.rowid = search_entry.id", f"{table} MATCH %s"],
        params=[match],
    )


class PostgresIndex:
    def matching(self, within: Within, query: Query, *, in_titles: bool = False) -> Entries:
        where, params = [], []
        if query:
            where.append("search_entry.words @@ to_tsquery('simple', %s)")
            params.append(_tsquery(query, in_titles))
        if within.facets:
            where.append("string_to_array(search_entry.facets, ' ') @> string_to_array(%s, ' ')")
            params.append(" ".join(within.facets))
        entries = within.entries.filter(pk__range=(within.first, within.last))
        return entries.extra(where=where, params=params).order_by("-pk")  # noqa: S610  # as above

    def near(self, entries: EntryQuerySet, trigrams: Query) -> Entries:
        asked = trigrams.to_tsquery()
        return entries.extra(
            where=["search_entry.likeness @@ to_tsquery('simple', %s)"],
            params=[asked],
            select={"rank": "ts_rank(search_entry.likeness, to_tsquery('simple', %s), 1)"},
            select_params=[asked],
            order_by=["-rank"],
        )[:NEAREST]

    def terms_beginning_with(self, beginning: str) -> list[str]:
        return _met_earliest(Term.objects.filter(text__startswith=beginning))

    def build_anew(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("REINDEX TABLE search_entry")


def _tsquery(query: Query, in_titles: bool) -> str:
    place = "A" if in_titles else ""
    groups = (
        [f"'{term}'{place and ':A'}" for term in group.terms]
        + [f"'{term}':*{place}" for term in group.beginnings]
        for group in query.groups
    )
    return " & ".join(f"({' | '.join(choices)})" for choices in groups)


def _met_earliest(terms: "QuerySet[Term]") -> list[str]:
    return list(terms.order_by("pk").values_list("text", flat=True)[:BEGINNINGS])


_COLUMNS = ", ".join(Document._fields)
_PLACES = ", ".join("%s" for _field in Document._fields)
_KEPT = ", ".join(f"{name} = excluded.{name}" for name in Document._fields[1:])
_PUT = (
    f"INSERT INTO search_entry ({_COLUMNS}) VALUES ({_PLACES}) "  # noqa: S608  # our own columns
    f"ON CONFLICT (id) DO UPDATE SET {_KEPT}"
)


def put(documents: Sequence[Document], known: set[str] | None = None) -> None:
    """Takes the documents in, in place of what the index held of their records.

    `known` has terms that the index is known to have met; it grows by those of the documents.
    """
    if not documents:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_PUT, documents)
    met = {term for d in documents for text in d[-2:] for term in text.split()}
    _learn(met if known is None else met - known)
    if known is not None:
        known |= met


def take_out(ids: Sequence[int]) -> None:
    """Forgets the entries with these ids."""
    entries = Entry.objects.filter(pk__in=ids)
    entries._raw_delete(entries.db)  # nothing points at an entry, and the index follows by itself


def _learn(terms: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_term (text) VALUES (%s) ON CONFLICT (text) DO NOTHING",
            [(term,) for term in sorted(terms)],  # two writers in one order never wait in a ring
        )
