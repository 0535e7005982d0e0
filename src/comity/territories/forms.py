from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.lib.languages import in_three
from comity.lib.versions import VersionedForm
from comity.territories.actions import WrongCode, municipality_code
from comity.territories.models import Territory, TerritoryKind
from comity.territories.reference import Names, Point


class FilterForm(forms.Form):
    """What the list of territories can be narrowed to."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("any kind")), *TerritoryKind.choices]
    )


class LoadForm(forms.Form):
    code = forms.CharField(
        label=_("ISO 3166-1 code of the country"),
        max_length=2,
        help_text=_("Two letters, such as BY, RU or EE."),
    )


class TerritoryForm(VersionedForm):
    class Meta:
        model = Territory
        fields: tuple[str, ...] = (*in_three("name"), "latitude", "longitude", "time_zone")

    @property
    def names(self) -> Names:
        return {field: self.cleaned_data[field] for field in in_three("name")}

    @property
    def point(self) -> Point | None:
        latitude, longitude = self.cleaned_data["latitude"], self.cleaned_data["longitude"]
        return None if latitude is None else (latitude, longitude)


class MunicipalityForm(TerritoryForm):
    class Meta(TerritoryForm.Meta):
        fields = ("code", *in_three("name"), "latitude", "longitude")

    def __init__(self, *args: Any, parent: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _(
            "The code of %(name)s and a short name: %(code)s-MAZYR."
        ) % {"name": parent.name, "code": parent.code}
        self.initial.setdefault("code", f"{parent.code}-")

    def clean_code(self) -> str:
        try:
            return municipality_code(self.cleaned_data["code"], self.parent)
        except WrongCode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
