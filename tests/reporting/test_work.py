"""What a person owes, what waits for them, what they follow, and their calendar."""

from datetime import date, timedelta
from re import findall

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from comity.accounts.models import Role, User
from comity.directory.models import Organisation
from comity.programmes.actions import amend_measure
from comity.programmes.due import DueRule
from comity.programmes.models import Occurrence, ProgrammeGrant
from comity.programmes.rows import NewBody
from comity.reporting.actions import (
    accept_report,
    follow,
    renew_calendar,
    reopen_report,
    return_report,
    save_report,
    start_news,
    start_report,
    stop_following,
    submit_report,
)
from comity.reporting.models import CalendarAddress, Outcome, Report, Stage
from comity.reporting.work import disputes_of, followed_by, owed_by, waiting_for
from tests.factories import a_coordinator, a_programme, a_region, an_organisation, somebody
from tests.programmes.rows import a_row, with_measures
from tests.reporting.pages import signed_in, words
from tests.reporting.world import DONE, DUE, World, changed, two_sides

pytestmark = pytest.mark.django_db

IN_MAY = date(2018, 5, 10)


def owed(user: User, day: date = IN_MAY) -> list[tuple[str, date, str]]:
    return [
        (one.side, one.occurrence.due_on, one.report.stage if one.report else "")
        for one in owed_by(user, day)
        if one.occurrence
    ]


def test_a_body_owes_what_its_side_did_not_report() -> None:
    world = two_sides()
    assert owed(world.reporters["BY"]) == [("BY", DUE, "")]
    assert owed(world.reporters["RU"]) == [("RU", DUE, "")]
    world.draft("BY")
    assert owed(world.reporters["BY"]) == [("BY", DUE, Stage.DRAFT)]
    world.submitted("BY")
    assert owed(world.reporters["BY"]) == []
    assert owed(world.reporters["RU"]) == [("RU", DUE, "")]


def test_nothing_is_owed_long_before_its_day() -> None:
    world = two_sides()
    assert owed(world.reporters["BY"], date(2018, 2, 1)) == []
    assert owed(world.reporters["BY"], date(2018, 4, 15)) == [("BY", DUE, "")]
    assert owed(world.reporters["BY"], date(2019, 1, 1)) == [("BY", DUE, "")]


def test_what_was_returned_comes_first() -> None:
    quarterly = DueRule("recurring", date(2018, 1, 1), date(2018, 6, 30), "quarterly")
    world = two_sides(quarterly)
    by = world.reporters["BY"]
    first, second = world.measure.occurrences.order_by("due_on")
    world.measure.occurrences.filter(pk=first.pk).update(withdrawn=True)
    report = world.submitted("BY")
    world.measure.occurrences.filter(pk=first.pk).update(withdrawn=False)
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="More."
    )
    assert owed(by) == [("BY", second.due_on, Stage.RETURNED), ("BY", first.due_on, "")]


def test_observers_auditors_and_strangers_owe_nothing() -> None:
    world = two_sides()
    people = [
        somebody(Role.OBSERVER, world.bodies["BY"]),
        somebody(Role.AUDITOR, world.bodies["BY"]),
        somebody(Role.REPORTER),
        somebody(Role.REPORTER, a_programme()),
        world.verifiers["BY"],
    ]
    assert [owed(person) for person in people] == [[]] * len(people)


def test_a_reporter_of_the_programme_owes_for_each_side() -> None:
    world = two_sides()
    reporter = somebody(Role.REPORTER, world.programme)
    assert owed(reporter) == [("BY", DUE, ""), ("RU", DUE, "")]
    world.submitted("BY")
    assert owed(reporter) == [("RU", DUE, "")]
    world.submitted("RU")
    assert owed(reporter) == []


def test_a_measure_without_bodies_is_owed_once() -> None:
    programme = a_programme()
    with_measures(a_row(due=DueRule("window", date(2018, 5, 1), DUE)), programme=programme)
    assert owed(somebody(Role.REPORTER, programme)) == [("", DUE, "")]


def test_what_waits_for_a_verifier() -> None:
    world = two_sides()
    own, other = world.submitted("BY"), world.submitted("RU")
    assert list(waiting_for(world.verifiers["BY"])) == [own]
    assert list(waiting_for(world.verifiers["RU"])) == [other]
    assert list(waiting_for(a_coordinator())) == [own, other]
    assert list(waiting_for(somebody(Role.VERIFIER, world.programme))) == [own, other]
    for person in (
        world.reporters["BY"],
        somebody(Role.AUDITOR),
        somebody(Role.VERIFIER, a_programme()),
    ):
        assert list(waiting_for(person)) == []


def test_what_one_submitted_does_not_wait_for_oneself() -> None:
    world = two_sides()
    coordinator = a_coordinator()
    report = world.submitted("BY")
    Report.objects.filter(pk=report.pk).update(submitted_by=coordinator)
    assert list(waiting_for(coordinator)) == []


def test_disputes_are_for_who_coordinates() -> None:
    world = two_sides()
    world.submitted("BY")
    world.submitted("RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
    occurrence = world.occurrence
    assert list(disputes_of(a_coordinator())) == [occurrence]
    assert list(disputes_of(somebody(Role.COORDINATOR, world.programme))) == [occurrence]
    assert list(disputes_of(world.verifiers["BY"])) == []
    assert list(disputes_of(somebody(Role.COORDINATOR, a_programme()))) == []


def test_a_programme_or_a_measure_is_followed_once() -> None:
    world = two_sides()
    person = somebody(Role.OBSERVER)
    assert list(followed_by(person, IN_MAY)) == []
    assert follow(what=world.measure, by=person) == follow(what=world.measure, by=person)
    follow(what=world.programme, by=person)
    assert list(followed_by(person, IN_MAY)) == [world.measure]
    stop_following(what=world.measure, by=person)
    assert list(followed_by(person, IN_MAY)) == [world.measure]
    stop_following(what=world.programme, by=person)
    stop_following(what=world.programme, by=person)
    assert list(followed_by(person, IN_MAY)) == []


def test_the_button_follows_and_stops() -> None:
    world = two_sides()
    client = signed_in(somebody(Role.OBSERVER))
    button = reverse("reporting:follow_button", args=["measure", world.measure.pk])
    address = reverse("reporting:follow", args=["measure", world.measure.pk])
    assert "Follow it in my work" in words(client.get(button))
    assert client.post(address).headers["Location"] == world.measure.get_absolute_url()
    assert "Follow it no more" in words(client.get(button))
    assert str(world.measure) in words(client.get("/work/"))
    client.post(address, {"stop": "yes"})
    assert "Follow it in my work" in words(client.get(button))
    assert words(Client().get(button)) == ""


def soon() -> DueRule:
    today = timezone.localdate()
    return DueRule("window", today - timedelta(days=3), today + timedelta(days=5))


def test_the_page_says_first_how_much_there_is_to_do() -> None:
    world = two_sides(soon())
    page = words(signed_in(world.reporters["BY"]).get("/work/"))
    assert "1 report is owed by you" in page
    assert "due in 5 days" in page
    assert "Report for Region BY-HO" in page
    nothing = words(signed_in(somebody(Role.OBSERVER)).get("/work/"))
    assert "Nothing waits for you today." in nothing


def buttons(client: Client) -> list[tuple[str, str]]:
    """Where each button of the list of what is owed leads, and what stands on it."""
    page = client.get("/work/").content.decode()
    return findall(r'<a role="button" class="small-button" href="([^"]+)">([^<]+)</a>', page)


def test_a_report_that_was_begun_or_came_back_is_gone_on_with_from_the_list() -> None:
    world = two_sides(soon())
    client = signed_in(world.reporters["BY"])
    assert buttons(client) == []
    report = world.draft("BY")
    address = reverse("reporting:write", args=[report.pk])
    assert buttons(client) == [(address, "Go on")]
    report = world.submitted("BY")
    assert buttons(client) == []
    report = return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="More."
    )
    assert buttons(client) == [(address, "Mend and send again")]
    assert client.get(address).status_code == 200


def places(client: Client, address: str) -> list[str]:
    """The entries of the navigation under which a page stands."""
    navigation = client.get(address).context["navigation"]()
    return [place.label for place in navigation if place.is_current]


def test_pages_about_a_measure_and_about_a_programme_stand_under_their_own_entry() -> None:
    world = two_sides(soon())
    client, programme = signed_in(a_coordinator()), [world.programme.pk]
    for name in (
        "issuing:of_programme", "reporting:periods", "reminders:ladder",
        "portfolio:risk_of_programme", "portfolio:changes", "portfolio:standing",
    ):  # fmt: skip
        assert places(client, reverse(name, args=programme)) == ["Programmes"]
    for name in (
        "programmes:change_measure", "programmes:strike_measure",
        "portfolio:risk_of_measure", "reporting:of_measure",
    ):  # fmt: skip
        assert places(client, reverse(name, args=[world.measure.pk])) == ["Measures"]
    for name in ("reporting:occurrence", "reporting:links"):
        assert places(client, reverse(name, args=[world.occurrence.pk])) == ["Measures"]
    assert places(client, reverse("reminders:mine")) == []


def test_the_people_of_a_scope_stand_under_the_entry_of_what_it_is() -> None:
    world, client = two_sides(soon()), signed_in(somebody(Role.ADMINISTRATOR))
    for kind, number, expected in (
        ("programme", world.programme.pk, ["Programmes"]),
        ("organisation", world.bodies["BY"].pk, ["Organisations"]),
        ("whole", 0, []),
    ):
        assert places(client, reverse("accounts:people", args=[kind, number])) == expected


def test_signing_in_leads_to_my_work(client: Client) -> None:
    person = somebody(Role.OBSERVER)
    answer = client.post("/account/login/", {"login": person.email, "password": "pass"})
    assert answer.headers["Location"] == "/work/"
    assert client.get("/work/").status_code == 200
    assert Client().get("/work/").status_code == 302


def test_several_reports_are_accepted_at_once() -> None:
    world = two_sides()
    one, other = world.submitted("BY"), world.submitted("RU")
    client = signed_in(a_coordinator())
    chosen = [f"{one.pk}:{one.version}", f"{other.pk}:{other.version - 1}", "nonsense"]
    answer = client.post("/work/accept/", {"report": chosen}, follow=True)
    assert "1 report is accepted." in words(answer)
    assert "1 report was changed meanwhile, or is not yours to decide" in words(answer)
    stages = dict(Report.objects.values_list("side", "stage"))
    assert stages == {"BY": Stage.ACCEPTED, "RU": Stage.SUBMITTED}
    nothing = client.post("/work/accept/", follow=True)
    assert "Choose the reports that you accept." in words(nothing)


def events(secret: str) -> list[tuple[date, str]]:
    answer = Client().get(f"/calendar/{secret}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return [(e.decoded("dtstart"), str(e["summary"])) for e in calendar.walk("VEVENT")]


def test_a_calendar_holds_what_is_owed_and_followed() -> None:
    world, followed = two_sides(soon()), two_sides(soon())
    by = world.reporters["BY"]
    follow(what=followed.measure, by=by)
    day = timezone.localdate() + timedelta(days=5)
    assert events(renew_calendar(by=by)) == [
        (day, "Report: Hold an exhibition"), (day, "Due: Hold an exhibition"),
    ]  # fmt: skip


def test_a_new_calendar_address_takes_the_place_of_the_old_one() -> None:
    person = somebody(Role.OBSERVER)
    client = signed_in(person)
    page = client.post("/work/calendar/").content.decode()
    address = page.split('readonly value="')[1].split('"')[0]
    assert address.startswith("http://testserver/calendar/")
    assert "readonly value" not in client.get("/work/calendar/").content.decode()
    assert Client().get(address).status_code == 200
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert secret not in set(CalendarAddress.objects.values_list("sha256", flat=True))
    renew_calendar(by=person)
    assert Client().get(address).status_code == 404
    client.post("/work/calendar/", {"close": "yes"})
    assert not CalendarAddress.objects.exists()
    assert Client().get("/calendar/none.ics").status_code == 404


def test_the_calendar_of_somebody_who_may_not_sign_in_is_closed() -> None:
    person = somebody(Role.OBSERVER)
    secret = renew_calendar(by=person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("worlds", [1, 4])
def test_my_work_takes_as_many_queries_however_much_there_is(worlds: int) -> None:
    made: list[World] = [two_sides(soon()) for _n in range(worlds)]
    coordinator = a_coordinator()
    for world in made:
        world.submitted("BY")
        world.submitted("RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
        follow(what=world.programme, by=coordinator)
    client = signed_in(coordinator)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/work/").status_code == 200
    assert len(queries) <= 12


def much_to_do(world: World, office: Organisation, coordinator: User) -> None:
    """Disputed, owed by the office, proposed by the other side, to be verified, followed."""
    world.submitted("RU", changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None))
    report = world.submitted("BY")
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])
    Occurrence.objects.filter(pk=world.occurrence.pk).update(disputed_since=timezone.localdate())
    ours = (NewBody(str(office), "BY", office.pk),)
    rows = [a_row("Fair", due=soon(), bodies=ours), a_row("Market", due=soon(), bodies=ours)]
    fair, market = with_measures(*rows, programme=world.programme)
    other = somebody(Role.COORDINATOR, an_organisation(seat=a_region("RU-BRY")))
    amend_measure(
        measure=fair, new=a_row("Great fair"), expected_version=1, by=other, reason="It grew."
    )
    reporter = somebody(Role.REPORTER, office)
    report = start_report(occurrence=market.occurrences.get(), side="BY", by=reporter)
    report = save_report(report=report, content=DONE, expected_version=1, by=reporter)
    submit_report(report=report, expected_version=report.version, by=reporter)
    follow(what=world.programme, by=coordinator)


@pytest.mark.parametrize("worlds", [1, 4])
def test_whoever_has_everything_to_do_takes_no_more(worlds: int) -> None:
    office = an_organisation("Office of all")
    coordinator = somebody(Role.COORDINATOR, office)
    for _n in range(worlds):
        world = two_sides(soon(), needs_consent=True)
        ProgrammeGrant.objects.create(
            programme=world.programme, user=coordinator, role=Role.COORDINATOR
        )
        much_to_do(world, office, coordinator)
    client = signed_in(coordinator)
    with CaptureQueriesContext(connection) as queries:
        context = client.get("/work/").context
    lists = ("owed", "waiting", "consents", "disputes", "followed")
    assert [name for name in lists if not context[name]] == []
    assert len(queries) <= 12


def reopened(world: World, report: Report, *, words_only: bool) -> Report:
    return reopen_report(
        report=report, expected_version=report.version, by=world.verifiers[report.side],
        reason="Where?", words_only=words_only,
    )  # fmt: skip


def on_the_desk(user: User, day: date = IN_MAY) -> list[tuple[str, str, bool]]:
    """The stage of the report, the day it is about, whether it came back."""
    return [
        (
            one.report.stage if one.report else "",
            one.occurrence.due_on.isoformat() if one.occurrence else "news",
            one.is_returned,
        )
        for one in owed_by(user, day)
    ]


def test_what_was_settled_and_is_opened_for_its_words_stands_in_my_work() -> None:
    world = two_sides()
    report = world.accepted("BY")
    world.accepted("RU")
    assert world.occurrence.done_on == DONE.done_on
    report = reopened(world, report, words_only=True)
    by = world.reporters["BY"]
    came_back = [(Stage.TEXT_REOPENED, DUE.isoformat(), True)]
    assert on_the_desk(by) == came_back
    assert on_the_desk(by, date(2026, 1, 1)) == came_back
    assert on_the_desk(world.reporters["RU"]) == []
    report = submit_report(report=report, expected_version=report.version, by=by)
    assert on_the_desk(by) == []
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Where?"
    )
    assert on_the_desk(by) == came_back
    assert on_the_desk(somebody(Role.REPORTER, world.programme)) == came_back
    client = signed_in(by)
    address = reverse("reporting:write", args=[report.pk])
    assert buttons(client) == [(address, "Mend and send again")]
    shown = words(client.get("/work/"))
    assert "1 report is owed by you" in shown
    assert "re-opened for its words" in shown


def test_what_was_opened_again_whole_stands_in_my_work() -> None:
    world = two_sides()
    report = reopened(world, world.accepted("BY"), words_only=False)
    assert on_the_desk(world.reporters["BY"]) == [(Stage.REOPENED, DUE.isoformat(), True)]
    assert report.stage == Stage.REOPENED


def test_news_that_were_begun_or_came_back_stand_in_my_work() -> None:
    world = two_sides(soon())
    by, today = world.reporters["BY"], timezone.localdate()
    colleague = somebody(Role.REPORTER, world.bodies["BY"])
    report = start_news(measure=world.measure, side="BY", by=by)
    due = ("", (today + timedelta(days=5)).isoformat(), False)
    assert on_the_desk(by, today) == [(Stage.DRAFT, "news", False), due]
    assert on_the_desk(colleague, today) == [due]
    news = changed(DONE, outcome=Outcome.UNDER_WAY, done_on=None)
    report = submit_report(report=report, expected_version=1, by=by, content=news)
    assert on_the_desk(by, today) == [due]
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Where?"
    )
    assert on_the_desk(by, today) == on_the_desk(colleague, today)
    assert on_the_desk(by, today) == [(Stage.RETURNED, "news", True), due]
    client = signed_in(by)
    assert buttons(client) == [
        (reverse("reporting:write", args=[report.pk]), "Mend and send again")
    ]
    assert "2 reports are owed by you" in words(client.get("/work/"))


def test_a_draft_that_was_begun_long_before_its_day_stands_in_my_work() -> None:
    world = two_sides()
    world.draft("BY")
    begun = [(Stage.DRAFT, DUE.isoformat(), False)]
    assert on_the_desk(world.reporters["BY"], date(2018, 1, 1)) == begun
    world.measure.occurrences.update(withdrawn=True)
    assert on_the_desk(world.reporters["BY"], date(2018, 1, 1)) == []


def test_who_left_the_body_has_nothing_of_it_in_my_work() -> None:
    world = two_sides()
    by = world.reporters["BY"]
    start_news(measure=world.measure, side="BY", by=by)
    by.memberships.all().delete()
    assert on_the_desk(User.objects.get(pk=by.pk)) == []


@pytest.mark.parametrize("worlds", [1, 6])
def test_what_came_back_is_found_in_as_few_queries(worlds: int) -> None:
    office = an_organisation("Office of all")
    reporter = somebody(Role.REPORTER, office)
    for _n in range(worlds):
        world = two_sides(soon())
        ours = (NewBody(str(office), "BY", office.pk),)
        [fair] = with_measures(a_row("Fair", due=soon(), bodies=ours), programme=world.programme)
        report = start_news(measure=fair, side="BY", by=reporter)
        report = submit_report(report=report, expected_version=1, by=reporter, content=DONE)
        return_report(
            report=report, expected_version=report.version, by=a_coordinator(), reason="Where?"
        )
    client = signed_in(reporter)
    with CaptureQueriesContext(connection) as queries:
        context = client.get("/work/").context
    rows = context["owed"].page.rows
    assert [one.is_returned for one in rows] == [True] * worlds + [False] * worlds
    assert len(queries) <= 12
