"""Pages of long lists without counting a million rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import Http404, HttpRequest

Row = TypeVar("Row", bound=models.Model)
Item = TypeVar("Item")

PER_PAGE = 25
#: Lists are counted up to here; beyond it a page says “more than 1,000”.
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows of a list and where they stand in it; `total` is None past `COUNTED` rows."""

    rows: list[Item]
    number: int
    has_next: bool
    total: int | None

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def counted(self) -> int:
        return COUNTED


def page_of(
    rows: "models.QuerySet[Row]",
    request: HttpRequest,
    per_page: int = PER_PAGE,
    *,
    counted: "models.QuerySet[Any] | None" = None,
) -> Page[Row]:
    """The page that the request's `page` asks for; the first one for anything that is no page.

    `counted` are the same rows, found in the way that is quicker where their order is no matter.
    """
    return page_by(
        lambda first, last: list(rows[first:last]),
        lambda: count_up_to(rows if counted is None else counted, COUNTED),
        request,
        per_page,
    )


def page_by(
    part: Callable[[int, int], list[Item]],
    count: Callable[[], int | None],
    request: HttpRequest,
    per_page: int = PER_PAGE,
) -> Page[Item]:
    """The same of rows of which `part` gives those from one place to before another.

    `count` tells how many there are, None if more than `COUNTED`, and is asked if it has to be.
    """
    number = page_asked(request)
    start = (number - 1) * per_page
    found = part(start, start + per_page + 1)
    if number > 1 and not found:
        raise Http404("There are no rows on this page; go back to the first one.")
    is_all = number == 1 and len(found) <= per_page
    total = len(found) if is_all else count()
    return Page(found[:per_page], number, len(found) > per_page, total)


def page_of_list(
    items: Sequence[Item], request: HttpRequest, per_page: int = PER_PAGE
) -> Page[Item]:
    """The same of things that are in memory already; past the end the last page is given."""
    last = max(1, -(-len(items) // per_page))
    number = min(page_asked(request), last)
    start = (number - 1) * per_page
    return Page(list(items[start : start + per_page]), number, number < last, len(items))


def page_asked(request: HttpRequest) -> int:
    """The number of the page that the request asks for; 1 for anything that is no page."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and 0 < int(asked) <= COUNTED else 1


def count_up_to(rows: "models.QuerySet[Any]", limit: int) -> int | None:
    """How many rows there are; None if more than `limit`, without looking at them all."""
    counted = rows.order_by().values("pk")[: limit + 1].count()
    return counted if counted <= limit else None
