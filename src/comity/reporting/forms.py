from datetime import date, timedelta
from functools import partial
from secrets import token_hex
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.lib import wording
from comity.lib.languages import Language
from comity.lib.numbers import NumberField
from comity.lib.periods import Period, quarter_of, stretch_around, stretches_within
from comity.lib.versions import VersionedForm
from comity.programmes.forms.filters import DayInput
from comity.programmes.models import Programme
from comity.programmes.wording import stretch as in_words
from comity.reporting.content import WORDS, Content
from comity.reporting.models import Outcome, Report, Stage
from comity.reporting.targets import Target


class ReportForm(VersionedForm):
    """What a report says so far: nothing is needed to keep it, only to hand it in."""

    #: Tells the pages apart in which one report is open.
    page = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=32, initial=partial(token_hex, 8)
    )

    class Meta:
        model = Report
        fields = (
            "outcome",
            "done_on",
            "told",
            "figure",
            "spent_amount",
            "spent_currency",
            "difficulties",
            "help_wanted",
            "language",
        )
        widgets = {
            "outcome": forms.RadioSelect,
            "done_on": DayInput,
            "told": forms.Textarea({"rows": 4}),
            "difficulties": forms.Textarea({"rows": 2}),
            "help_wanted": forms.Textarea({"rows": 2}),
            "spent_currency": forms.TextInput({"size": 4, "maxlength": 3}),
        }
        field_classes = {"figure": NumberField, "spent_amount": NumberField}
        labels = {"outcome": _("How does it stand?"), "told": _("What was done, in words")}
        help_texts = {
            "done_on": _("Needed when it is done; otherwise leave it empty."),
            "spent_currency": _("Three letters: BYN, RUB, EUR."),
        }

    def __init__(self, *args: Any, target: Target | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        outcome.choices = Outcome.choices
        if target is None:
            figure: Any = self.fields["figure"]
            figure.label = _("A number reached, if one can be told")
        if self.instance.stage == Stage.TEXT_REOPENED:
            for name in set(self.fields) - {*WORDS, "version", "page"}:
                self.fields[name].disabled = True

    def clean_spent_currency(self) -> str:
        currency: str = self.cleaned_data["spent_currency"]
        return currency.strip().upper()

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("outcome", "done_on", "told")]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("difficulties", "help_wanted", "language")]

    @property
    def understood(self) -> list[tuple[str, str]]:
        """The numbers of a valid form as they were read, each with its label."""
        said = self.cleaned_data
        told = {
            "figure": "" if said["figure"] is None else wording.number(said["figure"]),
            "spent_amount": wording.money(said["spent_amount"], said["spent_currency"]),
        }
        return [(str(self[name].label), text) for name, text in told.items() if text]

    @property
    def unclear(self) -> list[str]:
        """What cannot be kept, by the labels of the fields; of a number, why."""
        return [
            " ".join([f"{self[name].label}:", *map(str, sentences)])
            if isinstance(self.fields[name], NumberField)
            else str(self[name].label)
            for name, sentences in self.errors.items()
            if name in self.fields
        ]

    def content(self) -> Content:
        """What was written; of a valid form."""
        written = dict(self.cleaned_data)
        for name in ("version", "page"):
            written.pop(name, None)
        return Content(**written)


class EvidenceForm(forms.Form):
    file = forms.FileField(label=_("A file or a photograph"), required=False)
    link = forms.URLField(
        label=_("or a link"), required=False, max_length=500, assume_scheme="https"
    )
    caption = forms.CharField(label=_("What it shows"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = settings.LARGEST_UPLOAD // (1024 * 1024)
        self.fields["file"].help_text = _now(
            "PDF, Word, Excel, OpenDocument, RTF, JPEG or PNG, up to %(largest)d MB."
        ) % {"largest": largest}


class LinkForm(forms.Form):
    """Who is to report without an account, for which side, and how long they have.

    `sides` gives the names of the sides by their codes; `language` is offered for the letter, or
    none where that depends on the side.
    """

    side = forms.ChoiceField(label=_("Side"), required=False)
    email = forms.EmailField(label=_("E-mail address"))
    days = forms.IntegerField(
        label=_("Valid for how many days"), min_value=1, max_value=60, initial=14
    )

    language = forms.ChoiceField(label=_("Language of the letter"), required=False)

    def __init__(self, *args: Any, sides: dict[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken: Any = self.fields["language"]
        as_read = [] if language else [("", _now("the one that the side reads"))]
        spoken.choices = [*as_read, *Language.choices]
        self.initial["language"] = language
        side: Any = self.fields["side"]
        side.choices = list(sides.items())
        if list(sides) == [""]:
            side.widget = forms.HiddenInput()


class PeriodForm(forms.Form):
    """Which stretch of time is reported on next: a quarter, a half-year or a year."""

    months = forms.TypedChoiceField(
        label=_("How long"),
        coerce=int,
        choices=[(3, _("a quarter")), (6, _("a half-year")), (12, _("a year"))],
    )
    day = forms.DateField(
        label=_("A day in it"),
        widget=DayInput,
        help_text=_("The quarter, half-year or year in which this day lies."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = programme.reporting_periods.order_by("-end").first()
        day = latest.end + timedelta(days=1) if latest else timezone.localdate()
        self.initial["day"] = day
        if programme.period is not None:
            self._offer_quarters(programme.period, day)

    def _offer_quarters(self, runs: Period, day: date) -> None:
        """Of a programme that has a first and a last day, its quarters instead of any day."""
        field = self.fields["day"]
        field.label = _("A quarter in it")
        field.help_text = _("The half-year or the year is the one in which this quarter lies.")
        quarters = (quarter_of(one.start) for one in stretches_within(runs, "quarterly"))
        field.widget = forms.Select(
            choices=[(str(one.start), in_words(one.start, one.end)) for one in quarters]
        )
        self.initial["day"] = quarter_of(min(max(day, runs.start), runs.end)).start

    def stretch(self) -> Period:
        """What was chosen; of a valid form."""
        return stretch_around(self.cleaned_data["day"], self.cleaned_data["months"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("of a decision", "Reason"),
        required=False,
        help_text=_("Needed unless you accept."),
        widget=forms.Textarea({"rows": 2}),
    )


class WhyForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = ""


class SettlingForm(WhyForm):
    """What the sides of a dispute are asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _now("What the sides should settle, and how")


class ReopenForm(WhyForm):
    words_only = forms.TypedChoiceField(
        label=_("What may be changed"),
        coerce=lambda value: value == "words",
        widget=forms.RadioSelect,
        choices=[
            ("words", _("the words only: the state, the day and the figures stay accepted")),
            ("all", _("everything: it counts as not accepted until it is accepted again")),
        ],
        initial="words",
    )
