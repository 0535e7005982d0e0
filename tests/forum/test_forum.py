from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.forum.actions import NewEdition, NewFigure, record_edition
from comity.forum.models import Edition
from tests.factories import a_country, a_person

pytestmark = pytest.mark.django_db


def an_edition(**fields: object) -> NewEdition:
    told: dict[str, object] = {
        "number": 5,
        "start": date(2018, 10, 10),
        "end": date(2018, 10, 12),
        "host": a_country("BY"),
        "place": {"be": "Магілёў", "ru": "Могилёв", "en": "Mogilev"},
        "theme": {"en": "Priorities"},
        "sources": ["https://www.example.org/a"],
        "figures": [
            NewFigure("agreements", "76 new", "reported", ["https://example.org/a"]),
            NewFigure("agreements", "over 70", "planned", ["https://example.net/b"]),
        ],
    }
    return NewEdition(**{**told, **fields})  # type: ignore[arg-type]


def test_an_edition_is_recorded_with_every_figure() -> None:
    edition = record_edition(edition=an_edition(), by=Installation())
    assert str(edition) == "Forum 5, Mogilev"
    assert [figure.as_stated for figure in edition.figures.all()] == ["76 new", "over 70"]
    event = Event.objects.get()
    assert (event.verb, event.entries.count()) == ("forum.edition_recorded", 4)


def test_only_a_coordinator_records_one() -> None:
    with pytest.raises(PermissionDenied, match="Only a coordinator"):
        record_edition(edition=an_edition(), by=a_person())
    assert Edition.objects.count() == 0


def test_conflicting_figures_stand_each_with_its_source(client: Client) -> None:
    record_edition(edition=an_edition(), by=Installation())
    page = client.get("/forum/5/").content.decode()
    assert '<th scope="rowgroup" rowspan="2">agreements signed</th>' in page
    assert '76 new</td><td><a href="https://example.org/a" rel="noreferrer">example.org</a>' in page
    assert 'over 70 <small>(planned)</small></td><td><a href="https://example.net/b"' in page
    assert "10–12 October 2018" in page


def test_the_list_has_the_latest_first(client: Client) -> None:
    record_edition(edition=an_edition(), by=Installation())
    first = an_edition(
        number=1, start=date(2014, 6, 1), end=date(2014, 6, 30), precision="month", figures=()
    )
    record_edition(edition=first, by=Installation())
    response = client.get("/forum/")
    assert [edition.number for edition in response.context["editions"]] == [5, 1]
    assert "The Forum of Regions has met 2 times." in response.content.decode()
    assert "June 2014" in response.content.decode()


def test_an_edition_without_figures_says_so(client: Client) -> None:
    record_edition(edition=an_edition(figures=(), sources=()), by=Installation())
    assert "No figures have been recorded." in client.get("/forum/5/").content.decode()


def test_places_and_themes_follow_the_language(client: Client) -> None:
    edition = record_edition(edition=an_edition(), by=Installation())
    with translation.override("be"):
        assert edition.said_place.text == "Магілёў"
        assert (edition.said_theme.text, edition.said_theme.is_fallback) == ("Priorities", True)


def test_an_edition_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/forum/99/").status_code == 404
    assert (
        "No edition of the forum has been recorded yet." in client.get("/forum/").content.decode()
    )
