"""A list that is narrowed to a state says what it shows."""

from datetime import date
from re import search

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from comity.lib.paging import Page
from comity.programmes.due import DueRule
from comity.programmes.headings import of_measures, of_programmes
from tests.programmes.rows import MAY_2018, a_row, with_measures

FAR = DueRule("date", None, date(2190, 1, 1))


def of(total: int | None) -> "Page[None]":
    return Page([], 1, False, total)


@pytest.mark.parametrize(
    ("state", "one", "many"),
    [
        ("overdue", "1 measure with something overdue", "10 measures with something overdue"),
        ("due", "1 measure with something due now", "10 measures with something due now"),
        ("done", "1 measure that is done", "10 measures that are done"),
        ("given_up", "1 measure: not possible any more", "10 measures: not possible any more"),
        ("", "", ""),
    ],
)
def test_measures_are_called_by_their_state(state: str, one: str, many: str) -> None:
    assert (of_measures(of(1), state), of_measures(of(10), state)) == (one, many)


def test_programmes_are_called_by_what_is_in_them() -> None:
    assert [of_programmes(of(2), state) for state in ("overdue", "due", "done", "")] == [
        "2 programmes in which something is overdue",
        "2 programmes in which something is due now",
        "2 programmes in which all is done",
        "",
    ]


def test_a_list_too_long_to_count_says_so_and_an_empty_one_is_not_called_so() -> None:
    assert of_measures(of(None), "overdue") == "1,000+ measures with something overdue"
    assert (of_measures(of(0), "overdue"), of_programmes(of(0), "overdue")) == ("", "")


def test_forms_of_number_are_right_in_russian_and_belarusian() -> None:
    told = {}
    for language in ("ru", "be"):
        with translation.override(language):
            told[language] = [of_measures(of(n), "overdue") for n in (1, 3, 5)]
    assert told == {
        "ru": [
            "1 просроченное мероприятие",
            "3 просроченных мероприятия",
            "5 просроченных мероприятий",
        ],
        "be": [
            "1 пратэрмінаванае мерапрыемства",
            "3 пратэрмінаваныя мерапрыемствы",
            "5 пратэрмінаваных мерапрыемстваў",
        ],
    }


@pytest.mark.django_db
def test_the_pages_are_headed_so(client: Client) -> None:
    with_measures(a_row(due=MAY_2018), a_row("Build", due=FAR))
    headed = {}
    for name in ("programmes:measures", "programmes:list"):
        for state in ("overdue", "done"):
            page = client.get(reverse(name), {"state": state}).content.decode()
            found = search("<h1>(.*?)</h1>", page)
            headed[name, state] = found and found[1]
    assert headed == {
        ("programmes:measures", "overdue"): "1 measure with something overdue",
        ("programmes:measures", "done"): "No measure is like that.",
        ("programmes:list", "overdue"): "1 programme in which something is overdue",
        ("programmes:list", "done"): "No programme is like that.",
    }
