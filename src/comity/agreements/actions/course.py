"""What happens to an agreement in its life: it is amended, objected to, ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.agreements.actions.composition import change_fields, change_parties
from comity.agreements.actions.opening import opened
from comity.agreements.actions.parties import NewParty
from comity.agreements.composition import Who
from comity.agreements.models import AMENDABLE, Agreement, Amendment
from comity.agreements.terms import Status
from comity.audit.actions import Trail, plain, snapshot
from comity.lib import wording


@transaction.atomic
def amend_agreement(
    *,
    agreement: Agreement,
    by: Reader,
    expected_version: int,
    signed_on: date,
    in_force_from: date,
    changes: Mapping[str, Any],
    number: str = "",
    title_be: str = "",
    title_ru: str = "",
    title_en: str = "",
    joining: Sequence[NewParty] = (),
    leaving: Collection[Who] = (),
    adds_fields: Collection[str] = (),
    drops_fields: Collection[str] = (),
    reason: str = "",
) -> Amendment:
    """A later text of the parties; `changes` gives new values of the fields in `AMENDABLE`.

    Parties may join and leave by it, and fields of cooperation be added and dropped. All counts
    from `in_force_from`, wherever that falls among the amendments known already. Raises
    PermissionDenied, `Stale`, or ValidationError with sentences.
    """
    unknown = set(changes) - set(AMENDABLE)
    if unknown:
        raise ValueError(f"An amendment cannot change {', '.join(sorted(unknown))}.")
    agreement, before = opened(agreement, by, expected_version)
    _refuse_early_amendment(agreement, signed_on, in_force_from)
    trail = Trail("agreement.amended", by, reason)
    stood = agreement.as_it_stood_on(in_force_from)
    differing = {
        name: [plain(getattr(stood, name)), plain(value)]
        for name, value in changes.items()
        if getattr(stood, name) != value
    }
    _set_from(agreement, in_force_from, {name: changes[name] for name in differing}, trail)
    composition = {
        **change_parties(agreement, in_force_from, joining, leaving, trail),
        **change_fields(agreement, in_force_from, adds_fields, drops_fields, trail),
    }
    amendment = Amendment(
        agreement=agreement,
        number=number,
        signed_on=signed_on,
        in_force_from=in_force_from,
        title_be=title_be,
        title_ru=title_ru,
        title_en=title_en,
        changes={**differing, **composition},
    )
    amendment.full_clean()
    amendment.save()
    agreement.as_it_stood_on(in_force_from).full_clean()
    agreement.full_clean()
    agreement.save()
    trail.created(amendment)
    trail.changed(agreement, before)
    trail.record()
    return amendment


@transaction.atomic
def end_agreement(
    *, agreement: Agreement, by: Reader, expected_version: int, ended_on: date, reason: str
) -> Agreement:
    """Ends an agreement before its time; `ended_on` is the first day on which it does not hold.

    Raises PermissionDenied, `Stale`, or ValidationError with sentences.
    """
    agreement, before = opened(agreement, by, expected_version)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the history keeps it.")})
    _refuse_over(agreement, ended_on, "ended_on")
    trail = Trail("agreement.ended", by, reason)
    agreement.ended_on = ended_on
    agreement.full_clean()
    agreement.save()
    trail.changed(agreement, before)
    trail.record()
    return agreement


@transaction.atomic
def record_objection(
    *, agreement: Agreement, by: Reader, expected_version: int, objected_on: date, reason: str = ""
) -> Agreement:
    """Records that a party objected to prolonging; `terms` says for which term it counts.

    Raises PermissionDenied, `Stale`, or ValidationError with sentences.
    """
    agreement, before = opened(agreement, by, expected_version)
    _refuse_objection(agreement, objected_on)
    _refuse_over(agreement, objected_on, "objected_on")
    trail = Trail("agreement.objected_to", by, reason)
    agreement.objected_on = objected_on
    agreement.full_clean()
    agreement.save()
    trail.changed(agreement, before)
    trail.record()
    return agreement


def _set_from(agreement: Agreement, day: date, values: Mapping[str, Any], trail: Trail) -> None:
    """Sets values that count from a day, up to the next amendment that changes them again."""
    later = [amendment for amendment in agreement.amendments.all() if amendment.in_force_from > day]
    for name, value in values.items():
        changed_next = next((a for a in later if name in a.changes), None)
        if changed_next is None:
            setattr(agreement, name, value)
            continue
        before = snapshot(changed_next)
        after = changed_next.changes[name][1]
        changed_next.changes = {**changed_next.changes, name: [plain(value), after]}
        changed_next.save()
        trail.changed(changed_next, before)


def _refuse_early_amendment(agreement: Agreement, signed_on: date, in_force_from: date) -> None:
    if agreement.signed_on is None:
        raise ValidationError(_("This is not signed yet, so there is nothing to amend: change it."))
    for name, day in (("signed_on", signed_on), ("in_force_from", in_force_from)):
        if day < agreement.signed_on:
            raise ValidationError(
                {
                    name: _("The agreement itself was signed on %(day)s; it is amended after that.")
                    % {"day": wording.day(agreement.signed_on, agreement.signed_precision)}
                }
            )


def _refuse_over(agreement: Agreement, day: date, name: str) -> None:
    status = agreement.status_on(day)
    if agreement.ended_on is not None:
        sentence = _("It was ended on %(day)s already.") % {"day": wording.day(agreement.ended_on)}
    elif status == Status.EXPIRED:
        end = wording.day(agreement.term_end_on(day))
        sentence = _("It expires on %(day)s, before that.") % {"day": end}
    elif status == Status.DRAFT:
        sentence = _("On that day it is not signed.")
    else:
        return
    raise ValidationError({name: sentence})


def _refuse_objection(agreement: Agreement, objected_on: date) -> None:
    if agreement.objected_on is not None:
        sentence = _("A party objected on %(day)s already.")
        sentence %= {"day": wording.day(agreement.objected_on)}
    elif objected_on > timezone.localdate():
        sentence = _("That day is still to come; record an objection once it was made.")
    elif agreement.terms_on(objected_on).renewal_months is None:
        sentence = _("This agreement is not prolonged by itself: there is nothing to object to.")
    else:
        return
    raise ValidationError({"objected_on": sentence})
