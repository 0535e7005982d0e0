"""What lists tell as of a past day is what they told on that day.

Everything is registered on the day on which it is done, so that both have to say the same.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from comity.directory.models import Organisation
from comity.programmes.actions import (
    reopen_occurrence,
    restore_measure,
    settle_occurrence,
    strike_measure,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Programme
from comity.programmes.queries.progress import MeasureState
from comity.programmes.rows import NewBody
from tests.factories import a_coordinator, a_region, an_organisation
from tests.programmes.past import a_programme_on_record, ago, amend, due, open_up, with_measures
from tests.programmes.rows import a_row

pytestmark = pytest.mark.django_db

Told = dict[str, Any]
Travel = Callable[[int], Any]


@pytest.fixture
def days_ago(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Makes it so many days ago, within a `with`."""
    now = timezone.now

    @contextmanager
    def travel(days: int) -> Iterator[None]:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(timezone, "now", lambda: now() - timedelta(days=days))
            yield

    return travel


@pytest.fixture
def bodies() -> list[Organisation]:
    return [an_organisation(f"Body {number}", a_region("BY-HO")) for number in range(3)]


def the_rules() -> list[DueRule]:
    """Deadlines around these days, told from the real today."""
    return [
        *(due(days) for days in (80, 55, 40, 25, 10, 0, -20)),
        DueRule("window", ago(70), ago(30)),
        DueRule("recurring", ago(120), ago(-60), "monthly"),
        DueRule("unscheduled"),
    ]


class Register:
    """Two programmes and chance: whatever may happen to a measure happens to some."""

    def __init__(self, seed: int, bodies: list[Organisation], travel: Travel) -> None:
        self.chance, self.bodies, self.rules = random.Random(seed), bodies, the_rules()
        self.by, self.travel = a_coordinator(), travel
        with travel(100):
            # programmes of different titles, so that they stand in an order
            self.programmes = [
                a_programme_on_record(title_en=title, start=ago(150), end=ago(-150))
                for title in ("First", "Second")
            ]
            for programme in self.programmes:
                with_measures(*(self.a_row() for _ in range(14)), programme=programme)

    def a_row(self) -> Any:
        body = self.chance.choice(self.bodies)
        title = f"Measure {self.chance.randrange(10**6)}"
        bodies = (NewBody(body.name_en, "BY", body.pk),)
        return a_row(title, due=self.chance.choice(self.rules), bodies=bodies)

    def go_on(self, days_ago: int) -> None:
        with self.travel(days_ago):
            with_measures(self.a_row(), programme=self.chance.choice(self.programmes))
            for measure in Measure.objects.order_by("pk"):
                self.happen(measure)

    def happen(self, measure: Measure) -> None:
        today = timezone.localdate()
        what = self.chance.choice(["move", "strike", "settle", "settle", "reopen", "", ""])
        reason: Any = {"expected_version": measure.version, "by": self.by, "reason": "x"}
        days = list(measure.occurrences.filter(withdrawn=False).order_by("due_on"))
        if measure.struck_on:
            if what == "strike":
                restore_measure(measure=measure, **reason)
        elif what == "move":
            others = [rule for rule in self.rules if rule != measure.due]
            amend(measure, due=self.chance.choice(others), bodies=self.of(measure))
        elif what == "strike":
            strike_measure(measure=measure, **reason)
        elif what == "settle" and (open_ := [one for one in days if one.done_on is None]):
            one = open_[0]
            if one.opens_on <= today:
                settle_occurrence(occurrence=one, done_on=today, note="", by=self.by)
        elif what == "reopen" and (done := [one for one in days if one.done_on]):
            reopen_occurrence(occurrence=done[-1], reason="x", by=self.by)

    def of(self, measure: Measure) -> tuple[NewBody, ...]:
        named = measure.responsibilities.all()
        return tuple(NewBody(body.text, body.side, body.organisation_id) for body in named)


def told(client: Client, bodies: list[Organisation], days: int | None) -> Told:
    """What the pages tell of today, or of so many days ago."""
    caches["default"].clear()
    caches["pictures"].clear()
    on = {"day": ago(days).isoformat()} if days is not None else {}
    until = timezone.localdate() if days is None else ago(days)

    def rows(url: str, **asked: str) -> list[tuple[str, str, str]]:
        found = []
        for number in range(1, 9):
            page = client.get(url, {**on, **asked, "page": str(number)}).context
            found += [
                (row.measure.title_en, str(row.standing.state), row.standing.words)
                for row in page["rows"]
            ]
            if not page["page"].has_next:
                assert page["page"].total == len(found)
                break
        return found

    def programmes(url: str, **asked: str) -> list[tuple[str, Any]]:
        page = client.get(url, {**on, **asked}).context
        return [(row.programme.title_en, row.progress) for row in page["rows"]]

    def home() -> Told:
        page = client.get("/", on).context
        # days that are made anew have other keys, which tell the order of one day
        days = {name: [one.due_on for one in page[name]] for name in ("due", "late")}
        numbers = ("due_count", "late_count", "given_up_count", "disputed_count")
        return {**days, **{name: str(page[name]) for name in numbers}}

    region, states = a_region("BY-HO"), [str(state) for state in MeasureState]
    late = client.get("/portfolio/late-in-several/", on).context["late_bodies"]
    return {
        "measures": rows("/measures/"),
        **{state: rows("/measures/", state=state) for state in states},
        "soon": rows("/measures/", due_from=str(until), due_until=str(until + timedelta(days=40))),
        "from": rows("/measures/", due_from=str(until - timedelta(days=30)), state="overdue"),
        "of a body": rows(f"/measures/of-organisation/{bodies[0].pk}/"),
        "of a body, late": rows("/measures/", organisation=bodies[1].name_en, state="overdue"),
        "of a region": rows(f"/measures/of-territory/{region.pk}/"),
        "programmes": programmes("/programmes/"),
        **{f"{s} in": programmes("/programmes/", state=s) for s in ("overdue", "due", "done")},
        "programmes of a region": programmes(f"/programmes/of-territory/{region.pk}/"),
        "home": home(),
        "sums": client.get("/portfolio/", on).context["sums"],
        "late in several": [(one.organisation, one.programmes, one.days) for one in late],
    }


@pytest.mark.parametrize("seed", [1, 2, 10, 15])
def test_a_past_day_is_told_as_it_was_told_then(
    client: Client, days_ago: Travel, bodies: list[Organisation], seed: int
) -> None:
    register = Register(seed, bodies, days_ago)
    said = {}
    for days in (60, 45, 30, 15):
        register.go_on(days)
        with days_ago(days - 5):
            said[days - 5] = told(client, bodies, None)
    for days, then in said.items():
        now = told(client, bodies, days)
        assert {name: now[name] for name in then} == then
    assert any(then["late in several"] for then in said.values())
    assert any(then["sums"].dropped for then in said.values())
    assert all(then["measures"] and then["overdue"] and then["struck"] for then in said.values())


def test_parts_of_a_past_list_follow_each_other(client: Client, days_ago: Travel) -> None:
    with days_ago(90):
        programme = a_programme_on_record()
        rows = [a_row(f"{number:02}", due=due(80 - number)) for number in range(60)]
        measures = with_measures(*rows, a_row("none"), programme=programme)
    with days_ago(10):
        for measure in measures[::3]:
            amend(measure, due=due(-50))
    found = []
    for number in (1, 2, 3):
        page = client.get("/measures/", {"day": ago(11).isoformat(), "page": str(number)}).context
        found.append([row.measure.title_en for row in page["rows"]])
        assert page["page"].total == 61
    assert [len(part) for part in found] == [25, 25, 11]
    titles = [title for part in found for title in part]
    assert titles == [*(f"{number:02}" for number in range(60)), "none"]


def test_whoever_was_kept_out_then_learns_nothing(client: Client, days_ago: Travel) -> None:
    with days_ago(90):
        hidden = a_programme_on_record(visibility="internal", title_en="Hidden")
        (fair,) = with_measures(a_row("Fair", due=due(30)), programme=hidden)
    with days_ago(20):
        amend(fair, due=due(-50), titles={"en": "Great fair"})
    on = {"day": ago(25).isoformat()}

    def late() -> list[str]:
        caches["default"].clear()
        page = client.get("/", on).context
        return [one.measure.title_en for one in page["late"]]

    def listed() -> list[tuple[str, str]]:
        rows = client.get("/measures/", on).context["rows"]
        return [(row.measure.title_en, str(row.standing.state)) for row in rows]

    assert (late(), listed()) == ([], [])
    with days_ago(10):
        open_up(Programme.objects.get())
    assert (late(), listed()) == ([], [("Great fair", "not_yet")])
    client.force_login(a_coordinator())
    assert (late(), listed()) == ([], [("Great fair", "not_yet")])


def test_the_page_of_bodies_late_in_several_asks_for_a_day(client: Client) -> None:
    page = client.get("/portfolio/late-in-several/", {"day": ago(40), "state": "overdue"})
    told = page.content.decode()
    assert f'name="day" value="{ago(40)}"' in told
    assert '<input type="hidden" name="state" value="overdue">' in told


def test_pages_lead_their_panels_and_links_to_the_same_day(client: Client) -> None:
    body = an_organisation()
    day = ago(40).isoformat()
    for page, panel in (
        (body.seat.get_absolute_url(), f"/measures/of-territory/{body.seat_id}/?day={day}"),
        (body.get_absolute_url(), f"/measures/of-organisation/{body.pk}/?day={day}"),
        ("/", f"/measures/?state=overdue&amp;day={day}"),
    ):
        assert panel in client.get(page, {"day": day}).content.decode()
        today = client.get(page, {"day": "2199-01-01"}).content.decode()
        assert panel not in today
        assert panel.partition("?day")[0].removesuffix(f"&amp;day={day}") in today
