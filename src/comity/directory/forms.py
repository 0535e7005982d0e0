from abc import abstractmethod
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from comity.directory.actions import IdentifierValue, OtherName, Refused
from comity.directory.actions.organisations import refuse_circle, refuse_taken_identifier
from comity.directory.fields import OrganisationField
from comity.directory.models import (
    Contact,
    Organisation,
    OrganisationKind,
    RegimeTerm,
    Residency,
    Zone,
)
from comity.lib.languages import Language, in_three
from comity.lib.versions import VersionedForm
from comity.territories.fields import TerritoryChoice
from comity.territories.models import Territory, TerritoryKind

#: Empty rows at the end of a list that one may fill in.
SPARE_ROWS = 2


class Day(forms.DateInput):
    """A native date field; browsers send and want ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What the list of organisations can be narrowed to."""

    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any kind")), *OrganisationKind.choices]
    )
    territory = TerritoryChoice(label=_("Seated in"), required=False, empty_label=_("anywhere"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        seated = Organisation.objects.current().filter(seat=OuterRef("pk"))
        territory.offer(
            Territory.objects.filter(Q(kind=TerritoryKind.COUNTRY) | Q(Exists(seated))),
            asked=self.data.get("territory", ""),
        )


class OrganisationForm(VersionedForm):
    parent = OrganisationField(
        label=_("Belongs to"),
        required=False,
        help_text=_("Any name of an organisation in the register, or nothing."),
    )
    website = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")
    seat = TerritoryChoice(
        queryset=Territory.objects.order_by("path"), label=_("Seat"), to_field_name="id"
    )

    class Meta:
        model = Organisation
        fields = (
            "kind",
            "seat",
            *in_three("name"),
            *in_three("short_name"),
            "parent",
            "website",
            "is_example",
        )

    def __init__(self, *args: Any, may_reclassify: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not may_reclassify:
            for name in ("kind", "seat"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "Only a coordinator of the whole register changes it."
                )

    def clean_parent(self) -> Organisation | None:
        parent: Organisation | None = self.cleaned_data["parent"]
        if self.instance.pk:
            try:
                refuse_circle(Organisation(pk=self.instance.pk, parent=parent, **self._names()))
            except Refused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return parent

    def _names(self) -> dict[str, str]:
        return {field: self.cleaned_data.get(field, "") for field in in_three("name")}

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AliasForm(forms.Form):
    text = forms.CharField(label=_("Other name"), max_length=500, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("not said")), *Language.choices]
    )


class IdentifierForm(forms.Form):
    scheme = forms.CharField(
        label=_("Scheme"), max_length=40, required=False, help_text=_("UNP, INN, PIC, LEI …")
    )
    value = forms.CharField(label=_("Value"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        given = (self.cleaned_data.get("scheme"), self.cleaned_data.get("value"))
        if any(given) and not all(given):
            raise forms.ValidationError(
                _("Write both the scheme and the value, or clear both to take the row out.")
            )
        return self.cleaned_data


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows of an organisation's list; one that is cleared is taken out."""

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)
        if organisation and not self.is_bound:  # a row that was sent counts, whatever stands now
            self.initial = self.standing(organisation)

    @abstractmethod
    def standing(self, organisation: Organisation) -> list[Any]: ...

    @property
    def rows(self) -> list[dict[str, str]]:
        """What was written, without the empty rows."""
        return [row for row in self.cleaned_data if any(row.values())]


class BaseAliases(Rows):
    def standing(self, organisation: Organisation) -> list[Any]:
        return list(organisation.aliases.order_by("pk").values("text", "language"))

    @property
    def names(self) -> list[OtherName]:
        return [OtherName(row["text"], row["language"]) for row in self.rows if row["text"]]


class BaseIdentifiers(Rows):
    def standing(self, organisation: Organisation) -> list[Any]:
        return list(organisation.identifiers.order_by("pk").values("scheme", "value"))

    @property
    def values(self) -> list[IdentifierValue]:
        return [IdentifierValue(row["scheme"], row["value"]) for row in self.rows]

    def clean(self) -> None:
        for form in self.forms:
            if not form.is_valid() or not any(form.cleaned_data.values()):
                continue
            try:
                refuse_taken_identifier(
                    form.cleaned_data["scheme"], form.cleaned_data["value"], self.organisation
                )
            except Refused as refused:
                form.add_error("value", str(refused))


Aliases: Any = forms.formset_factory(AliasForm, formset=BaseAliases, extra=SPARE_ROWS)
Identifiers: Any = forms.formset_factory(IdentifierForm, formset=BaseIdentifiers, extra=SPARE_ROWS)


class ZoneForm(VersionedForm):
    class Meta:
        model = Zone
        fields = ("founded_on", "regime_until")
        widgets = {"founded_on": Day, "regime_until": Day}


class RegimeTermForm(VersionedForm):
    class Meta:
        model = RegimeTerm
        fields = (*in_three("name"), "since", "until", "act")
        widgets = {"since": Day, "until": Day}

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ResidencyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    resident = OrganisationField(
        label=_("Resident"), help_text=_("Any name of an organisation in the register.")
    )

    class Meta:
        model = Residency
        fields = ("resident", "since", "until")
        widgets = {"since": Day, "until": Day}


class EndResidencyForm(VersionedForm):
    until = forms.DateField(label=_("Resident until"), widget=Day)

    class Meta:
        model = Residency
        fields = ("until",)


class CounterpartChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    def label_from_instance(self, obj: Any) -> str:
        post = f", {obj.said_post}" if obj.said_post.text else ""
        return f"{obj}{post} — {obj.organisation.said_short_name}"


class ContactForm(VersionedForm):
    counterparts = CounterpartChoice(
        queryset=Contact.objects.none(),
        label=_("Counterparts across the border"),
        required=False,
        help_text=_("Contacts at organisations of other countries; several may be chosen."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Contact
        fields = (
            *in_three("name"),
            *in_three("post"),
            "phone",
            "email",
            "is_example",
            "counterparts",
        )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["counterparts"]
        choices.queryset = (
            Contact.objects.possible_counterparts(self.instance.pk, organisation)
        ).select_related("organisation")

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RemoveContactForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, required=False)


class ChooseOtherForm(forms.Form):
    """The organisation to be merged into the one whose page it is."""

    other = OrganisationField(
        label=_("The other record of the same body"),
        help_text=_("Any of its names, or its number: № 12."),
    )


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why they are one body"),
        max_length=500,
        help_text=_("It stands in the history of both records."),
    )
