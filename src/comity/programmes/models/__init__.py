from comity.programmes.models.amendment import (
    AmendmentKind,
    AmendmentState,
    Consent,
    MeasureAmendment,
)
from comity.programmes.models.measure import Measure, Responsibility
from comity.programmes.models.occurrence import Occurrence
from comity.programmes.models.programme import (
    Programme,
    ProgrammeGrant,
    ProgrammeKind,
    ProgrammeSide,
    Section,
)

__all__ = [
    "AmendmentKind",
    "AmendmentState",
    "Consent",
    "Measure",
    "MeasureAmendment",
    "Occurrence",
    "Programme",
    "ProgrammeGrant",
    "ProgrammeKind",
    "ProgrammeSide",
    "Responsibility",
    "Section",
]
