"""A hostile document is refused in one sentence and never harms whoever reads it."""

import json
import os
import sys
from pathlib import Path

import pytest
from django.utils import translation

from comity.intake import safe_reading, worker
from comity.intake.safe_reading import CannotRead, read_safely
from tests.intake.documents import ROW, SAMPLES, a_table


def a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> Path:
    """Puts other code in the place of the worker."""
    script = tmp_path / "worker.py"
    script.write_text(code)
    run = safe_reading.subprocess.run

    def other(command: list[str], **kwargs: object) -> object:
        return run([sys.executable, str(script)], **kwargs)  # type: ignore[call-overload]  # as given

    monkeypatch.setattr(safe_reading.subprocess, "run", other)
    return tmp_path / "any.docx"


def test_a_document_is_read_in_a_process_of_its_own() -> None:
    read = read_safely(SAMPLES / "02-bryansk.docx", name="plan.docx")

    assert (read.format, read.language, len(read.measures)) == ("docx", "ru", 12)
    assert read.period is not None
    assert [day.isoformat() for day in read.period] == ["2018-01-01", "2020-12-31"]
    assert read.measures[0]["due"].keys() == {
        "text", "kind", "start", "end", "recurrence", "season",
    }  # fmt: skip
    assert len(read.tables[0]["rows"]) == 16


def test_columns_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))
    read = read_safely(path, name="plan.csv", columns={"0": {"3": "responsible:PL"}})

    assert read.tables[0]["columns"]["3"] == "responsible:PL"
    assert read.measures[0]["responsible"][0] == {"text": "Минпром", "side": "PL"}


def test_one_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_reading, "PATIENCE", 0.3)
    path = a_worker(tmp_path, monkeypatch, "while True: pass")

    with pytest.raises(CannotRead, match=r"took longer than 0\.3 seconds"):
        read_safely(path, name="any.docx")


def test_one_that_eats_the_processor_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"
    path = a_worker(tmp_path, monkeypatch, code)

    with pytest.raises(CannotRead, match="took longer than 17 seconds"):
        read_safely(path, name="any.docx")


def test_one_that_eats_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from comity.intake import worker\n"
        "worker.limit_itself()\n"
        "eaten = [bytes(50_000_000) for _ in range(60)]\n"
    )
    path = a_worker(tmp_path, monkeypatch, code)

    with pytest.raises(CannotRead, match="needs more memory"):
        read_safely(path, name="any.docx")


def test_one_that_breaks_the_reader_is_refused_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = a_worker(tmp_path, monkeypatch, "raise RuntimeError('broken')")

    with pytest.raises(CannotRead) as refused:
        read_safely(path, name="any.docx")

    assert str(refused.value) == (
        "The file could not be read. Save it anew as .docx, .xlsx or .pdf and send it again."
    )
    assert "broken" in caplog.text


def test_the_worker_knows_nothing_of_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_SECRET_KEY", "secret")
    monkeypatch.setenv("COMITY_DATABASE_URL", "postgresql://somewhere")

    assert not [name for name in safe_reading._bare_environment() if name.startswith("COMITY")]
    assert "COMITY_SECRET_KEY" in os.environ


def test_the_reason_is_said_in_the_readers_language() -> None:
    with translation.override("ru"):
        assert str(CannotRead("empty"))  # a translation, or the English sentence until there is one


def test_a_refusal_of_the_reader_comes_through() -> None:
    with pytest.raises(CannotRead) as refused:
        read_safely(SAMPLES / "missing.docx", name="missing.docx")

    assert refused.value.code == "missing"


def test_the_worker_says_when_memory_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    monkeypatch.setattr("comity.intake.reading.read_programme", hungry)

    assert worker.read("any", "any", "{}") == {"refused": "too_much_memory", "params": {}}


def test_the_worker_prints_what_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(worker, "limit_itself", lambda: None)
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))

    assert worker.main([str(path), "plan.csv", "{}"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["language"] == "ru"

    def hungry(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "read", hungry)
    assert worker.main([str(path), "plan.csv", "{}"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["refused"] == "too_much_memory"


def test_the_worker_limits_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(worker.resource, "setrlimit", limits.__setitem__)
    worker.limit_itself()
    assert limits[worker.resource.RLIMIT_AS] == (1_500_000_000, 1_500_000_000)
    assert limits[worker.resource.RLIMIT_CPU] == (20, 21)
