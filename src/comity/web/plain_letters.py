"""What comes in by addresses and forms holds only letters that can be kept and written.

PostgreSQL keeps no NUL, and neither Word nor Excel files hold the other control characters. A space
stands for them, so that the words beside them stay two.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict

#: Line feeds, carriage returns and tabs belong to texts.
_NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")


class PlainLetters:
    """Must come after the check of forged requests, which reads forms as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _values: Any
    ) -> None:
        request.GET = _in_plain_letters(request.GET)  # type: ignore[assignment]  # as read from an address
        reads_its_own = getattr(view, "csrf_exempt", False)  # what it takes in is not read before
        if request.method == "POST" and not reads_its_own:
            request.POST = _in_plain_letters(request.POST)  # type: ignore[assignment]  # as above


def _in_plain_letters(sent: QueryDict) -> QueryDict:
    """The same values, or others in their place if any holds such a letter."""
    if not any(_NOT_KEPT.search(one) for key, told in sent.lists() for one in (key, *told)):
        return sent
    plain = QueryDict(mutable=True)
    for key, told in sent.lists():
        plain.setlist(_NOT_KEPT.sub(" ", key), [_NOT_KEPT.sub(" ", one) for one in told])
    plain._mutable = False
    return plain
