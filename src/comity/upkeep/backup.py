"""The whole register in one file, written while it runs, brought back into an empty one.

A backup is a .tar.gz: `manifest.json` (version, migrations, rows of each table), one
`rows/<model>.jsonl` per model, and the kept files. It does not depend on the database: what was
backed up from SQLite can be restored into PostgreSQL.
"""

import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from comity import __version__
from comity.audit.actions import plain
from comity.audit.models import Event
from comity.files.models import StoredFile, sha256_of, stored_path
from comity.post.actions import hold_restored
from comity.upkeep.actions import gather_statistics

BATCH = 500
#: What workers were asked to do is no record; letters that wait are, and are held when restored.
NOT_KEPT = ("django_tasks_database",)
#: What a file that is no backup, or one that was damaged or altered, makes of reading it.
NOT_WHOLE = (
    tarfile.TarError, EOFError, KeyError, TypeError, ValueError, AttributeError, StopIteration,
    zlib.error, OSError, ValidationError, DatabaseError,
)  # fmt: skip
Progress = Callable[[int], None]


class BackupRefused(Exception):
    """The backup cannot be written or read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Told:
    rows: int
    files: int


def backed_up_models() -> list[type[models.Model]]:
    """Every table that a model owns, link tables included, those pointed at before the others."""
    every = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return [m for m in every if not m._meta.proxy and m._meta.app_label not in NOT_KEPT]


def write_backup(target: Path, progress: Progress = lambda done: None) -> Told:
    """Writes a consistent state of the register to `target`; a running server is not disturbed."""
    if target.exists():
        raise BackupRefused(f"{target} exists already; a backup never overwrites a file.")
    if not target.parent.is_dir():
        raise BackupRefused(f"There is no folder {target.parent}; make it first.")
    draft = target.with_name(target.name + ".part")
    counts: dict[str, int] = {}
    try:
        with _snapshot(), tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            for model in backed_up_models():
                counts[model._meta.label_lower] = _write_rows(archive, model, progress)
            files = _write_files(archive, progress)
            manifest = {"version": __version__, "migrations": _migrations(), "rows": counts}
            _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return Told(sum(counts.values()), files)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Within it, this thread reads one state of the database through a connection of its own."""
    if connection.in_atomic_block:
        yield  # whoever began the transaction sees one state already
        return
    own: Any = connections.create_connection(DEFAULT_DB_ALIAS)
    ordinary = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    if own.vendor == "sqlite":
        own.transaction_mode = "DEFERRED"  # a reader, who locks nobody out
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with transaction.atomic():
            if own.vendor == "postgresql":
                own.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = ordinary
        own.close()


def _write_rows(archive: tarfile.TarFile, model: type[models.Model], progress: Progress) -> int:
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*columns)
    count = 0
    with tempfile.TemporaryFile() as lines:
        lines.write(json.dumps(columns).encode() + b"\n")
        for row in rows.iterator(chunk_size=2000):
            lines.write(json.dumps(row, default=plain, ensure_ascii=False).encode() + b"\n")
            count += 1
            progress(1)
        _add_file(archive, f"rows/{model._meta.label_lower}.jsonl", lines)
    return count


def _write_files(archive: tarfile.TarFile, progress: Progress) -> int:
    """The kept files themselves; one written meanwhile is newer than the rows and harmless."""
    folder, count = Path(settings.COMITY_DATA) / "files", 0
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and len(path.name) == 64:  # a SHA-256, not a draft
            archive.add(path, f"files/{path.name}")
            count += 1
            progress(1)
    return count


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    _add_file(archive, name, io.BytesIO(content))


def _add_file(archive: tarfile.TarFile, name: str, content: Any) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(member, content)


def _migrations() -> list[list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def read_backup(source: Path, progress: Progress = lambda done: None) -> Told:
    """Brings a backup into an empty register of the same version, all of it or nothing."""
    if Event.objects.exists():
        raise BackupRefused(
            "The register is not empty; restore into a new COMITY_DATA folder or a new database."
        )
    try:
        with tarfile.open(source, "r:gz") as archive, transaction.atomic():
            manifest = json.load(_member(archive, "manifest.json"))
            if manifest["migrations"] != _migrations():
                raise BackupRefused(
                    f"The backup is of Comity {manifest['version']} and does not fit this one; "
                    "restore it with that version, then upgrade."
                )
            rows = _read_all_rows(archive, manifest["rows"], progress)
            files = _read_files(archive, progress)
            hold_restored()
            _refuse_missing_files()
    except NOT_WHOLE as broken:
        where = " ".join(str(broken).split())[:200]
        raise BackupRefused(
            f"{source} is not a whole backup of Comity; take another one (it stopped at: {where})."
        ) from broken
    gather_statistics()
    return Told(rows, files)


def _refuse_missing_files() -> None:
    for sha256 in StoredFile.objects.values_list("sha256", flat=True):
        if not stored_path(sha256).is_file():
            raise BackupRefused(f"The file {sha256} is missing in the backup; take another one.")


def _read_all_rows(archive: tarfile.TarFile, counts: dict[str, int], progress: Progress) -> int:
    every = backed_up_models()
    for model in reversed(every):
        emptied: Any = model._base_manager.all()
        emptied._raw_delete(connection.alias)
    for model in every:
        read = _read_rows(archive, model, progress)
        if read != counts[model._meta.label_lower]:
            raise BackupRefused(f"Rows of {model._meta.label_lower} are missing in the backup.")
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every):
            cursor.execute(statement)
    return sum(counts.values())


def _read_rows(archive: tarfile.TarFile, model: type[models.Model], progress: Progress) -> int:
    lines = _member(archive, f"rows/{model._meta.label_lower}.jsonl")
    columns = json.loads(next(lines))
    fields = {field.attname: field for field in model._meta.concrete_fields}
    batch: list[models.Model] = []
    count = 0
    for line in lines:
        values = dict(zip(columns, json.loads(line), strict=True))
        batch.append(model(**{name: _value(fields[name], values[name]) for name in columns}))
        count += 1
        if len(batch) == BATCH:
            model._base_manager.bulk_create(batch)
            progress(len(batch))
            batch = []
    model._base_manager.bulk_create(batch)
    progress(len(batch))
    return count


def _value(field: "models.Field[Any, Any]", value: Any) -> Any:
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _member(archive: tarfile.TarFile, name: str) -> Any:
    found = archive.extractfile(name)
    if found is None:
        raise BackupRefused(f"{name} is missing in the backup.")
    return found


def _read_files(archive: tarfile.TarFile, progress: Progress) -> int:
    count = 0
    for member in archive:
        if not member.isfile() or not member.name.startswith("files/"):
            continue
        content = _member(archive, member.name).read()
        sha256 = sha256_of([content])
        if member.name != f"files/{sha256}":
            raise BackupRefused(f"{member.name} was altered in the backup.")
        path = stored_path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
        progress(1)
    return count
