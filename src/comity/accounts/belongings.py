"""The open work of a person, whichever rooms it lies in: what passes on to somebody else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comity.accounts.models import WRITING, Invitation, User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope
from comity.audit.actions import Trail, snapshot


@dataclass(frozen=True, slots=True)
class Belonging:
    """Records of one kind that wait for a person, and how they pass on to another.

    Who takes them over needs one of the roles. Where nobody does, those that are owed stay
    unanswered.
    """

    title: str
    records: tuple[Any, ...]
    needs: Collection[str]
    give: Callable[[User, Trail], None]
    is_owed: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """What a place has to do, and in which roles somebody does it there."""

    title: str
    records: tuple[Any, ...]
    needs: Collection[str]


def passed_on(records: "QuerySet[Any]", column: str) -> Callable[[User, Trail], None]:
    """Writes another person into a column of records, each told to the trail."""

    def give(to: User, trail: Trail) -> None:
        for record in records.select_for_update(of=("self",)):
            before = snapshot(record)
            setattr(record, column, to)
            record.save(update_fields=[column])
            trail.changed(record, before)

    return give


#: Rooms above add what they know of; the scope is None where everything is meant.
finders: list[Callable[[User, Scope | None], Iterable[Belonging]]] = []


#: What a place has to do by now but for a person's belongings, of what they and a reader may see.
duties: list[Callable[[User, Scope, Reader], Iterable[Duty]]] = []


def open_invitations(person: User, scope: Scope | None) -> Iterable[Belonging]:
    sent = Invitation.objects.filter(invited_by=person, ended_at=None)
    if scope is not None:
        sent = sent.filter(scope=scope.kind, number=scope.number)
    title = _("Invitations that nobody accepted yet")
    yield Belonging(title, tuple(sent), WRITING, passed_on(sent, "invited_by"))


finders.append(open_invitations)


def open_work(person: User, scope: Scope | None) -> list[Belonging]:
    """What of a person's work within a scope is not finished; kinds of which there is something."""
    found = (belonging for find in finders for belonging in find(person, scope))
    return [belonging for belonging in found if belonging.records]


def alone_with(person: User, scope: Scope, reader: Reader) -> list[Duty]:
    """What a place has to do and, once the person has no role there, nobody of it could.

    Of what the reader may see.
    """
    roles = dict(scope.grants().filter(user__is_active=True).values_list("user", "role"))
    own, others = roles.pop(person.pk, None), set(roles.values())
    found = (duty for find in duties for duty in find(person, scope, reader))
    return [
        duty
        for duty in found
        if duty.records and own in duty.needs and others.isdisjoint(duty.needs)
    ]
