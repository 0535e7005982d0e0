from comity.directory.models.contact import Contact
from comity.directory.models.membership import Membership
from comity.directory.models.organisation import Alias, Identifier, Organisation, OrganisationKind
from comity.directory.models.zone import RegimeTerm, Residency, Zone

__all__ = [
    "Alias",
    "Contact",
    "Identifier",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "RegimeTerm",
    "Residency",
    "Zone",
]
