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
    "Measure",
    "Occurrence",
    "Programme",
    "ProgrammeGrant",
    "ProgrammeKind",
    "ProgrammeSide",
    "Responsibility",
    "Section",
]
