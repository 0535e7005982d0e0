"""Nobody finds what they may not see, nor its words."""

import pytest
from django.contrib.auth.models import AnonymousUser

from comity.accounts.models import Role
from comity.directory.models import Organisation, OrganisationKind
from comity.lib.visibility import Visibility
from comity.programmes.actions import change_programme
from comity.search.indexing import reindex
from comity.search.queries import search
from tests.factories import (
    a_coordinator,
    a_measure,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)

pytestmark = pytest.mark.django_db


def titles(user: object, words: str = "flax") -> set[str]:
    return {hit.name.text for hit in search(user, words).hits}


@pytest.fixture
def authority() -> Organisation:
    return an_organisation("Council", a_region("BY-HO"), kind=OrganisationKind.AUTHORITY)


@pytest.fixture
def _register(authority: Organisation) -> None:
    for visibility in Visibility.values:
        agreement = an_agreement(title_en=f"Flax agreement {visibility}", visibility=visibility)
        programme = a_programme(
            agreement, title_en=f"Flax programme {visibility}", visibility=visibility
        )
        a_measure(programme, title_en=f"Flax measure {visibility}")
    reindex()


def of(*visibilities: str) -> set[str]:
    kinds = ("agreement", "programme", "measure")
    return {f"Flax {kind} {seen_by}" for kind in kinds for seen_by in visibilities}


@pytest.mark.usefixtures("_register")
def test_the_public_finds_what_is_public() -> None:
    assert titles(AnonymousUser()) == titles(a_person()) == of("public")


@pytest.mark.usefixtures("_register")
def test_a_party_finds_what_is_for_the_parties(authority: Organisation) -> None:
    assert titles(somebody(Role.OBSERVER, authority)) == of("public", "parties")
    assert titles(somebody(Role.COORDINATOR, authority)) == of("public", "parties", "internal")


@pytest.mark.usefixtures("_register")
def test_who_has_a_role_in_the_whole_finds_everything() -> None:
    assert titles(a_coordinator()) == of("public", "parties", "internal")


def test_a_role_in_a_programme_finds_its_measures_alone() -> None:
    programme = a_programme(title_en="Flax", visibility=Visibility.INTERNAL)
    a_measure(programme, title_en="Flax sowing")
    a_measure(a_programme(title_en="Other", visibility=Visibility.INTERNAL), title_en="Flax hidden")
    reindex()
    assert titles(somebody(Role.OBSERVER, programme)) == {"Flax", "Flax sowing"}


def test_the_agreement_of_a_public_programme_stays_hidden_where_it_is() -> None:
    agreement = an_agreement(title_en="Secret", visibility=Visibility.INTERNAL)
    a_measure(a_programme(agreement, title_en="Plan"), title_en="Flax")
    reindex()
    (hit,) = search(AnonymousUser(), "flax").met
    assert [place.name.text for place in hit.thread] == ["Plan"]
    (hit,) = search(a_coordinator(), "flax").met
    assert [place.name.text for place in hit.thread] == ["Secret", "Plan"]


def test_measures_follow_when_their_programme_is_closed_or_opened() -> None:
    by = a_coordinator()
    programme = a_programme(title_en="Plan")
    a_measure(programme, title_en="Flax")
    reindex()
    for visibility, expected in ((Visibility.PARTIES, set()), (Visibility.PUBLIC, {"Flax"})):
        change_programme(
            programme=programme, expected_version=programme.version, by=by, visibility=visibility
        )
        programme.refresh_from_db()
        assert titles(AnonymousUser()) == expected
        assert titles(by) == {"Flax"}
