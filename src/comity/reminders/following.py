"""Links of the example's letters, so that they can be followed wherever the example is open."""

import re

from django.conf import settings
from django.http import HttpRequest

#: How a register that is tried on one machine names itself, whatever its port.
OWN_MACHINE = r"http://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::\d+)?"


def as_served_here(body: str, request: HttpRequest) -> str:
    """A letter of the example with its links to the example as the reader's own address has it.

    The example may have been filled for another port than it is open on. Of any other register a
    letter is given as it was written.
    """
    if not settings.LETTERS_ARE_EXAMPLES:
        return body
    named = rf"(?:{re.escape(settings.COMITY_ADDRESS)}|{OWN_MACHINE})(?=/)"
    here = request.build_absolute_uri("/").rstrip("/")
    return re.sub(named, lambda _found: here, body)
