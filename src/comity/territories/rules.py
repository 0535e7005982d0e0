from django.utils.translation import gettext as _

from comity.accounts.rules import Reader, coordinates_everything, must


def can_keep_territories(user: Reader) -> bool:
    """Territories belong to everybody, so only coordinators of the whole register change them."""
    return coordinates_everything(user)


def must_keep_territories(user: Reader) -> None:
    must(
        can_keep_territories(user),
        _("Only a coordinator of the whole register adds and changes territories."),
    )
