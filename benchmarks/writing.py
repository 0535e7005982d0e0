"""Clients that read and write at the same time, against a server as `comity serve` starts it.

Everything goes through HTTP, signed in and with the marks against forged requests, as browsers do.
Afterwards every write that was acknowledged is looked for in the register and in its trail.
"""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Barrier, Lock, Thread
from time import monotonic, perf_counter, sleep

from benchmarks.results import Row, Scale, Telling
from benchmarks.server import Browser, comity, served

TITLE = "Writes while reading"
CLIENTS = 16
#: Pages that a client looks at before it writes again.
READS = 4
MOST_READ = 0.25
#: How long a person thinks between two pages, on average: less than people do.
PAUSE = 0.5
ADD = "/organisations/add/"


@dataclass(slots=True)
class Told:
    """What one client met: seconds of each read and write, names that were taken in, errors."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outcome(Told):
    """What all clients met, and what the register says of it afterwards."""

    #: Names that were acknowledged and are not in the register, or not in its trail.
    lost: list[str] = field(default_factory=list)
    #: What the server wrote of itself.
    log: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Who the clients sign in as, what they look at, and where what they add has its seat."""

    email: str
    password: str
    pages: Sequence[str]
    seat: int
    seconds: float
    #: How long a client thinks before each request, on average, in seconds.
    pause: float = 0


@dataclass(frozen=True, slots=True)
class Together:
    """Clients sign in one after another, as many at once are taken for guesses at a password."""

    signing_in: Lock
    all_signed_in: Barrier


def write_while_reading(data: Path, task: Task, clients: int) -> Outcome:
    """So many clients of a server of the register in this folder, each for so many seconds."""
    outcome = Outcome()
    together = Together(Lock(), Barrier(clients))
    with served(data) as server:
        told = [Told() for _client in range(clients)]
        threads = [
            Thread(target=_take_part, args=(Browser(server.port), which, task, together, one))
            for which, one in enumerate(told)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        outcome.log = server.log.read_text("utf-8", "replace")
    for one in told:
        for name in ("reads", "writes", "names", "errors"):
            getattr(outcome, name).extend(getattr(one, name))
    outcome.lost = sorted(set(outcome.names) - _recorded(data))
    outcome.verified = comity(data, "audit", "verify").stdout.strip()
    return outcome


def _take_part(browser: Browser, which: int, task: Task, together: Together, told: Told) -> None:
    try:
        with together.signing_in:
            browser.sign_in(task.email, task.password)
        together.all_signed_in.wait()
        _read_and_write(browser, which, task, told)
    except Exception as problem:  # told to whoever started the clients
        together.all_signed_in.abort()
        told.errors.append(f"{type(problem).__name__}: {problem}")
    finally:
        browser.close()


def _read_and_write(browser: Browser, which: int, task: Task, told: Told) -> None:
    random, until = Random(which), monotonic() + task.seconds
    for turn in count():
        for _read in range(READS):
            sleep(random.uniform(0, 2 * task.pause))
            _look(browser, random.choice(task.pages), told)
        sleep(random.uniform(0, 2 * task.pause))
        _add(browser, f"Example {which}-{turn}", task.seat, told)
        if monotonic() >= until:
            return


def _look(browser: Browser, path: str, told: Told) -> str:
    started = perf_counter()
    answer = browser.get(path)
    told.reads.append(perf_counter() - started)
    if answer.status != 200:
        told.errors.append(f"{path}: {answer.status}")
    return answer.text


def _add(browser: Browser, name: str, seat: int, told: Told) -> None:
    form = _look(browser, ADD, told)
    started = perf_counter()
    answer = browser.send(ADD, form, {"kind": "other", "seat": str(seat), "name_en": name})
    told.writes.append(perf_counter() - started)
    if answer.status == 302:
        told.names.append(name)
    else:
        told.errors.append(f"{ADD}: {answer.status}")


def _recorded(data: Path) -> set[str]:
    """Names of organisations that stand both in the register and in its trail."""
    with closing(sqlite3.connect(data / "comity.sqlite3")) as register:
        standing = dict(register.execute("SELECT id, name_en FROM directory_organisation"))
        entries = register.execute(
            "SELECT record_id, changes FROM audit_entry "
            "WHERE model = 'directory.organisation' AND kind = 'created'"
        )
        return {
            name
            for pk, changes in entries
            if (name := json.loads(changes)["name_en"][1]) and standing.get(pk) == name
        }


def measure(scale: Scale, telling: Telling) -> list[Row]:
    from benchmarks import register
    from benchmarks.filling import ADMINISTRATOR, PASSWORD
    from comity.territories.models import Territory

    source = register.generated(scale.small, telling)
    register.use(source)
    seat = Territory.objects.get(code="BY-HO").pk
    register.settled(source)
    told = telling.begin(f"{CLIENTS} clients read and write", 2)
    rows = []
    for pause in (PAUSE, 0):
        with tempfile.TemporaryDirectory(prefix="comity-writers-") as folder:
            shutil.copyfile(source, Path(folder) / "comity.sqlite3")
            task = Task(ADMINISTRATOR, PASSWORD, _pages(seat), seat, scale.seconds, pause)
            rows += _rows(write_while_reading(Path(folder), task, CLIENTS), task)
        told(1)
    return rows


def _pages(seat: int) -> list[str]:
    """Lists, the first page, a territory, and details of some records of every kind."""
    some = [f"/{kind}/{pk}/" for kind in ("measures", "agreements") for pk in range(1, 100, 7)]
    some += [f"/{kind}/?page={page}" for kind in ("measures", "organisations") for page in (1, 2)]
    return [*some, "/", "/programmes/", "/agreements/", f"/territories/{seat}/"]


def _rows(outcome: Outcome, task: Task) -> list[Row]:
    pauses = f"{task.pause} s to think" if task.pause else "no pause"
    at = f"{CLIENTS} clients, {pauses}, {os.cpu_count()} cores, SQLite, {task.seconds} s"
    reads, p95 = outcome.reads, quantiles(outcome.reads, n=20)[-1]
    locked = sum("locked" in told for told in (*outcome.errors, *outcome.log.splitlines()))
    whole = "whole" in outcome.verified
    return [
        Row("errors", at, "no lock error", f"{len(outcome.errors)} errors, {locked} of locks",
            not outcome.errors and not locked),
        Row("writes", at, "none lost, the audit chain whole",
            f"{len(outcome.names)} acknowledged (median {median(outcome.writes) * 1000:.0f} ms), "
            f"{len(outcome.lost)} lost, the chain {'whole' if whole else 'broken'}",
            whole and not outcome.lost),
        Row("reads", at, f"p95 ≤ {MOST_READ * 1000:.0f} ms",
            f"{len(reads) / task.seconds:.0f} a second, median {median(reads) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms", p95 <= MOST_READ),
    ]  # fmt: skip
