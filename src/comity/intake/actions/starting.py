from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.files.actions import keep_file, plain_name
from comity.files.models import sha256_of
from comity.intake.actions.bodies import keep_bodies, match_bodies
from comity.intake.actions.drafts import claimed
from comity.intake.becoming import what_is_wrong
from comity.intake.doubts import CANNOT_STAND
from comity.intake.models import Import, ImportRow, ImportState
from comity.intake.rules import must_bring_in, must_continue
from comity.intake.safe_reading import CannotRead, Read, read_safely, too_large
from comity.intake.source import Sources

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "html": "text/html",
}


class Document(NamedTuple):
    """A file that was read, with its bytes; nothing of it is kept yet."""

    name: str
    content: bytes
    read: Read


def start_import(*, path: Path, name: str, by: Reader) -> Import:
    """A draft of what is in the file. Raises `CannotRead`; then nothing at all is kept."""
    must_bring_in(by)
    return keep_reading(document=read_document(path, name), by=by)


def start_again(*, earlier: Import, by: Reader) -> Import:
    """A new draft of a file that came before, from the bytes that were kept."""
    must_bring_in(by)
    return keep_reading(document=read_document(earlier.file.path, earlier.name), by=by)


def read_document(path: Path, name: str) -> Document:
    """What is in a file, read within limits of size, time and memory; raises `CannotRead`."""
    name = plain_name(name)
    _refuse_large(path)
    read = read_safely(path, name=name)
    content = path.read_bytes()
    if sha256_of([content]) != read.sha256:
        raise CannotRead("changed")
    return Document(name, content, read)


def keep_reading(*, document: Document, by: Reader) -> Import:
    """A draft of what was read, with the file as it came and the bodies found in the directory."""
    must_bring_in(by)
    read = document.read
    matched = match_bodies(row["responsible"] for row in read.measures)
    with transaction.atomic():
        kept = Import.objects.create(
            file=keep_file(
                content=document.content,
                name=document.name,
                media_type=MEDIA_TYPES[read.format],
            ),
            name=document.name,
            format=read.format,
            started_by=by if isinstance(by, User) else None,
            started_by_name=str(by),
            **_as_read(read),
        )
        ImportRow.objects.bulk_create(_rows(kept, read))
        keep_bodies(kept, matched)
        trail = Trail("intake.started", by)
        trail.created(kept)
        trail.record()
    return kept


def choose_columns(
    *, document: Import, columns: Mapping[str, Mapping[str, str]], expected_version: int, by: Reader
) -> int:
    """Reads the document again with what a person says some columns hold: table → column → role.

    What was corrected in a row stays where the row still says the same; gives how many corrections
    did not fit any more. Raises `CannotRead`, and `lib.versions.Stale` if somebody changed the
    draft meanwhile.
    """
    must_continue(by, document)
    merged = {table: dict(roles) for table, roles in document.columns.items()}
    for table, roles in columns.items():
        merged.setdefault(table, {}).update(roles)
    read = read_safely(document.file.path, name=document.name, columns=merged)
    matched = match_bodies(row["responsible"] for row in read.measures)
    with transaction.atomic():
        document = claimed(document, expected_version, by)
        before = snapshot(document)
        for name, value in {**_as_read(read), "columns": merged, "decisions": {}}.items():
            setattr(document, name, value)
        document.save()
        dropped = _replace_rows(document, read)
        keep_bodies(document, matched)
        trail = Trail("intake.columns_chosen", by)
        trail.changed(document, before)
        trail.record()
    return dropped


@transaction.atomic
def drop_import(*, document: Import, expected_version: int, by: Reader) -> Import:
    """Puts a draft aside; it can be brought in again from the file that was kept."""
    document = claimed(document, expected_version, by)
    before = snapshot(document)
    document.state, document.settled_at = ImportState.DROPPED, timezone.now()
    document.save()
    trail = Trail("intake.dropped", by)
    trail.changed(document, before)
    trail.record()
    return document


def _refuse_large(path: Path) -> None:
    if path.is_file() and path.stat().st_size > settings.LARGEST_UPLOAD:
        raise too_large()


def _as_read(read: Read) -> dict[str, Any]:
    start, end = read.period or (None, None)
    return {
        "language": read.language[:3],
        "title": read.title,
        "start": start,
        "end": end,
        "doubts": read.doubts,
        "tables": read.tables,
        "unplaced": read.unplaced,
    }


def _rows(document: Import, read: Read) -> list[ImportRow]:
    sources = Sources(read.tables)
    return [
        _row(document, position, measure, sources) for position, measure in enumerate(read.measures)
    ]


def _row(
    document: Import, position: int, measure: Mapping[str, Any], sources: Sources
) -> ImportRow:
    doubts = list(measure["warnings"])
    values = {name: value for name, value in measure.items() if name != "warnings"}
    if what_is_wrong(values):
        doubts.insert(0, {"code": CANNOT_STAND, "params": {}})
    row = ImportRow(
        document=document,
        position=position,
        read=values,
        cells=sources.of(measure),
        doubts=doubts,
    )
    row.follow_doubts()
    return row


def _replace_rows(document: Import, read: Read) -> int:
    """New rows in place of the old ones; gives how many corrected fields found no place."""
    old = {_place(row): row for row in document.rows.all()}
    corrections = sum(len(row.corrected) for row in old.values())
    rows = _rows(document, read)
    for row in rows:
        if before := old.get(_place(row)):
            _carry_over(before, row)
    document.rows.all().delete()
    ImportRow.objects.bulk_create(rows)
    return corrections - sum(len(row.corrected) for row in rows)


def _place(row: ImportRow) -> tuple[tuple[str, int], ...]:
    """The first place of the source that a measure came from."""
    places: list[dict[str, int]] = row.read["source_cells"]
    first = min(places, key=lambda place: sorted(place.items()), default={"row": row.position})
    return tuple((name, at) for name, at in sorted(first.items()) if name != "column")


def _carry_over(before: ImportRow, row: ImportRow) -> None:
    row.corrected = {
        name: value
        for name, value in before.corrected.items()
        if before.read[name] == row.read[name]
    }
    row.is_left_out = before.is_left_out
    row.is_settled = before.is_settled and before.doubts == row.doubts
    row.follow_doubts()
