from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.intake.actions.bodies import follow_bodies
from comity.intake.actions.drafts import locked
from comity.intake.becoming import what_is_wrong
from comity.intake.models import ImportRow

#: What a person can correct in a row; the rest is as it was read.
FIELDS = ("number", "section", "title", "due", "responsible", "expected_result", "funding")


@transaction.atomic
def change_row(
    *,
    row: ImportRow,
    values: Mapping[str, Any],
    expected_version: int,
    by: Reader,
    settled: bool = False,
) -> ImportRow:
    """Other `values` for some of `FIELDS`, as the reading contract has them.

    With `settled` the doubts of the row are answered too. Raises ValidationError if the row then
    contradicts itself, `lib.versions.Stale` if somebody changed it meanwhile.
    """
    row, before = _claimed(row, expected_version, by)
    corrected = {**row.corrected, **{name: values[name] for name in FIELDS if name in values}}
    row.corrected = {name: value for name, value in corrected.items() if value != row.read[name]}
    _refuse_wrong(row)
    row.is_settled = row.is_settled or settled
    row.save()
    if before["corrected"].get("responsible") != row.corrected.get("responsible"):
        follow_bodies(row.document)
    return _recorded("intake.row_changed", row, before, by)


@transaction.atomic
def settle_doubt(*, row: ImportRow, expected_version: int, by: Reader) -> ImportRow:
    """What was read is right, whatever the reader doubted. Raises as `change_row` does."""
    row, before = _claimed(row, expected_version, by)
    _refuse_wrong(row)
    row.is_settled = True
    row.save()
    return _recorded("intake.doubt_settled", row, before, by)


@transaction.atomic
def leave_out_row(*, row: ImportRow, expected_version: int, by: Reader) -> ImportRow:
    """A row that is no measure; its words stay visible among those that were not placed."""
    return _take(row, "intake.row_left_out", expected_version, by, is_left_out=True)


@transaction.atomic
def take_row_back(*, row: ImportRow, expected_version: int, by: Reader) -> ImportRow:
    """A row that was left out becomes a measure after all."""
    return _take(row, "intake.row_taken_back", expected_version, by, is_left_out=False)


def _take(
    row: ImportRow, verb: str, expected_version: int, by: Reader, *, is_left_out: bool
) -> ImportRow:
    row, before = _claimed(row, expected_version, by)
    row.is_left_out = is_left_out
    row.save()
    follow_bodies(row.document)
    return _recorded(verb, row, before, by)


def _claimed(row: ImportRow, expected_version: int, by: Reader) -> tuple[ImportRow, dict[str, Any]]:
    document = locked(row.document, by)
    row = document.rows.get(pk=row.pk)
    row.document = document
    before = snapshot(row)
    row.claim(expected_version)
    return row, before


def _refuse_wrong(row: ImportRow) -> None:
    if problems := what_is_wrong(row.values):
        raise ValidationError(problems)


def _recorded(verb: str, row: ImportRow, before: dict[str, Any], by: Reader) -> ImportRow:
    trail = Trail(verb, by)
    trail.changed(row, before)
    trail.record()
    return row
