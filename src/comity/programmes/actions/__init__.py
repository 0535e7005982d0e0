from comity.programmes.actions.grants import grant_programme_role, revoke_programme_role
from comity.programmes.actions.measures import (
    add_measure,
    add_measures,
    change_measure,
    remove_measure,
)
from comity.programmes.actions.occurrences import reopen_occurrence, settle_occurrence
from comity.programmes.actions.programmes import (
    change_programme,
    create_programme,
    name_section_fields,
    remove_programme,
)

__all__ = [
    "add_measure",
    "add_measures",
    "change_measure",
    "change_programme",
    "create_programme",
    "grant_programme_role",
    "name_section_fields",
    "remove_measure",
    "remove_programme",
    "reopen_occurrence",
    "revoke_programme_role",
    "settle_occurrence",
]
