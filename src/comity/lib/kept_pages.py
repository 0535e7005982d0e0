"""Views whose pages stand until a write: `comity.web.middleware` keeps them ready meanwhile."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "stands_until_a_write"


def stands_until_a_write(view: View) -> View:
    """Marks a view whose page tells of the register, the reader, the address and the day alone."""
    setattr(view, _MARK, True)
    return view


def may_be_kept(view: Callable[..., HttpResponseBase]) -> bool:
    return bool(getattr(view, _MARK, False))
