"""Hostile and broken files by the hundred: one clear sentence, or what is in them; never harm."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.intake import apart
from comity.intake.reading.messages import REFUSALS, Refused
from tests.intake.worse import CASES, Case

COMITY = Path(sys.executable).parent / "comity"
#: What the command may take: seconds of the clock, bytes of memory.
SECONDS, MEMORY = 20, 1_500_000_000


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def comity_read(path: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [COMITY, "intake", "read", "--json", "--", os.fsencode(path)],
        capture_output=True,
        timeout=SECONDS,
        preexec_fn=limited,  # this process has one thread
        check=False,
    )


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", [case for case in CASES if not case.is_endless], ids=named)
def test_the_command_refuses_it_in_a_sentence_or_reads_it(case: Case, tmp_path: Path) -> None:
    path = case.make(tmp_path)
    before = everything_in(tmp_path)
    start = time.monotonic()

    outcome = comity_read(path)

    said, told = outcome.stdout, outcome.stderr.decode()
    assert time.monotonic() - start < SECONDS
    assert everything_in(tmp_path) == before
    if case.refused is None:
        assert (outcome.returncode, told) == (0, "")
        read = json.loads(said)
        assert len(read["measures"]) == case.measures
        assert "EVIL" not in said.decode()
        assert "root:" not in said.decode()
    else:
        assert (outcome.returncode, said) == (2, b"")
        assert re.fullmatch(f"{a_pattern(case.refused)}\n", told), told


@pytest.mark.parametrize("case", [case for case in CASES if case.is_endless], ids=named)
def test_what_would_be_read_for_ever_is_ended(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert apart.PATIENCE <= SECONDS - 2
    monkeypatch.setattr(apart, "PATIENCE", 1.5)
    start = time.monotonic()
    # on a quick machine the memory may come to its end before the time does
    with pytest.raises(Refused, match=r"took longer than 1\.5 seconds|damaged or incomplete"):
        apart.contract_of(case.make(tmp_path))
    assert time.monotonic() - start < SECONDS
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def everything_in(folder: Path) -> list[str]:
    return sorted(os.fsdecode(path) for path in folder.rglob("*"))


def a_pattern(code: str) -> str:
    """What a refusal says, in one line, whatever it fills in."""
    return re.sub(r"\\\{\w+\\\}", ".*", re.escape(REFUSALS[code]))
