"""What was found, as lines for a terminal: found words stand out where it shows colours."""

from collections.abc import Iterator

import click
from django.utils.translation import gettext

from comity.search.hits import Hit
from comity.search.language import Pieces
from comity.search.queries import Found


def lines(found: Found) -> Iterator[str]:
    if not found.met:
        yield gettext("Nothing meets “%(words)s”.") % {"words": found.words}
    if found.read_as:
        yield gettext("Read as “%(words)s”.") % {"words": found.read_as}
    for hit in found.met:
        yield from _told(hit)
    if found.near:
        yield gettext("Names much like it") + ":"
    for hit in found.near:
        yield from _told(hit)
    if found.has_next:
        yield gettext("There is more; more words or a filter narrow it.")


def _told(hit: Hit) -> Iterator[str]:
    about = (hit.number, str(hit.state_words), hit.when, hit.url)
    yield "  ".join(filter(None, (str(hit.kind.label), _marked(hit.title), *about)))
    if hit.excerpt and "".join(text for text, _is_found in hit.excerpt).strip() != hit.number:
        yield f"    {_marked(hit.excerpt)}"


def _marked(pieces: Pieces) -> str:
    styled = (click.style(text, bold=True) if is_found else text for text, is_found in pieces)
    return " ".join("".join(styled).split())
