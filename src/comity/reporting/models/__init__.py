from comity.reporting.models.report import (
    Evidence,
    Outcome,
    Report,
    Stage,
    Step,
    StepKind,
)

__all__ = ["Evidence", "Outcome", "Report", "Stage", "Step", "StepKind"]
