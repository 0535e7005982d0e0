from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, coordinates_everything, must


def can_record_editions(by: Reader) -> bool:
    """The forum belongs to all regions, so only coordinators of the whole register tell of it."""
    return coordinates_everything(by)


def must_record_editions(by: Reader) -> None:
    must(
        can_record_editions(by),
        _("Only a coordinator of the whole register records editions of the forum."),
    )
