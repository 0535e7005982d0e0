from comity.programmes.actions.amendments import (
    agree_amendment,
    amend_measure,
    decline_amendment,
    restore_measure,
    strike_measure,
    withdraw_amendment,
)
from comity.programmes.actions.grants import grant_programme_role
from comity.programmes.actions.measures import (
    MeasureChange,
    add_measure,
    add_measures,
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
    "agree_amendment",
    "amend_measure",
    "change_measures",
    "change_programme",
    "create_programme",
    "decline_amendment",
    "grant_programme_role",
    "name_section_fields",
    "remove_measure",
    "remove_measures",
    "remove_programme",
    "reopen_occurrence",
    "restore_measure",
    "settle_occurrence",
    "strike_measure",
    "withdraw_amendment",
]
