"""The `comity` command. Exit codes: 0 done, 1 refused by a rule, 2 bad input."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from comity import __version__
from comity.cli.documents import intake
from comity.cli.letters import mail, remind, work
from comity.cli.reports import report
from comity.cli.terminal import BAD_INPUT, REFUSED, fail, progress, start_django

PORT = click.IntRange(1, 65535)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def main() -> None:
    """Comity: from the promise between regions to its measured result."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option("--serve/--no-serve", default=True, help="Only fill the register, or also open it.")
def demo(host: str, port: int, *, serve: bool) -> None:
    """Fills an empty register with the example and opens it."""
    os.environ.setdefault("COMITY_ADDRESS", f"http://{host}:{port}")
    start_django(migrated=False, COMITY_DEMO="1")
    from django.conf import settings  # noqa: PLC0415

    from comity.demo.build import accounts, fill, is_filled  # noqa: PLC0415
    from comity.upkeep.actions import gather_statistics  # noqa: PLC0415

    _migrate()
    with progress("Filling the example", total=None) as advance:
        if fill(advance):
            gather_statistics()
    if not is_filled():
        fail(
            "This register has other records than the example, so nothing was filled in. Name an "
            "empty folder in COMITY_DATA.",
            REFUSED,
        )
    settings.EXAMPLE_MARK.touch()
    click.echo("Sign in as one of the example accounts (password: example):")
    for email, what in accounts():
        click.echo(f"  {email:<32} {what}")
    if serve:
        _serve(host, port)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="Processes that answer.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Serves the register of this installation."""
    start_django()
    _serve(host, port, workers)


def _serve(host: str, port: int, workers: int = 2) -> None:
    from comity.upkeep.actions import collect_static  # noqa: PLC0415

    _refuse_taken_port(host, port)
    collect_static()
    _start_worker()
    click.echo(f"Comity is open on http://{host}:{port} (Ctrl-C stops it).")
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "comity.wsgi:application",
    ]  # fmt: skip
    os.execv(command[0], command)  # noqa: S606  # the server takes this process over


def _start_worker() -> None:
    """Beside the server, which takes this process over: both end when that one does."""
    import subprocess  # noqa: PLC0415

    keeper = [sys.executable, "-m", "comity.cli.beside", str(os.getpid())]
    subprocess.Popen(keeper, stdin=subprocess.DEVNULL)


def _refuse_taken_port(host: str, port: int) -> None:
    import socket  # noqa: PLC0415

    try:
        family, kind, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as problem:
        fail(
            f"Nothing can be opened on {host}:{port} ({problem.strerror}). Another program may be "
            "there: choose another --port.",
            REFUSED,
        )


@main.command()
def migrate() -> None:
    """Brings the database up to this version of Comity."""
    start_django(migrated=False)
    applied = _migrate()
    click.echo(f"The database is up to date; {applied} migrations were applied.")


def _migrate() -> int:
    from comity.upkeep.actions import migrate_database  # noqa: PLC0415
    from comity.upkeep.queries import unapplied_migrations  # noqa: PLC0415

    with progress("Bringing the database up to date", total=unapplied_migrations()) as advance:
        return migrate_database(advance)


@main.command()
def check() -> None:
    """Says whether this installation is sound, and what to do where it is not."""
    start_django(migrated=False)
    from comity.upkeep.queries import findings  # noqa: PLC0415

    with progress("Looking at events and files") as advance:
        found = list(findings(advance))
    for finding in found:
        mark = "ok     " if finding.is_well else "PROBLEM"
        click.echo(f"{mark} {finding.subject}: {finding.sentence}")
    sys.exit(0 if all(finding.is_well for finding in found) else REFUSED)


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Writes the whole register, with its files, to TARGET (.tar.gz) while it runs."""
    start_django()
    from comity.upkeep.backup import BackupRefused, write_backup  # noqa: PLC0415

    try:
        with progress("Writing the backup") as advance:
            told = write_backup(target, advance)
    except BackupRefused as refused:
        fail(str(refused), BAD_INPUT)
    click.echo(f"{target}: {told.rows} rows and {told.files} files.")


@main.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(source: Path) -> None:
    """Brings a backup back into an empty register."""
    start_django(migrated=False)
    from comity.upkeep.backup import BackupRefused, read_backup  # noqa: PLC0415

    _migrate()
    try:
        with progress("Restoring") as advance:
            told = read_backup(source, advance)
    except BackupRefused as refused:
        fail(str(refused), BAD_INPUT)
    click.echo(f"{told.rows} rows and {told.files} files are back.")


@main.command()
@click.argument("words", nargs=-1)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["agreement", "programme", "measure", "organisation", "territory"]),
    help="Only these; may be given several times.",
)
@click.option("--territory", default="", metavar="CODE", help="In it or below it: BY-HO, RU.")
@click.option(
    "--field",
    default="",
    help="trade, industry, agriculture, science, information, education, health, culture, "
    "youth_sport, social, transport, tourism, environment or other.",
)
@click.option("--year", type=int, help="In force or due in this year.")
@click.option(
    "--status",
    default="",
    help="Of agreements: draft, signed, in_force, notice, expired, ended; "
    "of measures: overdue, due, not_yet, done, unscheduled.",
)
@click.option("--language", type=click.Choice(["be", "ru", "en"]), default="en", help="To show.")
@click.option("--rebuild", is_flag=True, help="Make the whole index anew; no words are needed.")
def search(words: tuple[str, ...], *, rebuild: bool, language: str, **asked: Any) -> None:
    """Finds agreements, programmes, measures, organisations and territories.

    Words may be Belarusian, Russian or English, in any form; the beginning of the last one is
    enough. All of them have to be met. Words in quotation marks are taken as they are. The best
    twenty are shown; finding nothing is no error.
    """
    start_django()
    from django.utils import translation  # noqa: PLC0415

    if rebuild:
        _rebuild_index()
        return
    if not "".join(words).strip():
        fail("Say what to look for, or --rebuild the index.", BAD_INPUT)
    with translation.override(language):
        _show_found(" ".join(words), **asked)


def _rebuild_index() -> None:
    from comity.search.indexing import countable, reindex  # noqa: PLC0415

    with progress("Indexing", total=countable()) as advance:
        reindex(advance)
    click.echo("The index is made anew.")


def _show_found(words: str, *, kinds: Sequence[str], **asked: Any) -> None:
    from comity.audit.actions import Installation  # noqa: PLC0415
    from comity.search.forms import SearchForm  # noqa: PLC0415
    from comity.search.models import Kind  # noqa: PLC0415
    from comity.search.queries import search as find  # noqa: PLC0415
    from comity.search.telling import lines  # noqa: PLC0415

    asked["territory"] = asked["territory"].upper()
    form = SearchForm({"q": words, **asked}, reader=Installation())
    if not form.is_valid():
        problems = [f"--{name}: {' '.join(map(str, told))}" for name, told in form.errors.items()]
        fail(" ".join(problems).replace("--q:", ""), BAD_INPUT)
    filters = replace(form.filters, kinds=tuple(map(Kind, dict.fromkeys(kinds))))
    for line in lines(find(Installation(), form.words, filters)):
        click.echo(line)


@main.group()
def audit() -> None:
    """The trail of who changed what, when and why."""


@audit.command()
def verify() -> None:
    """Walks the whole chain of events and names the first broken one."""
    start_django()
    from comity.audit.models import Event  # noqa: PLC0415
    from comity.audit.queries import first_break  # noqa: PLC0415

    total = Event.objects.count()
    with progress("Verifying", total=total) as advance:
        broken = first_break(lambda _seq: advance(1))
    if broken:
        fail(f"The audit chain is broken: {broken.problem}.", REFUSED)
    click.echo(f"The audit chain is whole: {total} events.")


@main.group()
def territories() -> None:
    """Countries and their regions, from ISO 3166."""


@territories.command()
@click.argument("codes", nargs=-1, required=True)
def load(codes: tuple[str, ...]) -> None:
    """Loads countries (BY RU …) with all their ISO 3166-2 regions."""
    start_django()
    from comity.audit.actions import Installation  # noqa: PLC0415
    from comity.territories.actions import UnknownCountry, load_country  # noqa: PLC0415

    told = []
    with progress("Loading", total=len(codes)) as advance:
        for code in codes:
            try:
                loaded = load_country(code=code, by=Installation())
            except UnknownCountry as unknown:
                fail(str(unknown), BAD_INPUT)
            told.append(f"{code.upper()}: {len(loaded)} territories")
            advance()
    click.echo("\n".join(told))


@main.group()
def accounts() -> None:
    """The people who sign in."""


@accounts.command()
@click.argument("email")
@click.option("--name", default="")
@click.option("--language", type=click.Choice(["be", "ru", "en"]), default="en")
@click.option(
    "--role",
    type=click.Choice(
        ["observer", "reporter", "verifier", "coordinator", "administrator", "auditor"]
    ),
)
@click.password_option()
def create(email: str, name: str, language: str, role: str | None, password: str) -> None:
    """Makes an account; --role gives it that role in the whole register."""
    start_django()
    from comity.accounts.actions import (  # noqa: PLC0415
        AccountRefused,
        create_account,
        grant_whole_role,
    )
    from comity.audit.actions import Installation  # noqa: PLC0415

    by = Installation()
    try:
        user = create_account(
            email=email, name=name, password=password, language=language, by=by,
            is_staff=role == "administrator",
        )  # fmt: skip
    except AccountRefused as refused:
        fail(str(refused), BAD_INPUT)
    if role:
        grant_whole_role(user=user, role=role, by=by)
    click.echo(f"{user.email} may sign in.")


main.add_command(intake)
main.add_command(mail)
main.add_command(remind)
main.add_command(work)
main.add_command(report)
