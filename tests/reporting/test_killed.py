"""Killed in the middle of an act, the register has either what stood or what came: never half."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    os.environ.get("COMITY_DATABASE_URL", "").startswith("postgres"),
    reason="its registers are on SQLite, whatever the other tests run on",
)

ROOT = Path(__file__).parent.parent.parent


def run(data: Path, what: str) -> int:
    settings = {
        "COMITY_DATA": str(data), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "comity.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.reporting.killing", what]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=False).returncode


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, empty_register: Path) -> Path:
    data = tmp_path_factory.mktemp("register")
    shutil.copytree(empty_register, data, dirs_exist_ok=True)
    assert run(data, "make") == 0
    return data


def told(data: Path) -> tuple[str, int, int, int]:
    """The stage of the report, its submissions, its evidence, and the events of submissions."""
    with sqlite3.connect(data / "comity.sqlite3") as database:
        ask = lambda sql: database.execute(sql).fetchone()[0]  # noqa: E731  # four times below
        return (
            ask("select stage from reporting_report"),
            ask("select count(*) from reporting_step where kind = 'submitted'"),
            ask("select count(*) from reporting_evidence"),
            ask("select count(*) from audit_event where verb = 'report.submitted'"),
        )


@pytest.mark.parametrize(
    "point",
    [
        "the file is written",
        "before the commit",
        "the occurrence is followed",
        "the event is inserted",
        "after it",
    ],
)
def test_a_register_killed_in_an_act_is_whole(register: Path, tmp_path: Path, point: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(register, data)
    assert run(data, point) == -signal.SIGKILL
    came = ("submitted", 1, 0, 1)
    assert told(data) == (came if point == "after it" else ("draft", 0, 0, 0))
    checked = subprocess.run(
        [str(Path(sys.executable).parent / "comity"), "audit", "verify"],
        env={**os.environ, "COMITY_DATA": str(data), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    if point != "after it":
        assert run(data, "after it") == -signal.SIGKILL
        assert told(data) == came
