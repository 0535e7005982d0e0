"""Who sees a programme, its measures and its occurrences; who may change it."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from comity.accounts.models import User
from comity.audit.actions import Installation
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.rules import can_add_programme, can_change_programme, can_give_roles_in
from tests.programmes.rows import people_around

pytestmark = pytest.mark.django_db

INTERNAL = {
    "a coordinator of a side",
    "an administrator of a side",
    "a coordinator of the owner",
    "an observer of the programme",
    "a coordinator of the programme",
    "an administrator of the programme",
    "an observer of the whole",
    "a coordinator of the whole",
}
PARTIES = INTERNAL | {
    "an observer of a side",
    "an observer of the owner",
    "an observer of a party",
    "a coordinator of a party",
    "an observer of a named body",
    "a coordinator of a named body",
}


@pytest.mark.parametrize(
    ("visibility", "seen_by"), [("public", None), ("parties", PARTIES), ("internal", INTERNAL)]
)
def test_who_sees_a_programme_and_what_is_in_it(visibility: str, seen_by: set[str] | None) -> None:
    programme, people = people_around(visibility)
    measure = programme.measures.get()
    day = date(2018, 1, 1)
    Occurrence.objects.create(measure=measure, programme=programme, opens_on=day, due_on=day)
    for model in (Programme, Measure, Occurrence):
        assert {
            who
            for who, person in people.items()
            if model.objects.visible_to(person or AnonymousUser()).exists()
        } == (set(people) if seen_by is None else seen_by)


def who_may(people: dict[str, User | None], rule: object, *of: object) -> set[str]:
    return {who for who, person in people.items() if rule(person or AnonymousUser(), *of)}  # type: ignore[operator]  # a rule


def test_who_changes_a_programme() -> None:
    programme, people = people_around("public")
    assert who_may(people, can_change_programme, programme) == {
        "a coordinator of a side",
        "an administrator of a side",
        "a coordinator of the owner",
        "a coordinator of the programme",
        "an administrator of the programme",
        "a coordinator of the whole",
    }


def test_who_gives_roles_in_a_programme() -> None:
    programme, people = people_around("public")
    assert who_may(people, can_give_roles_in, programme) == {
        "an administrator of a side",
        "a coordinator of the programme",
        "an administrator of the programme",
        "a coordinator of the whole",
    }


def test_who_adds_programmes() -> None:
    _programme, people = people_around("public")
    assert who_may(people, can_add_programme) == {
        "an enterprise of a side",
        "a coordinator of a side",
        "an administrator of a side",
        "a coordinator of the owner",
        "a coordinator of a party",
        "a coordinator of a named body",
        "a coordinator of the whole",
    }


def test_the_installation_itself_may_do_everything() -> None:
    programme, _people = people_around("internal")
    assert (
        can_add_programme(Installation()),
        can_change_programme(Installation(), programme),
        can_give_roles_in(Installation(), programme),
        list(Programme.objects.visible_to(Installation())),
    ) == (True, True, True, [programme])
