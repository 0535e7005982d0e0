"""`comity report`: the report on a programme that ministries exchange."""

import re
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from comity.cli.terminal import BAD_INPUT, REFUSED, fail, progress, start_django

FORMATS = ["docx", "xlsx", "pdf"]
LANGUAGES = click.Choice(["be", "ru", "en"])


@click.group()
def report() -> None:
    """Reports on programmes, in Word, Excel and PDF."""


@report.command("programme")
@click.argument("programme", type=int, metavar="PROGRAMME")
@click.option("--quarter", default="", metavar="2018Q2", help="The report is about this quarter,")
@click.option("--half", default="", metavar="2018H1", help="this half-year,")
@click.option("--year", default="", metavar="2018", help="or this year.")
@click.option("--language", type=LANGUAGES, default="en", show_default=True)
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="docx",
    show_default=True,
)
@click.option(
    "-o",
    "--out",
    "--output",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; report-….docx in this folder if nothing is said.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A Word file with placeholders; “comity report template” writes one to begin with.",
)
@click.option("--issue", is_flag=True, help="Issue it: with a number, kept, in all three formats.")
def of_programme(programme: int, *, language: str, kind: str, issue: bool, **asked: Any) -> None:
    """Writes the report on a programme for a period.

    PROGRAMME is its number; the address of its page has it. Without --issue it is a draft.
    """
    code, template = _period_code(asked), asked["template"]
    _must_agree(asked["out"], kind)
    if template is not None and kind != "docx" and not issue:
        fail("A template is for Word files: say --format docx, or --issue.", BAD_INPUT)
    start_django()
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from comity.issuing.periods import period_of  # noqa: PLC0415

    known = _known(programme)
    try:
        period = period_of(code)
        content = template.read_bytes() if template else None
        with progress("Writing the report"):
            told = _written(known, period, language, kind, content, issue=issue)
    except (ValidationError, ValueError) as problem:
        _refuse(problem)
    content, name, sentence = told
    out = asked["out"] or Path(name)
    _write(out, content)
    click.echo(f"{out}: {sentence}")
    if template is not None:
        _tell_what_is_left_out(template)


def _period_code(asked: dict[str, Any]) -> str:
    """The one period that was named."""
    forms = {"quarter": r"\d{4}Q[1-4]", "half": r"\d{4}H[12]", "year": r"\d{4}"}
    named = [(name, asked[name].strip().upper()) for name in forms if asked[name]]
    if len(named) != 1:
        fail("Say one of --quarter 2018Q2, --half 2018H1 and --year 2018.", BAD_INPUT)
    name, code = named[0]
    if not re.fullmatch(forms[name], code):
        example = {"quarter": "2018Q2", "half": "2018H1", "year": "2018"}[name]
        fail(f"“{code}” is not a {name.replace('half', 'half-year')}; write {example}.", BAD_INPUT)
    return str(code)


def _must_agree(out: Path | None, kind: str) -> None:
    """Refuses a name that ends as a file of another format does."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if ending in FORMATS and ending != kind:
        fail(
            f"“{out}” ends as {ending}, but what would be written is {kind}: say "
            f"--format {ending}, or another name.",
            BAD_INPUT,
        )


def _known(number: int) -> Any:
    from comity.programmes.models import Programme  # noqa: PLC0415

    programme = Programme.objects.filter(pk=number).first()
    if programme is None:
        fail(f"There is no programme {number} in the register.", BAD_INPUT)
    return programme


def _tell_what_is_left_out(template: Path) -> None:
    """Says on the error stream what a template has no place for."""
    from comity.issuing.writers import word  # noqa: PLC0415

    for told in word.warnings(template.read_bytes()):
        click.echo(told, err=True)


def _written(
    programme: Any, period: Any, language: str, kind: str, template: bytes | None, *, issue: bool
) -> tuple[bytes, str, str]:
    """The bytes, a name for the file, and what is to be told of it."""
    from django.utils import timezone  # noqa: PLC0415

    from comity.audit.actions import Installation  # noqa: PLC0415
    from comity.issuing.actions import issue_report  # noqa: PLC0415
    from comity.issuing.gathering import Wanted, gather  # noqa: PLC0415
    from comity.issuing.periods import must_be_reportable  # noqa: PLC0415
    from comity.issuing.writers import word, written  # noqa: PLC0415

    by, today = Installation(), timezone.localdate()
    so_far = "" if period.is_over_on(today) else f" The period is not over: as of {today}."
    if not issue:
        must_be_reportable(period, programme, today)
        if template is not None:
            word.must_tell_something(template)
        content = written(gather(Wanted(programme, period, language, by, today)), kind, template)
        name = f"report-{programme.pk}-{period.code}-{language}.{kind}"
        return content, name, f"a draft, not issued.{so_far}"
    issued = issue_report(
        programme=programme, period=period, language=language, by=by, template=template
    )
    file = issued.files.select_related("file").get(format=kind)
    sentence = f"issued as No. {issued.number}, SHA-256 {file.sha256}.{so_far}"
    return file.file.path.read_bytes(), file.name, sentence


@report.command("again")
@click.argument("programme", type=int)
@click.argument("number", type=int)
@click.option("--format", "kind", type=click.Choice(FORMATS), default="docx")
@click.option("-o", "--out", "--output", "out", type=click.Path(path_type=Path, dir_okay=False))
def again(programme: int, number: int, kind: str, out: Path | None) -> None:
    """Issues a report again, byte for byte: the one of a PROGRAMME with this NUMBER."""
    _must_agree(out, kind)
    start_django()
    from comity.issuing.checking import finding_of  # noqa: PLC0415
    from comity.issuing.models import IssuedFile  # noqa: PLC0415

    file = (
        IssuedFile.objects.select_related("file", "template", "report")
        .filter(report__programme=programme, report__number=number, format=kind)
        .first()
    )
    if file is None:
        fail(f"No report {number} was issued on programme {programme}.", BAD_INPUT)
    finding = finding_of(file)
    if not finding.is_whole:
        fail(f"What is kept of {file.name} is not what was issued.", REFUSED)
    out = out or Path(file.name)
    _write(out, file.file.path.read_bytes())
    same = "the same" if finding.is_the_same_again else "other bytes"
    click.echo(f"{out}: as issued, SHA-256 {file.sha256}; made again from its contents: {same}.")


@report.command("template")
@click.option("--language", type=LANGUAGES, default="en", show_default=True)
@click.option(
    "--sides", type=click.IntRange(1, 9), default=2, show_default=True, help="Columns for so many."
)
def template(language: str, sides: int) -> None:
    """Writes the standard Word template, with its placeholders, to standard output."""
    start_django(migrated=False)
    from django.utils import translation  # noqa: PLC0415

    from comity.issuing.phrases import fixed  # noqa: PLC0415
    from comity.issuing.writers.template import standard_template  # noqa: PLC0415

    if sys.stdout.isatty():
        fail("A Word file is nothing to read here; add > template.docx to the command.", BAD_INPUT)
    with translation.override(language):
        sys.stdout.buffer.write(standard_template(fixed(), sides))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}.", BAD_INPUT)


def _refuse(problem: Exception) -> NoReturn:
    told = " ".join(getattr(problem, "messages", [str(problem)]))
    fail(told, BAD_INPUT)
