from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.intake.actions.committing import finish, keep_links, link
from comity.intake.actions.drafts import claimed, locked
from comity.intake.comparing import Change, ChangeKind, Comparison, compare
from comity.intake.models import Became, Import, ImportRow, ImportState
from comity.lib.inserting import update_records
from comity.lib.versions import Stale
from comity.programmes.actions import (
    MeasureChange,
    add_measures,
    change_measures,
    remove_measures,
)
from comity.programmes.consent import on_consent
from comity.programmes.keeping import as_json, of_measure
from comity.programmes.models import Programme


@transaction.atomic
def decide_changes(
    *, document: Import, decisions: Mapping[str, bool], expected_version: int, by: Reader
) -> Import:
    """Keeps on the draft which changes of a new version are to be made, by their keys.

    Raises `lib.versions.Stale` if somebody changed the draft since it was shown.
    """
    if all(document.decisions.get(key) == taken for key, taken in decisions.items()):
        return locked(document, by)
    document = claimed(document, expected_version, by)
    before = snapshot(document)
    document.decisions = {**document.decisions, **decisions}
    document.save()
    trail = Trail("intake.changes_decided", by)
    trail.changed(document, before)
    trail.record()
    return document


@transaction.atomic
def apply_amendment(
    *,
    document: Import,
    wanted: Collection[str],
    compared: str,
    expected_version: int,
    reason: str,
    by: Reader,
    rests_on: str = "",
) -> Programme:
    """Brings a new version into its programme: the `wanted` changes, by their keys.

    `compared` is the state that was shown. Measures on which something was built are never
    removed. Where changes of the programme need the other side's consent, `rests_on` says on what
    it rests. Raises `lib.versions.Stale` if the draft or the programme changed since it was shown,
    ValidationError if a change cannot stand; then nothing is kept.
    """
    document = claimed(document, expected_version, by)
    before = snapshot(document)
    if document.amends is None:
        raise ValidationError(_("Say first of which programme this is a new version."))
    programme = Programme.objects.select_for_update().get(pk=document.amends.pk)
    comparison = compare(document, programme)
    if comparison.state != compared:
        raise Stale(document)
    if not reason.strip():
        raise ValidationError(_("Say why the programme is changed; it stands in its history."))
    reason = on_consent(programme, reason, rests_on)
    chosen = [change for change in comparison.changes if change.key in wanted]
    rows = _apply(chosen, programme, reason, by)
    document.removed = _remove(chosen, programme, reason, by)
    rows += _unchanged(comparison)
    keep_links(rows)
    trail = Trail("intake.amended", by, reason)
    _follow_order(comparison, programme, rows, trail)
    finish(document, programme, ImportState.COMMITTED)
    trail.changed(document, before)
    trail.record()
    return programme


def _apply(chosen: list[Change], programme: Programme, reason: str, by: Reader) -> list[ImportRow]:
    rows = _change([change for change in chosen if change.kind == ChangeKind.CHANGED],
                   programme, reason, by)  # fmt: skip
    added = [c for c in chosen if c.kind == ChangeKind.ADDED and c.row and c.new]
    measures = add_measures(
        programme=programme, rows=[c.new for c in added if c.new], by=by, reason=reason
    ) if added else []  # fmt: skip
    for change, measure in zip(added, measures, strict=True):
        assert change.row is not None
        link(change.row, measure, Became.ADDED)
        rows.append(change.row)
    return rows


def _change(chosen: list[Change], programme: Programme, reason: str, by: Reader) -> list[ImportRow]:
    wanted = [(c.row, MeasureChange(c.measure, c.new, c.measure.version))
              for c in chosen if c.row and c.measure and c.new]  # fmt: skip
    for row, change in wanted:
        row.before = as_json(of_measure(change.measure))
    changed = change_measures(
        programme=programme, changes=[change for _row, change in wanted], by=by, reason=reason
    )
    for (row, _change), measure in zip(wanted, changed, strict=True):
        link(row, measure, Became.CHANGED)
    return [row for row, _change in wanted]


def _remove(
    chosen: list[Change], programme: Programme, reason: str, by: Reader
) -> list[dict[str, Any]]:
    """Takes out what the new version no longer has; gives it as it stood."""
    removals = [c for c in chosen if c.kind == ChangeKind.REMOVED and not c.is_held]
    gone = [change.measure for change in removals if change.measure]
    removed = [as_json(of_measure(measure)) for measure in gone]
    remove_measures(programme=programme, measures=gone, by=by, reason=reason)
    return removed


def _unchanged(comparison: Comparison) -> list[ImportRow]:
    rows = []
    for change in comparison.of_kind(ChangeKind.SAME):
        if change.row and change.measure:
            link(change.row, change.measure, Became.SAME)
            rows.append(change.row)
    return rows


def _follow_order(
    comparison: Comparison, programme: Programme, rows: list[ImportRow], trail: Trail
) -> None:
    """Puts added measures where the new document has them, each after the one before it."""
    if not any(row.became == Became.ADDED for row in rows):
        return
    linked = {row.pk: row.measure_id for row in rows}
    met = [linked.get(change.row.pk) for change in comparison.changes if change.row]
    named = list(dict.fromkeys(key for key in met if key))
    standing = {measure.pk: measure for measure in programme.measures.all()}
    others = sorted(standing.keys() - set(named), key=lambda key: standing[key].position)
    moved = []
    for place, measure in enumerate((standing[key] for key in (*named, *others)), 1):
        if measure.position != place:
            before = snapshot(measure)
            measure.position = place
            trail.changed(measure, before)
            moved.append(measure)
    update_records(moved, ["position"])
