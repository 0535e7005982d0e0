from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.agreements.actions import NewParty
from comity.agreements.fields import EARLIEST, LATEST, DayField, PartialDateField, PartyField
from comity.agreements.languages import document_languages
from comity.agreements.models import AMENDABLE, Agreement, AgreementKind, Amendment, DocumentKind
from comity.agreements.queries import ENDING, Asked
from comity.agreements.terms import Status
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.languages import in_three
from comity.lib.partial_dates import PartialDate
from comity.lib.versions import VersionedForm
from comity.territories.fields import TerritoryChoice
from comity.territories.models import Territory


class FilterForm(forms.Form):
    """What the list of agreements can be narrowed to."""

    q = forms.CharField(label=_("Words in the title"), required=False, max_length=100)
    territory = TerritoryChoice(
        label=_("Territory"), required=False, empty_label=_("any territory")
    )
    field = forms.ChoiceField(
        label=pgettext_lazy("of cooperation", "Field"),
        required=False,
        choices=[("", _("any field")), *FieldOfCooperation.choices],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any kind")), *AgreementKind.choices]
    )
    year = forms.IntegerField(
        label=_("Year of signing"), required=False, min_value=EARLIEST.year, max_value=LATEST.year
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("any status")),
            *Status.choices,
            (ENDING, _("ending or up for prolonging within a year")),
        ],
    )
    on = DayField(label=_("on"), required=False)

    def __init__(self, *args: Any, territories: QuerySet[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        territory.offer(territories, asked=self.data.get("territory", ""))

    def asked(self, today: date) -> Asked:
        """What was asked for; a filter that says nothing sensible is left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(
            words=said.get("q", ""),
            territory=said.get("territory"),
            field=said.get("field", ""),
            kind=said.get("kind", ""),
            year=said.get("year"),
            status=said.get("status", ""),
            day=said.get("on", today),
        )


def signed_as_known(agreement: Agreement) -> PartialDate | None:
    """The day of signing as far as it is known."""
    if agreement.signed_on is None:
        return None
    return PartialDate(agreement.signed_on, agreement.signed_precision)


class AgreementForm(VersionedForm):
    """What an agreement says, and in which fields; the parties have rows of their own."""

    signed = PartialDateField(
        label=_("Signed on"),
        required=False,
        max_length=10,
        help_text=_("2015, 2015-03 or 2015-03-18, as far as it is known. Empty: a draft."),
    )
    in_force_from = DayField(label=_("In force from"), required=False)
    until = DayField(
        label=_("In force until"), required=False, help_text=_("The last day of the first term.")
    )
    fields_of_cooperation = forms.MultipleChoiceField(
        label=_("Fields of cooperation"),
        required=False,
        choices=FieldOfCooperation.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = (
            "kind",
            "number",
            *in_three("title"),
            "signed",
            "signed_at",
            "in_force_from",
            "until",
            "renewal_months",
            "notice_months",
            "fields_of_cooperation",
            "visibility",
        )
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in in_three("title")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("signed", signed_as_known(self.instance))
            standing = self.instance.cooperation_fields.values_list("field", flat=True)
            self.initial.setdefault("fields_of_cooperation", list(standing))

    def clean(self) -> dict[str, Any]:
        """The day of signing reaches the record, so that its own rules can look at it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        signed: PartialDate | None = cleaned.get("signed")
        self.instance.signed_on = signed.first if signed else None
        return cleaned

    @property
    def text(self) -> dict[str, Any]:
        """The valid form as the actions take it."""
        taken = dict(self.cleaned_data)
        for name in ("version", "reason", "fields_of_cooperation"):
            taken.pop(name, None)
        signed: PartialDate | None = taken.pop("signed")
        if signed:
            return {**taken, "signed_on": signed.first, "signed_precision": signed.precision}
        return {**taken, "signed_on": None, "signed_precision": "day"}


class ChangeForm(AgreementForm):
    """Corrections say why; what the parties themselves changed is an amendment."""

    objected_on = DayField(label=_("A party objected to prolonging on"), required=False)
    ended_on = DayField(label=_("Ended before its time on"), required=False)
    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=500, help_text=_("The history keeps it.")
    )

    class Meta(AgreementForm.Meta):
        fields = (*AgreementForm.Meta.fields, "objected_on", "ended_on")


class PartyForm(forms.Form):
    who = PartyField(
        label=_("Territory or organisation"),
        required=False,
        max_length=600,
        help_text=_("Its name, or its ISO code, such as BY-HO."),
    )
    signatory_name = forms.CharField(label=_("Signed by"), required=False, max_length=200)
    signatory_post = forms.CharField(
        label=_("Post of the signatory"), required=False, max_length=300
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        signed = cleaned.get("signatory_name") or cleaned.get("signatory_post")
        if signed and "who" in cleaned and cleaned["who"] is None:
            self.add_error("who", _t("Say for whom this person signed."))
        return cleaned


#: Three empty rows below those that are filled in.
PartyRows = forms.formset_factory(PartyForm, extra=3, max_num=60)


def parties_in(rows: "forms.BaseFormSet[PartyForm]") -> list[NewParty]:
    """The rows that name a party; a row that was emptied is left out."""
    return [NewParty(**row) for row in rows.cleaned_data if row.get("who")]


class AmendForm(VersionedForm):
    """A later text; the terms show what holds after all amendments known, to be changed."""

    amendment_number = forms.CharField(
        label=_("Number of the amendment"), required=False, max_length=60
    )
    amendment_title_be = forms.CharField(
        label=_("Title of the amendment in Belarusian"), required=False
    )
    amendment_title_ru = forms.CharField(
        label=_("Title of the amendment in Russian"), required=False
    )
    amendment_title_en = forms.CharField(
        label=_("Title of the amendment in English"), required=False
    )
    signed_on = DayField(label=_("Signed on"))
    in_force_from = DayField(label=_("In force from"))
    until = DayField(
        label=_("In force until"),
        required=False,
        help_text=_("The last day of the term that the amendment sets."),
    )
    leaving = forms.MultipleChoiceField(
        label=_("Parties that leave"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fields_of_cooperation = forms.MultipleChoiceField(
        label=_("Fields of cooperation from that day on"),
        required=False,
        choices=FieldOfCooperation.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Agreement
        fields = (*AMENDABLE, "fields_of_cooperation")
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in in_three("title")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = _("Number of the agreement")
        leaving: Any = self.fields["leaving"]
        self._parties = {str(party.pk): party for party in self.instance.parties.all()}
        leaving.choices = [(pk, str(party)) for pk, party in self._parties.items()]
        standing = self.instance.cooperation_fields.values_list("field", flat=True)
        self.initial["fields_of_cooperation"] = list(standing)

    @property
    def amendment(self) -> dict[str, Any]:
        """The valid form as `amend_agreement` takes it; only what was changed here counts."""
        taken = self.cleaned_data
        own = ("number", *in_three("title"))
        return {
            "signed_on": taken["signed_on"],
            "in_force_from": taken["in_force_from"],
            **{name: taken[f"amendment_{name}"] for name in own},
            "changes": {name: taken[name] for name in AMENDABLE if name in self.changed_data},
            "leaving": [self._parties[pk].who for pk in taken["leaving"]],
            **self._fields_changed(),
        }

    def _fields_changed(self) -> dict[str, list[str]]:
        had, has = self.initial["fields_of_cooperation"], self.cleaned_data["fields_of_cooperation"]
        return {
            "adds_fields": [field for field in has if field not in had],
            "drops_fields": [field for field in had if field not in has],
        }


class EndForm(VersionedForm):
    ended_on = DayField(
        label=_("Ended on"), help_text=_("The first day on which it does not hold any more.")
    )
    reason = forms.CharField(
        label=_("Why it ends"), max_length=500, help_text=_("The history keeps it.")
    )

    class Meta:
        model = Agreement
        fields = ("ended_on",)


class ObjectForm(VersionedForm):
    objected_on = DayField(
        label=_("Objected on"), help_text=_("The day on which the other parties were told.")
    )
    reason = forms.CharField(label=_("Who objected, and why"), required=False, max_length=500)

    class Meta:
        model = Agreement
        fields = ("objected_on",)


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word (docx), OpenDocument (odt), RTF, JPEG or PNG; kept as it comes."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=document_languages)
    amendment = forms.ModelChoiceField(
        Amendment.objects.none(), label=_("Belongs to the amendment"), required=False
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amendments: Any = self.fields["amendment"]
        amendments.queryset = agreement.amendments.all()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is removed"), max_length=500, help_text=_("The history keeps it.")
    )


class RemoveAmendmentForm(ReasonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StatementForm(forms.Form):
    as_stated = forms.CharField(
        label=_("As stated"), max_length=500, help_text=_("In the words of the source.")
    )
    source = forms.URLField(label=_("Address of the source"), max_length=500, assume_scheme="https")
