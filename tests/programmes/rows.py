"""Measures as they are handed in, and people around a programme, in few words."""

from datetime import date
from typing import Any

from comity.accounts.models import Role, User
from comity.programmes.actions import MeasureChange, add_measures, change_measures
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Programme
from comity.programmes.rows import NewMeasure
from tests.factories import (
    a_coordinator,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

FOUR_YEARS = DueRule("recurring", date(2017, 1, 1), date(2020, 12, 31), "yearly")
MAY_2018 = DueRule("window", date(2018, 5, 1), date(2018, 5, 31))


def a_row(title: str = "Hold an exhibition", **fields: Any) -> NewMeasure:
    return NewMeasure(**{"titles": {"en": title}, **fields})


def with_measures(*rows: NewMeasure, programme: Programme | None = None) -> list[Measure]:
    """Measures brought into a programme by a coordinator."""
    return add_measures(
        programme=programme or a_programme(), rows=rows or [a_row()], by=a_coordinator()
    )


def change_measure(
    *, measure: Measure, new: NewMeasure, expected_version: int, by: Any, reason: str = ""
) -> Measure:
    """What one measure says by a new version of its programme."""
    changes = [MeasureChange(measure, new, expected_version)]
    return change_measures(programme=measure.programme, changes=changes, by=by, reason=reason)[0]


def people_around(visibility: str) -> tuple[Programme, dict[str, User | None]]:
    """A programme of Homiel and Bryansk kept by an owner, and a person of every standing to it."""
    homiel_office, stranger_office = an_organisation(), an_organisation(seat=a_region("BY-VI"))
    owner, named, enterprise = (an_organisation(kind="enterprise") for _n in range(3))
    party = an_organisation(kind="enterprise", seat=a_region("RU-SMO"))
    agreement = an_agreement(a_region("BY-HO"), a_region("RU-BRY"), party)
    programme = a_programme(agreement, visibility=visibility, owner=owner)
    measure = Measure.objects.create(
        programme=programme, position=1, title_en="Named", due_kind="unscheduled"
    )
    measure.responsibilities.create(text="It", organisation=named)
    return programme, {
        "anybody": None,
        "a person without roles": somebody(Role.OBSERVER, stranger_office),
        "an enterprise of a side": somebody(Role.COORDINATOR, enterprise),
        "an observer of a side": somebody(Role.OBSERVER, homiel_office),
        "a coordinator of a side": somebody(Role.COORDINATOR, homiel_office),
        "an observer of the owner": somebody(Role.OBSERVER, owner),
        "a coordinator of the owner": somebody(Role.COORDINATOR, owner),
        "an observer of a party": somebody(Role.OBSERVER, party),
        "a coordinator of a party": somebody(Role.COORDINATOR, party),
        "an observer of a named body": somebody(Role.OBSERVER, named),
        "a coordinator of a named body": somebody(Role.COORDINATOR, named),
        "an observer of the programme": somebody(Role.OBSERVER, programme),
        "a coordinator of the programme": somebody(Role.COORDINATOR, programme),
        "an administrator of the programme": somebody(Role.ADMINISTRATOR, programme),
        "an administrator of a side": somebody(Role.ADMINISTRATOR, homiel_office),
        "an observer of the whole": somebody(Role.OBSERVER),
        "a coordinator of the whole": somebody(Role.COORDINATOR),
    }
