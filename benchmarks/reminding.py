"""The reminders of a day for many bodies, each with a person who reports and something due."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from time import perf_counter

from benchmarks import register
from benchmarks.results import Row, Scale, Telling

TITLE = "Daily reminders"
MOST_SECONDS = 60.0
DAY = date(2026, 5, 24)
DUE = date(2026, 5, 31)
#: Bodies that the measures of one programme name.
IN_A_PROGRAMME = 500


def measure(scale: Scale, telling: Telling) -> Sequence[Row]:
    bodies = 50_000 if scale.name == "full" else 2_000
    database = register.FOLDER / "reminders.sqlite3"
    register.forget(database)
    register.use(database)
    try:
        _fill(bodies, telling)
        return _timed(bodies, telling)
    finally:
        register.forget(database)


def _timed(bodies: int, telling: Telling) -> list[Row]:
    from comity.post.models import Mail
    from comity.reminders.actions import remind
    from comity.reminders.planning import plan

    started = perf_counter()
    made = plan(DAY)
    planned = perf_counter() - started
    assert len(made.lines) == bodies
    done = telling.begin(f"Reminders for {bodies:,} bodies", bodies)
    started = perf_counter()
    written = remind(day=DAY, told=lambda: done(1))
    wrote = perf_counter() - started
    assert written == Mail.objects.count() == bodies
    started = perf_counter()
    assert remind(day=DAY) == 0
    again = perf_counter() - started
    at = f"{bodies:,} bodies, {bodies:,} measures"
    reach = f"≤ {MOST_SECONDS:.0f} s"
    return [
        Row("who gets what (the dry run)", at, "", f"{planned:.1f} s", None),
        Row("written and in the queue", at, reach, f"{wrote:.1f} s", wrote <= MOST_SECONDS),
        Row("the same day again: nothing", at, reach, f"{again:.1f} s", again <= MOST_SECONDS),
    ]


def _fill(bodies: int, telling: Telling) -> None:
    from comity.accounts.models import Role, User
    from comity.directory.models import Membership, Organisation
    from comity.programmes.models import Measure, Occurrence, Programme, Responsibility
    from comity.territories.models import Territory

    land = Territory.objects.create(code="BY", kind="country", name_en="Belarus")
    done, numbers = telling.begin(f"Making {bodies:,} bodies", bodies), count()
    for _programme in range(0, bodies, IN_A_PROGRAMME):
        few = [next(numbers) for _one in range(min(IN_A_PROGRAMME, bodies))]
        programme = Programme.objects.create(
            title_en=f"Programme {few[0]}", language="en", kind="action", visibility="public"
        )
        plants = Organisation.objects.bulk_create(
            Organisation(name_en=f"Plant {one}", seat=land, kind="enterprise") for one in few
        )
        people = User.objects.bulk_create(
            User(email=f"p{one}@example.org", language=("be", "ru", "en")[one % 3]) for one in few
        )
        Membership.objects.bulk_create(
            Membership(user=user, organisation=plant, role=Role.REPORTER)
            for user, plant in zip(people, plants, strict=True)
        )
        measures = Measure.objects.bulk_create(
            Measure(
                programme=programme, position=place, number=str(place), due_kind="date",
                due_end=DUE, title_en="Hold an exhibition of what the region makes",
            )
            for place, _one in enumerate(few, 1)
        )  # fmt: skip
        Responsibility.objects.bulk_create(
            Responsibility(measure=one, text=plant.name_en, country=land, organisation=plant)
            for one, plant in zip(measures, plants, strict=True)
        )
        Occurrence.objects.bulk_create(
            Occurrence(measure=one, programme=programme, opens_on=DUE, due_on=DUE)
            for one in measures
        )
        done(len(few))
