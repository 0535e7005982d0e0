"""What is wrong with a report is said beside its field, and told to those who hear the page."""

from html.parser import HTMLParser
from typing import Any

import pytest

from comity.reporting.actions import return_report
from tests.reporting.pages import page, signed_in, words, write
from tests.reporting.world import two_sides

pytestmark = pytest.mark.django_db
HINT = "Needed when it is done; otherwise leave it empty."


class Elements(HTMLParser):
    """The attributes of each element that has an id, or a name, by it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.by_id: dict[str, dict[str, str | None]] = {}
        self.fieldsets: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.by_id[str(told["id"])] = told
        if tag == "fieldset":
            self.fieldsets.append(told)


def test_the_day_is_said_to_be_needed_when_it_is_done() -> None:
    world = two_sides()
    report = world.draft()
    assert HINT in words(page(signed_in(world.reporters["BY"]), "write", report.pk))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"done_on": ""}, "done_on"),
        ({"told": ""}, "told"),
        ({"figure": "many"}, "figure"),
        ({"spent_amount": "5"}, "spent_currency"),
    ],
)
def test_a_field_with_a_problem_is_marked_and_tied_to_its_sentence(
    fields: dict[str, Any], name: str
) -> None:
    world = two_sides()
    report = world.draft()
    answer = write(signed_in(world.reporters["BY"]), report, **fields)
    elements = Elements(answer.content.decode()).by_id
    wrong = [of for of, told in elements.items() if told.get("aria-invalid") == "true"]
    assert wrong == [f"id_{name}"]
    described = str(elements[f"id_{name}"]["aria-describedby"]).split()
    assert f"id_{name}_error" in described
    assert set(described) <= elements.keys()


def test_choices_with_a_problem_are_tied_to_it_as_a_group() -> None:
    world = two_sides()
    answer = write(signed_in(world.reporters["BY"]), world.draft(), outcome="")
    elements = Elements(answer.content.decode())
    assert elements.fieldsets[0] == {"class": "wrong", "aria-describedby": "id_outcome_error"}
    assert elements.by_id["id_outcome_error"]["class"] == "errorlist"


def test_a_draft_is_thrown_away_from_its_form() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    form = page(client, "write", report.pk).content.decode()
    assert f'<a href="/reports/{report.pk}/discard/">Throw the draft away</a>' in form
    assert "Throw the draft away?" in words(page(client, "discard", report.pk))


def test_what_was_submitted_once_is_not_thrown_away_from_its_form() -> None:
    world = two_sides()
    report = world.submitted("BY")
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="A list?"
    )
    form = words(page(signed_in(world.reporters["BY"]), "write", report.pk))
    assert "A list?" in form
    assert "Throw the draft away" not in form
