"""Is this installation sound?"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comity.audit.queries import first_break
from comity.files.models import StoredFile, sha256_of

#: Below this much free room a register will soon refuse uploads.
LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    is_well: bool
    sentence: str


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def findings(told: Callable[[], None] = lambda: None) -> Iterator[Finding]:
    """Looks at settings, folder, database, audit chain and kept files, one finding each.

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


def _settings() -> Finding:
    problems = [str(message.msg) for message in checks.run_checks() if message.is_serious()]
    return Finding("settings", not problems, "; ".join(problems) or "in order")


def _data_folder() -> Finding:
    folder = Path(settings.COMITY_DATA)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding("data folder", False, f"{folder} cannot be written; set COMITY_DATA.")
    free = shutil.disk_usage(folder).free
    told = f"{folder}, {free // 2**20} MB free"
    return Finding("data folder", free >= LEAST_FREE, told)


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
