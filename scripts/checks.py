"""Every check there is, in one run: `make test`; without the slow ones: `make lint`.

COMITY_REQUIRE lists what must be there (browser, postgresql, shared): what is missing then
fails the run. Otherwise the last lines say what was skipped and how to get it.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from scripts.private_postgresql import private_cluster, programs  # noqa: E402

PYTHON = sys.executable
BIN = Path(PYTHON).parent
REQUIRED = {name for name in os.environ.get("COMITY_REQUIRE", "").split(",") if name}
CHROMIUM = Path(os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium"))
HOW_TO_GET = {
    "browser": "apt-get install chromium",
    "postgresql": "apt-get install postgresql",
}


def environment(own: dict[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        "COMITY_DEMO": "1",
        "COMITY_DATA": str(ROOT / ".cache/checks"),
        # many tests start the command; without compiled files each takes twice as long
        "PYTHONDONTWRITEBYTECODE": "",
        **own,
    }


@dataclass
class Run:
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def step(self, name: str, *command: object, **env: str) -> None:
        print(f"\n── {name}", flush=True)
        start = time.monotonic()
        outcome = subprocess.run(
            [str(part) for part in command], cwd=ROOT, env=environment(env), check=False
        )
        print(f"── {name}: {time.monotonic() - start:.0f} s", flush=True)
        if outcome.returncode:
            self.failed.append(name)

    @contextmanager
    def beside(self, name: str, *command: object) -> Iterator[None]:
        """Runs a step while others run; what it says comes after them."""
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            started = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT, env=environment({}), stdout=said, stderr=said,
            )  # fmt: skip
            try:
                yield
            finally:
                outcome = started.wait()
            if outcome:
                self.failed.append(name)
            said.seek(0)
            print(f"\n── {name}\n{said.read()}", end="", flush=True)

    def has(self, name: str, *, found: bool) -> bool:
        if not found and name in REQUIRED:
            self.failed.append(f"{name} is required and not here ({HOW_TO_GET[name]})")
        elif not found:
            self.skipped.append(f"{name} ({HOW_TO_GET[name]})")
        return found


def quick(run: Run) -> None:
    with run.beside("types", BIN / "mypy"):
        run.step("format", BIN / "ruff", "format", "--check", ".")
        run.step("lint", BIN / "ruff", "check", ".")
        run.step("rooms", BIN / "lint-imports", "--no-cache")
        run.step(
            "migrations", PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run",
            "--settings=comity.settings",
        )  # fmt: skip
        run.step("translations", PYTHON, "scripts/messages.py", "check")


def tests(run: Run) -> None:
    pytest = [BIN / "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
    many, long = ["--dist", "worksteal"], ["--dist", "load", "--maxschedchunk", "1"]
    covered = ["--cov", "--cov-report=", "--cov-append"]
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    run.step("tests on SQLite", *pytest, *many, *covered, "-m", "not browser")
    if run.has("postgresql", found=programs() is not None):
        with private_cluster() as address:
            run.step(
                "tests on PostgreSQL", *pytest, *many, "-m", "not browser and not apart",
                COMITY_DATABASE_URL=address,
            )  # fmt: skip
    if run.has("browser", found=CHROMIUM.exists()):
        run.step(
            "tests in a browser", *pytest, *long, "-m", "browser",
            COMITY_CHROMIUM=str(CHROMIUM), DJANGO_ALLOW_ASYNC_UNSAFE="1",
        )  # fmt: skip
    run.step("coverage", BIN / "coverage", "report")


def main() -> int:
    run = Run()
    quick(run)
    if "--quick" not in sys.argv:
        tests(run)
    print()
    for skipped in run.skipped:
        print(f"SKIPPED because it is not on this machine: {skipped}")
    for failed in run.failed:
        print(f"FAILED: {failed}")
    print("Everything passed." if not run.failed else f"{len(run.failed)} checks failed.")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
