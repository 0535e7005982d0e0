from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.directory.links import links_to
from comity.directory.queries import standing_for
from comity.intake.actions.committing import finish
from comity.intake.comparing import held_measures
from comity.intake.models import Became, Import, ImportRow, ImportState
from comity.programmes.actions import MeasureChange, add_measures, change_measures, remove_programme
from comity.programmes.keeping import from_json
from comity.programmes.models import (
    Measure,
    Occurrence,
    Programme,
    ProgrammeSide,
    Responsibility,
    Section,
)
from comity.programmes.rules import can_change_programme

#: Rows that are parts of a measure or of a programme; they go with it.
PARTS = (Occurrence, Responsibility, ProgrammeSide, Section, Measure, Import)


@transaction.atomic
def undo_import(*, document: Import, reason: str, expected_version: int, by: Reader) -> Import:
    """Takes back all that a document brought: its programme, or what it changed in one.

    Raises ValidationError if something was built on it since, or no reason is given;
    `lib.versions.Stale` if somebody changed it meanwhile.
    """
    document = Import.objects.select_for_update().get(pk=document.pk)
    if document.state != ImportState.COMMITTED or document.programme is None:
        raise ValidationError(_("Only what was taken in can be undone."))
    programme = document.programme
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner undo an import."),
    )
    if not reason.strip():
        raise ValidationError(_("Say why the import is undone; it stands in its history."))
    if found := built_since(document):
        raise ValidationError(found)
    before = snapshot(document)
    document.claim(expected_version)
    finish(document, None, ImportState.UNDONE)
    trail = Trail("intake.undone", by, reason.strip())
    rows = list(document.rows.exclude(became=Became.NOTHING).select_related("measure__section"))
    _put_back(rows, document, programme, reason.strip(), by)
    _take_out([row.measure for row in rows if row.became == Became.ADDED and row.measure], trail)
    if document.amends_id is None:
        _remove_programme(programme, reason.strip(), by)
    trail.changed(document, before)
    trail.record()
    return document


def built_since(document: Import) -> list[str]:
    """What stands in the way of undoing an import, in sentences; nothing if it can be undone."""
    assert document.programme is not None
    rows = list(document.rows.exclude(became=Became.NOTHING).select_related("measure"))
    touched = [row for row in rows if row.became in (Became.ADDED, Became.CHANGED)]
    standing = [row.measure for row in touched if row.measure]
    later = _later_versions(document, [measure.pk for measure in standing])
    removed = len([row for row in touched if row.measure is None])
    changed = len([r for r in touched if r.measure and r.measure.version != r.measure_version])
    held = len(held_measures(standing) | _referred_to(Measure, standing))
    told = {
        ngettext(
            "%(n)s later version changed it; undo that first.",
            "%(n)s later versions changed it; undo those first.",
            later,
        ): later,
        ngettext(
            "%(n)s of its measures was removed since.",
            "%(n)s of its measures were removed since.",
            removed,
        ): removed,
        ngettext(
            "%(n)s of its measures was changed since.",
            "%(n)s of its measures were changed since.",
            changed,
        ): changed,
        ngettext(
            "For %(n)s of its measures something was shown or registered.",
            "For %(n)s of its measures something has been shown or registered.",
            held,
        ): held,
    }
    return [
        *(sentence % {"n": number} for sentence, number in told.items() if number),
        *_about_programme(document, document.programme, rows),
    ]


def _about_programme(
    document: Import, programme: Programme, rows: Sequence[ImportRow]
) -> list[str]:
    if document.amends_id is not None:
        return []
    own = [row.measure_id for row in rows if row.measure_id]
    added = programme.measures.exclude(pk__in=own).count()
    found = []
    if added:
        told = ngettext(
            "%(n)s measure was added to the programme since.",
            "%(n)s measures were added to the programme since.",
            added,
        )
        found.append(told % {"n": added})
    if programme.version != document.programme_version:
        found.append(_("The programme itself was changed since."))
    if _referred_to(Programme, [programme]):
        found.append(_("Other records refer to the programme."))
    return found


def _later_versions(document: Import, measures: list[int]) -> int:
    """Documents taken in after this one that changed the same programme or measures."""
    later = Import.objects.filter(
        state=ImportState.COMMITTED, programme=document.programme, pk__gt=document.pk
    )
    changed = ImportRow.objects.filter(measure__in=measures).exclude(became=Became.SAME)
    return later.filter(models.Q(rows__in=changed) | ~models.Q(removed=[])).distinct().count()


def _referred_to(model: type[models.Model], records: Sequence[models.Model]) -> set[Any]:
    """Keys of the records to which rows of any room refer, their own parts aside.

    And those that only go along with what they refer to, such as who follows it.
    """
    found: set[Any] = set()
    for link in links_to(model):
        goes_along = getattr(link.model, "goes_along", False)
        if link.model not in (*PARTS, ImportRow) and not goes_along and records:
            rows: Any = link.model._base_manager.filter(**{f"{link.field.name}__in": records})
            found.update(rows.values_list(f"{link.field.name}_id", flat=True))
    return found


def _put_back(
    rows: list[ImportRow], document: Import, programme: Programme, reason: str, by: Reader
) -> None:
    """Measures that a new version changed or took out stand again as they stood before it."""
    kept = [*(row.before for row in rows if row.before), *document.removed]
    now = standing_for(number for one in kept for _, _, number in one["bodies"] if number)
    changes = [
        MeasureChange(
            row.measure, from_json(row.before, now), row.measure.version, is_correction=True
        )
        for row in rows
        if row.became == Became.CHANGED and row.measure and row.before
    ]
    change_measures(programme=programme, changes=changes, by=by, reason=reason)
    if document.removed:
        again = [from_json(kept, now) for kept in document.removed]
        add_measures(programme=programme, rows=again, by=by, reason=reason)


def _take_out(measures: list[Measure], trail: Trail) -> None:
    trail.removed(*measures)
    Measure.objects.filter(pk__in=[measure.pk for measure in measures]).delete()


def _remove_programme(programme: Programme, reason: str, by: Reader) -> None:
    programme.refresh_from_db()
    remove_programme(programme=programme, by=by, reason=reason)
