from comity.reporting.models.following import CalendarAddress, Follow
from comity.reporting.models.link import OneTimeLink
from comity.reporting.models.period import ReportingPeriod
from comity.reporting.models.report import (
    Evidence,
    Outcome,
    Report,
    Stage,
    Step,
    StepKind,
)

__all__ = [
    "CalendarAddress",
    "Evidence",
    "Follow",
    "OneTimeLink",
    "Outcome",
    "Report",
    "ReportingPeriod",
    "Stage",
    "Step",
    "StepKind",
]
