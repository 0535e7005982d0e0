"""Examples for the styleguide: each component in each of its states, nothing of the register."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.agreements.terms import Status
from comity.lib.versions import Difference
from comity.programmes.drawing import Stretch
from comity.programmes.queries.progress import MeasureState, Tally


class ExampleForm(forms.Form):
    """One field of each kind; what it is filled with below is wrong in two of them."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("It stays in the history of the record.")
    )
    code = forms.CharField(label=gettext_lazy("Code"), max_length=3)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeasureState.choices)
    on = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    states = forms.MultipleChoiceField(
        label=gettext_lazy("States"),
        choices=MeasureState.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_example = forms.BooleanField(label=gettext_lazy("example document"), required=False)


def examples() -> dict[str, Any]:
    """What the page of the styleguide shows."""
    steps = [
        SimpleNamespace(label=_("Columns"), url="#steps", is_done=True, is_current=False),
        SimpleNamespace(label=_("Rows"), url="#steps", is_done=False, is_current=True),
        SimpleNamespace(label=_("Bodies"), url="", is_done=False, is_current=False),
    ]
    return {
        "statuses": list(Status),
        "measure_states": list(MeasureState),
        "form": ExampleForm({"code": "BY-HO", "kind": MeasureState.DUE, "is_example": "on"}),
        "filters": ExampleForm(auto_id="filter_%s"),
        "stale": [Difference(_("Name"), _("What you wrote"), _("What stands now"))],
        "page": SimpleNamespace(has_previous=True, previous=1, number=2, has_next=True, next=3),
        "steps": steps,
        "progress": Tally(done=8, due=2, overdue=1, not_yet=13),
        "bar": [Stretch("done", 0, 33), Stretch("due", 33, 8), Stretch("overdue", 41, 5)],
    }
