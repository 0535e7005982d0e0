"""The open work of a person, whichever rooms it lies in: what passes on to somebody else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comity.accounts.models import WRITING, Invitation, User
from comity.accounts.scopes import Scope
from comity.audit.actions import Trail, snapshot


@dataclass(frozen=True, slots=True)
class Belonging:
    """Records of one kind that wait for a person, and how they pass on to another.

    Who takes them over needs one of the roles.
    """

    title: str
    records: tuple[Any, ...]
    needs: Collection[str]
    give: Callable[[User, Trail], None]


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
