from comity.programmes.forms.filters import (
    MeasureFilters,
    OnDay,
    ProgrammeFilters,
    RowFilters,
)
from comity.programmes.forms.measure import BodyFormSet, MeasureForm, ReasonForm, SettleForm
from comity.programmes.forms.programme import GrantForm, ProgrammeForm

__all__ = [
    "BodyFormSet",
    "GrantForm",
    "MeasureFilters",
    "MeasureForm",
    "OnDay",
    "ProgrammeFilters",
    "ProgrammeForm",
    "ReasonForm",
    "RowFilters",
    "SettleForm",
]
