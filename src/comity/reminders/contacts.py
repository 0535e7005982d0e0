"""Bodies that have to report and for which nobody has an account: their contacts are written to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from comity.directory.models import Contact
from comity.lib.parts import in_parts
from comity.programmes.models import Occurrence
from comity.reminders.ladder import rung_to_say
from comity.reminders.models import SaidToContact

#: Bodies whose contacts are asked for at once.
PART = 500


@dataclass(frozen=True, slots=True)
class Nobody:
    """A body that has to report and that no account is known for."""

    occurrence: int
    measure: int
    programme: int
    side: str
    due_on: date
    body: str
    organisation: int | None
    #: Whether its contact may be written to, and at which address.
    may_be_written_to: bool = False
    email: str = ""

    @property
    def is_known(self) -> bool:
        return self.organisation is not None


@dataclass(slots=True)
class Contacts:
    """The first address of each organisation, and what was said to each address before."""

    addresses: dict[int, str] = field(default_factory=dict)
    said: dict[tuple[str, int, str], int] = field(default_factory=dict)
    had_today: Collection[str] = ()

    def rung(self, one: Nobody, ladder: Iterable[int], day: date) -> int | None:
        """What to say to the contact of a body today, if anything."""
        if one.email in self.had_today:
            return None
        before = self.said.get((one.email, one.occurrence, one.side))
        return rung_to_say(sorted(ladder), one.due_on, day, before)

    def since(self, one: Nobody, ladder: Iterable[int]) -> date:
        """The day of the first rung that was not said, of those where there is something to say."""
        before = self.said.get((one.email, one.occurrence, one.side))
        first = min(rung for rung in ladder if before is None or rung > before)
        return one.due_on + timedelta(days=first)

    def addressed(self, one: Nobody) -> Nobody:
        """The body with the address of its contact, if that may be written to."""
        known = self.addresses.get(one.organisation or 0, "")
        return replace(one, email=known) if one.may_be_written_to and known else one


def contacts_of(
    nobody: Iterable[Nobody], open_: "QuerySet[Occurrence]", written: Collection[str]
) -> Contacts:
    """For those bodies; one query, and one more for each few hundred of them."""
    found = Contacts(had_today=written)
    for some in in_parts(sorted({one.organisation for one in nobody if one.organisation}), PART):
        rows = Contact.objects.filter(organisation__in=some).exclude(email="").order_by("-pk")
        found.addresses |= {
            body: email.strip().lower() for body, email in rows.values_list("organisation", "email")
        }
    if found.addresses:
        told = SaidToContact.objects.filter(occurrence__in=open_.order_by().values("pk"))
        latest = told.values_list("email", "occurrence", "side").annotate(latest=Max("rung"))
        found.said = {(email, pk, side): rung for email, pk, side, rung in latest}
    return found
