from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comity.forum.actions import NewEdition
from comity.forum.models import Edition
from comity.lib.languages import Language, in_three
from comity.territories.fields import TerritoryChoice
from comity.territories.models import Territory


class Day(forms.DateInput):
    """A native date field; browsers send and want ISO 8601."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Where, when and on what the forum met, and where that was published."""

    host = TerritoryChoice(label=_("Host region"))
    sources = forms.CharField(
        label=_("Sources"),
        help_text=_("Addresses of pages that tell of it, one a line."),
        widget=forms.Textarea({"rows": 3}),
        required=False,
    )

    class Meta:
        model = Edition
        fields = ("number", "start", "end", "precision", "host", *in_three("place"),
                  *in_three("theme"))  # fmt: skip
        widgets = {"start": Day, "end": Day}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields["host"]
        host.offer(Territory.objects.all())

    def clean_sources(self) -> list[str]:
        addresses = self.cleaned_data["sources"].split()
        is_address = URLValidator(schemes=["http", "https"])
        for address in addresses:
            try:
                is_address(address)
            except ValidationError:
                told = _now("%s is no address of a page: it begins with https://.") % address
                raise ValidationError(told) from None
        return list(dict.fromkeys(addresses))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start and end and end < start:
            self.add_error("end", _now("It cannot end before it begins."))
        if not any(said.get(name) for name in in_three("place")):
            self.add_error("place_be", _now("Name the place in at least one language."))
        return said

    def edition(self) -> NewEdition:
        said = self.cleaned_data
        languages = list(Language.values)
        return NewEdition(
            said["number"], said["start"], said["end"], said["host"],
            place={language: said[f"place_{language}"] for language in languages},
            theme={language: said[f"theme_{language}"] for language in languages},
            precision=said["precision"],
            sources=said["sources"],
        )  # fmt: skip
