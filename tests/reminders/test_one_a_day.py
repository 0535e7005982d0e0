"""A person with an account may be the contact of another body: one letter a day to one address."""

from datetime import date, timedelta

import pytest

from comity.directory.models import Contact
from comity.post.models import Mail
from comity.programmes.due import DueRule
from comity.programmes.rows import NewBody, NewMeasure
from comity.reminders.actions import choose_pace
from comity.reminders.models import Pace, SaidToContact
from comity.reminders.planning import plan
from tests.factories import an_organisation
from tests.programmes.rows import with_measures
from tests.reminders.days import reminded
from tests.reporting.world import DUE, MAY, World, two_sides

pytestmark = pytest.mark.django_db


def a_measure_of_mill(world: World, due: DueRule = MAY) -> None:
    """A mill without an account, the contact of which is who reports for the plant."""
    mill = an_organisation("Homiel mill", kind="enterprise")
    email = world.reporters["BY"].email.upper()
    Contact.objects.create(organisation=mill, email=email, name_en="I. Contact")
    body = NewBody("Homiel mill", "BY", mill.pk)
    with_measures(NewMeasure({"en": "Grind"}, due=due, bodies=(body,)), programme=world.programme)


def letters(world: World) -> list[tuple[str, str]]:
    """The day of each letter to the address, and for whom it is."""
    rows = Mail.objects.filter(to=world.reporters["BY"].email.lower()).order_by("pk")
    parts = [key.split(":") for key in rows.values_list("key", flat=True)]
    return [(day, whom) for _digest, day, whom, _who in parts]


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def run(*days: int) -> None:
    for one in days:
        reminded(on(one))


def told(*letters: tuple[int, str]) -> list[tuple[str, str]]:
    return [(on(days).isoformat(), whom) for days, whom in letters]


def test_the_letter_to_the_contact_waits_for_the_next_day() -> None:
    world = two_sides()
    a_measure_of_mill(world)
    run(0, 0, 1, 1, 2, 3)
    assert letters(world) == told((0, "user"), (1, "contact"))
    assert SaidToContact.objects.values_list("rung", "on").get() == (0, on(1))


def test_what_waited_once_goes_before_what_the_person_is_told_on_the_next_day() -> None:
    world = two_sides()
    a_measure_of_mill(world)
    of_next_day = DueRule("window", date(2018, 5, 1), on(1))
    plant = NewBody("Homiel plant", "BY", world.bodies["BY"].pk)
    row = NewMeasure({"en": "Dig"}, due=of_next_day, bodies=(plant,))
    with_measures(row, programme=world.programme)
    run(-1, 0, 1, 2, 3)
    assert letters(world) == told((-1, "user"), (0, "contact"), (1, "user"))


def test_a_contact_that_was_written_to_today_is_not_written_to_as_a_person() -> None:
    world = two_sides()
    a_measure_of_mill(world, DueRule("window", date(2018, 5, 1), on(-1)))
    world.submitted("BY")
    run(-1)
    assert letters(world) == told((-1, "contact"))
    world.measure.occurrences.get().reports.all().delete()
    assert plan(on(-1)).lines.keys().isdisjoint({world.reporters["BY"].pk})
    assert set(plan(on(0)).lines) >= {world.reporters["BY"].pk}


def test_whoever_chose_mondays_gets_the_letter_of_the_contact_on_a_tuesday() -> None:
    world = two_sides()
    choose_pace(user=world.reporters["BY"], pace=Pace.WEEKLY)
    monday = next(days for days in range(-7, 0) if on(days).weekday() == 0)
    a_measure_of_mill(world, DueRule("window", date(2018, 5, 1), on(monday)))
    run(monday, monday + 1, monday + 2)
    assert letters(world) == told((monday, "user"), (monday + 1, "contact"))
