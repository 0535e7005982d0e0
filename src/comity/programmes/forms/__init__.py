from comity.programmes.forms.amendment import AgreeForm, DecisionForm, RestsOnForm, StrikeForm
from comity.programmes.forms.filters import (
    MeasureFilters,
    ProgrammeFilters,
    RowFilters,
)
from comity.programmes.forms.measure import (
    AmendForm,
    BodyFormSet,
    MeasureForm,
    ReasonForm,
    SettleForm,
)
from comity.programmes.forms.programme import ProgrammeForm

__all__ = [
    "AgreeForm",
    "AmendForm",
    "BodyFormSet",
    "DecisionForm",
    "MeasureFilters",
    "MeasureForm",
    "ProgrammeFilters",
    "ProgrammeForm",
    "ReasonForm",
    "RestsOnForm",
    "RowFilters",
    "SettleForm",
    "StrikeForm",
]
