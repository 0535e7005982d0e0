"""How far the reporting on a programme is, period by period."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from comity.programmes.models import Occurrence, Programme
from comity.reporting.models import Report, ReportingPeriod
from comity.reporting.models.report import TOLD


@dataclass(frozen=True, slots=True)
class Counted:
    """A reporting period: how many occurrences fell due in it, and how they stand."""

    period: ReportingPeriod
    due: int
    settled: int
    reported: int
    disputed: int

    @property
    def silent(self) -> int:
        """Those on which nobody reported and which nobody registered by hand."""
        return self.due - self.settled - self.reported


def counted(programme: Programme) -> list[Counted]:
    """Every period of a programme, the latest first; one query for all of them."""
    periods = list(programme.reporting_periods.all())
    if not periods:
        return []
    numbers = Occurrence.objects.filter(programme=programme).aggregate(
        **{
            f"{name}_{period.pk}": Count(
                "pk", filter=Q(due_on__range=(period.start, period.end)) & q
            )
            for period in periods
            for name, q in _KINDS.items()
        }
    )
    return [
        Counted(period, *(numbers[f"{name}_{period.pk}"] for name in _KINDS)) for period in periods
    ]


_STANDING = Q(withdrawn=False)
_SAID = Q(Exists(Report.objects.filter(occurrence=OuterRef("pk"), stage__in=TOLD)))
_KINDS: dict[str, Q] = {
    "due": _STANDING,
    "settled": _STANDING & Q(done_on__isnull=False),
    # where the sides were asked to settle a dispute, what they said last stands
    "reported": _STANDING & Q(done_on=None) & (_SAID | Q(disputed_since__isnull=False)),
    "disputed": _STANDING & Q(disputed_since__isnull=False),
}
