"""Form fields of this room: a party by any of its names, a date as far as it is known."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from comity.directory.fields import OrganisationField, label_of
from comity.directory.models import Organisation
from comity.lib.languages import in_three
from comity.lib.partial_dates import PartialDate, parse_partial
from comity.territories.models import Territory, TerritoryQuerySet

#: Dates that the register computes with; farther ones are slips of the hand.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def party_label(who: Territory | Organisation) -> str:
    """A name that means this party and no other: its code or number is at the end."""
    return label_of(who) if isinstance(who, Organisation) else f"{who} · {who.code}"


class PartyInput(forms.TextInput):
    """A text field that suggests parties while one writes; plain without JavaScript."""

    template_name = "agreements/party_input.html"


class PartyField(OrganisationField):
    """A territory by its name or ISO code, or an organisation by any of its names."""

    widget: type[forms.TextInput] = PartyInput  # type: ignore[assignment]  # suggests both kinds

    def prepare_value(self, value: Any) -> Any:
        return party_label(value) if isinstance(value, Territory) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        territories = list(_territories_called(text)[:6]) if text else []
        if len(territories) > 1:
            raise forms.ValidationError(
                _("Several territories are called so. Write one of: %(names)s")
                % {"names": "; ".join(party_label(one) for one in territories)}
            )
        return territories[0] if territories else super().clean(value)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"min": "1900-01-01", "max": "2199-12-31"})


class DayField(forms.DateField):
    widget = DayInput

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            _refuse_far(value)


class PartialDateField(forms.CharField):
    """2015, 2015-03 or 2015-03-18, as far as the date is known."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            known = parse_partial(text)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        _refuse_far(known.first)
        return known


def _refuse_far(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("Write a date between 1900 and 2199."))


def _territories_called(text: str) -> TerritoryQuerySet:
    code = re.search(r"(?:^|·\s*)([A-Za-z]{2}(?:-[\w-]{1,17})?)$", text)
    if code and Territory.objects.filter(code=code[1].upper()).exists():
        return Territory.objects.filter(code=code[1].upper())
    named = Q()
    for field in in_three("name"):
        named |= Q(**{field: text}) | Q(**{f"{field}__iexact": text})
    return Territory.objects.filter(named).order_by("path")
