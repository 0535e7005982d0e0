"""What the first page tells: who cooperates with whom, what is due, late, new and about to end."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement, Party
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.paging import COUNTED
from comity.lib.past_days import is_past
from comity.lib.periods import add_months
from comity.territories.models import Territory, TerritoryKind
from comity.web.kept_ready import KeptReady
from comity.web.links import Asked, Picture, audience

#: Rows of the short lists on the first page.
SHORT = 5


class MapFilters(forms.Form):
    field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        choices=[("", gettext_lazy("All fields")), *FieldOfCooperation.choices],
        required=False,
    )
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, reader: Reader, day: date, kept: KeptReady, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        year: Any = self.fields["year"]
        self.by_code = {place.code: place for place in places_with_agreements(reader, kept)}
        known = ((code, f"{'— ' * one.depth}{one.name}") for code, one in self.by_code.items())
        territory.choices = [("", _("All territories")), *known]
        years = [(str(year), str(year)) for year in range(day.year, day.year - 15, -1)]
        in_force = _("In force on that day") if is_past(day) else _("In force today")
        year.choices = [("", in_force), *years]

    def asked(self) -> Asked:
        """What was chosen; anything that is no choice counts as not chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        territory = self.by_code.get(chosen.get("territory", ""))
        return Asked(chosen.get("field", ""), territory, chosen.get("year"))


def places_with_agreements(reader: Reader, kept: KeptReady) -> list[Territory]:
    """Every territory that is a party, or the seat of one, and every country; in tree order.

    A party of an agreement that the reader may see.
    """
    seen = Agreement.objects.visible_to(reader).order_by()
    met = Exists(Party.objects.filter(place=OuterRef("pk"), agreement__in=seen))
    ids = kept.get(
        f"places of {audience(reader)}",
        ("agreements", "directory", "territories"),
        lambda: kept.territories_that(Q(met) | Q(kind=TerritoryKind.COUNTRY)),
    )
    known = kept.territories()
    return [known[pk] for pk in ids]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of rows, counted up to one more than `COUNTED`."""

    found: int

    def __str__(self) -> str:
        more = "+" if self.found > COUNTED else ""
        return wording.number(min(self.found, COUNTED)) + more


def sentence(picture: Picture) -> str:
    """28 agreements join 29 territories of 2 countries."""
    if not picture.links:
        return _("No agreements between regions of different countries are on record here.")
    told = ngettext(
        "%(n)s agreement joins %(territories)s %(countries)s.",
        "%(n)s agreements join %(territories)s %(countries)s.",
        picture.agreements,
    )
    places, countries = sum(count for _one, count in picture.by_country), len(picture.by_country)
    return told % {
        "n": wording.number(picture.agreements),
        "territories": ngettext("%(n)s territory", "%(n)s territories", places)
        % {"n": wording.number(places)},
        "countries": ngettext("of %(n)s country", "of %(n)s countries", countries)
        % {"n": wording.number(countries)},
    }


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreements signed last; those whose text ends within a year, the first to end first."""

    newest: list[Agreement]
    ending: list[Agreement]
    #: How many end, as far as they were looked for.
    ending_count: str


def newest_and_ending(user: Reader, day: date) -> Terms:
    """The first few of both, each with its parties."""
    seen, by = Agreement.objects.visible_to(user).known_by(day), add_months(day, 12)
    newest = seen.newest().values("pk")[:SHORT]
    soonest = seen.ending_between(day, by).values("pk")[: SHORT + 1]
    parties = Prefetch("parties", Party.objects.select_related("territory", "organisation"))
    both = Agreement.objects.filter(Q(pk__in=newest) | Q(pk__in=soonest))
    known = list(both.prefetch_related(parties))
    signed = [agreement for agreement in known if agreement.signed_on]
    signed.sort(key=lambda agreement: (agreement.signed_on, agreement.pk), reverse=True)
    ending = [one for one in known if one.until and day <= one.until <= by and not one.ended_on]
    ending.sort(key=lambda agreement: (agreement.until, agreement.pk))
    counted = f"{SHORT}+" if len(ending) > SHORT else str(len(ending))
    return Terms(signed[:SHORT], ending[:SHORT], counted)
