from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comity.agreements.actions import NewParty, create_agreement
from comity.agreements.models import Agreement, CooperationField
from comity.audit.actions import Installation
from comity.directory.actions import create_organisation
from comity.lib.visibility import Visibility
from comity.programmes.due import DueKind
from comity.programmes.models import Occurrence
from comity.web.home import Counted, places_with_agreements
from comity.web.kept_ready import KeptReady
from tests.factories import (
    a_coordinator,
    a_country,
    a_measure,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _countries() -> None:
    a_country("BY", name_en="Belarus")
    a_country("RU", name_en="Russia", latitude=60, longitude=90)


def signed(*parties: object, **fields: object) -> Agreement:
    return an_agreement(*parties, **{"signed_on": date(2018, 1, 1), **fields})  # type: ignore[arg-type]


def an_occurrence(due_on: date, **fields: object) -> Occurrence:
    measure = a_measure(fields.pop("programme", None), due_kind=DueKind.DATE, due_end=due_on)  # type: ignore[arg-type]
    return Occurrence.objects.create(
        measure=measure, programme=measure.programme, opens_on=due_on, due_on=due_on, **fields
    )


def leave_a_trail() -> None:
    """An act: without one nothing is kept ready."""
    create_organisation(kind="other", seat=a_region("BY-VI"), name_en="Mill", by=Installation())


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "No agreements between regions of different countries are on record here." in page
    for said in (
        "The first agreement between regions of different countries will stand here.",
        "Nothing is late.",
        "None ends within a year.",
    ):
        assert said in page


def test_who_may_fill_an_empty_register_is_told_where_to_begin(client: Client) -> None:
    assert "Where to begin" not in client.get("/").content.decode()
    client.force_login(a_coordinator())
    assert "Where to begin" in client.get("/").content.decode()


@pytest.mark.usefixtures("_countries")
def test_filters_that_nothing_fits_can_be_taken_away(client: Client) -> None:
    signed(a_region("BY-HO"), a_region("RU-BRY"))
    page = client.get("/", {"field": "tourism"}).content.decode()
    assert "No agreement fits these filters." in page


@pytest.mark.usefixtures("_countries")
def test_more_that_end_than_are_shown_are_told_so(client: Client) -> None:
    soon = timezone.localdate()
    for number in range(6):
        signed(a_region("BY-HO"), a_region(f"RU-X{number}"), until=soon)
    page = client.get("/")
    assert (page.context["ending_count"], len(page.context["ending"])) == ("5+", 5)
    assert "<span>agreements end within a year</span>" in page.content.decode()


@pytest.mark.usefixtures("_countries")
def test_the_first_sentence_says_who_works_with_whom(client: Client) -> None:
    homiel, bryansk, pskov = a_region("BY-HO"), a_region("RU-BRY"), a_region("RU-PSK")
    signed(homiel, bryansk), signed(homiel, bryansk), signed(homiel, pskov)
    response = client.get("/")
    assert response.context["sentence"] == "3 agreements join 3 territories of 2 countries."
    links = [
        (link.one.code, link.other.code, link.agreements)
        for link in response.context["picture"].links
    ]
    assert links == [("BY-HO", "RU-BRY", 2), ("BY-HO", "RU-PSK", 1)]


@pytest.mark.usefixtures("_countries")
def test_the_map_has_points_arcs_and_addresses(client: Client) -> None:
    homiel, bryansk = a_region("BY-HO"), a_region("RU-BRY")
    signed(homiel, bryansk)
    drawn = client.get("/").context["map"]
    assert drawn["arcs"] == [{"from": homiel.pk, "to": bryansk.pk, "weight": 1}]
    assert drawn["points"][0] == {
        "id": homiel.pk,
        "name": "Region BY-HO",
        "at": [29.5, 52.3],
        "weight": 1,
        "url": homiel.get_absolute_url(),
    }


@pytest.mark.usefixtures("_countries")
def test_a_region_without_a_point_is_only_in_the_table(client: Client) -> None:
    nowhere = a_region("RU-BRY", latitude=None, longitude=None)
    signed(nowhere, a_region("BY-HO"))
    context = client.get("/").context
    assert context["map"]["arcs"] == []
    (link,) = context["picture"].links
    assert {link.one.code, link.other.code} == {"BY-HO", "RU-BRY"}


@pytest.mark.usefixtures("_countries")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"RU-BRY", "RU-PSK"}),
        ({"field": "trade"}, {"RU-BRY"}),
        ({"field": "tourism"}, set()),
        ({"field": "nonsense"}, {"RU-BRY", "RU-PSK"}),
        ({"territory": "RU-PSK"}, {"RU-PSK"}),
        ({"year": "2016"}, {"RU-KHA"}),
    ],
)
def test_the_filters_narrow_the_map(
    client: Client, query: dict[str, str], expected: set[str]
) -> None:
    homiel, year = a_region("BY-HO"), timezone.localdate().year
    trade = signed(homiel, a_region("RU-BRY"))
    CooperationField.objects.create(agreement=trade, field="trade")
    signed(homiel, a_region("RU-PSK"))
    signed(homiel, a_region("RU-KHA"), signed_on=date(2015, 1, 1), until=date(2016, 12, 31))
    signed(homiel, a_region("RU-SAK"), signed_on=date(year + 1, 1, 1))
    found = client.get("/", query).context["picture"].links
    assert {link.other.code for link in found} == expected


@pytest.mark.usefixtures("_countries")
def test_two_regions_of_one_country_are_no_link(client: Client) -> None:
    signed(a_region("BY-HO"), a_region("BY-MI"))
    assert client.get("/").context["picture"].links == []


def test_what_is_due_and_what_is_late(client: Client) -> None:
    today = timezone.localdate()
    late = an_occurrence(today - timedelta(days=3))
    an_occurrence(today - timedelta(days=3), done_on=today)
    due = an_occurrence(today)
    an_occurrence(today + timedelta(days=200))
    context = client.get("/").context
    assert (context["due"], str(context["due_count"])) == ([due], "1")
    assert (context["late"], str(context["late_count"])) == ([late], "1")


def test_many_are_told_as_more_than_a_thousand() -> None:
    assert [str(Counted(1001)), str(Counted(1000)), str(Counted(0))] == ["1,000+", "1,000", "0"]


def test_the_newest_and_the_ending(client: Client) -> None:
    today = timezone.localdate()
    ending = signed(until=today + timedelta(days=30))
    newest = signed(signed_on=date(2020, 5, 5))
    an_agreement()
    page = client.get("/")
    assert page.context["newest"] == [newest, ending]
    assert [agreement.pk for agreement in page.context["ending"]] == [ending.pk]
    assert "<span>agreement ends within a year</span>" in page.content.decode()


@pytest.mark.usefixtures("_countries")
def test_what_is_internal_is_not_on_the_public_page(client: Client) -> None:
    hidden = signed(visibility=Visibility.INTERNAL)
    programme = a_programme(hidden, visibility=Visibility.INTERNAL)
    an_occurrence(timezone.localdate(), programme=programme)
    public = client.get("/").context
    assert (public["picture"].links, public["newest"], public["due"]) == ([], [], [])
    client.force_login(a_coordinator())
    inside = client.get("/").context
    assert (len(inside["picture"].links), inside["newest"], len(inside["due"])) == (1, [hidden], 1)


def test_the_map_alone_is_sent_to_htmx(client: Client) -> None:
    page = client.get("/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    assert "Who cooperates with whom" in page


def test_only_who_may_is_offered_to_bring_in(client: Client) -> None:
    assert "Bring in a programme" not in client.get("/").content.decode()
    client.force_login(a_coordinator())
    assert "Bring in a programme" in client.get("/").content.decode()


@pytest.mark.usefixtures("_countries")
@pytest.mark.parametrize("reader", ["nobody", "coordinator", "party", "of a programme"])
@pytest.mark.parametrize("agreements", [1, 30])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    reader: str,
    agreements: int,
) -> None:
    codes = ["RU-BRY", "RU-PSK", "RU-KHA", "RU-SAK", "RU-MOW", "RU-SPE"]
    today = timezone.localdate()
    for number in range(agreements):
        agreement = signed(a_region("BY-HO"), a_region(codes[number % 6]))
        programme = a_programme(agreement)
        for day in (today, today - timedelta(days=3)):
            an_occurrence(day, programme=programme)
    if reader == "coordinator":
        client.force_login(a_coordinator())
    elif reader != "nobody":
        ours = an_organisation(seat=a_region("BY-HO"))
        client.force_login(somebody(within=ours if reader == "party" else programme))
    leave_a_trail()
    with django_assert_max_num_queries(12):
        first = client.get("/")
    assert first.context["late_count"].found == agreements
    # what is kept with the trail is not asked for again
    with django_assert_max_num_queries(10):
        client.get("/")


def test_rows_that_are_late_come_before_those_due_and_each_in_its_order(client: Client) -> None:
    today, programme = timezone.localdate(), a_programme()
    days = [today + timedelta(days=days) for days in (-9, -8, -7, -6, -5, -4, 0, 0)]
    for day in days:
        an_occurrence(day, programme=programme)
    context = client.get("/").context
    assert [one.due_on for one in context["late"]] == [today - timedelta(n) for n in range(4, 9)]
    assert [one.due_on for one in context["due"]] == [today, today]
    assert (str(context["late_count"]), str(context["due_count"])) == ("6", "2")


def test_territories_are_read_once_with_those_that_have_agreements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    leave_a_trail()
    signed(a_region("BY-HO"), a_region("RU-BRY"))
    a_region("BY-BR")
    nobody, kept = AnonymousUser(), KeptReady()
    with django_assert_num_queries(1):
        met = places_with_agreements(nobody, kept)
    assert [place.code for place in met] == ["BY", "BY-HO", "RU", "RU-BRY"]
    assert {place.code for place in kept.territories().values()} >= {"BY-BR"}
    caches["pictures"].clear()
    assert places_with_agreements(nobody, KeptReady()) == met


@pytest.mark.usefixtures("_countries")
def test_the_map_follows_each_write(client: Client) -> None:
    homiel, bryansk = a_region("BY-HO"), a_region("RU-BRY")
    assert client.get("/").context["picture"].links == []
    create_agreement(
        kind="agreement",
        title_ru="Соглашение",
        signed_on=date(2018, 1, 1),
        parties=[NewParty(homiel), NewParty(bryansk)],
        by=Installation(),
    )
    (link,) = client.get("/").context["picture"].links
    assert (link.one, link.other, link.agreements) == (homiel, bryansk, 1)


@pytest.mark.usefixtures("_countries")
def test_what_one_may_see_is_not_kept_for_another(client: Client) -> None:
    signed(a_region("BY-HO"), a_region("RU-BRY"), visibility=Visibility.INTERNAL)
    assert client.get("/").context["picture"].agreements == 0
    client.force_login(a_coordinator())
    assert client.get("/").context["picture"].agreements == 1
    client.logout()
    assert client.get("/").context["picture"].agreements == 0


@pytest.mark.usefixtures("_countries")
def test_the_table_is_a_page_without_javascript_and_a_part_with_it(client: Client) -> None:
    signed(a_region("BY-HO"), a_region("RU-BRY"))
    page = client.get("/", {"table": "1"}).content.decode()
    part = client.get("/", {"table": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in page, "<html" in part) == (True, False)
    for shown in (page, part):
        assert "Region BY-HO" in shown
        assert "Region RU-BRY" in shown


def test_what_is_disputed_and_what_is_given_up_stands_beside_what_is_late(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "state=disputed" not in page
    today = timezone.localdate()
    an_occurrence(today, disputed_since=today)
    an_occurrence(today, disputed_since=today, done_on=today)
    an_occurrence(today, given_up=True, done_on=today)
    hidden = a_programme(visibility=Visibility.INTERNAL)
    an_occurrence(today, disputed_since=today, programme=hidden)
    response = client.get("/")
    context, page = response.context, response.content.decode()
    assert (context["disputed_count"], context["given_up_count"]) == (1, 1)
    assert '/portfolio/?state=disputed"><b class="num late-figure">1</b>' in page
    client.force_login(a_coordinator())
    assert client.get("/").context["disputed_count"] == 2
