from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.lib.inserting import insert_records, insert_rows
from comity.lib.periods import Period
from comity.programmes.due import occurrences
from comity.programmes.fields import guessed_field
from comity.programmes.models import Measure, Programme, Responsibility, Section
from comity.programmes.occurrences import (
    built_upon,
    insert_occurrences,
    regenerate_occurrences,
)
from comity.programmes.rows import NewBody, NewMeasure, check_rows
from comity.programmes.rules import can_change_programme


def add_measure(*, programme: Programme, row: NewMeasure, by: Reader, reason: str = "") -> Measure:
    """One more measure of a programme; see `add_measures`."""
    return add_measures(programme=programme, rows=[row], by=by, reason=reason)[0]


@transaction.atomic
def add_measures(
    *, programme: Programme, rows: Sequence[NewMeasure], by: Reader, reason: str = ""
) -> list[Measure]:
    """Measures with their sections, bodies and occurrences; in the order of `rows`.

    A handful of queries however many they are, and one audit event. Raises ValidationError, which
    names the measure, if a row contradicts itself; then nothing is written.
    """
    _coordinators_only(by, programme)
    check_rows(rows)
    trail = Trail("measure.added", by, reason)
    Programme.objects.select_for_update().get(pk=programme.pk)  # positions are given in turn
    sections = _sections_named(programme, [row.section for row in rows if row.section], trail)
    after = _last_position(programme)
    measures = [
        Measure(
            programme=programme,
            section=sections.get(row.section),
            position=after + place if row.position is None else row.position,
            **row.columns(),
        )
        for place, row in enumerate(rows, 1)
    ]
    windows = [_plan(measure, programme) for measure in measures]
    insert_records(measures)
    _insert_bodies((m, row.bodies) for m, row in zip(measures, rows, strict=True))
    insert_occurrences(
        (measure, window)
        for measure, of_measure in zip(measures, windows, strict=True)
        for window in of_measure
    )
    for measure, row in zip(measures, rows, strict=True):
        trail.created(measure)
        trail.entries[-1].changes["bodies"] = [None, _told(row.bodies)]
    trail.record()
    return measures


@transaction.atomic
def change_measure(
    *, measure: Measure, new: NewMeasure, expected_version: int, by: Reader, reason: str = ""
) -> Measure:
    """What a measure says from now on; its occurrences follow without loss.

    `new.position` None leaves it where it is. Raises `lib.versions.Stale` if somebody changed the
    measure meanwhile, ValidationError if `new` contradicts itself.
    """
    measure = Measure.objects.select_related("programme").get(pk=measure.pk)
    programme = measure.programme
    _coordinators_only(by, programme)
    check_rows([new])
    trail, before, rule = Trail("measure.changed", by, reason), snapshot(measure), measure.due
    measure.claim(expected_version)
    measure.section = _sections_named(programme, [new.section], trail).get(new.section)
    measure.position = measure.position if new.position is None else new.position
    for column, value in new.columns().items():
        setattr(measure, column, value)
    measure.save()
    trail.changed(measure, before)
    _replace_bodies(measure, new.bodies, trail)
    if measure.due != rule:
        regenerate_occurrences([measure], programme.period)
    trail.record()
    return measure


@transaction.atomic
def remove_measure(*, measure: Measure, by: Reader, reason: str) -> None:
    """Takes out a measure that should not be there; refused once work was built on it."""
    _coordinators_only(by, measure.programme)
    if not reason.strip():
        raise ValidationError(_("Say why the measure is removed."))
    built = ValidationError(
        _("Something was shown or registered for this measure, so it stays. ")
        + _("Change its deadline instead: what no longer fits is withdrawn.")
    )
    if built_upon(list(measure.occurrences.select_for_update())):
        raise built
    trail = Trail("measure.removed", by, reason)
    trail.removed(measure)
    trail.entries[-1].changes["bodies"] = [_told(_bodies_of(measure)), None]
    try:
        measure.delete()
    except models.ProtectedError as held:  # such as news of it
        raise built from held
    trail.record()


def _coordinators_only(by: Reader, programme: Programme) -> None:
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner change its measures."),
    )


def _last_position(programme: Programme) -> int:
    last: int | None = programme.measures.aggregate(last=Max("position"))["last"]
    return last or 0


def _sections_named(
    programme: Programme, titles: Sequence[str], trail: Trail
) -> dict[str, Section]:
    """The sections by title, each made if the programme has none of that title yet."""
    titles = [title for title in dict.fromkeys(titles) if title]
    if not titles:
        return {}
    known = {section.title: section for section in programme.sections.all()}
    last = max((section.position for section in known.values()), default=0)
    missing = [title for title in titles if title not in known]
    made = Section.objects.bulk_create(
        Section(programme=programme, title=title, position=place, field=guessed_field(title))
        for place, title in enumerate(missing, last + 1)
    )
    trail.created(*made)
    return known | {section.title: section for section in made}


def _plan(measure: Measure, programme: Programme) -> tuple[Period, ...]:
    """The windows of a new measure, the first of which is noted on it."""
    windows = occurrences(measure.due.within(programme.period))
    if windows:
        measure.next_due, measure.next_opens = windows[0].end, windows[0].start
    return windows


def _insert_bodies(named: Iterable[tuple[Measure, Sequence[NewBody]]]) -> None:
    insert_rows(
        Responsibility,
        ("measure", "position", "text", "country", "organisation"),
        (
            (measure.pk, place, body.text, body.country or None, body.organisation)
            for measure, bodies in named
            for place, body in enumerate(bodies)
        ),
    )


def _bodies_of(measure: Measure) -> tuple[NewBody, ...]:
    return tuple(
        NewBody(body.text, body.side, body.organisation_id)
        for body in measure.responsibilities.all()
    )


def _replace_bodies(measure: Measure, bodies: tuple[NewBody, ...], trail: Trail) -> None:
    before = _bodies_of(measure)
    if before == bodies:
        return
    measure.responsibilities.all().delete()
    _insert_bodies([(measure, bodies)])
    trail.entries[-1].changes["bodies"] = [_told(before), _told(bodies)]


def _told(bodies: Sequence[NewBody]) -> list[Any]:
    return [[body.text, body.country, body.organisation] for body in bodies]
