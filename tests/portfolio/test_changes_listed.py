"""In which order the list of changes tells them, and what it tells in one line."""

from datetime import date
from html import unescape
from re import findall, sub

import pytest
from django.test import Client
from django.utils import timezone

from comity.audit.actions import Installation
from comity.audit.past import Past
from comity.lib import wording
from comity.portfolio.queries.changes import Change, changes_between, lines_of
from comity.programmes.actions import add_measures
from comity.programmes.models import Programme
from tests.portfolio.test_panels import a_row
from tests.portfolio.world import a_day, a_measure_of, a_running_programme, ago

pytestmark = pytest.mark.django_db
LATER = date(2190, 1, 1)


def changes_of(programme: Programme) -> list[Change]:
    return changes_between(programme, ago(30), timezone.localdate(), Past())


def test_what_matters_first_stands_first_and_numbers_in_their_order() -> None:
    programme = a_running_programme()
    for number in ("10", "2", "1"):
        measure = a_measure_of(programme, number=number)
        a_day(measure, ago(20))
        a_day(measure, ago(60), 50)
    a_day(a_measure_of(programme, number="11"), ago(25), disputed_since=ago(3))
    a_day(a_measure_of(programme, number="3"), ago(50), disputed_since=ago(5))
    assert [(str(one.kind), one.number) for one in changes_of(programme)] == [
        ("disputed", "11"), ("disputed", "3"),
        ("late", "1"), ("late", "2"), ("late", "10"), ("late", "11"),
        ("done", "1"), ("done", "2"), ("done", "10"),
    ]  # fmt: skip


def test_measures_of_one_import_are_one_line_with_their_number() -> None:
    programme = a_running_programme()
    add_measures(
        programme=programme,
        rows=[a_row(number, LATER) for number in ("1", "2", "10")],
        by=Installation(),
    )
    add_measures(programme=programme, rows=[a_row("4", LATER)], by=Installation())
    found = changes_of(programme)
    assert [one.number for one in found] == ["1", "2", "4", "10"]
    assert [(line.change.number, line.measures) for line in lines_of(found)] == [
        ("1", 3), ("4", 1),
    ]  # fmt: skip


def rows(page: str) -> list[str]:
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    found = findall(r"<tr>(.*?)</tr>", body, flags=16)
    return [" ".join(unescape(sub(r"<[^>]+>", " ", row)).split()) for row in found]


def test_the_page_is_open_and_the_panel_is_folded(client: Client) -> None:
    programme = a_running_programme()
    add_measures(
        programme=programme, rows=[a_row("1", LATER), a_row("2", LATER)], by=Installation()
    )
    add_measures(programme=programme, rows=[a_row("3", LATER)], by=Installation())
    path = f"/portfolio/changes/of-programme/{programme.pk}/"
    page = client.get(path).content.decode()
    today = wording.short_day(timezone.localdate())
    assert rows(page) == [f"{today} 2 measures at once added", f"{today} 3 Do 3 added"]
    assert "<details open><summary>3 changes</summary>" in page
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<details><summary>3 changes</summary>" in part
