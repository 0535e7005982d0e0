"""The example moves from SQLite into PostgreSQL by a backup; every table and file is the same."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

COMITY = Path(sys.executable).parent / "comity"
DATABASE = "comity_moved"

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the tests run on SQLite this time"
    ),
]


@pytest.fixture
def new_database() -> Iterator[str]:
    """The address of an empty database beside the one of the tests."""
    own = connection.settings_dict
    told = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"]}
    told = {name: value for name, value in told.items() if value}
    if own["PASSWORD"]:
        told["password"] = own["PASSWORD"]
    with psycopg.connect(dbname="postgres", autocommit=True, **told) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        server.execute(f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' TEMPLATE template0")
        person = quote(told.get("user", ""), safe="")
        secret = f":{quote(told['password'], safe='')}" if "password" in told else ""
        host, port = told.get("host", ""), f":{told['port']}" if "port" in told else ""
        at, folder = ("", f"?host={host}") if host.startswith("/") else (host, "")
        yield f"postgresql://{person}{secret}@{at}{port}/{DATABASE}{folder}"
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def comity(data: Path, database: str, *words: object) -> str:
    own = {"COMITY_DATA": str(data), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": database}
    told = subprocess.run(
        [COMITY, *map(str, words)],
        env={**os.environ, **own}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {
            member.name: file.read()
            for member in archive
            if (file := archive.extractfile(member)) is not None
        }


def rows(lines: bytes) -> list[dict[str, object]]:
    """The rows of a table by the names of their columns."""
    columns, *values = map(json.loads, lines.splitlines())
    return [dict(zip(columns, row, strict=True)) for row in values]


def as_restored(name: str, kept: list[dict[str, object]]) -> list[dict[str, object]]:
    """Letters that waited may have gone out since the backup: nobody sends them by themselves."""
    if name != "rows/post.mail.jsonl":
        return kept
    doubtful = {"state": "doubtful", "reason": "restored", "server_said": ""}
    return [row | doubtful if row["state"] == "queued" else row for row in kept]


def test_nothing_differs_after_the_move(tmp_path: Path, new_database: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    comity(here, "", "demo", "--no-serve")
    comity(here, "", "backup", tmp_path / "sqlite.tar.gz")
    comity(there, new_database, "restore", tmp_path / "sqlite.tar.gz")
    comity(there, new_database, "backup", tmp_path / "postgresql.tar.gz")

    before, after = members(tmp_path / "sqlite.tar.gz"), members(tmp_path / "postgresql.tar.gz")

    assert before.keys() == after.keys()
    assert [name for name in before if name.startswith("files/")] != []
    for name in before:
        if name.startswith("rows/"):
            assert as_restored(name, rows(before[name])) == rows(after[name]), name
        else:
            assert before[name] == after[name], name
    assert "PROBLEM" not in comity(there, new_database, "check")
