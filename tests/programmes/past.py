"""Acts that are made to have happened some days ago."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from comity.audit.models import Event
from comity.programmes.actions import (
    add_measures,
    amend_measure,
    change_programme,
    create_programme,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Programme
from comity.programmes.rows import NewMeasure
from tests.factories import a_coordinator, an_agreement
from tests.programmes.rows import a_row


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def due(days_ago: int) -> DueRule:
    return DueRule("date", None, ago(days_ago))


def that_was(days: int) -> None:
    """What was written down a moment ago was so many days ago."""
    moment = timezone.now() - timedelta(days=days)
    new = QuerySet(Event).filter(at__gt=timezone.now() - timedelta(hours=1))
    assert new.update(at=moment)
    for measure in Measure.objects.filter(former_dues__isnull=False):
        for deadline in measure.former_dues:
            if deadline[-1] == timezone.localdate().isoformat():
                deadline[-1] = ago(days).isoformat()
        measure.save(update_fields=["former_dues"])


def a_programme_on_record(**fields: Any) -> Programme:
    agreement = an_agreement()
    return create_programme(
        agreement=agreement,
        by=a_coordinator(),
        sides=[party.place for party in agreement.parties.all()],
        **{"kind": "action", "title_en": "Programme", "language": "en", **fields},
    )


def with_measures(*rows: NewMeasure, programme: Programme | None = None) -> list[Measure]:
    """Measures brought into a programme whose making is on record."""
    return add_measures(
        programme=programme or a_programme_on_record(), rows=rows, by=a_coordinator()
    )


def amend(measure: Measure, **new: Any) -> None:
    measure.refresh_from_db()
    amend_measure(
        measure=measure,
        new=a_row(**{"titles": {"en": measure.title_en}, **new}),
        expected_version=measure.version,
        by=a_coordinator(),
        reason="The hall is let.",
    )


def open_up(programme: Programme) -> None:
    """Lets everybody see a programme that was internal."""
    programme.refresh_from_db()
    change_programme(
        programme=programme,
        expected_version=programme.version,
        by=a_coordinator(),
        visibility="public",
    )
