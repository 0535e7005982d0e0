"""The portfolio as of a past day: by the days that were due then, whatever was changed since."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from comity.audit.kept import Kept
from comity.portfolio.queries.figures import Figures, counted, counted_then, figures_of_all
from comity.programmes.actions import (
    change_programme,
    reopen_occurrence,
    settle_occurrence,
    strike_measure,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Programme
from tests.factories import a_coordinator
from tests.programmes.past import (
    a_programme_on_record,
    ago,
    amend,
    due,
    open_up,
    that_was,
    with_measures,
)
from tests.programmes.rows import a_row

pytestmark = pytest.mark.django_db
STATES = ("done", "given_up", "overdue", "due", "not_yet")


def a_story() -> Programme:
    """Thirty days ago five measures; since then everything that can happen to their days."""
    programme = a_programme_on_record(start=ago(400), end=ago(-400))
    yearly = DueRule("recurring", None, None, "yearly")
    titles = ("moved", "struck", "re-opened", "yearly", "left alone")
    rules = (due(15), due(15), due(25), yearly, due(22))
    rows = [a_row(title, due=rule) for title, rule in zip(titles, rules, strict=True)]
    moved, struck, reopened, _yearly, _alone = with_measures(*rows, programme=programme)
    that_was(30)
    by = a_coordinator()
    day = reopened.occurrences.get()
    settle_occurrence(occurrence=day, done_on=ago(26), note="", by=by)
    that_was(24)
    amend(moved, due=due(-60))
    strike_measure(measure=struck, expected_version=1, reason="Nobody came.", by=by)
    Measure.objects.filter(pk=struck.pk).update(struck_on=ago(12))
    that_was(12)
    reopen_occurrence(occurrence=day, reason="It was another one.", by=by)
    with_measures(a_row("added", due=due(20)), programme=programme)
    that_was(9)
    programme.refresh_from_db()
    change_programme(
        programme=programme, expected_version=programme.version, by=by, start=ago(60), end=ago(-60),
        reason="It is shorter.",
    )  # fmt: skip
    that_was(4)
    return programme


def year_ends(days: int) -> int:
    """The last days of years on which the yearly measure was overdue so many days ago."""
    start, day = ago(400 if days > 4 else 60), ago(days)
    ends = (date(year, 12, 31) for year in range(start.year, day.year + 1))
    return sum(start <= end < day for end in ends)


def test_figures_are_those_of_the_days_of_then(client: Client) -> None:
    programme = a_story()
    told = {}
    for days in (28, 20, 13, 11, 8, 3, 1):
        page = client.get(programme.get_absolute_url(), {"day": ago(days)})
        shown = page.context["progress"].occurrences
        figures = counted_then(ago(days))[programme.pk]
        told[days] = {state: getattr(figures, state) for state in STATES}
        assert told[days] == {state: shown[state] for state in STATES}
    overdue = [told[days]["overdue"] - year_ends(days) for days in (20, 13, 11, 8, 3)]
    assert overdue == [1, 3, 1, 3, 3]
    assert told[20]["done"] == 1
    assert counted_then(ago(1)) == counted(ago(1))


def test_the_page_and_its_sums_follow(client: Client) -> None:
    programme = a_story()
    for days, others in ((13, 3), (3, 3)):
        overdue = others + year_ends(days)
        context = client.get("/portfolio/", {"day": ago(days)}).context
        (row,) = context["rows"]
        assert (row.programme.pk, row.figures.overdue) == (programme.pk, overdue)
        assert context["sums"].overdue == overdue
    assert client.get("/portfolio/", {"day": ago(13), "state": "overdue"}).context["rows"]


def test_a_write_of_today_is_followed_on_a_past_day() -> None:
    programme = a_programme_on_record()
    (measure,) = with_measures(a_row("Fair", due=due(15)), programme=programme)
    that_was(30)
    before = figures_of_all(Kept(), ago(10))[programme.pk]
    amend(measure, due=due(-60))
    after = figures_of_all(Kept(), ago(10))[programme.pk]
    assert before == after == Figures(overdue=1, fallen=1)
    assert figures_of_all(Kept(), timezone.localdate())[programme.pk].overdue == 0


def test_what_was_closed_to_the_public_then_is_told_as_of_today() -> None:
    programme = a_programme_on_record(visibility="internal")
    (measure,) = with_measures(a_row("Fair", due=due(15)), programme=programme)
    that_was(30)
    amend(measure, due=due(-60))
    open_up(programme)
    that_was(5)
    assert counted_then(ago(10)) == counted(ago(10))
