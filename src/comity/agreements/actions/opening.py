"""How every change of an agreement begins: is it allowed, and is it still what was seen?"""

from typing import Any

from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.agreements.models import Agreement
from comity.agreements.rules import can_change_agreement
from comity.audit.actions import snapshot


def must_keep(by: Reader, agreement: Agreement) -> None:
    must(
        can_change_agreement(by, agreement),
        _("Only coordinators of the whole register or of a party change this agreement."),
    )


def opened(
    agreement: Agreement, by: Reader, expected_version: int
) -> tuple[Agreement, dict[str, Any]]:
    """The agreement as it stands, taken for a change, and its snapshot from before.

    Raises PermissionDenied or `Stale`.
    """
    must_keep(by, agreement)
    current = Agreement.objects.select_for_update().get(pk=agreement.pk)
    before = snapshot(current)
    current.claim(expected_version)
    return current, before
