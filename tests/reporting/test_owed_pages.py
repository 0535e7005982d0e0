"""My work: what is late apart from what is due soon, on as many pages as it takes."""

from datetime import timedelta
from re import findall, sub

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.lib.periods import month_end
from comity.lib.wording import short_day
from comity.programmes.due import DueRule
from comity.programmes.models import Occurrence
from comity.programmes.rows import NewBody
from comity.reporting.actions import (
    accept_report,
    add_link,
    return_report,
    save_report,
    start_news,
    submit_report,
)
from comity.reporting.models import Outcome, Report
from tests.factories import a_programme, an_organisation, somebody
from tests.programmes.rows import a_row, with_measures
from tests.reporting.pages import signed_in, words
from tests.reporting.world import DONE, World, changed, two_sides

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def in_days(number: int) -> DueRule:
    return DueRule("window", TODAY - timedelta(days=400), TODAY + timedelta(days=number))


def reporter_of(*days: int) -> User:
    """Somebody whose body has to report on one measure for each of the days from today."""
    office = an_organisation("Office of all")
    ours = (NewBody(str(office), "BY", office.pk),)
    rows = [
        a_row(f"Task {number}", due=in_days(day), bodies=ours) for number, day in enumerate(days)
    ]
    with_measures(*rows, programme=a_programme())
    return somebody(Role.REPORTER, office)


def groups(client: Client, address: str = "/work/") -> dict[str, list[str]]:
    found = client.get(address).context["owed"].groups
    return {str(when.label): [str(row.measure) for row in rows] for when, rows in found}


def lead(client: Client) -> str:
    page = client.get("/work/").content.decode()
    text = sub(r"<[^>]+>", "", page.split('class="lead">')[1].split("</p>")[0])
    return " ".join(text.split())


def rows_of(client: Client, section: str) -> list[str]:
    """The words of each row of a section of My work."""
    page = client.get("/work/").content.decode()
    part = page.split(f'id="{section}"')[1].split("</section>")[0]
    return [" ".join(sub(r"<[^>]+>", " ", row).split()) for row in part.split("<li>")[1:]]


def test_what_is_late_stands_apart_from_what_is_due_soon() -> None:
    to_the_end = (month_end(TODAY) - TODAY).days
    client = signed_in(reporter_of(-26, 0, to_the_end, to_the_end + 1, -1))
    assert groups(client) == {
        "Late": ["Task 0", "Task 4"],
        "Due this month": ["Task 1", "Task 2"],
        "Due later": ["Task 3"],
    }
    page = client.get("/work/")
    assert lead(client) == "5 reports are owed by you, 2 of them late."
    assert '<a href="#late">2 of them late</a>' in page.content.decode()
    assert '<h3 id="late">Late</h3>' in page.content.decode()
    assert "26 days late" in words(page)


def test_a_list_that_is_cut_says_so_and_goes_on_on_a_further_page() -> None:
    client = signed_in(reporter_of(*range(-130, 0)))
    assert lead(client) == (
        "The first 100 reports that you owe are shown here, the rest on further pages."
    )
    assert groups(client) == {"Late": [f"Task {number}" for number in range(100)]}
    assert groups(client, "/work/?page=2") == {"Late": [f"Task {n}" for n in range(100, 130)]}
    assert client.get("/work/?page=3").status_code == 404
    links = findall(r'<a rel="(\w+)" href="([^"]+)"', client.get("/work/?page=2").content.decode())
    assert links == [("prev", "?page=1")]
    links = findall(r'<a rel="(\w+)" href="([^"]+)"', client.get("/work/").content.decode())
    assert links == [("next", "?page=2")]


def test_late_ones_of_a_list_that_is_cut_are_counted_where_all_are_shown() -> None:
    client = signed_in(reporter_of(-3, -2, *range(101)))
    assert lead(client) == (
        "The first 100 reports that you owe are shown here, 2 of them late,"
        " the rest on further pages."
    )


def test_what_came_back_stands_on_the_first_page_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.reporting.work.MOST", 2)
    person = reporter_of(-4, -3, -2, -1)
    last = Occurrence.objects.get(due_on=TODAY - timedelta(days=1))
    returned(last, person, "Which day?")
    client = signed_in(person)
    assert groups(client) == {"Came back to you": ["Task 3"], "Late": ["Task 0", "Task 1"]}
    assert groups(client, "/work/?page=2") == {"Late": ["Task 2"]}


def returned(occurrence: Occurrence, by: User, reason: str) -> Report:
    report = Report.objects.create(
        programme=occurrence.programme, measure=occurrence.measure, occurrence=occurrence,
        side="BY", opened_by=by,
    )  # fmt: skip
    report = submit_report(report=report, expected_version=1, by=by, content=WORDS)
    return return_report(
        report=report, expected_version=report.version, by=somebody(Role.COORDINATOR), reason=reason
    )


WORDS = changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None)


def test_a_returned_one_says_why_and_how_late_it_is() -> None:
    person = reporter_of(-26)
    report = returned(Occurrence.objects.get(), person, "First reason.")
    report = submit_report(report=report, expected_version=report.version, by=person)
    return_report(
        report=report, expected_version=report.version, by=somebody(Role.COORDINATOR),
        reason="Which day?",
    )  # fmt: skip
    client = signed_in(person)
    [row] = rows_of(client, "owed")
    programme = str(report.programme.said_title)
    day = short_day(TODAY - timedelta(days=26))
    assert row == (
        f"{day} BY Task 0 returned 26 days late «Which day?» {programme} Mend and send again"
    )
    assert '<a href="#came_back">1 of them late</a>' in client.get("/work/").content.decode()


@pytest.mark.parametrize("days", [3, 60])
def test_a_further_page_takes_few_queries(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.reporting.work.MOST", days // 2)
    client = signed_in(reporter_of(*range(-days, 0)))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/work/?page=2").status_code == 200
    assert len(queries) <= 8


def waiting(world: World) -> list[str]:
    return rows_of(signed_in(world.verifiers["BY"]), "waiting")


def test_a_verifier_sees_what_a_report_says_how_late_it_came_and_its_evidence() -> None:
    world = two_sides(in_days(-5))
    report = world.draft("BY")
    by = world.reporters["BY"]
    content = changed(DONE, outcome=Outcome.IN_PART, done_on=None)
    report = save_report(report=report, content=content, expected_version=report.version, by=by)
    for number in (1, 2):
        link = f"https://example.org/{number}"
        piece = add_link(
            report=report, expected_version=report.version, link=link, caption="", by=by
        )
        report = piece.report
    submit_report(report=report, expected_version=report.version, by=by)
    [row] = waiting(world)
    assert row.startswith(f"{short_day(TODAY - timedelta(days=5))} BY Hold an exhibition")
    assert "done in part came 5 days late Homiel plant · submitted" in row
    assert "· 2 pieces of evidence ·" in row
    page = signed_in(world.verifiers["BY"]).get("/work/").content.decode()
    assert '<span class="state part">done in part</span>' in page


def test_news_are_told_apart_from_reports_on_a_day() -> None:
    world = two_sides(in_days(5))
    by = world.reporters["BY"]
    report = start_news(measure=world.measure, side="BY", by=by)
    submit_report(report=report, expected_version=1, by=by, content=WORDS)
    [row] = waiting(world)
    assert row.startswith("news BY Hold an exhibition under way Homiel plant")
    assert "· no evidence ·" in row


def test_the_looks_of_outcomes_differ() -> None:
    looks = {Report(outcome=outcome).look_of_outcome for outcome in Outcome.values}
    assert len(looks) == len(Outcome.values)


def test_a_dispute_says_on_which_day_it_was_due() -> None:
    world = two_sides(in_days(-7))
    for side, outcome in (("BY", Outcome.DONE), ("RU", Outcome.NOT_STARTED)):
        done_on = TODAY - timedelta(days=9) if outcome == Outcome.DONE else None
        report = world.submitted(side, changed(DONE, outcome=outcome, done_on=done_on))
        accept_report(report=report, expected_version=report.version, by=world.verifiers[side])
    Occurrence.objects.update(disputed_since=TODAY)
    [row] = rows_of(signed_in(somebody(Role.COORDINATOR)), "disputes")
    assert row.startswith(f"{short_day(TODAY - timedelta(days=7))} Hold an exhibition disputed")
