import re
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from comity.audit import verbs
from comity.audit.actions import Installation, Trail, snapshot
from comity.audit.verbs import verb_in_words
from comity.audit.wording import ToldChange, told
from comity.intake.models import Import
from comity.lib.visibility import Visibility
from comity.programmes.models import Measure
from tests.factories import a_coordinator, a_country, a_measure, a_programme

ANYBODY = AnonymousUser()
#: A verb of the trail, as the source writes it.
VERB = re.compile(r'"([a-z]+\.[a-z_]+)"')

pytestmark = pytest.mark.django_db


def recorded_measure(**fields: object) -> Measure:
    measure = a_measure(**fields)
    trail = Trail("measure.added", Installation(), "as signed")
    trail.created(measure)
    trail.record()
    return measure


def test_the_history_tells_what_changed_and_why(client: Client) -> None:
    measure = recorded_measure(title_en="Hold a fair")
    before = snapshot(measure)
    measure.title_en = "Hold two fairs"
    trail = Trail("measure.changed", Installation(), "a slip of the pen")
    trail.changed(measure, before)
    trail.record()
    page = client.get(f"/history/programmes.measure/{measure.pk}/").content.decode()
    assert "a slip of the pen" in page
    assert "<td>Hold a fair</td><td>Hold two fairs</td>" in page


def test_a_record_nothing_is_known_of_says_so(client: Client) -> None:
    measure = a_measure()
    page = client.get(f"/history/programmes.measure/{measure.pk}/").content.decode()
    assert "Nothing was recorded about it yet." in page


def test_the_record_as_of_a_day(client: Client) -> None:
    measure = recorded_measure(title_en="Hold a fair")
    address = f"/history/programmes.measure/{measure.pk}/as-of/"
    assert "Hold a fair</dd>" in client.get(address).content.decode()
    early = client.get(address, {"day": "2001-01-01"}).content.decode()
    assert "It did not exist on that day." in early


@pytest.mark.parametrize("day", ["nonsense", "2020-13-45", ""])
def test_a_day_that_is_none_counts_as_today(client: Client, day: str) -> None:
    measure = recorded_measure()
    response = client.get(f"/history/programmes.measure/{measure.pk}/as-of/", {"day": day})
    assert response.context["existed"] is True


def test_what_the_reader_may_not_see_has_no_history(client: Client) -> None:
    measure = recorded_measure(programme=a_programme(visibility=Visibility.INTERNAL))
    address = f"/history/programmes.measure/{measure.pk}/"
    assert client.get(address).status_code == 404
    client.force_login(a_coordinator())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("model", ["no.such", "nonsense", "audit.head"])
def test_other_kinds_of_records_have_no_history(client: Client, model: str) -> None:
    assert client.get(f"/history/{model}/1/").status_code == 404


def test_changes_are_told_in_the_words_of_the_forms() -> None:
    a_country("BY", name_en="Belarus")
    measure = a_measure()
    lines = told(
        Measure,
        {
            "due_kind": ["unscheduled", "window"],
            "due_end": [None, "2018-06-30"],
            "programme_id": [measure.programme_id, 999999],
            "funding_text": ["", None],
            "gone_field": ["x", "y"],
            "version": [1, 2],
        },
        AnonymousUser(),
    )
    assert lines == [
        ToldChange("programme", str(measure.programme), "№ 999999"),
        ToldChange("kind of deadline", "no date can be told", "within a stretch of time"),
        ToldChange("until", "", "30 June 2018"),
    ]


def test_a_yes_is_a_word() -> None:
    lines = told(type(a_programme()), {"is_example": [False, True]}, AnonymousUser())
    assert lines == [ToldChange("example document", "no", "yes")]


def test_dates_times_and_amounts_are_told_as_they_are_written() -> None:
    told_of_measure = told(Measure, {"funding_amount": ["1500000.50", None]}, ANYBODY)
    told_of_import = told(Import, {"settled_at": [None, "2026-11-25T09:30:00+00:00"]}, ANYBODY)
    assert told_of_measure == [ToldChange("amount", "1,500,000.5", "")]
    assert [line.after for line in told_of_import] == ["25 Nov 2026, 12:30"]


def test_what_no_form_shows_is_left_out() -> None:
    assert told(Measure, {"position": [1, 2], "next_due": [None, "2018-06-30"]}, ANYBODY) == []


def test_a_link_without_a_name_is_called_by_what_it_leads_to() -> None:
    measure = a_measure()
    with translation.override("ru"):
        (line,) = told(Measure, {"programme_id": [None, measure.programme_id]}, ANYBODY)
    assert line.label == "программа"


def test_every_act_that_leaves_a_trail_has_words() -> None:
    rooms = {verb.split(".")[0] for verb in verbs.VERBS}
    sources = Path(verbs.__file__).parents[1].rglob("*.py")
    texts = {text for source in sources for text in VERB.findall(source.read_text("utf-8"))}
    assert {text for text in texts if text.split(".")[0] in rooms} == set(verbs.VERBS)


def test_an_unknown_verb_is_shown_as_it_is() -> None:
    assert verb_in_words("account.created") == "Account created"
    assert verb_in_words("something.else") == "something.else"


def test_the_day_is_kept_in_the_form(client: Client) -> None:
    measure = recorded_measure()
    response = client.get(f"/history/programmes.measure/{measure.pk}/as-of/", {"day": "2020-02-29"})
    assert response.context["day"] == date(2020, 2, 29)
