"""`comity intake`: programmes of measures out of documents."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from comity.cli.terminal import BAD_INPUT, REFUSED, fail, progress, start_django


@click.group()
def intake() -> None:
    """Programmes of measures, from documents."""


@intake.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as the contract has it.")
def read_document(file: Path, *, as_json: bool) -> None:
    """Reads a document and shows what was understood; keeps nothing."""
    from comity.intake.apart import contract_of  # noqa: PLC0415
    from comity.intake.reading import Refused  # noqa: PLC0415

    try:
        contract = contract_of(file)
    except Refused as refused:
        fail(str(refused), BAD_INPUT)
    if as_json:
        sys.stdout.buffer.write(contract + b"\n")
    else:
        _show(json.loads(contract))


@intake.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--agreement",
    type=int,
    metavar="NUMBER",
    help="The agreement that it carries out; its page has the number in the address.",
)
@click.option(
    "--amends",
    default="",
    metavar="NUMBER|auto|none",
    help="The programme of which it is a new version; “auto” finds it by title and years; "
    "“none” adds another programme although one is alike.",
)
@click.option("--reason", default="", help="Why the programme is changed; stands in its history.")
@click.option(
    "--consent",
    default="",
    help="On what the consent of the other side rests, where the programme asks for it.",
)
@click.option("--yes", is_flag=True, help="Take it in although something is doubtful.")
def import_documents(
    path: Path, agreement: int | None, amends: str, reason: str, consent: str, *, yes: bool
) -> None:
    """Takes a document, or a folder of them, into the register."""
    start_django()
    from comity.audit.actions import Installation  # noqa: PLC0415
    from comity.intake.commands import NotImported, Wanted, import_file  # noqa: PLC0415

    how = amends.strip().lower()
    wanted = Wanted(Installation(), agreement, how, yes, reason.strip(), consent.strip())
    if path.is_dir():
        _import_folder(path, wanted)
    noticed: list[str] = []
    try:
        with progress(f"Taking in {path.name}"):
            outcome = import_file(path=path, wanted=wanted, tell=noticed.append)
    except NotImported as refused:
        for sentence in [*noticed, *(d for d in refused.doubts if d not in noticed)]:
            click.echo(f"  {sentence}", err=True)
        fail(str(refused), BAD_INPUT if refused.is_bad_input else REFUSED)
    for sentence in noticed:
        click.echo(f"  {sentence}")
    click.echo(outcome.sentence)


def _import_folder(folder: Path, wanted: Any) -> NoReturn:
    from comity.intake.commands import documents_in, import_folder, summary  # noqa: PLC0415

    documents, others = documents_in(folder)
    if not documents:
        fail(f"There is no document in {folder}.", BAD_INPUT)
    if wanted.amends.isdecimal():
        fail("One programme has one new version: say --amends auto for a folder.", BAD_INPUT)
    with progress("Taking in", total=len(documents)) as advance:
        outcomes = import_folder(paths=documents, wanted=wanted, done=advance)
    for outcome in outcomes:
        told = (
            outcome.sentence
            if outcome.path.name in outcome.sentence
            else (f"{outcome.path.name}: {outcome.sentence}")
        )
        click.echo(told)
        for doubt in outcome.doubts:
            click.echo(f"  {doubt}")
    for path in others:
        click.echo(f"{path.name}: passed over, no document by its name.")
    click.echo(summary(outcomes))
    states = {outcome.state for outcome in outcomes}
    sys.exit(BAD_INPUT if "unreadable" in states else REFUSED if "refused" in states else 0)


def _show(read: dict[str, Any]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("No.", "Measure", "Deadline", "Bodies", "Doubts")
    for measure in read["measures"]:
        bodies = "; ".join(
            f"{body['side'] or '?'} {body['text']}" for body in measure["responsible"]
        )
        table.add_row(
            *map(
                escape, (measure["number"] or "", measure["title"], measure["due"]["text"], bodies)
            ),
            escape("; ".join(measure["warnings"])),
        )
    console = Console()
    console.print(table)
    told = read["title"] or read["source"]["name"]
    console.print(escape(f"{told}: {len(read['measures'])} measures"))
