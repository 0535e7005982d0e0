"""The rows of the pages: programmes with their progress, measures with where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest

from comity.accounts.rules import Reader, sees_everything
from comity.agreements.models import Agreement
from comity.lib.languages import in_three
from comity.lib.matching import containing
from comity.lib.paging import PER_PAGE, Page, page_by, page_of
from comity.programmes.drawing import Stretch, bar
from comity.programmes.models import Measure, Programme, ProgrammeSide, Responsibility
from comity.programmes.models.measure import MeasureQuerySet
from comity.programmes.models.programme import ProgrammeQuerySet
from comity.programmes.queries.days import Day, OrderThen, PastDay
from comity.programmes.queries.measures import (
    counted_of_territory,
    first_due_between,
    of_territory,
)
from comity.programmes.queries.progress import Progress
from comity.territories.models import Territory, TerritoryQuerySet


def sides_along(way: str = "") -> "Prefetch[str, QuerySet[ProgrammeSide], str]":
    """The sides of a programme with their territories; `way` leads to it, as `programme__`."""
    return Prefetch(f"{way}sides", ProgrammeSide.objects.select_related("territory"))


#: The sides of programmes, each with its territory, in one query.
SIDES = sides_along()


def sides_seen_by(reader: Reader) -> TerritoryQuerySet:
    """Territories that are a side of some programme that the reader may see."""
    sides = ProgrammeSide.objects.filter(territory=OuterRef("pk"))
    if not sees_everything(reader):
        sides = sides.filter(programme__in=Programme.objects.visible_to(reader).order_by())
    return Territory.objects.filter(Exists(sides))


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    programme: Programme
    progress: Progress

    @property
    def bar(self) -> list[Stretch]:
        return bar(self.progress)


def programmes_asked(user: Reader, asked: dict[str, Any], on: Day) -> ProgrammeQuerySet:
    """Programmes that a reader may see, narrowed by what the filters say, newest first."""
    found = Programme.objects.visible_to(user)
    if "q" in asked:
        for word in str(asked["q"]).split():
            named = Agreement.objects.visible_to(user).filter(containing(word, *in_three("title")))
            found = found.filter(
                containing(word, *in_three("title")) | Q(agreement__in=named.order_by())
            )
    if "territory" in asked:
        found = found.of_territory(asked["territory"])
    if "year" in asked:
        found = found.running_in(asked["year"])
    if "kind" in asked:
        found = found.filter(kind=asked["kind"])
    if "state" in asked:
        found = _in_state(found, asked["state"], on)
    return found.newest()


def _in_state(programmes: ProgrammeQuerySet, state: str, on: Day) -> ProgrammeQuerySet:
    own = Measure.objects.filter(programme=OuterRef("pk"))
    of_state = Exists(on.in_state(own, state))
    if state != "done":
        return programmes.filter(of_state)
    unfinished = [on.in_state(own, other) for other in ("overdue", "due", "not_yet")]
    return programmes.filter(of_state, *(~Exists(some) for some in unfinished))


def with_progress(programmes: Sequence[Programme], on: Day) -> list[ProgrammeRow]:
    progress = on.progress_of(programmes)
    return [ProgrammeRow(programme, progress[programme.pk]) for programme in programmes]


def to_list(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """With what a row shows."""
    return programmes.prefetch_related(SIDES)


def in_rows(measures: "QuerySet[Measure]") -> "QuerySet[Measure]":
    """With what a row shows."""
    return measures.select_related("programme", "section").prefetch_related(
        "responsibilities", "occurrences"
    )


def in_rows_of_many(measures: "QuerySet[Measure]") -> "QuerySet[Measure]":
    """With what a row among those of other programmes shows: between whom they are."""
    sides = ProgrammeSide.objects.select_related("territory")
    return in_rows(measures).prefetch_related(Prefetch("programme__sides", sides))


def measures_asked(user: Reader, asked: dict[str, Any], on: Day) -> MeasureQuerySet:
    """Measures that a reader may see, narrowed by what the filters say but for days due."""
    found = on.on_record(Measure.objects.visible_to(user))
    if "q" in asked:
        for word in str(asked["q"]).split():
            found = found.filter(containing(word, *in_three("title"), "number"))
    if "territory" in asked:
        found = of_territory(found, asked["territory"])
    if "organisation" in asked:
        found = found.named_to(asked["organisation"])
    if "field" in asked:
        found = found.filter(section__field=asked["field"])
    if "state" in asked:
        found = on.in_state(found, asked["state"])
    return found


def measure_page(request: HttpRequest, asked: dict[str, Any], on: Day) -> Page[Measure]:
    """A page of measures by what is next due; or by the first day within the days asked for."""
    found = measures_asked(request.user, asked, on)
    if isinstance(on, PastDay):
        order = OrderThen(found, on, asked.get("due_from"), asked.get("due_until"))
        return page_then(order, request)
    if "due_from" not in asked and "due_until" not in asked:
        return page_of(
            in_rows_of_many(found.by_next_due()), request, counted=_to_count(request, asked, on)
        )
    due = first_due_between(asked.get("due_from"), asked.get("due_until"))
    if {"organisation", "territory"} & asked.keys():
        due = due.filter(measure__in=found)
    else:
        due = due.filter(Exists(found.filter(pk=OuterRef("measure"))))
    page = page_of(due, request)
    keys = [occurrence.measure_id for occurrence in page.rows]
    measures = in_rows_of_many(Measure.objects.filter(pk__in=keys)).in_bulk()
    return Page([measures[pk] for pk in keys], page.number, page.has_next, page.total)


def page_then(order: OrderThen, request: HttpRequest, per_page: int = PER_PAGE) -> Page[Measure]:
    """A page of measures as they stood at the end of a past day."""
    page = page_by(order.part, order.count, request, per_page)
    found = in_rows_of_many(Measure.objects.filter(pk__in=page.rows)).in_bulk()
    stood = order.on.stood(found[pk] for pk in page.rows)
    return Page(stood, page.number, page.has_next, page.total)


def _to_count(request: HttpRequest, asked: dict[str, Any], on: Day) -> MeasureQuerySet | None:
    """The measures asked for, found by their programmes where a territory was asked for."""
    if "territory" not in asked:
        return None
    others = {name: value for name, value in asked.items() if name != "territory"}
    return counted_of_territory(measures_asked(request.user, others, on), asked["territory"])


def responsible_side(measures: MeasureQuerySet, country: str) -> MeasureQuerySet:
    """Those that name a body on a side."""
    return measures.filter(
        Exists(Responsibility.objects.filter(measure=OuterRef("pk"), country__code=country))
    )
