from comity.directory.actions.contacts import change_contact, create_contact, remove_contact
from comity.directory.actions.memberships import grant_membership
from comity.directory.actions.merging import merge_organisations
from comity.directory.actions.organisations import (
    IdentifierValue,
    OtherName,
    Refused,
    change_organisation,
    create_organisation,
)
from comity.directory.actions.zones import (
    add_regime_term,
    add_residency,
    add_zone,
    change_regime_term,
    change_zone,
    end_residency,
)

__all__ = [
    "IdentifierValue",
    "OtherName",
    "Refused",
    "add_regime_term",
    "add_residency",
    "add_zone",
    "change_contact",
    "change_organisation",
    "change_regime_term",
    "change_zone",
    "create_contact",
    "create_organisation",
    "end_residency",
    "grant_membership",
    "merge_organisations",
    "remove_contact",
]
