from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.agreements.models import Agreement
from comity.audit.actions import Trail, snapshot
from comity.lib.inserting import update_records
from comity.programmes.former_deadlines import losing_days, note_former
from comity.programmes.models import Programme, ProgrammeSide, Section
from comity.programmes.occurrences import regenerate_occurrences
from comity.programmes.rules import (
    can_change_programme,
    can_keep_programme_of,
    speaks_for_all,
)
from comity.programmes.sides import sides_by_agreement
from comity.territories.models import Territory

#: What a person fills in of a programme; the rest follows.
FIELDS = (
    "title_be", "title_ru", "title_en", "kind", "agreement", "owner", "start", "end", "language",
    "visibility", "needs_consent", "is_example",
)  # fmt: skip


@transaction.atomic
def create_programme(
    *, by: Reader, sides: Sequence[Territory] | None = None, reason: str = "", **values: Any
) -> Programme:
    """A programme with `values` for `FIELDS`; its `sides` follow the agreement unless given.

    Raises ValidationError if the values contradict each other.
    """
    programme = _filled(Programme(), values)
    agreement = programme.agreement
    if sides is None:
        today = timezone.localdate()
        sides = sides_by_agreement(agreement, programme.start, programme.end, today)
    must(
        can_keep_programme_of(
            by, owner=programme.owner_id, sides=[territory.pk for territory in sides]
        )
        and _sees(by, agreement),
        _("Only coordinators of a side, of the owner or of the whole register add a programme."),
    )
    programme.full_clean()
    programme.save()
    trail = Trail("programme.created", by, reason)
    trail.created(programme)
    _set_sides(programme, sides, trail)
    _consent_makes_sense(programme)
    trail.record()
    return programme


@transaction.atomic
def change_programme(
    *,
    programme: Programme,
    expected_version: int,
    by: Reader,
    sides: Sequence[Territory] | None = None,
    reason: str = "",
    **values: Any,
) -> Programme:
    """Other `values` for some of `FIELDS`, other `sides`; a new period moves what it decides.

    Where days of measures fall away by the new period, that is a change of them: it needs a reason,
    the deadlines that they had stay on record, and one side alone does not make it where changes
    need consent. Raises `lib.versions.Stale` if somebody changed the programme meanwhile,
    ValidationError if the values contradict each other.
    """
    programme = Programme.objects.select_related("agreement").get(pk=programme.pk)
    agreement = values.get("agreement", programme.agreement)
    must(
        can_change_programme(by, programme)
        and (agreement == programme.agreement or _sees(by, agreement)),
        _("Only coordinators of the programme, of a side or of its owner change it."),
    )
    _must_keep_consent(programme, values, sides, by)
    before, period = snapshot(programme), programme.period
    programme.claim(expected_version)
    _filled(programme, values).full_clean()
    programme.save()
    trail = Trail("programme.changed", by, reason)
    trail.changed(programme, before)
    if sides is not None:
        _set_sides(programme, sides, trail)
    _consent_makes_sense(programme)
    if programme.period != period:
        measures = list(programme.measures.all())
        losing = losing_days(measures, period, programme.period)
        if losing:
            _must_take_days_away(programme, by, reason)
            for measure in losing:
                note_former(measure, measure.due.within(period))
            update_records(losing, ["former_dues"])
        regenerate_occurrences(measures, programme.period)
    trail.record()
    return programme


@transaction.atomic
def remove_programme(*, programme: Programme, by: Reader, reason: str) -> None:
    """Takes out a programme that has no measures and to which nothing refers."""
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner remove it."),
    )
    if not reason.strip():
        raise ValidationError(_("Say why the programme is removed."))
    if programme.measures.exists():
        raise ValidationError(_("The programme has measures, so it stays; remove them first."))
    trail = Trail("programme.removed", by, reason.strip())
    trail.removed(*programme.grants.all(), *programme.sides.all(), *programme.sections.all())
    trail.removed(programme)
    try:
        programme.delete()
    except models.ProtectedError as held:
        raise ValidationError(
            _("Other records refer to the programme, such as the document it came from.")
        ) from held
    trail.record()


@transaction.atomic
def name_section_fields(
    *, programme: Programme, fields: Mapping[int, str], by: Reader
) -> list[Section]:
    """Corrects the fields of cooperation of sections, by their id; gives those that changed."""
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner change its sections."),
    )
    trail, corrected = Trail("programme.fields_named", by), []
    for section in programme.sections.select_for_update():
        before = snapshot(section)
        section.field = fields.get(section.pk, section.field)
        if snapshot(section) != before:
            section.full_clean()
            section.save()
            trail.changed(section, before)
            corrected.append(section)
    if corrected:
        trail.record()
    return corrected


def _must_keep_consent(
    programme: Programme,
    values: Mapping[str, Any],
    sides: Sequence[Territory] | None,
    by: Reader,
) -> None:
    """One side alone does not do away with the consent of the other one."""
    if not programme.needs_consent:
        return
    now = [side.territory_id for side in programme.sides.all()]
    other_sides = sides is not None and {place.pk for place in sides} != set(now)
    if other_sides or not values.get("needs_consent", True):
        must(
            speaks_for_all(by, programme),
            _("Only who speaks for every side changes the sides, or does without their consent."),
        )


def _must_take_days_away(programme: Programme, by: Reader, reason: str) -> None:
    if programme.needs_consent and not speaks_for_all(by, programme):
        raise ValidationError(
            _(
                "In this period days of measures fall away, to which the other side has to "
                "consent. Propose a change of each measure instead, or ask whoever speaks for "
                "every side."
            )
        )
    if not reason.strip():
        raise ValidationError(_("In this period days of measures fall away: say why."))


def _consent_makes_sense(programme: Programme) -> None:
    if not programme.needs_consent:
        return
    places = ProgrammeSide.objects.filter(programme=programme).select_related("territory")
    if len({side.territory.country_code for side in places}) < 2:
        raise ValidationError(
            {"needs_consent": _("There is another side only where it has sides of two countries.")}
        )


def _filled(programme: Programme, values: Mapping[str, Any]) -> Programme:
    for name, value in values.items():
        if name not in FIELDS:
            raise TypeError(f"A programme has no “{name}” that a person fills in.")
        setattr(programme, name, value)
    return programme


def _sees(by: Reader, agreement: Agreement | None) -> bool:
    return agreement is None or Agreement.objects.visible_to(by).filter(pk=agreement.pk).exists()


def _set_sides(programme: Programme, sides: Sequence[Territory], trail: Trail) -> None:
    before = list(programme.sides.all())
    if [side.territory_id for side in before] == [territory.pk for territory in sides]:
        return
    trail.removed(*before)
    programme.sides.all().delete()
    made = ProgrammeSide.objects.bulk_create(
        ProgrammeSide(programme=programme, territory=territory, position=position)
        for position, territory in enumerate(dict.fromkeys(sides))
    )
    trail.created(*made)
