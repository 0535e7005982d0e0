"""Changes of one measure: each with a reason, and with consent where the programme says so."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Reader, must
from comity.audit.actions import Trail, snapshot
from comity.directory.queries import standing_for
from comity.lib.languages import LANGUAGES
from comity.lib.versions import Stale
from comity.programmes.actions.measures import MeasureChange, change_measures
from comity.programmes.keeping import as_json, from_json, of_measure
from comity.programmes.models import (
    AmendmentKind,
    AmendmentState,
    Consent,
    Measure,
    MeasureAmendment,
)
from comity.programmes.models.amendment import CHANGING
from comity.programmes.occurrences import regenerate_occurrences
from comity.programmes.rows import NewMeasure, check_rows
from comity.programmes.rules import (
    can_change_programme,
    can_withdraw,
    side_of_proposer,
    sides_spoken_for,
    sides_to_consent_for,
)


@transaction.atomic
def amend_measure(
    *,
    measure: Measure,
    new: NewMeasure,
    expected_version: int,
    by: Reader,
    reason: str,
    is_correction: bool = False,
) -> MeasureAmendment:
    """What a measure says from now on; only proposed, where the programme asks for consent.

    A correction says what was agreed all along and the register had wrong, so the deadline that it
    replaces is not held against anybody.
    Raises `lib.versions.Stale` if somebody changed the measure meanwhile, ValidationError if the
    change contradicts itself, changes nothing, or another one is proposed already.
    """
    check_rows([new])
    kind = AmendmentKind.CORRECT if is_correction else AmendmentKind.CHANGE
    asked = _Asked(measure, kind, expected_version, new)
    return _amend(asked, by, reason)


@transaction.atomic
def strike_measure(
    *, measure: Measure, expected_version: int, by: Reader, reason: str
) -> MeasureAmendment:
    """Strikes a measure out: it stays readable, with what was shown, and nothing more is due."""
    return _amend(_Asked(measure, AmendmentKind.STRIKE, expected_version), by, reason)


@transaction.atomic
def restore_measure(
    *, measure: Measure, expected_version: int, by: Reader, reason: str
) -> MeasureAmendment:
    """Puts a measure that was struck out back in force."""
    return _amend(_Asked(measure, AmendmentKind.RESTORE, expected_version), by, reason)


@transaction.atomic
def agree_amendment(
    *, amendment: MeasureAmendment, side: str, by: Reader, note: str = ""
) -> MeasureAmendment:
    """The consent of a side; with that of the last one the change stands.

    Raises `lib.versions.Stale` if the measure is not any more what the change was proposed for.
    """
    amendment = _waiting(amendment)
    must(
        side in sides_to_consent_for(by, amendment),
        _("Only coordinators of the other side consent to a change, never who proposed it."),
    )
    if amendment.measure.version != amendment.from_version:
        raise Stale(amendment.measure)
    if len(sides_spoken_for(by, amendment.programme)) > 1 and not note.strip():
        raise ValidationError(
            {"note": _("Say on what the consent of the side rests, such as its letter.")}
        )
    trail = Trail("measure.amendment_agreed", by, note.strip())
    consent = Consent.objects.create(
        amendment=amendment, side=side, by_name=str(by), note=note.strip()
    )
    trail.created(consent)
    if not _waiting(amendment).awaited:
        _decide(amendment, AmendmentState.AGREED, by, note.strip(), trail)
    trail.record()
    if amendment.state == AmendmentState.AGREED:
        _carry_out(amendment, by)
    return amendment


@transaction.atomic
def decline_amendment(*, amendment: MeasureAmendment, by: Reader, reason: str) -> MeasureAmendment:
    """A side does not consent, and says why; the measure stands as it did."""
    amendment = _waiting(amendment)
    must(
        bool(sides_to_consent_for(by, amendment)),
        _("Only coordinators of the other side decline a change."),
    )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the change is declined.")})
    return _ended(amendment, AmendmentState.DECLINED, by, reason)


@transaction.atomic
def withdraw_amendment(
    *, amendment: MeasureAmendment, by: Reader, reason: str = ""
) -> MeasureAmendment:
    """The side that proposed a change takes it back."""
    amendment = _waiting(amendment)
    must(
        can_withdraw(by, amendment),
        _("Only the side that proposed a change withdraws it."),
    )
    return _ended(amendment, AmendmentState.WITHDRAWN, by, reason)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody asks for: a change of a measure from the version that they looked at."""

    measure: Measure
    kind: AmendmentKind
    from_version: int
    new: NewMeasure | None = None


def _amend(asked: _Asked, by: Reader, reason: str) -> MeasureAmendment:
    measure, kind, new = _locked(asked.measure), asked.kind, asked.new
    programme = measure.programme
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner change its measures."),
    )
    if measure.version != asked.from_version:
        raise Stale(measure)
    was = as_json(of_measure(measure))
    kept = was if new is None else as_json(_in_full(new, measure))
    _must_make_sense(measure, kind, changes=kept != was, reason=reason)
    waits = programme.needs_consent
    amendment = MeasureAmendment(
        programme=programme,
        measure=measure,
        kind=kind,
        state=AmendmentState.PROPOSED if waits else AmendmentState.MADE,
        was=was,
        new=kept,
        from_version=measure.version,
        reason=reason.strip(),
        side=side_of_proposer(by, programme),
        proposed_by=by if isinstance(by, User) else None,
        proposed_by_name=str(by),
    )
    if not waits:
        amendment.decided_by_name, amendment.decided_at = str(by), timezone.now()
    amendment.save()
    verb = "measure.amendment_proposed" if waits else "measure.amendment_made"
    trail = Trail(verb, by, amendment.reason)
    trail.created(amendment)
    trail.record()
    if not waits:
        _carry_out(amendment, by)
    return amendment


def _in_full(new: NewMeasure, measure: Measure) -> NewMeasure:
    """As the measure would be read again: every language, cents, its place."""
    amount = new.funding_amount
    return replace(
        new,
        titles={code: new.titles.get(code, "") for code in LANGUAGES},
        funding_amount=None if amount is None else amount.quantize(Decimal("0.01")),
        position=measure.position,
    )


def _must_make_sense(measure: Measure, kind: str, *, changes: bool, reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why the measure is changed."))
    if measure.amendments.proposed().exists():
        raise ValidationError(
            _("A change of this measure is proposed already: it has to be decided first.")
        )
    if kind in CHANGING and not changes:
        raise ValidationError(_("The measure says this already."))
    if (measure.struck_on is None) == (kind == AmendmentKind.RESTORE):
        raise ValidationError(
            _("The measure is not struck out.")
            if kind == AmendmentKind.RESTORE
            else _("The measure is struck out: put it back in force first.")
        )


def _locked(measure: Measure) -> Measure:
    measures = Measure.objects.select_for_update(of=("self",)).select_related(
        "programme", "section"
    )
    return measures.prefetch_related("programme__sides__territory", "responsibilities").get(
        pk=measure.pk
    )


def _waiting(amendment: MeasureAmendment) -> MeasureAmendment:
    """A proposed change and its measure for the time of an act."""
    measure = _locked(Measure(pk=amendment.measure_id))
    amendment = (
        MeasureAmendment.objects.select_for_update()
        .prefetch_related("consents")
        .get(pk=amendment.pk)
    )
    amendment.measure, amendment.programme = measure, measure.programme
    if not amendment.is_proposed:
        raise ValidationError(_("The change was decided already."))
    return amendment


def _ended(
    amendment: MeasureAmendment, state: AmendmentState, by: Reader, reason: str
) -> MeasureAmendment:
    trail = Trail(f"measure.amendment_{state}", by, reason.strip())
    _decide(amendment, state, by, reason.strip(), trail)
    trail.record()
    return amendment


def _decide(
    amendment: MeasureAmendment, state: AmendmentState, by: Reader, reason: str, trail: Trail
) -> None:
    before = snapshot(amendment)
    amendment.state, amendment.decided_at = state, timezone.now()
    amendment.decided_by_name, amendment.decision_reason = str(by), reason
    amendment.save()
    trail.changed(amendment, before)


def _carry_out(amendment: MeasureAmendment, by: Reader) -> None:
    """Makes the change; `Stale` if the measure is not what it was proposed for."""
    measure, reason = amendment.measure, amendment.reason
    if amendment.kind not in CHANGING:
        _strike_or_restore(amendment, by)
        return
    numbers = (number for _, _, number in amendment.new["bodies"] if number)
    new = from_json(amendment.new, standing_for(numbers))
    is_correction = amendment.kind == AmendmentKind.CORRECT
    change = MeasureChange(measure, new, amendment.from_version, is_correction)
    change_measures(programme=measure.programme, changes=[change], by=by, reason=reason)


def _strike_or_restore(amendment: MeasureAmendment, by: Reader) -> None:
    measure, strikes = amendment.measure, amendment.kind == AmendmentKind.STRIKE
    before = snapshot(measure)
    measure.claim(amendment.from_version)
    measure.struck_on = timezone.localdate() if strikes else None
    measure.struck_reason = amendment.reason if strikes else ""
    measure.save(update_fields=["struck_on", "struck_reason"])
    trail = Trail("measure.struck" if strikes else "measure.restored", by, amendment.reason)
    trail.changed(measure, before)
    regenerate_occurrences([measure], measure.programme.period)
    trail.record()
