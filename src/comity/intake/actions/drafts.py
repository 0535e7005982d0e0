"""What every act on a draft begins with."""

from django.utils.translation import gettext as _

from comity.accounts.rules import Reader
from comity.intake.models import Import
from comity.intake.rules import must_continue


def locked(document: Import, by: Reader) -> Import:
    """The draft as it stands, held until the act is over; others wait."""
    document = Import.objects.select_for_update().get(pk=document.pk)
    refuse_settled(document)
    must_continue(by, document)
    return document


def claimed(document: Import, expected_version: int, by: Reader) -> Import:
    """The draft at its next version; raises `lib.versions.Stale` if somebody changed it."""
    document = locked(document, by)
    document.claim(expected_version)
    return document


class Settled(Exception):
    """The document is a draft no more; its own page says what became of it."""

    def __init__(self, document: Import) -> None:
        super().__init__(
            _("This document is no longer being checked: it was %(state)s.")
            % {"state": document.get_state_display()}
        )


def refuse_settled(document: Import) -> None:
    if not document.is_draft:
        raise Settled(document)
