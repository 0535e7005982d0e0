from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.lib.versions import VersionedForm
from comity.post.models import State
from comity.programmes.forms.filters import DayInput, Filters
from comity.reminders.ladder import FURTHEST, Audience
from comity.reminders.models import Habit, Pace, ProgrammeLadder, days_in

DAYS = [f"{audience.value}_{when}" for audience in Audience for when in ("before", "after")]


class LadderForm(VersionedForm):
    """On which days a programme reminds whom."""

    is_silent = forms.BooleanField(
        label=_("Nobody is reminded in this programme"),
        required=False,
        help_text=_(
            "Needed if all days are taken out: neither bodies nor coordinators nor those who "
            "verify hear of it."
        ),
    )

    class Meta:
        model = ProgrammeLadder
        fields = (*DAYS, "to_contacts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_silent"] = bool(self.instance.pk) and self.instance.is_silent

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in DAYS:
            if name in cleaned:
                cleaned[name] = self._in_order(name, cleaned[name])
        return cleaned

    @property
    def days(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*DAYS, "to_contacts")}

    def _in_order(self, name: str, text: str) -> str:
        least = 0 if name.endswith("before") else 1
        try:
            days = set(days_in(text))
        except ValueError:
            self.add_error(name, _("Write numbers of days, parted by commas: 30, 7."))
            return text
        if any(not least <= day <= FURTHEST for day in days):
            told = {"least": least, "most": FURTHEST}
            self.add_error(name, _("Each has to be from %(least)d to %(most)d days.") % told)
        return ", ".join(map(str, sorted(days, reverse=least == 0)))


class HabitForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Habit
        fields = ("pace",)
        widgets = {"pace": forms.RadioSelect}

    pace = forms.ChoiceField(
        label=_("When you are reminded"), choices=Pace.choices, widget=forms.RadioSelect
    )


#: How far ahead it is told who would be written to.
AHEAD = timedelta(days=FURTHEST)


class MailFilterForm(forms.Form):
    q = forms.CharField(label=_("Address"), required=False, max_length=254)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *State.choices]
    )


class PlanForm(Filters):
    """For which day it is told who would be written to, and which of them: today or later."""

    day = forms.DateField(label=_("On which day"), required=False, widget=DayInput)
    q = forms.CharField(label=_("Address"), required=False, max_length=254)

    @property
    def on(self) -> date:
        today = timezone.localdate()
        return min(max(self.asked.get("day") or today, today), today + AHEAD)
