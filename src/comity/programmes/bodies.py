"""The responsible bodies of measures: read, put in place of others, and told to the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comity.lib.inserting import insert_rows
from comity.programmes.models import Responsibility
from comity.programmes.rows import NewBody


def bodies_of(measures: Iterable[int]) -> dict[int, tuple[NewBody, ...]]:
    """The bodies that measures name, in their order, by the key of the measure."""
    found: dict[int, tuple[NewBody, ...]] = defaultdict(tuple)
    for row in Responsibility.objects.filter(measure__in=measures):
        found[row.measure_id] += (NewBody(row.text, row.side, row.organisation_id),)
    return found


def insert_bodies(named: Iterable[tuple[int, Sequence[NewBody]]]) -> None:
    """The bodies that measures name, by the keys of the measures."""
    insert_rows(
        Responsibility,
        ("measure", "position", "text", "country", "organisation"),
        (
            (measure, place, body.text, body.country or None, body.organisation)
            for measure, bodies in named
            for place, body in enumerate(bodies)
        ),
    )


def replace_bodies(named: Mapping[int, Sequence[NewBody]]) -> None:
    """The bodies of these measures are these, whatever they were."""
    Responsibility.objects.filter(measure__in=named).delete()
    insert_bodies(named.items())


def told(bodies: Sequence[NewBody]) -> list[Any]:
    """Bodies as the history keeps them; see `models.measure.bodies_in_words`."""
    return [[body.text, body.country, body.organisation] for body in bodies]
