"""The commands as somebody types them: what they print, and their exit codes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMITY = Path(sys.executable).parent / "comity"
DOCUMENTS = Path(__file__).parent.parent / "src/comity/demo/documents"


@pytest.fixture
def comity(tmp_path: Path) -> "Comity":
    return Comity(tmp_path / "data")


class Comity:
    """The command in an installation of its own, on SQLite."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *words: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        own = {"COMITY_DATA": str(self.data), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": ""}
        return subprocess.run(
            [COMITY, *map(str, words)],
            env={**os.environ, **own, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def prepared(comity: Comity, empty_register: Path) -> Comity:
    """An installation of its own with its tables, empty."""
    shutil.copytree(empty_register, comity.data)
    return comity


def test_the_version_and_the_help(comity: Comity) -> None:
    assert comity("--version").stdout == "comity, version 0.1.0\n"
    told = comity("-h").stdout
    for command in ("demo", "serve", "migrate", "intake", "search", "audit", "backup", "restore"):
        assert f"\n  {command} " in told


def test_a_document_is_read_as_json_and_nothing_is_kept(comity: Comity) -> None:
    outcome = comity("intake", "read", DOCUMENTS / "02-bryansk.docx", "--json")
    read = json.loads(outcome.stdout)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert (read["source"]["name"], len(read["measures"])) == ("02-bryansk.docx", 12)
    assert not comity.data.exists()


def test_a_document_is_shown_as_a_table(comity: Comity) -> None:
    outcome = comity("intake", "read", DOCUMENTS / "02-bryansk.docx")
    assert outcome.stdout.rstrip().endswith("12 measures")


def test_what_cannot_be_read_is_refused_in_one_line(comity: Comity, tmp_path: Path) -> None:
    (tmp_path / "empty.docx").write_bytes(b"")
    outcome = comity("intake", "read", tmp_path / "empty.docx", "--json")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert len(outcome.stderr.splitlines()) == 1
    assert "empty" in outcome.stderr


def test_an_installation_from_its_first_day(comity: Comity, tmp_path: Path) -> None:
    assert comity("serve").returncode == 1
    assert comity("check").stdout.count("PROBLEM") == 1
    assert "migrations were applied" in comity("migrate").stdout
    assert comity("migrate").stdout == "The database is up to date; 0 migrations were applied.\n"
    assert comity("territories", "load", "BY", "ee").stdout.startswith("BY: 8 territories\nEE: ")
    assert comity("territories", "load", "XX").returncode == 2
    made = comity(
        "accounts", "create", "a@example.org", "--role", "administrator", "--password", "secret"
    )
    assert made.stdout == "a@example.org may sign in.\n"
    again = comity("accounts", "create", "A@example.org", "--password", "secret")
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 1)
    assert comity("audit", "verify").stdout == "The audit chain is whole: 4 events.\n"
    sound = comity("check")
    assert (sound.returncode, sound.stdout.count("ok ")) == (0, 7)
    assert comity("backup", tmp_path / "b.tar.gz").returncode == 0
    assert comity("backup", tmp_path / "b.tar.gz").returncode == 2
    other = Comity(tmp_path / "other")
    assert "0 files are back" in other("restore", tmp_path / "b.tar.gz").stdout
    assert other("audit", "verify").stdout == "The audit chain is whole: 4 events.\n"
    assert other("restore", tmp_path / "b.tar.gz").returncode == 2


@pytest.fixture(scope="module")
def with_belarus(tmp_path_factory: pytest.TempPathFactory, empty_register: Path) -> "Comity":
    comity = Comity(tmp_path_factory.mktemp("search") / "data")
    shutil.copytree(empty_register, comity.data)
    comity("territories", "load", "BY")
    return comity


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["BY-VI"], ["territory  Vitebsk Region  BY-VI  /territories/ID/"]),
        (["Vitebsk", "--kind", "territory", "--territory", "by-vi"],
         ["territory  Vitebsk Region  BY-VI  /territories/ID/"]),
        (["Vitebsk", "--kind", "measure", "--kind", "agreement"], ["Nothing meets “Vitebsk”."]),
        (["Vitebsk", "--status", "overdue"], ["Nothing meets “Vitebsk”."]),
        (["Витебкс"], ["Nothing meets “Витебкс”.", "Names much like it:",
                       "territory  Vitebsk Region  BY-VI  /territories/ID/"]),
        (["область", "Витебкс", "--language", "ru"],
         ["Прочитано как «область витебская».",
          "территория  Витебская область  BY-VI  /territories/ID/"]),
        (["--", "-* AND (\"NEAR^:"], ["Nothing meets “-* AND (\"NEAR^:”."]),
    ],
)  # fmt: skip
def test_a_search_prints_what_it_found(
    with_belarus: Comity, words: list[str], told: list[str]
) -> None:
    outcome = with_belarus("search", *words)
    printed = re.sub(r"/\d+/", "/ID/", outcome.stdout).splitlines()
    assert (outcome.returncode, printed, outcome.stderr) == (0, told, "")


@pytest.mark.parametrize(
    "words",
    [
        [], [""], ["  "], ["x" * 301],
        ["x", "--kind", "park"], ["x", "--territory", "XX"], ["x", "--field", "magic"],
        ["x", "--year", "soon"], ["x", "--year", "3000"], ["x", "--status", "lost"],
    ],
)  # fmt: skip
def test_a_search_that_cannot_be_understood_is_bad_input(
    with_belarus: Comity, words: list[str]
) -> None:
    outcome = with_belarus("search", *words)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Traceback" not in outcome.stderr


def test_the_index_is_made_anew(with_belarus: Comity) -> None:
    assert with_belarus("search", "--rebuild").stdout == "The index is made anew.\n"


def test_a_search_before_the_first_migration_is_refused(comity: Comity) -> None:
    outcome = comity("search", "flax")
    assert (outcome.returncode, len(outcome.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "verify"),
        ("territories", "load", "BY"),
        ("accounts", "create", "a@example.org", "--password", "secret"),
        ("backup", "backup.tar.gz"),
        ("intake", "import", DOCUMENTS / "02-bryansk.docx"),
        ("serve",),
    ],
    ids=lambda words: words[0],
)
def test_a_database_without_its_tables_is_one_sentence(
    comity: Comity, words: tuple[object, ...]
) -> None:
    outcome = comity(*words)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        "The database is older than this Comity; run “comity migrate” first.\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("serve", "--port", "99999"), 2, "99999 is not in the range"),
        (("serve", "--workers", "0"), 2, "0 is not in the range"),
        (("serve", "--host", "192.0.2.1"), 1, "Nothing can be opened on 192.0.2.1:8000"),
        (("accounts", "create", "nobody", "--password", "secret"), 2, "valid email address"),
        (("territories", "load"), 2, "Missing argument"),
        (("restore", "nothing.tar.gz"), 2, "does not exist"),
        (("intake", "import", "nothing"), 2, "does not exist"),
        (("intake", "import", DOCUMENTS, "--amends", "3"), 2, "say --amends auto for a folder"),
        (("intake", "import", DOCUMENTS.parent / "data"), 2, ""),
    ],
)
def test_wrong_words_are_told_and_leave_no_traceback(
    prepared: Comity, words: tuple[object, ...], code: int, told: str
) -> None:
    outcome = prepared(*words)
    assert outcome.returncode == code
    assert told in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_weak_password_is_refused_outside_of_the_example(prepared: Comity) -> None:
    real = {"COMITY_DEMO": "0", "COMITY_SECRET_KEY": "k" * 50, "COMITY_HOSTS": "localhost"}
    weak = prepared("accounts", "create", "a@example.org", "--password", "secret", **real)
    assert (weak.returncode, "too short" in weak.stderr) == (2, True)


def test_the_example_is_not_poured_into_a_register_of_somebody(prepared: Comity) -> None:
    prepared("accounts", "create", "a@example.org", "--password", "secret")
    outcome = prepared("demo", "--no-serve")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert "has other records than the example" in outcome.stderr


def test_documents_are_brought_in_one_by_one_and_by_the_folder(
    prepared: Comity, tmp_path: Path
) -> None:
    prepared("territories", "load", "BY", "RU")
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in ("02-bryansk.docx", "07-smolensk.csv"):
        shutil.copy(DOCUMENTS / name, folder)
    (folder / "notes.txt").write_text("nothing")
    one = prepared("intake", "import", folder / "02-bryansk.docx")
    assert one.stdout.splitlines()[-1] == "02-bryansk.docx: 12 measures taken in."
    (folder / "empty.docx").write_bytes(b"")

    every = prepared("intake", "import", folder)

    assert every.returncode == 2
    lines = every.stdout.splitlines()
    assert lines[0].startswith("02-bryansk.docx was taken in before: ")
    assert lines[1:3] == [
        "07-smolensk.csv: 10 measures taken in.",
        "empty.docx: The file is empty (0 bytes). Send it again.",
    ]
    assert lines[3:] == [
        "notes.txt: passed over, no document by its name.",
        "3 files: 1 taken in (10 measures), 1 nothing new, 1 not readable.",
    ]
    assert prepared("audit", "verify").returncode == 0


def test_a_broken_chain_is_named(prepared: Comity) -> None:
    import sqlite3

    prepared("territories", "load", "BY")
    with sqlite3.connect(prepared.data / "comity.sqlite3") as database:
        database.execute("UPDATE audit_event SET reason = 'altered'")
    outcome = prepared("audit", "verify")
    assert outcome.returncode == 1
    assert outcome.stderr == (
        "The audit chain is broken: event 1 was altered after it was recorded.\n"
    )


def test_a_wrong_setting_is_one_sentence(comity: Comity) -> None:
    outcome = comity("migrate", COMITY_DEMO="0", COMITY_SECRET_KEY="")
    assert outcome.returncode == 2
    assert outcome.stderr.startswith("COMITY_SECRET_KEY is not set.")
    assert len(outcome.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = Comity(tmp_path / "file" / "data")("migrate")
    assert outcome.returncode == 2
    assert "cannot be made" in outcome.stderr
