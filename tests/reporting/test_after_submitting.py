"""After a submission a person is told what follows, and a guest what was reported."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comity.programmes.due import DueRule
from comity.reporting.actions import make_link, start_report
from comity.reporting.models import OneTimeLink, Report
from tests.factories import a_coordinator
from tests.reporting.pages import FILLED, signed_in, words, write
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db
YEARS = DueRule("recurring", date(2017, 1, 1), date(2018, 12, 31), "yearly")
PLAIN = "Thank you: your report is submitted The link is used up."


def test_a_person_is_told_who_decides_and_where_it_comes_back() -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    after = client.get(write(client, report).headers["Location"])
    assert (
        "Your report is submitted. The verifiers of the side (Region BY-HO) or of the programme "
        "decide about it now. If they return it, it comes back to My work with their reason."
    ) in words(after)
    assert 'comes back to <a href="/work/">My work</a>' in after.content.decode()
    assert "What you owe next" not in words(after)


def test_a_person_is_led_to_what_they_owe_next() -> None:
    world = two_sides(YEARS)
    client = signed_in(world.reporters["BY"])
    first, second = world.measure.occurrences.order_by("due_on")
    report = start_report(occurrence=first, side="BY", by=world.reporters["BY"])
    after = client.get(write(client, report, done_on=first.due_on).headers["Location"])
    assert "What you owe next: Hold an exhibition (due on 31 Dec 2018)." in words(after)
    next_one = f'What you owe next: <a href="/reports/on/{second.pk}/">'
    assert next_one in after.content.decode()


def test_who_only_reports_for_others_is_not_promised_that_it_comes_back() -> None:
    world = two_sides()
    client, report = signed_in(a_coordinator()), world.draft()
    after = words(client.get(write(client, report).headers["Location"]))
    assert "If they return it, its page says why. To My work ." in after
    assert "it comes back to My work" not in after


def queries_of_submitting(until: int) -> int:
    world = two_sides(replace(YEARS, end=date(until, 12, 31)))
    client, first = signed_in(world.reporters["BY"]), world.measure.occurrences.first()
    assert first is not None
    report = start_report(occurrence=first, side="BY", by=world.reporters["BY"])
    with CaptureQueriesContext(connection) as queries:
        write(client, report, done_on=first.due_on)
    return len(queries)


def test_what_is_owed_besides_costs_no_more_the_more_there_is() -> None:
    assert queries_of_submitting(2018) == queries_of_submitting(2025)


def a_link(world: World, side: str = "BY", email: str = "plant@example.org") -> str:
    return make_link(
        occurrence=world.occurrence, side=side, email=email, days=7, by=a_coordinator()
    )[1]


def reported(world: World, secret: str) -> str:
    """Where a guest is led who submits the report of a link."""
    report = Report.objects.get(occurrence=world.occurrence, side="BY")
    filled = {**FILLED, "version": report.version, "do": "submit"}
    answer = Client().post(f"/reports/by-link/{secret}/", filled)
    assert answer.status_code == 302
    return answer.headers["Location"]


def main(address: str) -> str:
    answer: HttpResponse = Client().get(address)
    assert answer.status_code == 200
    return words(answer).partition("Forum ")[2].partition(" Comity ")[0]


def test_a_guest_sees_what_they_reported_once() -> None:
    world = two_sides(visibility="internal")
    secret = a_link(world)
    text = main(reported(world, secret))
    assert text.count("your report is submitted") == 1
    assert "Measure Hold an exhibition Due on 31 May 2018 State done, 20 May 2018" in text
    assert "link was sent" not in text
    assert "still open" not in text


def test_the_address_of_thanks_says_nothing_of_the_link() -> None:
    world = two_sides()
    secret = a_link(world)
    where = urlsplit(reported(world, secret))
    signed = parse_qs(where.query)["of"][0]
    told = signing.loads(signed, salt="comity.reporting.thanks")
    link, step = OneTimeLink.objects.get(), Report.objects.get(side="BY").steps.get()
    assert told == {"link": link.pk, "step": step.pk}
    assert where.path == "/reports/by-link/thanks/"


@pytest.mark.parametrize("of", ["", "nonsense", "eyJsaW5rIjoxLCJzdGVwIjoxfQ:1abcde:x"])
def test_who_guesses_learns_nothing(of: str) -> None:
    world = two_sides()
    reported(world, a_link(world))
    text = main(f"/reports/by-link/thanks/?of={of}")
    assert text.startswith(PLAIN)
    assert "exhibition" not in text


def test_what_was_signed_for_something_else_or_long_ago_tells_nothing(monkeypatch: Any) -> None:
    world = two_sides()
    where = reported(world, a_link(world))
    link, step = OneTimeLink.objects.get(), Report.objects.get(side="BY").steps.get()
    other = signing.dumps({"link": link.pk, "step": step.pk}, salt="something else")
    assert main(f"/reports/by-link/thanks/?of={other}").startswith(PLAIN)
    later = (timezone.now() + timedelta(days=1, seconds=5)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert main(where).startswith(PLAIN)


def test_other_links_of_the_same_address_are_counted_while_they_open() -> None:
    world, second, third = two_sides(), two_sides(), two_sides()
    secret = a_link(world)
    a_link(second, email="Plant@example.org")
    where = reported(world, secret)
    one = "1 other link that was sent to your address is still open: report by it too."
    assert one in main(where)
    a_link(third)
    a_link(world, "RU", email="somebody-else@example.org")
    two = "2 other links that were sent to your address are still open: report by them too."
    assert two in main(where)
    second.submitted("BY")
    assert one in main(where)
    OneTimeLink.objects.update(expires_at=timezone.now())
    assert "still open" not in main(where)


def test_how_a_guest_reported_stays_told_when_the_report_goes_on() -> None:
    world = two_sides()
    where = reported(world, a_link(world))
    Report.objects.update(outcome="in_part")
    assert "State done, 20 May 2018" in main(where)
