from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from comity.territories.models import Territory, TerritoryKind


@dataclass(slots=True)
class Branch:
    """A territory and the branches below it."""

    territory: Territory
    below: list["Branch"] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many territories lie in this one, at any depth."""
        return sum(1 + branch.size for branch in self.below)


def trees_of(countries: Iterable[Territory]) -> list[Branch]:
    """The whole tree below each country, by name in the reader's language; one query."""
    branches = {country.pk: Branch(country) for country in countries}
    if not branches:
        return []
    trees = list(branches.values())
    wanted = reduce(or_, (Q(path__startswith=tree.territory.path) for tree in trees))
    for territory in Territory.objects.filter(wanted).by_name():
        branches.setdefault(territory.pk, Branch(territory))
    for branch in list(branches.values()):
        parent = branches.get(branch.territory.parent_id or 0)
        if parent is not None:
            parent.below.append(branch)
    return trees


def above(territory: Territory) -> list[Territory]:
    """What the territory lies in, from the country down."""
    return list(Territory.objects.filter(code__in=territory.codes_above).order_by("path"))


def siblings_counted(territory: Territory) -> int:
    """How many territories of its kind lie where it lies, itself among them."""
    return Territory.objects.filter(kind=territory.kind, parent=territory.parent_id).count()


def counted_below(territory: Territory) -> dict[str, int]:
    """How many regions and municipalities lie in it, at any depth."""
    kinds = list(
        Territory.objects.within(territory).exclude(pk=territory.pk).values_list("kind", flat=True)
    )
    return {
        kind.value: kinds.count(kind) for kind in (TerritoryKind.REGION, TerritoryKind.MUNICIPALITY)
    }
