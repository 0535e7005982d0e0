"""`comity mail` and `comity work`: letters go out, and what came back is noted."""

import sys

import click

from comity.cli.terminal import progress, start_django


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True)
def work(*, with_parent: bool) -> None:
    """Sends letters and does the day's work in the background until it is stopped.

    “comity serve” has one beside it already. More of them share the work.
    """
    start_django()
    from comity.upkeep.working import work_until_stopped  # noqa: PLC0415

    work_until_stopped(with_parent=with_parent)


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
