from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.queries import standing_for
from comity.intake.actions.drafts import claimed
from comity.intake.becoming import as_measure
from comity.intake.models import Became, Import, ImportRow, ImportState
from comity.intake.queries import known_bodies
from comity.lib.inserting import update_records
from comity.programmes.actions import add_measures, create_programme
from comity.programmes.models import Measure, Programme


@transaction.atomic
def commit_import(*, document: Import, expected_version: int, by: Reader) -> Programme:
    """Makes the new programme with all its measures, in one step.

    Raises ValidationError, which names the row, if something cannot be kept as it stands, and
    `lib.versions.Stale` if somebody changed the draft meanwhile; then nothing is kept.
    """
    document = claimed(document, expected_version, by)
    before = snapshot(document)
    if document.amends_id is not None or not document.target:
        raise ValidationError(_("Say first which programme the measures go into."))
    rows = list(document.rows.taken())
    if not rows:
        raise ValidationError(_("There is no measure to take in: every row is left out."))
    programme = create_programme(by=by, agreement=document.agreement, **_values(document))
    known = known_bodies(document)
    measures = add_measures(
        programme=programme,
        rows=[as_measure(row.values, programme.language, known) for row in rows],
        by=by,
        reason=document.name,
    )
    for row, measure in zip(rows, measures, strict=True):
        link(row, measure, Became.ADDED)
    keep_links(rows)
    finish(document, programme, ImportState.COMMITTED)
    trail = Trail("intake.committed", by)
    trail.changed(document, before)
    trail.record()
    return programme


def _values(document: Import) -> dict[str, Any]:
    values: dict[str, Any] = dict(document.target)
    for name in ("start", "end"):
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    owner = values.pop("owner", None)
    if owner is not None:
        values["owner"] = standing_for([owner])[owner]
    return values


def link(row: ImportRow, measure: Measure, became: str) -> None:
    """Notes on a row which measure it became, and how that stood then."""
    row.measure, row.measure_version, row.became = measure, measure.version, became


def keep_links(rows: list[ImportRow]) -> None:
    update_records(rows, ["measure", "measure_version", "became", "before"])


def finish(document: Import, programme: Programme | None, state: ImportState) -> None:
    """Ends the work on a document; `programme` is what it went into."""
    document.programme = programme
    document.programme_version = programme.version if programme else None
    document.state, document.settled_at = state, timezone.now()
    document.save()
