"""Who speaks for which side, by role and by what it is given within: one table."""

from typing import Any

import pytest

from comity.accounts.models import Role, User
from comity.programmes.keeping import as_json, of_measure
from comity.programmes.models import MeasureAmendment, Programme
from comity.programmes.rules import (
    can_withdraw,
    roles_given_in,
    side_of_proposer,
    sides_spoken_for,
    sides_to_consent_for,
    speaks_for_all,
)
from tests.factories import (
    a_measure,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db

LESSER = [role for role in Role.values if role not in ("coordinator", "administrator")]
#: Within; the roles; speaks for; is the side of the proposer; consents for; withdraws; gives roles.
#: The change was proposed by the side BY.
TABLE = """
whole       | writers | BY RU | -  | RU | yes | all
programme   | writers | BY RU | -  | RU | yes | own
here        | writers | BY    | BY | -  | yes | lesser if administrator
there       | writers | RU    | RU | RU | no  | lesser if administrator
elsewhere   | writers | -     | -  | -  | no  | none
enterprise  | writers | -     | -  | -  | no  | none
owner       | writers | -     | -  | -  | no  | lesser if administrator
whole       | others  | -     | -  | -  | no  | none
programme   | others  | -     | -  | -  | no  | none
here        | others  | -     | -  | -  | no  | none
there       | others  | -     | -  | -  | no  | none
owner       | others  | -     | -  | -  | no  | none
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.fixture
def programme() -> Programme:
    owner = an_organisation("Secretariat", a_region("BY-VI"), kind="university")
    return a_programme(an_agreement(), needs_consent=True, owner=owner)


def person(programme: Programme, place: str, role: str) -> User:
    within: dict[str, Any] = {
        "programme": programme,
        "owner": programme.owner,
        "here": an_organisation("Here", a_region("BY-HO")),
        "there": an_organisation("There", a_region("RU-BRY")),
        "elsewhere": an_organisation("Elsewhere", a_region("RU-SMO")),
        "enterprise": an_organisation("Plant", a_region("BY-HO"), kind="enterprise"),
    }
    return somebody(role, within.get(place))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_who_speaks_for_which_side(programme: Programme, row: list[str]) -> None:
    place, roles, spoken, side, consents, withdraws, gives = row
    measure = a_measure(programme)
    kept = as_json(of_measure(measure))
    change = MeasureAmendment.objects.create(
        programme=programme, measure=measure, kind="strike", state="proposed", was=kept, new=kept,
        from_version=1, reason="x", side="BY", proposed_by=a_person(), proposed_by_name="A",
    )  # fmt: skip
    for role in ("coordinator", "administrator") if roles == "writers" else LESSER:
        by = person(programme, place, role)
        listed = [] if spoken == "-" else spoken.split()
        assert list(sides_spoken_for(by, programme)) == listed
        assert side_of_proposer(by, programme) == side.replace("-", "")
        assert sides_to_consent_for(by, change) == ([] if consents == "-" else [consents])
        assert can_withdraw(by, change) == (withdraws == "yes")
        assert speaks_for_all(by, programme) == (spoken == "BY RU")
        assert sorted(roles_given_in(by, programme)) == sorted(given(gives, role))


def given(gives: str, role: str) -> list[str]:
    """The roles that somebody gives within the programme."""
    every = list(Role.values)
    if gives == "all" or (gives == "own" and role == "administrator"):
        return every
    if gives == "own":
        return [one for one in every if one != "administrator"]
    return LESSER if gives.endswith(role) else []
