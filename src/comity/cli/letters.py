"""`comity mail` and `comity work`: letters go out, and what came back is noted."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from comity.cli.terminal import BAD_INPUT, fail, progress, start_django


@click.command()
@click.option("--with-parent", type=click.IntRange(min=1), hidden=True)
def work(*, with_parent: int | None) -> None:
    """Sends letters and does the day's work in the background until it is stopped.

    “comity serve” has one beside it already. More of them share the work.
    """
    start_django()
    from comity.upkeep.working import work_until_stopped  # noqa: PLC0415

    work_until_stopped(parent=with_parent)


@click.group()
def mail() -> None:
    """Letters that go out."""


@mail.command()
def send() -> None:
    """Sends the letters that are due, once; for a timer where no worker runs."""
    start_django()
    from django.utils import timezone  # noqa: PLC0415

    from comity.post.models import Mail  # noqa: PLC0415
    from comity.post.sending import send_due  # noqa: PLC0415

    with progress("Sending", total=Mail.objects.due(timezone.now()).count()) as advance:
        tally = send_due(advance)
    told = ", ".join(f"{count} {state}" for state, count in sorted(tally.states.items()))
    click.echo(f"{told or 'Nothing was sent'}; {Mail.objects.filter(state='queued').count()} wait.")


@mail.command()
def bounced() -> None:
    """Reads a letter that came back from standard input and notes it; for a mail server's pipe."""
    start_django()
    from comity.post.actions import mark_returned  # noqa: PLC0415
    from comity.post.returned import read_returned  # noqa: PLC0415

    returned = read_returned(sys.stdin.buffer.read())
    if returned is None:
        click.echo("This is no report of a letter that failed; nothing was noted.")
        return
    letter = mark_returned(message_id=returned.message_id, said=returned.said)
    if letter is None:
        click.echo("The letter that came back is none of this register's; nothing was noted.")
        return
    click.echo(f"The letter to {letter.to} came back: {returned.said}")


@click.command()
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As on this day; today without it."
)
@click.option("--dry-run", is_flag=True, help="Only show who would be told what; write nothing.")
@click.option("--programme", type=int, metavar="ID", help="Of this programme only.")
def remind(*, day: datetime | None, dry_run: bool, programme: int | None) -> None:
    """Writes to everybody what is due or late and was not said yet; a worker sends it.

    A second time on the same day nothing is written twice.
    """
    start_django()
    from django.utils import timezone  # noqa: PLC0415

    from comity.programmes.models import Programme  # noqa: PLC0415

    on = day.date() if day else timezone.localdate()
    if programme and not Programme.objects.filter(pk=programme).exists():
        fail(f"There is no programme {programme}.", BAD_INPUT)
    if dry_run:
        _show_plan(on, programme)
        return
    from comity.reminders.actions import remind as write  # noqa: PLC0415
    from comity.reminders.actions import run_day  # noqa: PLC0415

    with progress("Writing") as advance:
        if programme or on != timezone.localdate():
            letters = write(day=on, programme=programme, told=advance)
        else:
            letters = run_day(on, told=advance)
    click.echo(f"{letters} letters are in the queue.")


def _show_plan(on: date, programme: int | None) -> None:
    from comity.reminders.planning import plan  # noqa: PLC0415

    made = plan(on, programme)
    people, measures = made.people(), made.measures()
    rows = [
        (people[user].email, line.due_on.isoformat(), f"{line.rung:+}", line.side,
         _what(measures[line.measure]))
        for user, lines in made.lines.items() if user in people for line in lines
    ]  # fmt: skip
    rows += [
        (email, one.line.due_on.isoformat(), f"{one.line.rung:+}", one.line.side,
         _what(measures[one.line.measure]))
        for email, some in made.contacts.items() for one in some
    ]  # fmt: skip
    nobody = [
        (one.body, one.due_on.isoformat(), one.side, _what(measures[one.measure]),
         "nobody with an account" if one.is_known else "not in the directory")
        for one in made.nobody
    ]  # fmt: skip
    _table(f"Reminders on {on}", ("To", "Due", "Rung", "Side", "Measure"), rows)
    _table("Nobody to tell", ("Body", "Due", "Side", "Measure", "Why"), nobody)
    changes = [
        (people[user].email, one.proposed_on.isoformat(), one.amendment.proposed_by_name,
         _what(one.amendment.measure))
        for user, some in made.changes.items() if user in people for one in some
    ]  # fmt: skip
    _table("Changes that wait for consent", ("To", "Proposed", "By", "Measure"), changes)
    decided = [
        (people[user].email, one.get_state_display(), one.decided_by_name, _what(one.measure))
        for user, some in made.decided.items() if user in people for one in some
    ]  # fmt: skip
    _table("Decided on their proposal", ("To", "State", "By", "Measure"), decided)
    turns = [
        (people[user].email, one.step.get_kind_display(), one.step.by_name,
         _what(one.report.measure))
        for user, some in made.turns.items() if user in people for one in some
    ]  # fmt: skip
    turns += [
        (email, one.step.get_kind_display(), one.step.by_name, _what(one.report.measure))
        for email, some in made.came_back.items() for one in some
    ]  # fmt: skip
    _table("Reports that came back, or wait for a decision", ("To", "Step", "By", "Measure"), turns)
    told = len({row[0] for row in (*rows, *changes, *decided, *turns)})
    reports, amended = len(rows) + len(turns), len(changes) + len(decided)
    click.echo(
        f"{told} people would be told of {reports} reports and {amended} changes; "
        f"{len(nobody)} reach nobody."
    )


def _what(measure: Any) -> str:
    return f"{measure.number} {' '.join(measure.title.split())}".strip()[:80]


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if not rows:
        return
    table = Table(*heads, title=title)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
