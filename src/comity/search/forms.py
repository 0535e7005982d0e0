from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from comity.accounts.rules import Reader, sees_everything
from comity.agreements.models import Agreement, Party
from comity.agreements.terms import Status
from comity.directory.models import Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.programmes.models import Programme, ProgrammeSide
from comity.programmes.queries.progress import MeasureState
from comity.search.documents import LAST_YEAR
from comity.search.models import Kind
from comity.search.queries import LONGEST, Filters
from comity.territories.fields import TerritoryChoice
from comity.territories.models import Territory, TerritoryKind

EARLIEST_YEAR = 1900

_KINDS = [
    ("", _("Everything")),
    (Kind.AGREEMENT, _("Agreements")),
    (Kind.PROGRAMME, _("Programmes")),
    (Kind.MEASURE, _("Measures")),
    (Kind.ORGANISATION, _("Organisations")),
    (Kind.TERRITORY, _("Territories")),
]


def territories_with_records(reader: Reader) -> Any:
    """Countries, and what takes part in something: a party, a side, the seat of an organisation.

    In something that the reader may see.
    """
    seats = Organisation.objects.filter(seat=OuterRef("pk"))
    parties = Party.objects.filter(place=OuterRef("pk"))
    sides = ProgrammeSide.objects.filter(territory=OuterRef("pk"))
    if not sees_everything(reader):
        parties = parties.filter(agreement__in=Agreement.objects.visible_to(reader).order_by())
        sides = sides.filter(programme__in=Programme.objects.visible_to(reader).order_by())
    used = Q(Exists(seats)) | Q(Exists(parties)) | Q(Exists(sides))
    return Territory.objects.filter(Q(kind=TerritoryKind.COUNTRY) | used)


class SearchForm(forms.Form):
    """What to look for and how to narrow it; what is no choice narrows nothing and is said."""

    q = forms.CharField(
        label=_("What to find"),
        required=False,
        max_length=LONGEST,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS, required=False)
    territory = TerritoryChoice(
        label=_("Territory"), empty_label=_("All territories"), required=False
    )
    field = forms.ChoiceField(
        label=_("Field"),
        choices=[("", _("All fields")), *FieldOfCooperation.choices],
        required=False,
    )
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=EARLIEST_YEAR, max_value=LAST_YEAR
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Any status")),
            (_("Agreements"), Status.choices),
            (_("Measures"), MeasureState.choices),
        ],
        required=False,
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        territory.offer(territories_with_records(reader), asked=self.data.get("territory", ""))

    @property
    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    @property
    def filters(self) -> Filters:
        self.is_valid()
        chosen = self.cleaned_data
        kind = chosen.get("kind")
        return Filters(
            kinds=(Kind(kind),) if kind else (),
            territory=chosen.get("territory"),
            field=chosen.get("field", ""),
            year=chosen.get("year"),
            status=chosen.get("status", ""),
        )

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields beside the box."""
        return [bound for bound in self if bound.name != "q"]
