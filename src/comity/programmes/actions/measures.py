from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.lib.inserting import insert_records, update_records
from comity.lib.periods import Period
from comity.lib.versions import claim_all
from comity.programmes.bodies import bodies_of, insert_bodies, replace_bodies, told
from comity.programmes.consent import on_consent
from comity.programmes.due import occurrences
from comity.programmes.fields import guessed_field
from comity.programmes.former_deadlines import note_former
from comity.programmes.models import Measure, Occurrence, Programme, Section
from comity.programmes.occurrences import (
    built_upon,
    insert_occurrences,
    regenerate_occurrences,
)
from comity.programmes.rows import NewBody, NewMeasure, check_rows
from comity.programmes.rules import can_change_programme


def add_measure(
    *, programme: Programme, row: NewMeasure, by: Reader, reason: str = "", rests_on: str = ""
) -> Measure:
    """One more measure of a programme; see `add_measures`.

    Where changes need the other side's consent, `rests_on` says on what it rests.
    """
    _coordinators_only(by, programme)
    reason = on_consent(programme, reason, rests_on)
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
    insert_bodies((m.pk, row.bodies) for m, row in zip(measures, rows, strict=True))
    insert_occurrences(
        (measure, window)
        for measure, of_measure in zip(measures, windows, strict=True)
        for window in of_measure
    )
    for measure, row in zip(measures, rows, strict=True):
        trail.created(measure)
        trail.entries[-1].changes["bodies"] = [None, told(row.bodies)]
    trail.record()
    return measures


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What a measure is to say, and the version that it was opened at.

    A correction says what was agreed all along: the deadline that it replaces was none.
    """

    measure: Measure
    new: NewMeasure
    expected_version: int
    is_correction: bool = False


@transaction.atomic
def change_measures(
    *, programme: Programme, changes: Sequence[MeasureChange], by: Reader, reason: str = ""
) -> list[Measure]:
    """What measures say by a new version of their programme; their occurrences follow without loss.

    A change of one measure is an amendment: see `amend_measure`. A handful of queries however many
    they are, and one audit event. A `position` None leaves a measure where it is. Raises
    `lib.versions.Stale` if somebody changed one meanwhile,
    ValidationError, which names the measure, if a change contradicts itself; then nothing is
    written.
    """
    if not changes:
        return []
    programme = Programme.objects.get(pk=programme.pk)
    _coordinators_only(by, programme)
    check_rows([change.new for change in changes])
    are_corrections = all(change.is_correction for change in changes)
    trail = Trail("measure.corrected" if are_corrections else "measure.changed", by, reason)
    measures = _standing(programme, [change.measure.pk for change in changes])
    stood = [(snapshot(measure), measure.due) for measure in measures]
    claim_all([(m, change.expected_version) for m, change in zip(measures, changes, strict=True)])
    sections = _sections_named(programme, [change.new.section for change in changes], trail)
    for measure, change in zip(measures, changes, strict=True):
        if not change.is_correction and change.new.due != measure.due:
            note_former(measure, measure.due)
        _fill(measure, change.new, sections)
    update_records(measures)
    for measure, (before, _due) in zip(measures, stood, strict=True):
        trail.changed(measure, before)
    named = {
        measure.pk: change.new.bodies for measure, change in zip(measures, changes, strict=True)
    }
    _change_bodies(named, trail)
    regenerate_occurrences(
        [measure for measure, (_, due) in zip(measures, stood, strict=True) if measure.due != due],
        programme.period,
        stood={measure.pk: due for measure, (_, due) in zip(measures, stood, strict=True)},
        corrected={change.measure.pk for change in changes if change.is_correction},
    )
    trail.record()
    return measures


def remove_measure(*, measure: Measure, by: Reader, reason: str) -> None:
    """Takes out a measure that should not be there; refused once work was built on it.

    Refused too where the other side would have to consent: there it is struck out.
    """
    if measure.programme.needs_consent:
        raise ValidationError(
            _("The other side has to consent to that: strike the measure out instead.")
        )
    remove_measures(programme=measure.programme, measures=[measure], by=by, reason=reason)


@transaction.atomic
def remove_measures(
    *, programme: Programme, measures: Sequence[Measure], by: Reader, reason: str
) -> None:
    """Takes out measures of a programme, in a handful of queries and with one audit event.

    Raises ValidationError if work was built on one of them; then none is removed.
    """
    if not measures:
        return
    _coordinators_only(by, programme)
    if not reason.strip():
        raise ValidationError(_("Say why the measure is removed."))
    keys = [measure.pk for measure in measures]
    built = ValidationError(
        _("Something was shown or registered for this measure, so it stays. ")
        + _("Change its deadline instead: what no longer fits is withdrawn.")
    )
    if built_upon(list(Occurrence.objects.filter(measure__in=keys).select_for_update())):
        raise built
    trail, bodies = Trail("measure.removed", by, reason), bodies_of(keys)
    for measure in programme.measures.filter(pk__in=keys):
        trail.removed(measure)
        trail.entries[-1].changes["bodies"] = [told(bodies[measure.pk]), None]
    try:
        programme.measures.filter(pk__in=keys).delete()
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


def _fill(measure: Measure, new: NewMeasure, sections: Mapping[str, Section]) -> None:
    measure.section = sections.get(new.section)
    measure.position = measure.position if new.position is None else new.position
    for column, value in new.columns().items():
        setattr(measure, column, value)


def _standing(programme: Programme, keys: Sequence[int]) -> list[Measure]:
    found = programme.measures.in_bulk(keys)
    if len(found) != len(keys):
        raise ValidationError(_("A measure was removed meanwhile; look at the programme again."))
    return [found[key] for key in keys]


def _change_bodies(named: Mapping[int, Sequence[NewBody]], trail: Trail) -> None:
    """Puts the bodies of measures, by their keys, in place of others, and tells it of each."""
    known = bodies_of(named)
    other = {key: bodies for key, bodies in named.items() if known[key] != bodies}
    replace_bodies(other)
    for entry in trail.entries:
        if entry.model == Measure._meta.label_lower and entry.record_id in other:
            entry.changes["bodies"] = [told(known[entry.record_id]), told(other[entry.record_id])]
