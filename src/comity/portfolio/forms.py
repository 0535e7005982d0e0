from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.accounts.rules import Reader
from comity.audit.kept import Kept
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.periods import add_months, quarter_of
from comity.portfolio.queries.whole import places_seen_by
from comity.programmes.forms.filters import DayInput, Filters
from comity.programmes.models import Programme
from comity.programmes.wording import stretch
from comity.territories.fields import TerritoryChoice

STATES = [
    ("", _("any state")),
    ("overdue", _("something is overdue")),
    ("due", _("something is due")),
    ("disputed", _("something is disputed")),
    ("done", _("all is settled")),
]
ORDERS = [
    ("", _("newest first")),
    ("overdue", _("most overdue first")),
    ("disputed", _("most disputed first")),
    ("share", _("least on time first")),
    ("progress", _("least progress first")),
    ("next", _("next deadline first")),
]


#: How far back quarters are offered.
LAST_YEARS = 5


class PortfolioFilters(Filters):
    """Which programmes are looked at, on which day, in which order."""

    territory = TerritoryChoice(
        label=_("Territory"), required=False, empty_label=_("any territory")
    )
    field = forms.ChoiceField(
        label=pgettext_lazy("of cooperation", "Field"),
        required=False,
        choices=[("", _("any field")), *FieldOfCooperation.choices],
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2199)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)
    day = forms.DateField(label=_("as of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, reader: Reader, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory: Any = self.fields["territory"]
        self.places = places_seen_by(reader, kept)
        territory.offer_known(self.places.values(), asked=self.data.get("territory", ""))


class SinceForm(Filters):
    """The end of a quarter since which changes are told, and the day until which."""

    since = forms.ChoiceField(label=_("Since the end of"), required=False)
    until = forms.DateField(label=_("until"), required=False, widget=DayInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        first = max(programme.start or today, add_months(today, -12 * LAST_YEARS))
        ends = list(_quarter_ends(min(first, today), today))
        since: Any = self.fields["since"]
        since.choices = [(end.isoformat(), stretch(start, end)) for start, end in ends]
        self._last = ends[0][1]

    @property
    def start(self) -> date:
        asked: str = self.asked.get("since", "")
        return date.fromisoformat(asked) if asked else self._last

    @property
    def end(self) -> date:
        asked: date | None = self.asked.get("until")
        return max(asked or timezone.localdate(), self.start)


def _quarter_ends(first: date, today: date) -> Iterator[tuple[date, date]]:
    """The quarters that are over, the last one first, back to the one before `first`."""
    quarter = quarter_of(today)
    while True:
        quarter = quarter_of(quarter.start - timedelta(days=1))
        yield quarter.start, quarter.end
        if quarter.start <= first:
            return
