from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence
from comity.programmes.rows import NewBody
from tests.factories import (
    a_coordinator,
    a_country,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, change_measure, with_measures
from tests.programmes.test_programme_pages import fields_of, shown, signed_in, words

pytestmark = pytest.mark.django_db

LIST = "/measures/"


@pytest.fixture
def _countries() -> None:
    a_country("BY"), a_country("RU")


def found(client: Client, **query: Any) -> list[str]:
    return shown(client.get(LIST, query))


def test_what_is_due_first_stands_at_the_top(client: Client) -> None:
    with_measures(
        a_row("no date"),
        a_row("later", due=DueRule("date", None, date(2019, 3, 1))),
        a_row("sooner", due=MAY_2018),
    )
    page = client.get(LIST)
    assert shown(page) == ["sooner", "later", "no date"]
    assert "3 measures, what is due first at the top." in words(page)


def test_a_body_that_is_called_as_it_was_written_stands_once(client: Client) -> None:
    plant = an_organisation("Homiel plant")
    (measure,) = with_measures(
        a_row(bodies=(NewBody("Homiel plant", "BY", plant.pk), NewBody("HP", "BY", plant.pk)))
    )
    page = client.get(measure.get_absolute_url()).content.decode()
    own, short = page.split(f'<a href="/organisations/{plant.pk}/">Homiel plant</a>')[:2]
    assert "Homiel plant" not in own.partition("Who is responsible")[2]
    assert "HP<br><small>" in short


def test_what_was_done_after_its_day_says_by_how_many_days(client: Client) -> None:
    (measure,) = with_measures(a_row(due=DueRule("date", None, date(2018, 5, 31))))
    measure.occurrences.update(done_on=date(2018, 6, 3))
    assert "3 Jun 2018 3 days late" in words(client.get(measure.get_absolute_url()))
    measure.occurrences.update(done_on=date(2018, 5, 31))
    assert "late" not in words(client.get(measure.get_absolute_url())).partition("Reports")[0]
    measure.occurrences.update(done_on=date(2018, 6, 3), given_up=True)
    assert "days late" not in words(client.get(measure.get_absolute_url()))


def test_the_list_of_an_empty_register(client: Client) -> None:
    assert "No measure is on record yet." in words(client.get(LIST))
    assert "No measure is like that." in words(client.get(LIST, {"q": "x"}))


def test_measures_are_found_by_words_whatever_their_case(client: Client) -> None:
    with_measures(a_row(titles={"ru": "Выставка техники"}), a_row("two", number="4.4"))
    page = client.get(LIST, {"q": "выставка ТЕХНИКИ"})
    assert [row.measure.title_ru for row in page.context["rows"]] == ["Выставка техники"]
    assert found(client, q="4.4") == ["two"]


def test_measures_are_found_by_territory_field_and_organisation(client: Client) -> None:
    ministry = an_organisation("Ministry of Industry")
    with_measures(
        a_row("trade", section="Trade", bodies=(NewBody("It", organisation=ministry.pk),)),
        a_row("other", section="Culture"),
        programme=a_programme(an_agreement()),
    )
    with_measures(a_row("elsewhere"))
    assert found(client, territory="BY-HO") == ["trade", "other"]
    assert found(client, field="culture") == ["other"]
    assert found(client, organisation="Ministry of Industry") == ["trade"]
    unknown = client.get(LIST, {"organisation": "Nobody"})
    assert "No organisation is called “Nobody”." in words(unknown)


def test_a_territory_of_many_programmes_is_looked_up_measure_by_measure(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.programmes.queries.measures.FEW", 1)
    for n in range(3):
        with_measures(a_row(f"row {n}"), programme=a_programme(an_agreement()))
    with_measures(a_row("elsewhere"))
    assert found(client, territory="BY-HO") == ["row 0", "row 1", "row 2"]


def test_measures_are_found_by_the_days_on_which_they_are_due(client: Client) -> None:
    office = an_organisation("Office")
    with_measures(
        a_row("yearly", due=FOUR_YEARS, bodies=(NewBody("It", organisation=office.pk),)),
        a_row("may", due=MAY_2018),
    )
    with_measures(a_row("hidden", due=MAY_2018), programme=a_programme(visibility="internal"))
    assert found(client, due_from="2018-01-01", due_until="2018-12-31") == ["may", "yearly"]
    assert found(client, due_from="2019-01-01") == ["yearly"]
    assert found(client, due_until="2018-06-01") == ["yearly", "may"]
    assert found(client, due_from="2018-01-01", organisation="Office") == ["yearly"]
    assert found(client, due_from="2018-01-01", q="may") == ["may"]
    assert found(client, due_from="2021-01-01") == []


def test_measures_are_found_by_their_state_on_a_day(client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with_measures(
        a_row("late", due=MAY_2018), a_row("soon", due=DueRule("window", tomorrow, tomorrow))
    )
    assert found(client, state="overdue") == ["late"]
    assert found(client, state="not_yet") == ["soon"]
    assert found(client, state="due", day=tomorrow.isoformat()) == ["soon"]
    assert found(client, state="due", day="2018-05-07") == ["late"]
    assert found(client, state="overdue", day="2018-05-07") == []


@pytest.mark.parametrize("query", [{}, {"due_from": "2017-01-01"}, {"state": "overdue"}])
def test_the_list_takes_as_many_queries_for_twentyfive_as_for_one(query: dict[str, str]) -> None:
    client = signed_in(somebody(Role.COORDINATOR, office := an_organisation()))

    def add(number: int) -> None:
        body = NewBody("Office", "", office.pk)
        for _n in range(number):
            with_measures(a_row(due=FOUR_YEARS, section="S", bodies=(body,)))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST, query).status_code == 200
        return len(captured)

    add(1)
    queries()
    of_one = queries()
    add(24)
    assert queries() == of_one
    add(5)
    assert queries() <= min(of_one + 1, 12)  # and the count of a list that has a second page


@pytest.mark.usefixtures("_countries")
def test_the_page_of_a_measure_shows_what_was_written_and_understood(client: Client) -> None:
    ministry = an_organisation("Ministry of Industry")
    (measure,) = with_measures(
        a_row(
            number="1.2",
            section="Trade",
            due=MAY_2018,
            due_text="май 2018 г.",
            expected_result="12 contracts",
            funding_text="150 тыс.",
            funding_amount=150_000,
            funding_currency="BYN",
            bodies=(NewBody("Минпром", "BY", ministry.pk), NewBody("Правительство", "RU")),
        ),
        programme=a_programme(an_agreement(title_en="Agreement of two"), title_en="Plan"),
    )
    page = client.get(measure.get_absolute_url())
    said = words(page)
    for expected in (
        "Agreement of two", "Plan", "Trade", "Measure 1.2", "May 2018", "«май 2018 г.»",
        "12 contracts", "150,000\N{NO-BREAK SPACE}BYN".replace("\N{NO-BREAK SPACE}", " "),
        "«150 тыс.»", "Минпром Ministry of Industry", "Правительство not yet known",
        "0 of 1 day on which it has to show something is settled.",
    ):  # fmt: skip
        assert expected in said
    assert reverse("directory:detail", args=[ministry.pk]) in page.content.decode()
    assert "Register as done" not in said


def test_a_bare_measure_says_what_it_lacks(client: Client) -> None:
    (measure,) = with_measures()
    said = words(client.get(measure.get_absolute_url()))
    assert "No date can be told from its deadline, so nothing falls due." in said
    assert "The document names nobody." in said
    assert client.get("/measures/999/").status_code == 404


def test_a_withdrawn_occurrence_is_told_apart() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    Occurrence.objects.update(withdrawn=True)
    page = signed_in(a_coordinator()).get(measure.get_absolute_url())
    assert "no longer due" in words(page)
    assert "Register as done" not in words(page)


def test_a_measure_takes_as_many_queries_for_thirty_bodies_as_for_one() -> None:
    client = signed_in(somebody(Role.COORDINATOR, office := an_organisation()))

    def queries(number: int) -> int:
        body = NewBody("Office", "", office.pk)
        rule = DueRule("recurring", date(2017, 1, 1), date(2019, 12, 31), "monthly")
        (measure,) = with_measures(
            a_row(due=rule, bodies=(body,) * number), programme=a_programme(an_agreement())
        )
        with CaptureQueriesContext(connection) as captured:
            assert client.get(measure.get_absolute_url()).status_code == 200
        return len(captured)

    queries(1)
    assert queries(30) == queries(1) <= 12


def filled_in(page: Any) -> dict[str, Any]:
    bodies = page.context["bodies"]
    written = fields_of(page.context["form"]) | fields_of(bodies.management_form)
    for row in bodies:
        written |= fields_of(row)
    return written


@pytest.mark.usefixtures("_countries")
def test_a_measure_is_added_with_its_bodies() -> None:
    programme, office = a_programme(an_agreement()), an_organisation("Office")
    client = signed_in(a_coordinator())
    url = reverse("programmes:add_measure", args=[programme.pk])
    written = filled_in(client.get(url)) | {
        "number": "1",
        "title_en": "Hold it",
        "section": " Trade  and  more ",
        "due_kind": "recurring",
        "due_start": "2017-01-01",
        "due_end": "2020-12-31",
        "due_recurrence": "yearly",
        "due_season": "10-01/12-31",
        "funding_amount": "12 500,50",
        "funding_currency": "byn",
        "bodies-0-text": "Office of ours",
        "bodies-0-country": "BY",
        "bodies-0-organisation": "Office",
        "bodies-2-text": "Theirs",
    }
    answer = client.post(url, written)
    measure = Measure.objects.get()
    assert answer.headers["Location"] == measure.get_absolute_url()
    assert measure.section is not None
    assert (measure.section.title, measure.funding_currency) == ("Trade and more", "BYN")
    assert measure.funding_amount == Decimal("12500.50")
    assert measure.occurrences.count() == 4
    assert [(b.text, b.side, b.organisation) for b in measure.responsibilities.all()] == [
        ("Office of ours", "BY", office), ("Theirs", "", None),
    ]  # fmt: skip


@pytest.mark.usefixtures("_countries")
def test_a_measure_is_added_with_what_the_consent_of_the_other_side_rests_on() -> None:
    programme = a_programme(an_agreement(), needs_consent=True)
    client = signed_in(somebody("coordinator", an_organisation()))
    url = reverse("programmes:add_measure", args=[programme.pk])
    written = filled_in(client.get(url)) | {"title_en": "Hold it", "due_kind": "unscheduled"}
    refused = client.post(url, {**written, "rests_on": " "})
    assert refused.context["consent"].errors["rests_on"] == ["This field is required."]
    assert not Measure.objects.exists()
    client.post(url, {**written, "rests_on": "Protocol 5"})
    assert Measure.objects.get().title_en == "Hold it"
    assert Event.objects.get(verb="measure.added").reason == (
        "The consent of the other side rests on: Protocol 5"
    )


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"title_en": ""}, "Write a title in at least one language."),
        ({"due_kind": "window"}, "A deadline of this kind needs its last day."),
        ({"due_kind": "unscheduled", "funding_currency": "rubles"}, "at most 3 characters"),
        ({"due_season": "Q4"}, "Write a part of the year as month and day"),
        ({"bodies-0-country": "BY"}, "Write the name as the document has it."),
        ({"funding_amount": "-4"}, "An amount of money is not below zero"),
    ],
)
def test_a_measure_that_contradicts_itself_is_told_in_the_form(
    wrong: dict[str, str], problem: str
) -> None:
    programme = a_programme(an_agreement())
    client = signed_in(a_coordinator())
    url = reverse("programmes:add_measure", args=[programme.pk])
    right = filled_in(client.get(url)) | {"title_en": "x", "due_kind": "unscheduled"}
    answer = client.post(url, right | wrong)
    assert answer.status_code == 200
    assert problem in words(answer)
    assert Measure.objects.count() == 0


@pytest.mark.usefixtures("_countries")
def test_a_measure_is_changed_with_a_reason() -> None:
    (measure,) = with_measures(
        a_row(section="A", due=MAY_2018, bodies=(NewBody("One", "BY"), NewBody("Two", "RU")))
    )
    client = signed_in(a_coordinator())
    url = reverse("programmes:change_measure", args=[measure.pk])
    written = filled_in(client.get(url))
    assert (written["section"], written["bodies-1-text"]) == ("A", "Two")
    changed = written | {"title_en": "Other", "bodies-0-text": "", "bodies-0-country": ""}
    assert client.post(url, changed | {"reason": "protocol"}).status_code == 302
    measure.refresh_from_db()
    assert (measure.title_en, measure.version) == ("Other", 2)
    assert [body.text for body in measure.responsibilities.all()] == ["Two"]
    assert client.post(url, changed).context["reason"].errors == {
        "reason": ["This field is required."]
    }
    again = client.post(url, written | {"reason": "later"})
    assert again.status_code == 409
    assert [(d.label, d.yours, d.theirs) for d in again.context["stale"]] == [
        ("Title in English", "Hold an exhibition", "Other"),
        ("Responsible bodies", "One (BY); Two (RU)", "Two (RU)"),
    ]


def test_a_contradiction_in_a_change_is_told_in_the_form() -> None:
    (measure,) = with_measures()
    client = signed_in(a_coordinator())
    url = reverse("programmes:change_measure", args=[measure.pk])
    written = filled_in(client.get(url)) | {"funding_amount": "-1", "reason": "x"}
    assert "An amount of money is not below zero" in words(client.post(url, written))


def test_a_measure_is_removed_with_a_reason() -> None:
    (measure,) = with_measures()
    client = signed_in(a_coordinator())
    url = reverse("programmes:remove_measure", args=[measure.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, {"reason": "twice"})
    assert answer.headers["Location"] == measure.programme.get_absolute_url()
    assert Measure.objects.count() == 0


def test_what_was_done_is_registered_and_taken_back_from_the_page() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    occurrence, client = measure.occurrences.get(), signed_in(a_coordinator())
    settle = reverse("programmes:settle", args=[occurrence.pk])
    reopen = reverse("programmes:reopen", args=[occurrence.pk])
    assert settle in client.get(measure.get_absolute_url()).content.decode()
    assert client.get(settle).context["form"].initial == {"done_on": MAY_2018.end}
    future = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert client.post(settle, {"done_on": future}).context["form"].errors == {
        "done_on": ["A thing cannot have been done on a day that is yet to come."]
    }
    answer = client.post(settle, {"done_on": "2018-05-20", "note": "held"})
    assert answer.headers["Location"] == measure.get_absolute_url()
    assert Occurrence.objects.get().done_on == date(2018, 5, 20)
    twice = client.post(settle, {"done_on": "2018-05-20"})
    assert twice.context["form"].non_field_errors() == ["This is registered as done already."]
    assert reopen in client.get(measure.get_absolute_url()).content.decode()
    assert client.get(reopen).status_code == 200
    assert client.post(reopen, {"reason": "no"}).status_code == 302
    assert Occurrence.objects.get().done_on is None
    again = client.post(reopen, {"reason": "no"})
    assert again.context["form"].non_field_errors() == ["This is not registered as done."]


def test_a_measure_with_work_is_not_removed_from_its_page() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    by = a_coordinator()
    settle_occurrence(
        occurrence=measure.occurrences.get(), done_on=date(2018, 5, 2), note="", by=by
    )
    answer = signed_in(by).post(
        reverse("programmes:remove_measure", args=[measure.pk]), {"reason": "x"}
    )
    assert "so it stays" in words(answer)


def test_those_who_only_see_a_measure_change_nothing() -> None:
    (measure,) = with_measures(a_row(due=MAY_2018))
    observer = signed_in(somebody(Role.OBSERVER, measure.programme))
    occurrence = measure.occurrences.get()
    urls = [
        *(
            reverse(f"programmes:{n}", args=[measure.pk])
            for n in ("change_measure", "remove_measure")
        ),
        *(reverse(f"programmes:{n}", args=[occurrence.pk]) for n in ("settle", "reopen")),
    ]
    assert [observer.post(url).status_code for url in urls] == [403] * 4
    assert [Client().post(url).status_code for url in urls] == [302] * 4


# --- panels on pages of other rooms


@pytest.mark.parametrize("as_panel", [True, False])
def test_panels_show_programmes_and_measures(as_panel: bool) -> None:
    headers = {"HX-Request": "true"} if as_panel else {}
    agreement, office = an_agreement(), an_organisation("Office")
    with_measures(
        a_row("Hold it", due=MAY_2018, bodies=(NewBody("It", organisation=office.pk),)),
        programme=a_programme(agreement, title_en="Plan"),
    )
    client = signed_in(a_coordinator())
    territory = a_region("BY-HO").pk
    for name, pk, expected in (
        ("of_agreement", agreement.pk, "Plan"),
        ("of_territory", territory, "Plan"),
        ("measures_of_territory", territory, "Hold it"),
        ("measures_of_organisation", office.pk, "Hold it"),
    ):
        page = client.get(reverse(f"programmes:{name}", args=[pk]), headers=headers)
        assert expected in words(page)
        assert page.content.decode().count("<h1") == (0 if as_panel else 1)


def test_empty_panels_say_so(client: Client) -> None:
    agreement, office = an_agreement(), an_organisation()
    territory = a_region("BY-VI").pk
    for name, pk, expected in (
        ("of_agreement", agreement.pk, "No programme carries out this agreement yet."),
        ("of_territory", territory, "It is not a side of any programme yet."),
        ("measures_of_territory", territory, "No programme in which it is a side has measures"),
        ("measures_of_organisation", office.pk, "No measure names it as responsible yet."),
    ):
        page = client.get(reverse(f"programmes:{name}", args=[pk]), headers={"HX-Request": "true"})
        assert expected in words(page)


def test_a_panel_leads_to_all_of_them(client: Client) -> None:
    office = an_organisation()
    body = NewBody("It", organisation=office.pk)
    with_measures(*(a_row(f"row {n}", bodies=(body,)) for n in range(9)))
    url = reverse("programmes:measures_of_organisation", args=[office.pk])
    panel = client.get(url, headers={"HX-Request": "true"})
    assert (len(panel.context["rows"]), "all 9" in words(panel)) == (8, True)
    assert len(client.get(url).context["rows"]) == 9


def test_a_panel_of_an_agreement_that_is_not_seen_is_not_found(client: Client) -> None:
    hidden = an_agreement(visibility="internal")
    assert client.get(reverse("programmes:of_agreement", args=[hidden.pk])).status_code == 404


@pytest.mark.usefixtures("_countries")
def test_a_correction_of_the_register_is_ticked_and_leaves_no_former_deadline() -> None:
    measure = with_measures(a_row(due=MAY_2018, due_text="May 2018"))[0]
    client = signed_in(a_coordinator())
    url = reverse("programmes:change_measure", args=[measure.pk])
    said = {"due_end": "2018-08-31", "reason": "It says so.", "is_correction": "on"}
    client.post(url, filled_in(client.get(url)) | said)
    told = words(client.get(measure.get_absolute_url()))
    assert "Correction of the register" in told
    assert "First agreed" not in told
    assert Measure.objects.get().due_end == date(2018, 8, 31)


@pytest.mark.usefixtures("_countries")
def test_the_first_deadline_stays_on_record_however_often_it_is_moved(client: Client) -> None:
    measure = with_measures(a_row(due=MAY_2018, due_text="May 2018"))[0]
    assert "First agreed" not in words(client.get(measure.get_absolute_url()))
    for month in (7, 9):
        measure = change_measure(
            measure=measure,
            new=a_row(due=DueRule("date", None, date(2018, month, 1))),
            expected_version=measure.version,
            by=a_coordinator(),
            reason="Moved.",
        )
    told = words(client.get(measure.get_absolute_url()))
    assert "Deadline by 1 September 2018" in told
    assert "First agreed May 2018 «May 2018»" in told
