"""Terms and changes in the words of the forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from comity.agreements import terms
from comity.agreements.composition import FIELDS, PARTIES, Known
from comity.agreements.models import AMENDABLE, Agreement, Amendment
from comity.agreements.sentences import months_in_words
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One field that an amendment changed, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldAmendment:
    amendment: Amendment
    changes: list[ToldChange]


def facts_of(stood: Agreement, day: date) -> list[tuple[str, str]]:
    """The terms as labels and values, those that are known; by the text as it stood on a day."""
    end, notice = terms.term_end(stood.terms, day), terms.notice_day(stood.terms, day)
    known = [
        (_("Kind"), stood.get_kind_display()),
        (_("Number"), stood.number),
        (_("Signed"), wording.day(stood.signed_on, stood.signed_precision)),
        (_("Signed at"), stood.signed_at),
        (_("In force from"), wording.day(stood.in_force_from)),
        (_("First term until"), wording.day(stood.until)),
        (_("Prolonged by"), months_in_words(stood.renewal_months) if stood.renewal_months else ""),
        (_("Running term until"), wording.day(end) if end != stood.until else ""),
        (_("Objection in time until"), wording.day(notice)),
        (_("A party objected on"), wording.day(stood.objected_on)),
        (_("Ended on"), wording.day(stood.ended_on)),
        (_("Seen by"), stood.get_visibility_display()),
    ]
    return [(label, value) for label, value in known if value]


def told_amendments(agreement: Agreement) -> list[ToldAmendment]:
    """The amendments in the order in which they take force, each with what it changed."""
    return [
        ToldAmendment(amendment, told_changes(amendment.changes))
        for amendment in agreement.amendments.all()
    ]


def told_changes(changes: dict[str, list[Any]]) -> list[ToldChange]:
    """Changes in the order of the forms; a database need not keep theirs."""
    told = [
        ToldChange(_label(name), *(_value(name, value) for value in changes[name]))
        for name in AMENDABLE
        if name in changes
    ]
    return [*told, *_told_parties(changes), *_told_fields(changes)]


def _told_parties(changes: dict[str, list[Any]]) -> Iterator[ToldChange]:
    left, joined = changes.get(PARTIES, ([], []))
    known = Known([*left, *joined])
    if left:
        yield ToldChange(_("Parties that left"), "; ".join(map(known.name, left)), "—")
    if joined:
        yield ToldChange(_("Parties that joined"), "—", "; ".join(map(known.name, joined)))


def _told_fields(changes: dict[str, list[Any]]) -> Iterator[ToldChange]:
    dropped, added = changes.get(FIELDS, ([], []))
    if dropped:
        yield ToldChange(_("Fields dropped"), _fields(dropped), "—")
    if added:
        yield ToldChange(_("Fields added"), "—", _fields(added))


def _fields(fields: list[str]) -> str:
    return "; ".join(str(FieldOfCooperation(field).label) for field in fields)


def _label(name: str) -> str:
    return str(getattr(Agreement._meta.get_field(name), "verbose_name", name))


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return _("nothing")
    if name == "until":
        return wording.day(date.fromisoformat(value))
    return months_in_words(value) if name.endswith("_months") else str(value)
