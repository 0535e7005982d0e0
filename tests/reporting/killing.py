"""Run as a program: makes a register with a draft, or submits the draft and is killed at a point.

python -m tests.reporting.killing make | POINT
"""

import os
import signal
import sys
from typing import Any


def make() -> None:
    from tests.reporting.world import DONE, two_sides

    world = two_sides()
    report = world.draft("BY")
    from comity.reporting.actions import save_report

    save_report(report=report, content=DONE, expected_version=1, by=world.reporters["BY"])


def submit(point: str) -> None:
    """With a file in the same act of the page, as the form sends them together."""
    from comity.accounts.models import User
    from comity.audit import actions as audit
    from comity.files import actions as files
    from comity.reporting.actions import add_file, steps, submit_report
    from comity.reporting.models import Report

    places: dict[str, tuple[Any, str]] = {
        "the file is written": (files, "_write_whole"),
        "the occurrence is followed": (steps, "follow"),
        "the event is inserted": (audit, "_insert"),
    }
    if point in places:
        module, name = places[point]
        done = getattr(module, name)
        setattr(module, name, lambda *args: (done(*args), die()))
    if point == "before the commit":
        audit.recorded.connect(lambda **_told: die(), weak=False)
    report = Report.objects.get()
    by = User.objects.get(pk=report.opened_by_id)
    if point in ("the file is written", "before the commit"):
        report = add_file(
            report=report, expected_version=report.version, content=b"%PDF-1.4 it", name="it.pdf",
            by=by,
        ).report  # fmt: skip
    submit_report(report=report, expected_version=report.version, by=by)
    die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    import django

    django.setup()
    make() if sys.argv[1] == "make" else submit(sys.argv[1])
