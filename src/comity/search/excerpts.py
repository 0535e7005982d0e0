"""Texts that belong to a hit and are kept beside its record: where found words may stand too."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from comity.agreements.models import Amendment, CooperationField
from comity.directory.models import Alias, Identifier
from comity.programmes.models import Responsibility, Section
from comity.search.documents import names_of_fields
from comity.search.models import Kind, entry_id

#: Of a programme with very many sections so many are looked at.
MOST = 2000
_TEXTS = (
    (Kind.MEASURE, Responsibility, "measure", "text"),
    (Kind.PROGRAMME, Section, "programme", "title"),
    (Kind.PROGRAMME, Section, "programme", "field"),
    (Kind.AGREEMENT, Amendment, "agreement", "title_be"),
    (Kind.AGREEMENT, Amendment, "agreement", "title_ru"),
    (Kind.AGREEMENT, Amendment, "agreement", "title_en"),
    (Kind.AGREEMENT, CooperationField, "agreement", "field"),
    (Kind.ORGANISATION, Alias, "organisation", "text"),
    (Kind.ORGANISATION, Identifier, "organisation", "value"),
)


def texts_beside(wanted: Mapping[Kind, Collection[int]]) -> dict[int, list[str]]:
    """The texts by entry, for the records of each kind; one query, however many there are."""
    parts: list[Any] = [
        model._default_manager.filter(**{f"{owner}__in": wanted[kind]})
        .exclude(**{column: ""})
        .order_by()
        .annotate(
            entry=F(f"{owner}_id") + Value(entry_id(kind, 0)),
            part=Value(at),
            place=F("pk"),
            said=Cast(F(column), TextField()),
        )
        .values_list("entry", "part", "place", "said")
        for at, (kind, model, owner, column) in enumerate(_TEXTS)
        if wanted.get(kind)
    ]
    if not parts:
        return {}
    first, *others = parts
    rows = first.union(*others, all=True)[:MOST]
    found: dict[int, list[str]] = defaultdict(list)
    for entry, part, _place, said in sorted(rows):
        is_field = _TEXTS[part][3] == "field"
        found[entry] += names_of_fields([said]) if is_field else [said]
    return found
