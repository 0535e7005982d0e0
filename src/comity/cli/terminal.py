"""What all commands share: how they start, show how far they are, and fail in one sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

REFUSED, BAD_INPUT = 1, 2


def fail(sentence: str, code: int) -> NoReturn:
    """One line on standard error that no terminal acts on, whatever a file is called; the end."""
    printable = "".join(letter if letter.isprintable() else " " for letter in sentence)
    click.echo(" ".join(printable.split()), err=True)
    sys.exit(code)


def start_django(*, migrated: bool = True, **environment: str) -> None:
    """Loads the settings and the rooms; what is wrong with them is said in one sentence.

    A command that needs its tables is refused where they are missing or old.
    """
    import django  # noqa: PLC0415  # `intake read` does without it

    from comity.lib.environment import WrongSetting  # noqa: PLC0415

    os.umask(0o077)  # what is kept is for the account that runs Comity, and for nobody else
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.settings")
    try:
        django.setup()
    except WrongSetting as wrong:
        fail(str(wrong), BAD_INPUT)
    from django.conf import settings  # noqa: PLC0415

    try:
        Path(settings.COMITY_DATA).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        fail(f"The data folder {settings.COMITY_DATA} cannot be made: {problem}.", BAD_INPUT)
    if migrated:
        _refuse_old_database()


def _refuse_old_database() -> None:
    from django.db import Error  # noqa: PLC0415

    from comity.upkeep.queries import unapplied_migrations  # noqa: PLC0415

    try:
        missing = unapplied_migrations()
    except Error as problem:
        fail(f"The database cannot be read: {problem}", REFUSED)
    if missing:
        fail("The database is older than this Comity; run “comity migrate” first.", REFUSED)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Any]:
    """A rich progress bar on standard error; gives a function to call with how much was done."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done=1: bar.advance(task, done)
