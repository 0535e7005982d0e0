from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, must
from comity.intake.models import Import
from comity.programmes.grants import granted_programmes
from comity.programmes.rules import can_add_programme


def can_bring_in(by: Reader) -> bool:
    """Coordinators: of the whole, of any organisation, or of any programme (a new version)."""
    return can_add_programme(by) or bool(granted_programmes(by, writing=True))


def can_continue(by: Reader, document: Import) -> bool:
    """Whoever brought the file, coordinators of the whole, and of the programme it is to amend."""
    return (
        can_bring_in(by)
        and document.is_draft
        and Import.objects.visible_to(by).filter(pk=document.pk).exists()
    )


def must_bring_in(by: Reader) -> None:
    must(can_bring_in(by), _("Only coordinators bring documents into the register."))


def must_continue(by: Reader, document: Import) -> None:
    must(
        can_continue(by, document),
        _("Only whoever brought the document, or a coordinator of the whole, goes on with it."),
    )
