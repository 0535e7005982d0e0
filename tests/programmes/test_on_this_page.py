"""Above the table of a programme a line leads to what stands below it."""

from html import unescape
from re import findall, search, sub

import pytest
from django.test import Client
from django.urls import reverse

from comity.programmes.models import Programme
from tests.factories import a_coordinator
from tests.programmes.rows import MAY_2018, a_row, with_measures
from tests.programmes.test_measure_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return with_measures(a_row(due=MAY_2018))[0].programme


def led_to(page: str) -> list[tuple[str, str]]:
    line = search(r'<nav class="on-this-page[^>]*>(.*?)</nav>', page)
    assert line is not None
    found = findall(r'<a href="([^"]*)">(.*?)</a>', line[1])
    return [(link, unescape(sub(r"<[^>]+>", "", text))) for link, text in found]


def test_those_with_a_part_are_led_to_everything(programme: Programme) -> None:
    page = signed_in(a_coordinator()).get(programme.get_absolute_url()).content.decode()
    found = led_to(page)
    assert found == [
        ("#risk", "At risk"),
        ("#changes", "What changed since the last quarter"),
        ("#standing", "Deadlines by section, side and body"),
        ("#periods", "Reporting periods"),
        (reverse("issuing:of_programme", args=[programme.pk]), "Report for a period"),
    ]
    for link, _text in found[:4]:
        assert page.count(f'id="{link[1:]}"') == 1
    assert page.index("on-this-page") < page.index('id="measures"')


def test_others_and_past_days_are_led_to_what_is_there(
    client: Client, programme: Programme
) -> None:
    page = client.get(programme.get_absolute_url()).content.decode()
    assert [link for link, _text in led_to(page)] == ["#changes", "#standing", "#periods"]
    past = client.get(f"{programme.get_absolute_url()}?day=2018-08-15").content.decode()
    assert [link for link, _text in led_to(past)] == ["#standing", "#periods"]
    assert 'id="changes"' not in past
