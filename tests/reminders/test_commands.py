"""`comity remind`, `comity mail` and what a worker does on its own."""

import io
from typing import Any

import pytest
from click.testing import CliRunner

from comity.cli import letters, main
from comity.post.actions import post
from comity.post.models import Mail
from comity.reminders.models import Said
from tests.post.test_returned import a_report
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django runs already, with the database of the tests."""
    monkeypatch.setattr(letters, "start_django", lambda: None)


def run(*words: str, **given: Any) -> tuple[int, str]:
    outcome = CliRunner().invoke(main, words, **given)
    return outcome.exit_code, outcome.output


def test_a_dry_run_shows_who_would_be_told_and_writes_nothing() -> None:
    world = two_sides()
    code, said = run("remind", "--on", "2018-05-31", "--dry-run", env={"COLUMNS": "200"})
    assert code == 0
    assert world.reporters["BY"].email in said
    assert "2 people would be told of 2 reports and 0 changes; 0 reach nobody." in said
    assert (Mail.objects.count(), Said.objects.count()) == (0, 0)


def test_it_writes_once() -> None:
    world = two_sides()
    of_it = ("remind", "--on", "2018-05-31", "--programme", str(world.programme.pk))
    assert run(*of_it) == (0, "2 letters are in the queue.\n")
    assert run(*of_it) == (0, "0 letters are in the queue.\n")
    assert run("mail", "send") == (0, "2 sent; 0 wait.\n")
    assert run("mail", "send") == (0, "Nothing was sent; 0 wait.\n")


def test_a_programme_that_is_not_there() -> None:
    assert run("remind", "--programme", "77")[0] == 2


def test_a_letter_that_came_back_is_noted() -> None:
    letter = post(
        key="k", to="plant@example.org", subject="s", body="b", language="en", kind="digest"
    )
    assert run("mail", "bounced", input=io.BytesIO(a_report(letter.message_id))) == (
        0,
        "The letter to plant@example.org came back: 550 5.1.1 <plant@example.org>: no such user\n",
    )
    assert Mail.objects.get().state == "bounced"
    assert "none of this register's" in run("mail", "bounced", input=a_report("<x@y>"))[1]
    assert "no report" in run("mail", "bounced", input=b"From: a@b\n\nHello")[1]
