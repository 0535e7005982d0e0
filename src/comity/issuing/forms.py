from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.files.media import DOCX, media_type_of
from comity.issuing.formats import Format
from comity.issuing.periods import (
    ReportPeriod,
    latest_periods,
    must_be_reportable,
    period_of,
)
from comity.issuing.writers import word
from comity.lib.languages import Language
from comity.programmes.models import Programme


class IssueForm(forms.Form):
    """Which report: its period and its language."""

    period = forms.CharField(label=_("Period"), widget=forms.Select)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.today = programme, timezone.localdate()
        self.periods = latest_periods(self.today, programme.period)
        widget: Any = self.fields["period"].widget
        widget.choices = [(one.code, self._in_words(one)) for one in self.periods]

    def clean_period(self) -> ReportPeriod:
        try:
            period = period_of(self.cleaned_data["period"])
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem
        must_be_reportable(period, self.programme, self.today)
        return period

    def _in_words(self, period: ReportPeriod) -> str:
        told = [period.code, period.in_words]
        if not period.is_over_on(self.today):
            told.append(_now("not over yet"))
        return " · ".join(told)


class IssueWithTemplateForm(IssueForm):
    template = forms.FileField(
        label=_("A Word template of your own"),
        required=False,
        help_text=_("Only if the standard template does not suit you. It is kept with the report."),
        widget=forms.ClearableFileInput({"accept": ".docx"}),
    )

    def clean_template(self) -> bytes | None:
        uploaded = self.cleaned_data["template"]
        if not uploaded:
            return None
        content: bytes = uploaded.read(settings.LARGEST_UPLOAD + 1)
        if len(content) > settings.LARGEST_UPLOAD or media_type_of(content) != DOCX:
            raise ValidationError(
                _("This template is not a Word file (docx) that can be filled in.")
            )
        word.must_tell_something(content)
        return content


class DraftForm(IssueForm):
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)
