"""Keeps the index in step with the records, inside the transaction of each write."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction

from comity.audit.models import Note as Trace
from comity.search.documents import SOURCES
from comity.search.index import index, put, take_out
from comity.search.models import Entry, Kind, entry_id, of_kinds
from comity.search.touching import touched_by

BATCH = 1000
Progress = Callable[[int], None]


def follow(*, entries: Sequence[Trace], **_signal: Any) -> None:
    """Brings what an event touched into the index; called inside the transaction of its write."""
    for kind, records in touched_by(entries).items():
        for some in _batches(sorted(records)):
            refresh(kind, some)


def refresh(kind: Kind, records: Sequence[int], known: set[str] | None = None) -> None:
    """The index has these records as they are now; those that are no more leave it."""
    documents = list(SOURCES[kind].documents(records))
    gone = {entry_id(kind, pk) for pk in records} - {document.id for document in documents}
    put(documents, known)
    if gone:
        take_out(sorted(gone))


def reindex(progress: Progress = lambda done: None) -> int:
    """Reads every record anew and gives how many can be found now; `progress` hears of each batch.

    Searches go on meanwhile. For a register that was restored, or an index that is doubted.
    """
    index().build_anew()
    found, known = 0, set[str]()
    for kind, source in SOURCES.items():
        _forget_the_dead(kind)
        records = source.model._default_manager.order_by("pk").values_list("pk", flat=True)
        for some in _batches(list(records)):
            with transaction.atomic():
                refresh(kind, some, known)
            progress(len(some))
            found += len(some)
    return found


def countable() -> int:
    """How many records `reindex` will read."""
    return sum(source.model._default_manager.count() for source in SOURCES.values())


@transaction.atomic
def _forget_the_dead(kind: Kind) -> None:
    entries = Entry.objects.filter(of_kinds([kind])).values_list("pk", flat=True)
    records = SOURCES[kind].model._default_manager.values_list("pk", flat=True)
    living = {entry_id(kind, pk) for pk in records}
    for some in _batches([pk for pk in entries if pk not in living]):
        take_out(some)


def _batches(records: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(records), BATCH):
        yield records[start : start + BATCH]
