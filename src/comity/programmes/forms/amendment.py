from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StrikeForm(forms.Form):
    """Why a measure is struck out, or put back; and the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))


class AgreeForm(forms.Form):
    """For which side somebody consents, and on what that rests if they are not of that side."""

    side = forms.ChoiceField(label=_("Consent of the side"))
    note = forms.CharField(
        label=_("What it rests on"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Such as the letter of the side, if you speak for more than one."),
    )

    def __init__(self, *args: Any, sides: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side: Any = self.fields["side"]
        side.choices = [(code, code) for code in sides]
        if len(sides) == 1:
            side.widget = forms.HiddenInput()
            side.initial = sides[0]


class RestsOnForm(forms.Form):
    """On what the other side's consent rests, where changes need it and it was given on paper."""

    rests_on = forms.CharField(
        label=_("On what the consent of the other side rests"),
        max_length=500,
        help_text=_("Such as the document that both signed, its number and day."),
    )


class DecisionForm(forms.Form):
    """Why a change is declined, or withdrawn."""

    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}))
