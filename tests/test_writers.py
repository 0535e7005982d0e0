import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.server import comity
from benchmarks.writing import Outcome, Task, write_while_reading

EMAIL, PASSWORD = "writer@example.org", "a-long-enough-phrase"
CLIENTS = 8


@pytest.fixture
def data(tmp_path: Path, empty_register: Path) -> Path:
    """The folder of a small register, made by the commands that an office would use."""
    person = ("accounts", "create", EMAIL, "--role", "coordinator", "--password", PASSWORD)
    shutil.copytree(empty_register, tmp_path, dirs_exist_ok=True)
    for command in (("territories", "load", "LV"), person):
        done = comity(tmp_path, *command)
        assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def seat_in(data: Path) -> int:
    with closing(sqlite3.connect(data / "comity.sqlite3")) as register:
        found = register.execute("SELECT id FROM territories_territory WHERE code = 'LV'")
        return int(found.fetchone()[0])


def test_writes_while_others_read_are_neither_refused_nor_lost(data: Path) -> None:
    pages = ("/", "/organisations/", "/territories/", "/measures/")
    task = Task(EMAIL, PASSWORD, pages, seat_in(data), seconds=2)
    outcome: Outcome = write_while_reading(data, task, CLIENTS)
    assert outcome.errors == []
    assert "locked" not in outcome.log
    assert outcome.lost == []
    assert len(outcome.names) == len(outcome.writes) >= CLIENTS
    events = len(outcome.names) + 2 + 1  # the account and its role, and the country
    assert outcome.verified == f"The audit chain is whole: {events} events."
