"""A register with a past: bodies, programmes and days that were done in time or late."""

from datetime import date, timedelta

from django.utils import timezone

from comity.directory.models import Organisation
from comity.programmes.due import DueKind
from comity.programmes.models import Measure, Occurrence, Programme, Responsibility, Section
from comity.programmes.occurrences import note_what_is_next
from tests.factories import a_measure, a_programme, a_region, an_agreement, an_organisation


def a_running_programme(*regions: str, **fields: object) -> Programme:
    here = [a_region(code) for code in regions or ("BY-HO", "RU-BRY")]
    return a_programme(an_agreement(*here), **fields)


def a_measure_of(
    programme: Programme, *bodies: Organisation, field: str = "trade", **fields: object
) -> Measure:
    section, _made = Section.objects.get_or_create(
        programme=programme, title=f"Section {field}", defaults={"position": 1, "field": field}
    )
    measure = a_measure(programme, section=section, **fields)
    for place, body in enumerate(bodies):
        Responsibility.objects.create(
            measure=measure, position=place, text=str(body), organisation=body
        )
    return measure


def a_day(
    measure: Measure, due_on: date, done_after: int | None = None, **fields: object
) -> Occurrence:
    """A day of a measure; done so many days after it (before it, if negative), or still open."""
    done_on = None if done_after is None else due_on + timedelta(days=done_after)
    made = Occurrence.objects.create(
        measure=measure,
        programme=measure.programme,
        **{"opens_on": due_on - timedelta(days=30), "due_on": due_on, "done_on": done_on, **fields},
    )
    note_what_is_next([measure])
    return made


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def a_past(bodies: int = 10, days: int = 8, visibility: str = "public") -> list[Organisation]:
    """Bodies with days behind them; every fourth was late on most of them, the others seldom."""
    programme = a_running_programme(visibility=visibility)
    made = []
    for number in range(bodies):
        body = an_organisation(f"Body {number}")
        measure = a_measure_of(programme, body, due_kind=DueKind.UNSCHEDULED)
        for place in range(days):
            is_late = place < days - 2 if number % 4 == 0 else place == number % days
            a_day(measure, ago(100 * (place + 1)), 20 if is_late else -5)
        made.append(body)
    return made
