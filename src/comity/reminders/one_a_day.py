"""One letter a day to one address, whoever is meant: a person may be the contact of a body too."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Max

from comity.accounts.models import User
from comity.reminders.ladder import CATCH_UP
from comity.reminders.models import (
    Said,
    SaidOfChange,
    SaidOfStep,
    SaidOfStepToContact,
    SaidToContact,
)

OF_PEOPLE = (Said, SaidOfChange, SaidOfStep)
OF_CONTACTS = (SaidToContact, SaidOfStepToContact)


def addresses_of_people() -> dict[int, str]:
    """Of all who may sign in, by their ids; one query."""
    people = User.objects.filter(is_active=True).values_list("pk", "email")
    return {pk: email.lower() for pk, email in people.iterator(2000)}


def written_to(day: date) -> set[str]:
    """The addresses to which a digest was written on a day; one query."""
    told, *others = (
        kind.objects.filter(on=day).values_list(address, flat=True)
        for kinds, address in ((OF_PEOPLE, "user__email"), (OF_CONTACTS, "email"))
        for kind in kinds
    )
    return {email.lower() for email in told.union(*others)}


def who_waits(
    people: Mapping[int, str], contacts: Mapping[str, date], day: date
) -> tuple[set[int], set[str]]:
    """Who is told on another day, of the people and of the contacts that have the same address.

    Given are the addresses of people who have something to be told, and since when there is
    something for each contact. The letter to the contact waits for the next day; if that of the
    person would go on that day as well, it is the person's that waits. Three queries, if any.
    """
    both = {user: email for user, email in people.items() if email in contacts}
    last = _last_letters(both, day) if both else {}
    waited = {
        user for user, email in both.items() if user in last and contacts[email] <= last[user]
    }
    return waited, {email for user, email in both.items() if user not in waited}


def _last_letters(users: Collection[int], day: date) -> dict[int, date]:
    """The day before this one on which each person was last written to."""
    found: dict[int, date] = {}
    for kind in OF_PEOPLE:
        rows = kind.objects.filter(user__in=users, on__gte=day - CATCH_UP, on__lt=day)
        for user, on in rows.values_list("user").annotate(Max("on")):
            found[user] = max(on, found.get(user, on))
    return found
