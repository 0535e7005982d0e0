import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.directory.fields import OrganisationField
from comity.lib.languages import LANGUAGES, in_three
from comity.lib.numbers import NumberField
from comity.lib.versions import Difference, VersionedForm
from comity.programmes.due import DueRule, check
from comity.programmes.forms.filters import DayInput
from comity.programmes.models import Measure, Programme
from comity.programmes.rows import NewBody, NewMeasure

#: Empty rows at the end of the bodies that one may fill in.
SPARE_ROWS = 3


class MeasureForm(VersionedForm):
    """What a measure says; its bodies are in a `BodyFormSet` beside it."""

    section = forms.CharField(
        label=_("Section"),
        required=False,
        max_length=1000,
        help_text=_(
            "As the document names it; a section and its subsection are joined with “ / ”."
        ),
    )

    class Meta:
        model = Measure
        fields = (
            "number",
            *in_three("title"),
            "due_text",
            "due_kind",
            "due_start",
            "due_end",
            "due_recurrence",
            "due_season",
            "expected_result",
            "funding_text",
            "funding_amount",
            "funding_currency",
        )
        widgets = {
            "due_start": DayInput,
            "due_end": DayInput,
            "due_text": forms.TextInput,
            "funding_text": forms.TextInput,
            **{name: forms.Textarea({"rows": 2}) for name in in_three("title")},
            "expected_result": forms.Textarea({"rows": 2}),
        }
        field_classes = {"funding_amount": NumberField}

    field_order = ["number", "section", *in_three("title")]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.section:
            self.initial["section"] = self.instance.section.title
        titles = [section.title for section in programme.sections.all()]
        self.fields["section"].widget = forms.TextInput({"list": "sections"})
        self.section_titles = titles

    def clean_section(self) -> str:
        return " ".join(self.cleaned_data["section"].split())

    def clean_funding_currency(self) -> str:
        return str(self.cleaned_data["funding_currency"]).upper()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            check(self._rule())
        return cleaned

    def _rule(self) -> DueRule:
        said = self.cleaned_data
        return DueRule(
            kind=said["due_kind"],
            start=said["due_start"],
            end=said["due_end"],
            recurrence=said["due_recurrence"] or None,
            season=said["due_season"] or None,
        )

    def as_row(self, bodies: tuple[NewBody, ...]) -> NewMeasure:
        said = self.cleaned_data
        return NewMeasure(
            titles={code: said[f"title_{code}"] for code in LANGUAGES},
            number=said["number"],
            section=said["section"],
            due=self._rule(),
            due_text=said["due_text"],
            expected_result=said["expected_result"],
            funding_text=said["funding_text"],
            funding_amount=said["funding_amount"],
            funding_currency=said["funding_currency"],
            bodies=bodies,
        )


class BodyForm(forms.Form):
    """One responsible body; a row without a name is no body."""

    text = forms.CharField(label=_("Name as written"), required=False, max_length=4000)
    country = forms.ChoiceField(label=_("Side"), required=False)
    organisation = OrganisationField(
        label=_("In the register"), required=False, help_text=_("Leave empty if it is not known.")
    )

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = self.data.get(self.add_prefix("country"), "") if self.is_bound else ""
        codes = dict.fromkeys([*countries, *re.findall(r"^[A-Z]{2}$", written)])
        country: Any = self.fields["country"]
        country.choices = [("", _("not said")), *((code, code) for code in codes)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("text") and (said.get("country") or said.get("organisation")):
            self.add_error("text", _now("Write the name as the document has it."))
        return said


class _BodyRows(forms.BaseFormSet[BodyForm]):
    @property
    def bodies(self) -> tuple[NewBody, ...]:
        return tuple(
            NewBody(
                said["text"],
                said.get("country") or "",
                said["organisation"].pk if said.get("organisation") else None,
            )
            for said in (row.cleaned_data for row in self.forms)
            if said.get("text")
        )


_FormSet = forms.formset_factory(
    BodyForm, formset=_BodyRows, extra=SPARE_ROWS, max_num=100, validate_max=True
)


class BodyFormSet(_FormSet):  # type: ignore[misc, valid-type]  # made by a factory
    """The responsible bodies of a measure, with some rows to fill in."""

    def __init__(self, *args: Any, programme: Programme, measure: Measure | None = None) -> None:
        named = (
            list(measure.responsibilities.select_related("organisation__seat")) if measure else []
        )
        codes = [
            side.territory.country_code for side in programme.sides.select_related("territory")
        ]
        self.named = named
        super().__init__(
            *args,
            prefix="bodies",
            initial=[
                {"text": body.text, "country": body.side, "organisation": body.organisation}
                for body in named
            ],
            form_kwargs={
                "countries": list(dict.fromkeys([*codes, *(b.side for b in named if b.side)]))
            },
        )

    def differences(self) -> list[Difference]:
        """The bodies as written beside those that stand now."""
        yours = "; ".join(_told(body.text, body.country) for body in self.bodies)
        theirs = "; ".join(_told(body.text, body.side) for body in self.named)
        return [Difference(_now("Responsible bodies"), yours, theirs)] if yours != theirs else []


def _told(text: str, country: str) -> str:
    return f"{text} ({country})" if country else text


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        help_text=_("It stays in the history of the record."),
    )

    def __init__(self, *args: Any, required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class AmendForm(ReasonForm):
    """Why a measure is changed, and whether that only mends what the register had wrong."""

    is_correction = forms.BooleanField(
        label=_("It corrects a mistake of the register"),
        required=False,
        help_text=_(
            "Nothing else was agreed: the document said so all along. The deadline that it "
            "replaces is then not held against anybody."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=True, **kwargs)


class SettleForm(forms.Form):
    """A thing done: when, and what was shown."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    note = forms.CharField(
        label=_("What was done"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("A thing cannot have been done on a day that is yet to come."))
        return day
