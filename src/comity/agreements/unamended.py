"""An agreement as it would stand had one of its amendments never been recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.agreements import terms
from comity.agreements.composition import (
    FIELDS,
    PARTIES,
    Known,
    Who,
    fields_on,
    parties_on,
    party_on_record,
)
from comity.agreements.models import AMENDABLE, Agreement, Amendment
from comity.agreements.models.amendment import TERMS
from comity.agreements.terms import Terms
from comity.audit.models import Entry
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation


@dataclass
class Unamended:
    """The agreement of `amendment` without it: what stands in the way, and what would stand."""

    agreement: Agreement
    amendment: Amendment
    obstacles: list[str] = field(default_factory=list)
    parties: dict[Who, dict[str, Any]] = field(default_factory=dict)
    """Who would be a party after all other amendments, each as an amendment keeps it."""
    fields: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        every = list(self.agreement.amendments.all())
        place = every.index(self.amendment)
        self._earlier, self.later = every[:place], every[place + 1 :]
        self._refuse_documents()
        self._replay_parties()
        self._replay_fields()
        self._refuse_what_rests_on_its_terms()

    @cached_property
    def values(self) -> dict[str, Any]:
        """Fields of the agreement that would go back to what the amendment changed."""
        found = {}
        for name, (before, _after) in self._own_terms:
            if not any(name in amendment.changes for amendment in self.later):
                column: Any = Agreement._meta.get_field(name)
                found[name] = column.to_python(before)
        return found

    @cached_property
    def changes(self) -> dict[int, dict[str, Any]]:
        """What each later amendment, by its key, would be said to change."""
        found = {amendment.pk: self._remembered(amendment) for amendment in self.later}
        for name, (before, _after) in self._own_terms:
            after_it = next((a for a in self.later if name in a.changes), None)
            if after_it is not None:
                changes = found[after_it.pk]
                changes[name] = [before, changes[name][1]]
                if changes[name][0] == changes[name][1]:
                    del changes[name]
        return found

    @property
    def _own_terms(self) -> list[tuple[str, list[Any]]]:
        changes = self.amendment.changes
        return [(name, changes[name]) for name in AMENDABLE if name in changes]

    @cached_property
    def _forgotten(self) -> dict[int, list[Any]]:
        """What recording the amendment made later ones forget: their changes before and after."""
        label = Amendment._meta.label_lower
        recorded = Entry.objects.filter(model=label, kind="created", record_id=self.amendment.pk)
        entries = Entry.objects.filter(
            event__in=recorded.values("event"), model=label, kind="changed"
        )
        found: dict[int, list[Any]] = {}
        for entry in entries.filter(changes__has_key="changes").order_by("position"):
            before, after = entry.changes["changes"]
            found[entry.record_id] = [found.get(entry.record_id, [before])[0], after]
        return found

    def _remembered(self, amendment: Amendment) -> dict[str, Any]:
        """The changes of a later amendment, with parties and fields that it was made to forget."""
        changes = dict(amendment.changes)
        nothing: dict[str, Any] = {}
        before, after = self._forgotten.get(amendment.pk, (nothing, nothing))
        for name in (PARTIES, FIELDS):
            if before.get(name) != after.get(name) and changes.get(name) == after.get(name):
                changes[name] = before[name]
            elif before.get(name) != after.get(name):
                self._refuse(amendment, _("%(later)s was corrected since this one was recorded."))
        return changes

    def _others(self, name: str) -> Iterator[tuple[Amendment, list[Any], list[Any]]]:
        """The other amendments that take out or put in parties or fields, in their order."""
        for amendment in (*self._earlier, *self.later):
            changes = self.changes.get(amendment.pk, amendment.changes)
            if name in changes:
                yield amendment, changes[name][0], changes[name][1]

    def _replay_parties(self) -> None:
        self.parties = {
            party.who: party_on_record(party) for party in parties_on(self.agreement, date.min)
        }
        others = list(self._others(PARTIES))
        known = Known(record for _a, left, joined in others for record in (*left, *joined))
        for amendment, left, joined in others:
            for record in left:
                who = known.who(record)
                if who is not None and self.parties.pop(who, None) is None:
                    self._refuse(amendment, _("%(later)s lets %(what)s leave."), known.name(record))
            for record in joined:
                who = known.who(record)
                if who in self.parties:
                    self._refuse(amendment, _("%(later)s lets %(what)s join."), known.name(record))
                elif who is not None:
                    self.parties[who] = record
            if len(self.parties) < 2:
                self._refuse(amendment, _("After %(later)s fewer than two parties would stay."))

    def _replay_fields(self) -> None:
        self.fields = fields_on(self.agreement, date.min)
        for amendment, dropped, added in self._others(FIELDS):
            for one in dropped:
                if one not in self.fields:
                    self._refuse(amendment, _("%(later)s drops the field “%(what)s”."), _label(one))
            for one in added:
                if one in self.fields:
                    self._refuse(amendment, _("%(later)s adds the field “%(what)s”."), _label(one))
            kept = [one for one in self.fields if one not in dropped]
            self.fields = [*kept, *(one for one in added if one not in kept)]

    def _refuse(self, later: Amendment, sentence: str, what: str = "") -> None:
        self.obstacles.append(sentence % {"later": _called(later), "what": what})

    def _refuse_documents(self) -> None:
        count = self.amendment.documents.count()
        if count:
            sentence = ngettext(
                "%(n)s document of the agreement belongs to it; remove that first.",
                "%(n)s documents of the agreement belong to it; remove those first.",
                count,
            )
            self.obstacles.append(sentence % {"n": count})

    def _refuse_what_rests_on_its_terms(self) -> None:
        objected, ended = self.agreement.objected_on, self.agreement.ended_on
        if objected and self._terms_on(objected).renewal_months is None:
            told = _("On %(day)s a party objected to prolonging, which only this amendment set.")
            self.obstacles.append(told % {"day": wording.day(objected)})
        if not ended:
            return
        end = terms.term_end(replace(self._terms_on(ended), ended_on=None), ended)
        if end is not None and end < ended:
            told = _("It was ended on %(day)s; without this amendment it expires on %(end)s.")
            self.obstacles.append(told % {"day": wording.day(ended), "end": wording.day(end)})

    def _terms_on(self, day: date) -> Terms:
        agreement = self.agreement
        values = {name: getattr(agreement, name) for name in TERMS} | self.values
        later = [self.changes[a.pk] for a in self.later if a.in_force_from > day]
        later = [a.changes for a in self._earlier if a.in_force_from > day] + later
        stood = terms.as_it_stood(values, later)
        columns: dict[str, Any] = {name: Agreement._meta.get_field(name) for name in TERMS}
        return replace(
            agreement.terms, **{name: columns[name].to_python(stood[name]) for name in TERMS}
        )


def _called(amendment: Amendment) -> str:
    number = f"№ {amendment.number} " if amendment.number else ""
    return number + _("“%(title)s”") % {"title": amendment.title}


def _label(name: str) -> str:
    return str(FieldOfCooperation(name).label)
