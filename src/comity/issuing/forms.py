from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comity.files.media import DOCX, media_type_of
from comity.issuing.formats import Format
from comity.issuing.periods import ReportPeriod, period_of
from comity.lib.languages import Language


class IssueForm(forms.Form):
    """Which report: its period and its language."""

    period = forms.ChoiceField(label=_("Period"))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def __init__(self, *args: Any, periods: list[ReportPeriod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["period"]
        chosen.choices = [(one.code, f"{one.code} · {one.in_words}") for one in periods]

    def clean_period(self) -> ReportPeriod:
        return period_of(self.cleaned_data["period"])


class IssueWithTemplateForm(IssueForm):
    template = forms.FileField(
        label=_("A Word template of your own"),
        required=False,
        help_text=_("Only if the standard one does not do: it is kept with the report."),
        widget=forms.ClearableFileInput({"accept": ".docx"}),
    )

    def clean_template(self) -> bytes | None:
        uploaded = self.cleaned_data["template"]
        if not uploaded:
            return None
        content: bytes = uploaded.read(settings.LARGEST_UPLOAD + 1)
        if len(content) > settings.LARGEST_UPLOAD or media_type_of(content) != DOCX:
            raise ValidationError(_("The template is no Word file (docx) that can be filled."))
        return content


class DraftForm(IssueForm):
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)
