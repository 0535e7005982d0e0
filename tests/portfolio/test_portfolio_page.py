"""The page for the centre: what stands in it, for whom, in which order, on which day."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from comity.audit.actions import Installation
from comity.audit.kept import Kept
from comity.portfolio.queries.whole import late_in_many
from comity.programmes.actions import settle_occurrence
from comity.programmes.models import Occurrence, Programme
from tests.factories import a_coordinator, a_person, an_organisation, somebody
from tests.portfolio.world import a_day, a_measure_of, a_past, a_running_programme, ago

pytestmark = pytest.mark.django_db
MOST = 12


def note_done(occurrence: Occurrence) -> None:
    """An act, which leaves a trail: without one nothing is kept ready."""
    settle_occurrence(occurrence=occurrence, done_on=ago(3), note="", by=Installation())


def order(client: Client, **asked: str) -> list[int]:
    return [row.programme.pk for row in client.get("/portfolio/", asked).context["rows"]]


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get("/portfolio/").content.decode()
    assert "No programme is on record yet." in page
    assert "Regions compared" not in page


def test_each_programme_stands_with_its_figures(client: Client) -> None:
    programme = a_running_programme()
    measure = a_measure_of(programme)
    for days, done_after in ((90, -3), (60, -3), (50, 4), (40, None)):
        a_day(measure, ago(days), done_after)
    a_day(measure, timezone.localdate() + timedelta(days=5))
    response = client.get("/portfolio/")
    (row,) = response.context["rows"]
    told = row.figures
    assert (told.done, told.late, told.overdue, told.due, told.fallen) == (3, 1, 1, 1, 4)
    assert (row.share.hits, row.share.cases, row.at_risk) == (2, 4, None)
    assert [(piece.name, piece.width) for piece in row.bar] == [
        ("done", 60.0), ("due", 20.0), ("overdue", 20.0),
    ]  # fmt: skip
    assert "1 programme; deadlines overdue on" in response.content.decode()


def test_internal_programmes_are_for_those_who_may_see_them(client: Client) -> None:
    public, internal = a_running_programme(), a_running_programme(visibility="internal")
    for programme in (public, internal):
        a_day(a_measure_of(programme, an_organisation()), ago(10))
    assert order(client) == [public.pk]
    assert client.get("/portfolio/").context["sums"].overdue == 1
    client.force_login(a_person())
    assert order(client) == [public.pk]
    client.force_login(somebody("observer", within=internal))
    assert order(client) == [internal.pk, public.pk]
    client.force_login(a_coordinator())
    assert client.get("/portfolio/").context["sums"].overdue == 2


def three() -> tuple[Programme, Programme, Programme]:
    """One with nothing late, one that is late, one with a dispute; the last made comes first."""
    fine, late, disputed = (a_running_programme("BY-HO", f"RU-X{n}") for n in range(3))
    a_day(a_measure_of(fine, field="culture"), ago(20), -1)
    for days in (20, 30):
        a_day(a_measure_of(late), ago(days))
    a_day(a_measure_of(disputed), timezone.localdate(), None, disputed_since=ago(2))
    return fine, late, disputed


def test_the_list_can_be_narrowed_and_sorted(client: Client) -> None:
    fine, late, disputed = (programme.pk for programme in three())
    assert order(client) == [disputed, late, fine]
    assert order(client, state="overdue") == [late]
    assert order(client, state="disputed") == [disputed]
    assert order(client, state="due") == [disputed]
    assert order(client, state="done") == [fine]
    assert order(client, field="culture") == [fine]
    assert order(client, territory="RU-X1") == [late]
    assert order(client, year="1999") == []
    assert order(client, sort="overdue")[0] == late
    assert order(client, sort="share") == [late, fine, disputed]
    assert order(client, sort="progress") == [disputed, late, fine]
    assert order(client, sort="next")[0] == disputed
    assert order(client, sort="nonsense", state="nonsense") == [disputed, late, fine]
    assert (
        "No programme is like that."
        in client.get("/portfolio/", {"territory": "RU-X1", "state": "done"}).content.decode()
    )


def test_as_of_a_past_day_it_stands_as_it_stood(client: Client) -> None:
    programme = a_running_programme()
    a_day(a_measure_of(programme), ago(20), 10)
    assert client.get("/portfolio/").context["sums"].overdue == 0
    then = client.get("/portfolio/", {"day": ago(15).isoformat()})
    assert then.context["sums"].overdue == 1
    assert f"?day={ago(15).isoformat()}" in then.content.decode()


def test_a_body_that_is_late_in_several_programmes_is_named(client: Client) -> None:
    often, once = an_organisation("Often"), an_organisation("Once")
    for body, programmes in ((often, 3), (once, 1)):
        for _ in range(programmes):
            a_day(a_measure_of(a_running_programme(), body, body), ago(10))
    a_day(a_measure_of(a_running_programme(visibility="internal"), once), ago(10))
    (named,) = client.get("/portfolio/late-in-several/").context["late_bodies"]
    assert (named.organisation, named.programmes, named.days) == (often, 3, 3)
    client.force_login(a_coordinator())
    told = client.get("/portfolio/late-in-several/").context["late_bodies"]
    assert [(one.organisation, one.programmes) for one in told] == [(often, 3), (once, 2)]


def test_a_region_with_three_days_does_not_top_the_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = a_running_programme("RU-FEW", "BY-HO"), a_running_programme("RU-MANY", "BY-HO")
    for programme, days, late in ((few, 3, 0), (many, 60, 4)):
        measure = a_measure_of(programme)
        for place in range(days):
            a_day(measure, ago(10 + place), 5 if place < late else -1)
    shown = [region for region, _drawn in client.get("/portfolio/").context["regions"]]
    told = [(one.territory.code, one.share.hits, one.share.cases) for one in shown]
    assert told == [("BY-HO", 59, 63), ("RU-MANY", 56, 60), ("RU-FEW", 3, 3)]
    assert [one.programmes for one in shown] == [2, 1, 1]
    monkeypatch.setattr("comity.portfolio.views.portfolio.REGIONS", 1)
    context = client.get("/portfolio/").context
    assert (len(context["regions"]), context["more_regions"]) == (1, 2)
    assert client.get("/portfolio/", {"regions": "all"}).context["more_regions"] == 0


def test_it_leaves_as_a_table(client: Client) -> None:
    _fine, late, _disputed = three()
    answer = client.get("/portfolio/portfolio.csv", {"sort": "overdue"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[:2]] == ["Programme", late.title]
    assert rows[1][9] == "2"
    sheet = load_workbook(
        io.BytesIO(client.get("/portfolio/portfolio.xlsx", {"state": "overdue"}).content)
    ).active
    assert [(row[0], row[9]) for row in sheet.iter_rows(values_only=True)] == [
        ("Programme", "Overdue"), (late.title, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("programmes", [1, 70])
@pytest.mark.parametrize("reader", ["nobody", "coordinator", "party"])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    programmes: int,
    reader: str,
) -> None:
    bodies = a_past()
    for place in range(programmes):
        measure = a_measure_of(a_running_programme("BY-HO", f"RU-X{place}"), bodies[place % 10])
        a_day(measure, ago(20), -2)
        a_day(measure, timezone.localdate() + timedelta(days=20))
    if reader == "coordinator":
        client.force_login(a_coordinator())
    elif reader == "party":
        client.force_login(somebody("observer", within=bodies[0]))
    note_done(a_day(measure, ago(2)))
    for _first_of_the_day_and_later in range(2):
        with django_assert_max_num_queries(MOST):
            shown = client.get("/portfolio/").context["rows"]
    assert len(shown) == programmes + 1


def test_today_and_yesterday_name_the_same_bodies_and_days() -> None:
    """Today they are found by the first open day of each measure, on other days by all days."""
    bodies = [an_organisation(f"Body {number}") for number in range(4)]
    for place in range(3):
        programme = a_running_programme("BY-HO", f"RU-X{place}")
        for number, body in enumerate(bodies[: 4 - place]):
            measure = a_measure_of(programme, body)
            for days in range(number + 1):
                a_day(measure, ago(40 + days))
    found = [late_in_many(AnonymousUser(), {}, ago(days), Kept()) for days in (0, 1)]
    told = [[(row.organisation.pk, row.programmes, row.days) for row in rows] for rows in found]
    first, second, third, _one = (body.pk for body in bodies)
    assert told[0] == told[1] == [(second, 3, 6), (first, 3, 3), (third, 2, 6)]
