"""Documents are read in a process of their own, so that a hostile one never harms the server."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from comity.intake.reading.messages import REFUSALS

#: How long a document may take, in seconds of the clock.
PATIENCE = 20
WORKER = "comity.intake.worker"
OWN_REFUSALS = {
    "too_large": gettext_noop(
        "The file has more than {limit} MB, which is the most that is taken in. Split it or drop "
        "pictures."
    ),
    "changed": gettext_noop("The file changed while it was read. Bring it in again."),
}

log = logging.getLogger(__name__)


class CannotRead(Exception):
    """The document is not read; the message says in one sentence why and what to do."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        sentence = OWN_REFUSALS.get(self.code) or REFUSALS[self.code]
        return _(sentence).format(**self.params)


def too_large() -> CannotRead:
    """The refusal of a file above the limit of what is taken in."""
    return CannotRead("too_large", limit=settings.LARGEST_UPLOAD >> 20)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a document, as plain values; see the reading contract."""

    format: str
    sha256: str
    title: str
    period: tuple[date, date] | None
    language: str
    measures: list[dict[str, Any]]
    unplaced: list[dict[str, Any]]
    doubts: list[dict[str, Any]]
    tables: list[dict[str, Any]]


def read_safely(
    path: Path, *, name: str, columns: Mapping[str, Mapping[str, str]] | None = None
) -> Read:
    """What is in the document, read under limits of time and memory; raises `CannotRead`.

    `columns` says what the columns hold where a person knows better: table → column → role.
    """
    told = _told_by_worker([str(path), name, json.dumps(columns or {})])
    if "refused" in told:
        raise CannotRead(told["refused"], **told["params"])
    period = told["period"]
    return Read(
        format=told["source"]["format"],
        sha256=told["source"]["sha256"],
        title=told["title"] or "",
        period=period and (date.fromisoformat(period["start"]), date.fromisoformat(period["end"])),
        language=told["language"],
        measures=told["measures"],
        unplaced=told["unplaced"],
        doubts=told["warnings"],
        tables=told["tables"],
    )


def _told_by_worker(arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-I", "-m", WORKER, *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, env=_bare_environment(), check=False
        )
    except subprocess.TimeoutExpired as too_long:
        raise CannotRead("too_slow", seconds=PATIENCE) from too_long
    if done.returncode != 0:
        log.warning("Reading a document failed (%s): %s", done.returncode, done.stderr[-2000:])
        raise _what_ended(done)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _what_ended(done: "subprocess.CompletedProcess[bytes]") -> CannotRead:
    if done.returncode == -signal.SIGXCPU:
        return CannotRead("too_slow", seconds=PATIENCE)
    if done.returncode == -signal.SIGKILL or b"MemoryError" in done.stderr:
        return CannotRead("too_much_memory")
    return CannotRead("cannot_be_read")


def _bare_environment() -> dict[str, str]:
    """Nothing of the server's own: no keys, no database."""
    kept = {"PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT"}
    return {name: value for name, value in os.environ.items() if name in kept}
