from comity.programmes.actions.grants import grant_programme_role, revoke_programme_role
from comity.programmes.actions.measures import (
    MeasureChange,
    add_measure,
    add_measures,
    change_measure,
    change_measures,
    remove_measure,
    remove_measures,
)
from comity.programmes.actions.occurrences import reopen_occurrence, settle_occurrence
from comity.programmes.actions.programmes import (
    change_programme,
    create_programme,
    name_section_fields,
    remove_programme,
)

__all__ = [
    "MeasureChange",
    "add_measure",
    "add_measures",
    "change_measure",
    "change_measures",
    "change_programme",
    "create_programme",
    "grant_programme_role",
    "name_section_fields",
    "remove_measure",
    "remove_measures",
    "remove_programme",
    "reopen_occurrence",
    "revoke_programme_role",
    "settle_occurrence",
]
