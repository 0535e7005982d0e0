"""Keeps the index in step with the records, inside the transaction of each write."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from comity.agreements.models import Party
from comity.audit.models import Entry as Trace
from comity.programmes.models import Measure
from comity.search.documents import SOURCES, facet_of_place
from comity.search.index import index, put, take_out
from comity.search.models import KINDS, Entry, Kind, entry_id, ids_of, of_kinds
from comity.search.language import Query
from comity.territories.models import Territory

BATCH = 1000
Progress = Callable[[int], None]
#: Records by kind.
Touched = dict[Kind, set[int]]

#: Records that have an entry of their own.
_OWN = {
    "agreements.agreement": Kind.AGREEMENT,
    "programmes.programme": Kind.PROGRAMME,
    "programmes.measure": Kind.MEASURE,
    "directory.organisation": Kind.ORGANISATION,
    "territories.territory": Kind.TERRITORY,
}
#: Records that are part of another one's entry, and the column that names it.
_PARTS = {
    "agreements.party": ("agreement_id", Kind.AGREEMENT),
    "agreements.amendment": ("agreement_id", Kind.AGREEMENT),
    "agreements.cooperationfield": ("agreement_id", Kind.AGREEMENT),
    "programmes.programmeside": ("programme_id", Kind.PROGRAMME),
    "programmes.section": ("programme_id", Kind.PROGRAMME),
    "programmes.responsibility": ("measure_id", Kind.MEASURE),
    "directory.alias": ("organisation_id", Kind.ORGANISATION),
    "directory.identifier": ("organisation_id", Kind.ORGANISATION),
}
_NAMES = {f"{stem}_{language}" for stem in ("name", "short_name") for language in ("be", "ru", "en")}
_PERIOD = {"start", "end", "visibility"}


def follow(*, entries: Sequence[Trace], **_signal: Any) -> None:
    """Brings what an event touched, and what depends on it, into the index."""
    touched: Touched = defaultdict(set)
    for trace in entries:
        if trace.model in _OWN:
            touched[_OWN[trace.model]].add(trace.record_id)
    _add_owners(entries, touched)
    _add_dependants([trace for trace in entries if trace.kind == "changed"], entries, touched)
    for kind, records in touched.items():
        for some in _batches(sorted(records)):
            refresh(kind, some)


def refresh(kind: Kind, records: Sequence[int]) -> None:
    """The index has these records as they are now; those that are no more leave it."""
    documents = list(SOURCES[kind].documents(records))
    gone = {entry_id(kind, pk) for pk in records} - {document.id for document in documents}
    put(documents)
    if gone:
        take_out(sorted(gone))


def _add_owners(entries: Iterable[Trace], touched: Touched) -> None:
    changed: dict[str, set[int]] = defaultdict(set)
    for trace in entries:
        if trace.model not in _PARTS:
            continue
        column, kind = _PARTS[trace.model]
        touched[kind].update(filter(None, trace.changes.get(column, ())))
        if trace.kind == "changed":
            changed[trace.model].add(trace.record_id)
    for label, parts in changed.items():
        column, kind = _PARTS[label]
        model = _model(label)
        touched[kind].update(
            model._base_manager.filter(pk__in=parts).values_list(column, flat=True)
        )


def _model(label: str) -> Any:
    from django.apps import apps  # noqa: PLC0415

    return apps.get_model(label)
