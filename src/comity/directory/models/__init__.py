from comity.directory.models.contact import Contact
from comity.directory.models.membership import Membership
from comity.directory.models.organisation import (
    Alias,
    Identifier,
    Organisation,
    OrganisationKind,
    OrganisationQuerySet,
)
from comity.directory.models.zone import RegimeTerm, Residency, Zone, still_running

__all__ = [
    "Alias",
    "Contact",
    "Identifier",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationQuerySet",
    "RegimeTerm",
    "Residency",
    "Zone",
    "still_running",
]
