"""What the first page tells: who cooperates with whom, what is due, late, new and about to end."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement, Party
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.paging import COUNTED, count_up_to
from comity.lib.periods import add_months, quarter_of
from comity.programmes.models import Occurrence, ProgrammeSide
from comity.programmes.models.occurrence import OccurrenceQuerySet
from comity.territories.models import Territory
from comity.web.links import Asked, Picture

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
        self, *args: Any, today: date, places: dict[int, Territory], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        territory, year = self.fields["territory"], self.fields["year"]
        assert isinstance(territory, forms.ChoiceField)
        assert isinstance(year, forms.TypedChoiceField)
        self.by_code = {place.code: place for place in places.values()}
        named = sorted((place.name, place.code) for place in places.values())
        codes = [(code, name) for name, code in named]
        territory.choices = [("", _("All territories")), *codes]
        years = [(str(year), str(year)) for year in range(today.year, today.year - 15, -1)]
        year.choices = [("", _("In force today")), *years]

    def asked(self) -> Asked:
        """What was chosen; anything that is no choice counts as not chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        territory = self.by_code.get(chosen.get("territory", ""))
        return Asked(chosen.get("field", ""), territory, chosen.get("year"))


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of rows; None stands for more than `COUNTED`."""

    exact: int | None

    def __str__(self) -> str:
        counted = COUNTED if self.exact is None else self.exact
        return wording.number(counted) + ("+" if self.exact is None else "")


def sentence(picture: Picture) -> str:
    """28 agreements join regions across borders: Belarus 7, Russia 22."""
    if not picture.links:
        return _("No agreements between regions of different countries are on record here.")
    told = ngettext(
        "%(n)s agreement joins regions across the border: %(places)s.",
        "%(n)s agreements join regions across the border: %(places)s.",
        picture.agreements,
    )
    places = ", ".join(f"{country.name} {count}" for country, count in picture.by_country)
    return told % {"n": wording.number(picture.agreements), "places": places}


def due_this_quarter(user: Reader, today: date) -> tuple[Counted, list[Occurrence]]:
    """What still has to be shown until the end of the quarter, the next first."""
    open_ones = Occurrence.objects.visible_to(user).open()
    return _counted(open_ones.due_between(today, quarter_of(today).end), "due_on", "pk")


def overdue(user: Reader, today: date) -> tuple[Counted, list[Occurrence]]:
    """What should have been shown before today, the latest to fall due first."""
    return _counted(Occurrence.objects.visible_to(user).overdue_on(today), "-due_on", "-pk")


def _counted(occurrences: OccurrenceQuerySet, *order: str) -> tuple[Counted, list[Occurrence]]:
    rows = occurrences.select_related("measure", "programme").order_by(*order)
    return Counted(count_up_to(occurrences, COUNTED)), list(rows[:SHORT])


def newest_agreements(user: Reader) -> list[Agreement]:
    return list(Agreement.objects.visible_to(user).newest()[:SHORT])


def ending_agreements(user: Reader, today: date) -> list[Agreement]:
    """Those whose text ends within a year."""
    ending = Agreement.objects.visible_to(user).ending_between(today, add_months(today, 12))
    return list(ending[:SHORT])


def name_parties(agreements: list[Agreement]) -> None:
    """Loads the parties of all of them at once."""
    parties = Party.objects.select_related("territory", "organisation")
    prefetch_related_objects(agreements, Prefetch("parties", parties))


def name_sides(occurrences: list[Occurrence]) -> None:
    """Loads the sides of the programmes of all of them at once."""
    sides = ProgrammeSide.objects.select_related("territory")
    prefetch_related_objects(occurrences, Prefetch("programme__sides", sides))
