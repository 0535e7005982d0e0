"""On which side it hangs: what a side did in time does not count against it, nor its bodies."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from comity.audit.kept import Kept
from comity.directory.models import Organisation
from comity.portfolio.queries.history import history_of
from comity.portfolio.queries.standing import DayState, Line, standing_of
from comity.portfolio.queries.whole import late_in_many
from comity.programmes.models import Measure, Occurrence, Programme
from comity.reporting.models import Outcome, Report, Stage
from tests.factories import a_coordinator, a_region, an_organisation
from tests.portfolio.world import a_day, a_measure_of, a_running_programme, ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation("Homiel office", a_region("BY-HO"))


@pytest.fixture
def there() -> Organisation:
    return an_organisation("Bryansk office", a_region("RU-BRY"))


def of_both(here: Organisation, there: Organisation) -> Measure:
    measure = a_measure_of(a_running_programme("BY-HO", "RU-BRY"), here, there)
    for body in measure.responsibilities.all():
        body.country_id = body.organisation.seat.country_code
        body.save()
    return measure


def said(one: Occurrence, side: str, done_on: date, stage: Stage = Stage.ACCEPTED) -> None:
    Report.objects.create(
        programme=one.programme, measure=one.measure, occurrence=one, side=side, stage=stage,
        outcome=Outcome.DONE, done_on=done_on, told="Held.", first_submitted_on=done_on,
    )  # fmt: skip


@pytest.fixture
def measure(here: Organisation, there: Organisation) -> Measure:
    """Of both sides: BY did two days in time, and waits to be believed about the third."""
    measure = of_both(here, there)
    said(a_day(measure, ago(20)), "BY", ago(22))
    late = a_day(measure, ago(30), 15)
    said(late, "BY", ago(31))
    said(late, "RU", ago(15))
    said(a_day(measure, ago(10)), "BY", ago(11), Stage.SUBMITTED)
    return measure


def numbers(lines: Sequence[Line]) -> dict[str, dict[DayState, int]]:
    return {line.name: dict(line.numbers) for line in lines}


@pytest.mark.parametrize("days", [0, 1])
def test_each_side_and_body_stands_where_it_brought_it_itself(measure: Measure, days: int) -> None:
    told = standing_of(measure.programme, a_coordinator(), ago(days))
    if days:  # reports of a past day are told by their steps, and these have none
        assert numbers(told.by_side)["BY"] == numbers(told.by_side)["RU"]
        return
    by = {DayState.DONE: 2, DayState.WAITING: 1}
    ru = {DayState.OVERDUE: 2, DayState.DONE_LATE: 1}
    assert numbers(told.by_side) == {"BY": by, "RU": ru}
    assert numbers(told.by_body) == {"Homiel office": by, "Bryansk office": ru}
    whole = {DayState.OVERDUE: 1, DayState.DONE_LATE: 1, DayState.WAITING: 1}
    assert dict(told.whole.numbers) == whole


@pytest.mark.usefixtures("measure")
def test_regions_are_compared_by_what_their_own_side_did(client: Client) -> None:
    shown = [region for region, _drawn in client.get("/portfolio/").context["regions"]]
    told = [(one.territory.code, one.share.hits, one.share.cases) for one in shown]
    assert told == [("BY-HO", 2, 3), ("RU-BRY", 0, 3)]


def test_chances_are_learnt_from_what_a_body_did_itself(
    measure: Measure, here: Organisation, there: Organisation
) -> None:
    assert measure.responsibilities.count() == 2
    past = history_of(a_coordinator(), [here.pk, there.pk], ago(0))
    told = {body: (kinds["trade"].late, kinds["trade"].all) for body, kinds in past.items()}
    assert told == {here.pk: (1, 3), there.pk: (3, 3)}


def test_whoever_waits_for_the_other_side_is_not_late_in_several(
    here: Organisation, there: Organisation
) -> None:
    for _ in range(2):
        said(a_day(of_both(here, there), ago(20)), "BY", ago(22))
    for days in (0, 1):
        found = late_in_many(AnonymousUser(), {}, ago(days), Kept())
        assert [(one.organisation, one.programmes) for one in found] == [(there, 2)]


def test_a_day_that_was_put_off_counts_as_missed(client: Client, here: Organisation) -> None:
    programme = a_running_programme("BY-HO", "RU-BRY")
    body = a_measure_of(programme, here)
    a_day(body, ago(-30), first_due_on=ago(20))
    a_day(body, ago(5), 0, first_due_on=ago(40))
    a_day(body, ago(60), 0)
    context = client.get("/portfolio/").context
    sums = context["sums"]
    assert (sums.overdue, sums.put_off, sums.late, sums.fallen, sums.on_time) == (0, 1, 1, 3, 1)
    page = client.get("/portfolio/").content.decode()
    assert "put off past the first deadline" in page
    assert "1 put off" in page
    then = client.get("/portfolio/", {"day": ago(30).isoformat()}).context["sums"]
    assert (then.put_off, then.fallen, then.on_time) == (1, 2, 1)
    past = history_of(a_coordinator(), [here.pk], ago(0))
    assert (past[here.pk]["trade"].late, past[here.pk]["trade"].all) == (2, 3)
    assert Programme.objects.count() == 1


@pytest.mark.usefixtures("measure")
def test_sides_are_called_by_their_names(client: Client) -> None:
    programme = Programme.objects.get()
    page = client.get(f"/portfolio/standing/of-programme/{programme.pk}/").content.decode()
    assert '<th scope="row">Country BY</th>' in page
    assert '<th scope="row">BY</th>' not in page
