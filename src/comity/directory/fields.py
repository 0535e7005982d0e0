"""An organisation chosen by writing any of its names."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from comity.directory.models import Organisation
from comity.directory.queries import named_like


def label_of(organisation: Organisation) -> str:
    """A name that means this organisation and no other: its number is at the end."""
    return f"{organisation} · {organisation.seat.code} · № {organisation.pk}"


class OrganisationInput(forms.TextInput):
    """A text field that suggests organisations while one writes; plain without JavaScript."""

    template_name = "directory/organisation_input.html"


class OrganisationField(forms.CharField):
    """An organisation by any of its names, or by its number where several share a name."""

    widget = OrganisationInput

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Organisation.objects.select_related("seat").filter(pk=value).first()
        return label_of(value) if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _meant_by(text) if text else None


def _meant_by(text: str) -> Organisation:
    number = re.search(r"№\s*(\d{1,12})$", text)
    current = Organisation.objects.current().select_related("seat")
    found = current.filter(pk=int(number[1])) if number else named_like(text).select_related("seat")
    candidates: list[Organisation] = list(found.by_name()[:6])
    if not candidates:
        raise forms.ValidationError(
            _(
                "No organisation is called “%(text)s”. "
                "Write one of its names as the register has it."
            )
            % {"text": text}
        )
    if len(candidates) > 1:
        raise forms.ValidationError(
            _("Several organisations are called so. Write one of: %(names)s")
            % {"names": "; ".join(label_of(one) for one in candidates)}
        )
    return candidates[0]
