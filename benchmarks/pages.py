"""Pages at full size against the same pages at a hundredth of it, and against a bare view.

All are asked for in one process and in turn, so that a busy machine slows them alike. Addresses
are taken at random, so some come again: a list has few pages, and is then mostly given as it was
kept; there are many records, and their pages are mostly made anew. The median is of pages as they
come so; what they grow by and their queries are of pages that are all made anew, as after a write.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import register
from benchmarks.filling import ADMINISTRATOR, COORDINATOR
from benchmarks.results import Row, Scale, Telling
from comity.accounts.models import User
from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from comity.programmes.models import Measure, Programme
from comity.territories.models import Territory

TITLE = "Pages"
READERS = {"nobody": None, "coordinator": COORDINATOR, "administrator": ADMINISTRATOR}
#: Kinds of pages by name: an address, and whose ids its `{}` stands for.
PAGES: dict[str, tuple[str, type[Any] | None]] = {
    "home": ("/", None),
    "agreements": ("/agreements/?page={page}", None),
    "programmes": ("/programmes/?page={page}", None),
    "measures": ("/measures/?page={page}", None),
    "organisations": ("/organisations/?page={page}", None),
    "territories": ("/territories/", None),
    "an agreement": ("/agreements/{id}/", Agreement),
    "a programme": ("/programmes/{id}/", Programme),
    "a measure": ("/measures/{id}/", Measure),
    "an organisation": ("/organisations/{id}/", Organisation),
    "a territory": ("/territories/{id}/", Territory),
    "its agreements": ("/agreements/of-territory/{id}/", Territory),
    "its programmes": ("/programmes/of-territory/{id}/", Territory),
    "its measures": ("/measures/of-territory/{id}/", Territory),
    "its organisations": ("/organisations/of-territory/{id}/", Territory),
    "its neighbours": ("/agreements/neighbours/{id}/", Territory),
}
#: Lists narrowed by filters: measured for the record.
NARROWED: dict[str, tuple[str, type[Any] | None]] = {
    "home: a field and a year": ("/?field=trade&year=2024", None),
    "home: a territory": ("/?territory={code}", Territory),
    "agreements: in force": ("/agreements/?status=in_force", None),
    "agreements: of a territory and a field": (
        "/agreements/?territory={code}&field=trade", Territory,
    ),
    "agreements: words": ("/agreements/?q=тракторов", None),
    "programmes: something overdue": ("/programmes/?state=overdue", None),
    "programmes: of a territory": ("/programmes/?territory={code}", Territory),
    "measures: overdue": ("/measures/?state=overdue", None),
    "measures: due": ("/measures/?state=due", None),
    "measures: done": ("/measures/?state=done", None),
    "measures: of a territory": ("/measures/?territory={code}", Territory),
    "measures: of a field": ("/measures/?field=culture", None),
    "measures: words": ("/measures/?q=тракторов", None),
    "measures: due between": ("/measures/?due_from=2025-01-01&due_until=2025-03-31", None),
    "organisations: words": ("/organisations/?q=тракторов", None),
    "organisations: of a territory": ("/organisations/?territory={id}", Territory),
}  # fmt: skip
#: What the addresses of panels have, one or the other.
PANELS = ("/of-territory/", "/of-measure/")
#: How many times slower a page may be than at the small size, and than the bare view.
MOST_GROWTH, MOST_WEIGHT, MOST_QUERIES = 1.5, 6, 12
#: The furthest page of a list that is asked for.
LAST_PAGE = 4


@dataclass(slots=True)
class Timing:
    """Seconds of each request, and the most queries that one of them took."""

    seconds: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]


@dataclass(slots=True)
class Measured:
    page: str
    reader: str
    small: Timing = field(default_factory=Timing)
    large: Timing = field(default_factory=Timing)
    bare: Timing = field(default_factory=Timing)
    #: The same pages, each made anew as after a write.
    small_anew: Timing = field(default_factory=Timing)
    large_anew: Timing = field(default_factory=Timing)

    @property
    def growth(self) -> float:
        """How many times slower the slowest twentieth is at full size, of pages made anew."""
        return self.large_anew.p95 / self.small_anew.p95

    @property
    def weight(self) -> float:
        """How many times slower than a bare view a page is, kept or made anew as it comes."""
        return self.large.median / self.bare.median

    @property
    def weight_anew(self) -> float:
        return self.large_anew.median / self.bare.median


class Visitor:
    """Asks for pages of one register as one reader."""

    def __init__(self, database: Path, email: str | None, seed: int = 3) -> None:
        register.use(database)
        self.database, self.random = database, Random(seed)
        self.client = Client(SERVER_NAME="localhost")
        self.reader: Any = User.objects.get(email=email) if email else AnonymousUser()
        if email:
            self.client.force_login(self.reader)
        self.ids: dict[Any, list[Any]] = {}

    def address(self, template: str, model: type[Any] | None) -> str:
        """One address of the kind, of a record that the reader may see."""
        values: dict[str, Any] = {"page": self.random.randint(1, LAST_PAGE)}
        if model is not None:
            if model not in self.ids:
                self.ids[model] = self._some(model)
            values["id"], values["code"] = self.random.choice(self.ids[model])
        return template.format(**values)

    def _some(self, model: type[Any]) -> list[tuple[int, str]]:
        found = model.objects.all()
        if hasattr(found, "visible_to"):
            found = found.visible_to(self.reader)
        last = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
        wanted = {self.random.randint(1, last) for _ in range(400)}
        some = found.filter(pk__in=wanted)
        return [(record.pk, getattr(record, "code", "")) for record in some]

    def ask(self, address: str, timing: Timing, *, count: bool = False) -> None:
        # panels of a page are fetched by it, and are whole pages without this
        headers = {"HX-Request": "true"} if any(panel in address for panel in PANELS) else {}
        if count:
            with CaptureQueriesContext(connection) as queries:
                self.client.get(address, headers=headers)
            timing.queries = max(timing.queries, len(queries))
            return
        gc.collect()  # what the test client leaves in rings, which a server does not
        started = process_time()
        answer = self.client.get(address, headers=headers)
        timing.seconds.append(process_time() - started)
        assert answer.status_code == 200, (address, answer.status_code)


def timed(
    small: Path,
    large: Path,
    *,
    rounds: int,
    told: Callable[[int], object],
    readers: Mapping[str, str | None] = READERS,
    pages: dict[str, tuple[str, type[Any] | None]] | None = None,
) -> list[Measured]:
    """Each kind of page as each reader, in turn on both registers, `rounds` times."""
    measured = []
    for reader, email in readers.items():
        visitors = {path: Visitor(path, email) for path in (small, large)}
        for page, (template, model) in (pages or PAGES).items():
            one = Measured(page, reader)
            kinds = ((small, one.small, one.small_anew), (large, one.large, one.large_anew))
            for path, _as_it_comes, anew in kinds:
                register.use(path)
                for _ in range(3):  # which warms up, too
                    caches["pages"].clear()
                    visitors[path].ask(visitors[path].address(template, model), anew, count=True)
            for _turn in range(rounds):
                for path, as_it_comes, _anew in kinds:
                    register.use(path)
                    visitor = visitors[path]
                    visitor.ask("/bare/1/", Timing())  # opens the database
                    visitor.ask(visitor.address(template, model), as_it_comes)
                visitor.ask(visitor.address("/bare/{id}/", Measure), one.bare)
            for _turn in range(rounds):
                for path, _as_it_comes, anew in kinds:
                    register.use(path)
                    visitors[path].ask("/bare/1/", Timing())
                    caches["pages"].clear()
                    visitors[path].ask(visitors[path].address(template, model), anew)
            measured.append(one)
            told(1)
    return measured


def measure(scale: Scale, telling: Telling) -> list[Row]:
    small, large = (register.generated(size, telling) for size in (scale.small, scale.large))
    told = telling.begin("Asking for pages", len(READERS) * len(PAGES) + len(NARROWED))
    pages = timed(small, large, rounds=scale.rounds, told=told)
    narrowed = timed(
        small, large, rounds=scale.rounds, told=told, readers={"nobody": None}, pages=NARROWED
    )
    return [_row(one, scale) for one in pages] + [_untold(one, scale) for one in narrowed]


def _row(one: Measured, scale: Scale) -> Row:
    queries = max(one.small_anew.queries, one.large_anew.queries)
    met = one.growth <= MOST_GROWTH and one.weight <= MOST_WEIGHT and queries <= MOST_QUERIES
    return Row(
        what=f"{one.page}, {one.reader}",
        at=f"{scale.large:,} measures",
        reach=f"p95 ≤ {MOST_GROWTH} ×, median ≤ {MOST_WEIGHT} ×, ≤ {MOST_QUERIES} queries",
        measured=f"p95 {one.growth:.2f} ×, median {one.weight:.1f} × "
        f"({one.large.median * 1000:.0f} ms; anew {one.weight_anew:.1f} ×), {queries} queries",
        met=met,
    )


def _untold(one: Measured, scale: Scale) -> Row:
    """A narrowed list is told for the record: the limits are for pages as they open."""
    return replace(_row(one, scale), reach="", met=None)
