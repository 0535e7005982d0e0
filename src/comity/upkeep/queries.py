"""Is this installation sound?"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Value
from django.utils import timezone

from comity.audit.queries import first_break
from comity.files.models import StoredFile, sha256_of
from comity.post.carrier import Carrier, ServerDown
from comity.post.models import Mail
from comity.search.documents import SOURCES
from comity.search.models import Entry, ids_of

#: Below this much free room a register will soon refuse uploads.
LEAST_FREE = 500 * 1024 * 1024
#: Letters that are due for so long tell of a worker that does not run.
FORGOTTEN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    is_well: bool
    sentence: str


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def findings(told: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Looks at settings, folder, database, audit chain, files and search, one finding each.

    Calls `told` for each event and each file that it went through.
    """
    yield _settings()
    yield _data_folder()
    missing = unapplied_migrations()
    if missing:
        yield Finding("database", False, f"{missing} migrations are missing; run “comity migrate”.")
        return
    yield Finding("database", True, f"{connection.vendor}, up to date")
    broken = first_break(lambda _seq: told())
    yield Finding("audit chain", broken is None, broken.problem if broken else "whole")
    yield _kept_files(told)
    yield _search_index()
    yield _mail()


def _settings() -> Finding:
    problems = [str(message.msg) for message in checks.run_checks() if message.is_serious()]
    return Finding("settings", not problems, "; ".join(problems) or "in order")


def _data_folder() -> Finding:
    folder = Path(settings.COMITY_DATA)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding("data folder", False, f"{folder} cannot be written; set COMITY_DATA.")
    if open_to_others := _open_to_others(folder):
        told = (
            f"others on this machine can read {open_to_others}; run “chmod -R go= {folder}” "
            "while it is stopped."
        )
        return Finding("data folder", False, told)
    free = shutil.disk_usage(folder).free
    told = f"{folder}, {free // 2**20} MB free"
    return Finding("data folder", free >= LEAST_FREE, told)


def _open_to_others(folder: Path) -> Path | None:
    """What others can reach of what is kept: nothing, where they cannot even enter the folder."""
    if not folder.stat().st_mode & stat.S_IXOTH:
        return None
    kept = [*folder.glob("*.sqlite3*"), folder / "files", folder / "cache", folder / "mail"]
    reached = stat.S_IROTH | stat.S_IXOTH
    return next((one for one in kept if one.exists() and one.stat().st_mode & reached), None)


def _search_index() -> Finding:
    """Whether everything that can be found has its entry, by the numbers of both."""
    for kind, source in SOURCES.items():
        first, last = ids_of(kind)
        entries = Entry.objects.filter(pk__range=(first, last))
        missing = source.model._default_manager.exclude(
            pk__in=entries.values_list(F("pk") - Value(first), flat=True)
        ).count()
        records = source.model._default_manager.count()
        if missing or entries.count() != records:
            told = (
                f"{missing} of {records} records of the kind “{kind.value}” cannot be found"
                if missing
                else f"there are entries of records of the kind “{kind.value}” that are no more"
            )
            return Finding("search", False, f"{told}; run “comity search --rebuild”.")
    return Finding("search", True, "every record can be found")


def _mail() -> Finding:
    """Whether letters go out: a server that answers, and somebody who works the queue."""
    if settings.COMITY_DEMO:
        return Finding("mail", True, "the example keeps its letters and sends none")
    carrier = Carrier()
    try:
        carrier.open()
    except ServerDown as down:
        told = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes no letters ({down.server_said})"
        return Finding("mail", False, f"{told}; set COMITY_MAIL_HOST and its companions.")
    finally:
        carrier.close()
    forgotten = Mail.objects.due(timezone.now() - FORGOTTEN).count()
    if forgotten:
        told = f"{forgotten} letters wait and nobody sends them; run “comity work”."
        return Finding("mail", False, told)
    return Finding("mail", True, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes letters")


def _kept_files(told_of: Callable[[], None]) -> Finding:
    wrong = []
    for file in StoredFile.objects.iterator(500):
        if not _is_whole(file):
            wrong.append(file.name)
        told_of()
    if wrong:
        told = (
            f"{len(wrong)} are missing or altered, such as {wrong[0]}; restore them from a backup"
        )
        return Finding("files", False, told)
    return Finding("files", True, "all there, as they came")


def _is_whole(file: StoredFile) -> bool:
    if not file.path.is_file():
        return False
    with file.path.open("rb") as content:
        return sha256_of(iter(lambda: content.read(1 << 20), b"")) == file.sha256
