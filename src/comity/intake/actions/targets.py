from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.agreements.models import Agreement
from comity.audit.actions import Trail, plain, snapshot
from comity.intake.actions.drafts import claimed
from comity.intake.models import Import
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme, can_keep_programme_of
from comity.programmes.sides import sides_by_agreement

#: What is said of a new programme; `owner` by its id.
VALUES = (
    "title_be", "title_ru", "title_en", "kind", "start", "end", "language", "visibility", "owner",
    "is_example",
)  # fmt: skip


@transaction.atomic
def choose_target(
    *,
    document: Import,
    expected_version: int,
    by: Reader,
    agreement: Agreement | None = None,
    amends: Programme | None = None,
    values: Mapping[str, Any] | None = None,
) -> Import:
    """Where the measures go: into `amends`, as a new version of it, or into a new programme.

    A new one carries out the `agreement`, if there is one, and has the `values` of `VALUES`.
    Raises `lib.versions.Stale` if somebody changed the draft meanwhile.
    """
    document = claimed(document, expected_version, by)
    before = snapshot(document)
    document.decisions = {}
    if amends is not None:
        _may_amend(by, amends)
        document.amends, document.agreement, document.target = amends, None, {}
    else:
        said = {name: plain(value) for name, value in (values or {}).items()}
        _check(said)
        _may_add(by, agreement, values or {})
        document.amends, document.agreement, document.target = None, agreement, said
    document.save()
    trail = Trail("intake.target_chosen", by)
    trail.changed(document, before)
    trail.record()
    return document


def _check(values: Mapping[str, Any]) -> None:
    if unknown := set(values) - set(VALUES):
        raise TypeError(f"A new programme has no {', '.join(sorted(unknown))} here.")
    if not any(values.get(f"title_{code}") for code in ("be", "ru", "en")):
        raise ValidationError(_("Write the title in at least one language."))


def _may_amend(by: Reader, programme: Programme) -> None:
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner bring a new version."),
    )


def _may_add(by: Reader, agreement: Agreement | None, values: Mapping[str, Any]) -> None:
    start, end, owner = (values.get(name) for name in ("start", "end", "owner"))
    sides = sides_by_agreement(agreement, start, end, timezone.localdate())
    seen = agreement is None or Agreement.objects.visible_to(by).filter(pk=agreement.pk).exists()
    must(
        seen and can_keep_programme_of(by, owner=owner, sides=[side.pk for side in sides]),
        _("Only coordinators of a side, of the owner or of the whole register add a programme."),
    )
