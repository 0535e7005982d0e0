"""The consent of the other side where it was given on paper, outside the register."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.programmes.models import Programme


def on_consent(programme: Programme, reason: str, rests_on: str) -> str:
    """The reason of an act on measures, with what the consent of the other side rests on.

    Raises ValidationError if the programme asks for consent and nothing is said of it.
    """
    if not programme.needs_consent:
        return reason.strip()
    if not rests_on.strip():
        raise ValidationError({"rests_on": _("Say on what the consent of the other side rests.")})
    told = _("The consent of the other side rests on: %s") % rests_on.strip()
    return f"{reason.strip()}\n{told}".strip()
