"""`comity work` as a process: it does the day’s work, and stops when told or with its parent."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

COMITY = Path(sys.executable).parent / "comity"


@pytest.fixture
def environment(tmp_path: Path, empty_register: Path) -> dict[str, str]:
    """A register of its own, in which the day's work may begin at once."""
    return settings(Path(shutil.copytree(empty_register, tmp_path / "data")))


def settings(folder: Path) -> dict[str, str]:
    own = {
        "COMITY_DATA": str(folder),
        "COMITY_DEMO": "1",
        "COMITY_DATABASE_URL": "",
        "COMITY_REMIND_HOUR": "0",
    }
    return {**os.environ, **own}


def came(what: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def runs(environment: dict[str, str]) -> int:
    """How many days of reminders are finished."""
    with closing(sqlite3.connect(Path(environment["COMITY_DATA"]) / "comity.sqlite3")) as register:
        found = register.execute(
            "SELECT count(*) FROM reminders_dailyrun WHERE finished_at IS NOT NULL"
        )
        return int(found.fetchone()[0])


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_does_the_work_of_the_day_and_stops_when_told(environment: dict[str, str]) -> None:
    worker = subprocess.Popen([COMITY, "work"], env=environment)
    assert came(lambda: runs(environment) == 1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


def test_it_stops_with_the_server_that_started_it(environment: dict[str, str]) -> None:
    both = f"{COMITY} work --with-parent $$ & echo $!; wait"
    parent = subprocess.Popen(["sh", "-c", both], env=environment, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert came(lambda: runs(environment) == 1)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert came(lambda: not is_there(worker))


def test_it_stops_though_its_server_went_while_it_was_still_starting(
    environment: dict[str, str],
) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    late = [COMITY, "work", "--with-parent", str(gone.pid)]
    assert subprocess.run(late, env=environment, timeout=60, check=False).returncode == 0
    assert runs(environment) == 0  # what the day asks for is left to a worker that stays
    keeper = [sys.executable, "-m", "comity.cli.beside", str(gone.pid)]
    assert subprocess.run(keeper, env=environment, timeout=60, check=False).returncode == 0


def test_a_worker_that_was_killed_is_started_again(environment: dict[str, str]) -> None:
    keeper = f"{sys.executable} -m comity.cli.beside $$ & echo $!; wait"
    server = subprocess.Popen(["sh", "-c", keeper], env=environment, stdout=subprocess.PIPE)
    assert server.stdout is not None
    beside = int(server.stdout.readline())
    assert came(lambda: runs(environment) == 1)
    (first,) = children_of(beside)
    os.kill(first, signal.SIGKILL)
    assert came(lambda: children_of(beside) not in ([], [first]))
    (second,) = children_of(beside)
    server.kill()
    server.wait()
    server.stdout.close()
    assert came(lambda: not is_there(beside) and not is_there(second))


def children_of(process: int) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]
