"""Search at full size against the bare FTS5 query for the same words.

The bare query is what somebody would write who has SQLite and nothing else:

    SELECT rowid FROM bare WHERE bare MATCH '"поставк" "трактор"' ORDER BY rank LIMIT 20

on a plain FTS5 table (default options, no content of its own) of the very terms that the register's
index holds of each record. It gets each word as one stem, so that both find what has both words;
it knows neither other languages nor readers nor filters and gives numbers, while the search gives
twenty hits as a page shows them: ranked, with their thread, places, state, and the words marked.
Both are asked in turn in one process, in processor time, so that a busy machine slows both alike.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import generated, register
from benchmarks.filling import COORDINATOR
from benchmarks.results import Row, Scale, Telling
from comity.accounts.models import User
from comity.search.language import stems_of, words_in
from comity.search.queries import search

TITLE = "Search"
MOST_TIMES, MOST_MILLISECONDS, MOST_QUERIES = 1.5, 50, 12
#: Queries of each kind that are asked.
QUERIES = 8
BARE = "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 20"
#: English words for some of the generated ones, which find them by their meaning.
IN_ENGLISH = (
    "tractor exhibition", "milk delivery", "research laboratory", "museum exchange",
    "road transport", "university cooperation", "textile fair", "forest route",
)  # fmt: skip


@dataclass(slots=True)
class Asked:
    """One query: seconds of the search and of the bare query, and what was found."""

    words: str
    search: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    found: int = 0
    matching: int = 0


@dataclass(slots=True)
class Mix:
    """Queries of one kind."""

    name: str
    asked: list[Asked]

    @property
    def search(self) -> float:
        return median(median(one.search) for one in self.asked)

    @property
    def bare(self) -> float:
        return median(median(one.bare) for one in self.asked)

    @property
    def ratio(self) -> float:
        """The median over the queries of how many times longer the search takes."""
        return median(median(one.search) / median(one.bare) for one in self.asked)


def measure(scale: Scale, telling: Telling) -> list[Row]:
    database = register.generated(scale.large, telling)
    with closing(_bare(database, telling)) as bare:
        mixes = _timed(list(_mixes()), bare, scale, telling)
    pairs = Mix("two words, all of these", [one for mix in mixes[1:] for one in mix.asked])
    at = f"{scale.large:,} measures"
    rows = [_row(mix, at) for mix in (pairs, *mixes[1:])]
    common = mixes[0]
    milliseconds = common.search * 1000
    rows.append(
        Row(
            what=common.name,
            at=at,
            reach=f"≤ {MOST_MILLISECONDS} ms",
            measured=f"{milliseconds:.0f} ms (bare {common.bare * 1000:.0f} ms)",
            met=milliseconds <= MOST_MILLISECONDS,
        )
    )
    return [*rows, _page_row([one for mix in mixes for one in mix.asked], at)]


def _row(mix: Mix, at: str) -> Row:
    whole = mix.name.endswith("all of these")
    return Row(
        what=mix.name,
        at=at,
        reach=f"≤ {MOST_TIMES} × bare" if whole else "",
        measured=f"{mix.ratio:.2f} × ({mix.search * 1000:.0f} ms, bare {mix.bare * 1000:.0f} ms)",
        met=mix.ratio <= MOST_TIMES if whole else None,
    )


def _page_row(asked: Sequence[Asked], at: str) -> Row:
    client, most, seconds = Client(SERVER_NAME="localhost"), 0, []
    client.force_login(User.objects.get(email=COORDINATOR))
    for one in asked:
        started = process_time()
        client.get("/search/", {"q": one.words})
        seconds.append(process_time() - started)
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": one.words})
        most = max(most, len(queries))
    return Row(
        what="the page, signed in",
        at=at,
        reach=f"≤ {MOST_QUERIES} queries",
        measured=f"{most} queries, {median(seconds) * 1000:.0f} ms",
        met=most <= MOST_QUERIES,
    )


def _mixes(seed: int = 5) -> Iterator[Mix]:
    random = Random(seed)
    what, of, which = generated._WHAT, generated._OF, generated._WHICH
    inflected = ("тракторами", "выставкам", "поставкой", "перевозок", "музее", "школах", "молоком")
    words = ("поставки", "предприятий", "выставки", "участием", "совместные", "тракторов")
    yield Mix("one very common word", [Asked(word) for word in words])
    yield _pairs("two common words", random, what[:6], of[:8])
    yield _pairs("two words, one seldom", random, what[-6:], of[:6])
    yield _pairs("two seldom words", random, what[-8:], of[-8:])
    yield _pairs("in other forms", random, inflected, which[:8])
    yield Mix("in another language", [Asked(words) for words in IN_ENGLISH])
    yield _pairs(
        "names", random, ("завод", "университет", "институт"), ("Минск", "Брянск", "Псков")
    )


def _pairs(name: str, random: Random, ones: Sequence[str], others: Sequence[str]) -> Mix:
    pairs = [f"{one} {other}" for one in ones for other in others]
    return Mix(name, [Asked(words) for words in random.sample(pairs, QUERIES)])


def _timed(mixes: list[Mix], bare: sqlite3.Connection, scale: Scale, telling: Telling) -> list[Mix]:
    nobody: Any = AnonymousUser()
    told = telling.begin("Searching", scale.rounds)
    for turn in range(scale.rounds + 1):  # the first warms up
        for one in (one for mix in mixes for one in mix.asked):
            started = process_time()
            search(nobody, one.words)
            between = process_time()
            bare.execute(BARE, [_bare_words(one.words)]).fetchall()
            if turn:
                one.search.append(between - started)
                one.bare.append(process_time() - between)
        told(bool(turn))
    return mixes


def _bare_words(words: str) -> str:
    """Each word as one stem."""
    return " ".join(f'"{stems_of(word)[0]}"' for word in words_in(words))


def _bare(database: Path, telling: Telling) -> sqlite3.Connection:
    """The plain table beside a register, which is made if it is not kept from another time."""
    path = database.with_name(f"bare-{database.name}")
    register.use(database)
    if not path.exists():
        made = path.with_suffix(".making")
        register.forget(made)
        with closing(sqlite3.connect(made)) as bare:
            _fill(bare, telling)
        made.rename(path)
    return sqlite3.connect(path)


def _fill(bare: sqlite3.Connection, telling: Telling) -> None:
    bare.execute("CREATE VIRTUAL TABLE bare USING fts5 (title, body, content = '')")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_entry")
        told = telling.begin("Making the bare table", cursor.fetchone()[0])
        cursor.execute("SELECT id, title_terms, body_terms FROM search_entry ORDER BY id")
        while rows := cursor.fetchmany(1000):
            bare.executemany("INSERT INTO bare (rowid, title, body) VALUES (?, ?, ?)", rows)
            told(len(rows))
    bare.execute("INSERT INTO bare (bare) VALUES ('optimize')")
    bare.commit()
