"""What a list that is narrowed to a state is called: how many, and what is the matter with them."""

from typing import Any

from django.utils.translation import ngettext

from comity.lib import wording
from comity.lib.paging import Page
from comity.programmes.queries.progress import MeasureState


def of_measures(page: Page[Any], state: str) -> str:
    """“10 measures with something overdue”; empty for no state, or for no measure."""
    if not state or page.total == 0:
        return ""
    n = _number(page)
    match state:
        case MeasureState.OVERDUE:
            told = ngettext(
                "%(n)s measure with something overdue", "%(n)s measures with something overdue", n
            )
        case MeasureState.DUE:
            told = ngettext(
                "%(n)s measure with something due now", "%(n)s measures with something due now", n
            )
        case MeasureState.DONE:
            told = ngettext("%(n)s measure that is done", "%(n)s measures that are done", n)
        case _other:
            told = ngettext("%(n)s measure: %(state)s", "%(n)s measures: %(state)s", n)
    return told % {"n": _written(page), "state": MeasureState(state).label}


def of_programmes(page: Page[Any], state: str) -> str:
    """“3 programmes in which something is overdue”; empty for no state, or for no programme."""
    if not state or page.total == 0:
        return ""
    n = _number(page)
    match state:
        case MeasureState.OVERDUE:
            told = ngettext(
                "%(n)s programme in which something is overdue",
                "%(n)s programmes in which something is overdue",
                n,
            )
        case MeasureState.DUE:
            told = ngettext(
                "%(n)s programme in which something is due now",
                "%(n)s programmes in which something is due now",
                n,
            )
        case _done:
            told = ngettext(
                "%(n)s programme in which all is done", "%(n)s programmes in which all is done", n
            )
    return told % {"n": _written(page)}


def _number(page: Page[Any]) -> int:
    return page.counted if page.total is None else page.total


def _written(page: Page[Any]) -> str:
    number = wording.number(_number(page))
    return f"{number}+" if page.total is None else number
