"""What lists can be narrowed to; a value that means nothing is left out."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.accounts.rules import Reader
from comity.directory.fields import OrganisationField
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.programmes.models import Programme, ProgrammeKind
from comity.programmes.queries.lists import sides_seen_by
from comity.programmes.queries.progress import MeasureState
from comity.territories.fields import TerritoryChoice


class DayInput(forms.DateInput):
    """A native date field; browsers send and want ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Filters(forms.Form):
    """A form that always has an answer: what is filled in and means something."""

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def as_of(self) -> date:
        """The day that states are told for: today unless another was asked for."""
        asked: date | None = self.asked.get("day")
        return asked or timezone.localdate()

    @property
    def is_past(self) -> bool:
        return self.as_of < timezone.localdate()


def _side() -> TerritoryChoice:
    return TerritoryChoice(label=_("Territory"), required=False, empty_label=_("any territory"))


class ProgrammeFilters(Filters):
    q = forms.CharField(label=_("Words of its title or agreement"), required=False, max_length=200)
    territory = _side()
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2199)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any kind")), *ProgrammeKind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("any state")),
            (MeasureState.OVERDUE, _("something is overdue")),
            (MeasureState.DUE, _("something is due")),
            (MeasureState.DONE, _("all is done")),
        ],
    )
    day = forms.DateField(label=_("as of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        territory.offer(sides_seen_by(reader), asked=self.data.get("territory", ""))


def _any_state() -> list[tuple[Any, Any]]:
    return [("", _("any state")), *MeasureState.choices]


class MeasureFilters(Filters):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    territory = _side()
    organisation = OrganisationField(label=_("Responsible"), required=False, max_length=500)
    field = forms.ChoiceField(
        label=pgettext_lazy("of cooperation", "Field"),
        required=False,
        choices=[("", _("any field")), *FieldOfCooperation.choices],
    )
    due_from = forms.DateField(label=_("Due from"), required=False, widget=DayInput)
    due_until = forms.DateField(label=_("Due until"), required=False, widget=DayInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_any_state)
    day = forms.DateField(label=_("as of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        territory.offer(sides_seen_by(reader), asked=self.data.get("territory", ""))


class RowFilters(Filters):
    """Which measures of one programme are shown."""

    section = forms.TypedChoiceField(label=_("Section"), required=False, coerce=int)
    side = forms.ChoiceField(label=_("Side"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_any_state)
    day = forms.DateField(label=_("as of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = list(programme.sections.values_list("pk", "title"))
        section: Any = self.fields["section"]
        section.choices = [("", _("all sections")), *sections]
        self.section_count = len(sections)
        side: Any = self.fields["side"]
        codes = dict.fromkeys(side.territory.country_code for side in programme.sides.all())
        side.choices = [("", _("both sides")), *((code, code) for code in codes)]
