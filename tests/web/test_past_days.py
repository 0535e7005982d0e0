"""A page of a past day says so in a band, leads back to today, and its links keep the day."""

from datetime import timedelta
from re import findall

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comity.programmes.models import Measure
from comity.programmes.rows import NewBody
from tests.factories import an_organisation
from tests.programmes.rows import MAY_2018, a_row, with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    body = an_organisation("Homiel plant", kind="enterprise")
    return with_measures(
        a_row(due=MAY_2018, section="Trade", bodies=(NewBody("Homiel plant", "BY", body.pk),))
    )[0]


def bands(page: str) -> list[tuple[str, str]]:
    return findall(r'<p class="notice doubt past-day"[^>]*>(.*?) — <a href="([^"]*)">', page)


@pytest.mark.parametrize(
    ("name", "query", "back"),
    [
        ("home", "", "/"),
        ("programmes:list", "kind=action&", "?kind=action"),
        ("programmes:measures", "state=overdue&", "?state=overdue"),
        ("portfolio:index", "", "/portfolio/"),
        ("portfolio:late_in_several", "", "/portfolio/late-in-several/"),
    ],
)
def test_lists_of_a_past_day_say_so(
    client: Client, measure: Measure, name: str, query: str, back: str
) -> None:
    today = timezone.localdate()
    shown = client.get(f"{reverse(name)}?{query}day=2018-08-15").content.decode()
    assert bands(shown) == [("As it stood on 15 August 2018", back)]
    for now in ("", f"day={today}", f"day={today + timedelta(days=1)}"):
        assert bands(client.get(f"{reverse(name)}?{now}").content.decode()) == []


def test_pages_of_one_record_of_a_past_day_say_so(client: Client, measure: Measure) -> None:
    day = measure.occurrences.get()
    for address, back in (
        (measure.programme.get_absolute_url(), measure.programme.get_absolute_url()),
        (measure.get_absolute_url(), measure.get_absolute_url()),
        (reverse("reporting:occurrence", args=[day.pk]),) * 2,
        (reverse("reporting:of_measure", args=[measure.pk]),) * 2,
        (reverse("portfolio:standing", args=[measure.programme_id]),) * 2,
    ):
        shown = client.get(f"{address}?day=2018-08-15").content.decode()
        assert bands(shown) == [("As it stood on 15 August 2018", back)], address
        assert bands(client.get(address).content.decode()) == []


def links_to(page: str, *addresses: str) -> set[str]:
    return {link for link in findall(r'href="([^"]*)"', page) if link.split("?")[0] in addresses}


def test_links_of_the_programme_page_keep_the_day(client: Client, measure: Measure) -> None:
    programme, body = measure.programme, measure.responsibilities.get().organisation
    assert body is not None
    here, there = measure.get_absolute_url(), body.get_absolute_url()
    past = client.get(f"{programme.get_absolute_url()}?day=2018-08-15").content.decode()
    assert links_to(past, here, there) == {f"{here}?day=2018-08-15", f"{there}?day=2018-08-15"}
    today = client.get(programme.get_absolute_url()).content.decode()
    assert links_to(today, here, there) == {here, there}


def test_threads_of_past_pages_keep_the_day(client: Client, measure: Measure) -> None:
    programme, here = measure.programme.get_absolute_url(), measure.get_absolute_url()
    shown = client.get(f"{here}?day=2018-08-15").content.decode()
    assert links_to(shown, programme) == {
        f"{programme}?day=2018-08-15",
        f"{programme}?section={measure.section_id}&amp;day=2018-08-15",
    }
    day = reverse("reporting:occurrence", args=[measure.occurrences.get().pk])
    shown = client.get(f"{day}?day=2018-08-15").content.decode()
    assert links_to(shown, programme, here) == {
        f"{programme}?day=2018-08-15",
        f"{here}?day=2018-08-15",
    }
