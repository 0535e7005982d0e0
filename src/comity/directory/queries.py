from collections import defaultdict
from collections.abc import Iterable, Mapping

from comity.directory.models import Alias, Organisation, OrganisationQuerySet
from comity.lib.languages import in_three
from comity.lib.matching import folded


def known_names() -> Mapping[str, frozenset[int]]:
    """Every name by which the register knows an organisation, folded by `lib.matching.folded`.

    Names, short names and other names in three languages, each with the ids of the organisations
    that it can mean. Two queries.
    """
    found: dict[str, set[int]] = defaultdict(set)
    names = Organisation.objects.current().order_by()
    for pk, *texts in names.values_list("pk", *in_three("name"), *in_three("short_name")):
        for text in texts:
            found[folded(text)].add(pk)
    aliases = Alias.objects.filter(organisation__merged_into=None)
    for pk, text in aliases.values_list("organisation", "text"):
        found[folded(text)].add(pk)
    found.pop("", None)
    return {name: frozenset(ids) for name, ids in found.items()}


def named_like(text: str) -> OrganisationQuerySet:
    """The organisations that have exactly this name, in any case and any language."""
    return Organisation.objects.filter(pk__in=known_names().get(folded(text), frozenset()))


def standing_for(numbers: Iterable[int]) -> dict[int, Organisation]:
    """The organisations of these numbers, with their seats; for a merged one what it became.

    For what is kept outside of foreign keys, which a merger does not reach.
    """
    wanted = set(numbers)
    known: dict[int, Organisation] = {}
    missing = wanted
    while missing:
        known |= Organisation.objects.select_related("seat").in_bulk(missing)
        into = {one.merged_into_id for one in known.values() if one.merged_into_id}
        missing = into - set(known)
    return {number: _last(known[number], known) for number in wanted & set(known)}


def _last(organisation: Organisation, known: Mapping[int, Organisation]) -> Organisation:
    while organisation.merged_into_id:
        organisation = known[organisation.merged_into_id]
    return organisation


def chain_above(organisation: Organisation) -> list[Organisation]:
    """What the organisation belongs to, nearest first."""
    above: list[Organisation] = []
    met = {organisation.pk}
    parent = organisation.parent
    while parent is not None and parent.pk not in met:
        above.append(parent)
        met.add(parent.pk)
        parent = parent.parent
    return above


def is_below(organisation: Organisation, other: Organisation) -> bool:
    """Whether the organisation is the other one or belongs to it, however far down."""
    return other.pk in {organisation.pk, *(one.pk for one in chain_above(organisation))}
