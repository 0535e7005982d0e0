"""Whoever leaves as the last one who could answer for something has to say that they know it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from comity.accounts.actions import deactivate_account, hand_over
from comity.accounts.belongings import alone_with
from comity.accounts.models import Role, User
from comity.directory.models import Organisation
from comity.directory.scopes import WithinOrganisation
from comity.programmes.actions import strike_measure
from comity.programmes.models import Occurrence
from comity.programmes.scopes import WithinProgramme
from comity.reporting.models import Follow
from tests.factories import a_coordinator, an_organisation, somebody
from tests.reporting.pages import signed_in, words
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db
DUE = "Hold an exhibition, due on 31 May 2018"
KNOWN = "Nobody is left to answer for what stands above. Say so, or have it taken over."


@pytest.fixture
def world() -> World:
    return two_sides()


def alone(person: User, organisation: Organisation) -> dict[str, list[str]]:
    found = alone_with(person, WithinOrganisation(organisation), person)
    return {one.title: [str(record) for record in one.records] for one in found}


def leave(person: User, organisation: Organisation, **said: Any) -> None:
    scope = WithinOrganisation(organisation)
    hand_over(scope=scope, person=person, **{"to": None, "by": person, **said})


def refused(person: User, organisation: Organisation, **said: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as told:
        leave(person, organisation, **said)
    return told.value.message_dict


def test_the_last_reporter_is_told_what_is_owed_without_them(world: World) -> None:
    person, body = world.reporters["BY"], world.bodies["BY"]
    assert alone(person, body) == {"Days on which a report is due": [DUE]}
    assert refused(person, body) == {"stays_open": [KNOWN]}
    assert person.memberships.count() == 1
    leave(person, body, stays_open=True)
    assert person.memberships.count() == 0


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nothing_is_asked_where_a_colleague_can_report(world: World, role: Role) -> None:
    somebody(role, world.bodies["BY"])
    leave(world.reporters["BY"], world.bodies["BY"])
    assert world.reporters["BY"].memberships.count() == 0


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.VERIFIER, Role.AUDITOR])
def test_colleagues_who_cannot_report_do_not_count(world: World, role: Role) -> None:
    colleague = somebody(role, world.bodies["BY"])
    assert refused(world.reporters["BY"], world.bodies["BY"]) == {"stays_open": [KNOWN]}
    leave(colleague, world.bodies["BY"])


def test_a_colleague_whose_account_is_closed_does_not_count(world: World) -> None:
    colleague = somebody(Role.REPORTER, world.bodies["BY"])
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    assert refused(world.reporters["BY"], world.bodies["BY"]) == {"stays_open": [KNOWN]}


def test_what_is_reported_settled_far_ahead_or_not_theirs_is_not_owed(world: World) -> None:
    person, body = world.reporters["BY"], world.bodies["BY"]
    far = timezone.localdate() + timedelta(days=90)
    Occurrence.objects.update(due_on=far, opens_on=far)
    assert alone(person, body) == {}
    Occurrence.objects.update(due_on=far, opens_on=timezone.localdate())
    assert len(alone(person, body)) == 1
    Occurrence.objects.update(done_on=timezone.localdate())
    assert alone(person, body) == {}
    Occurrence.objects.update(done_on=None)
    elsewhere = an_organisation("Works", kind="enterprise")
    person.memberships.create(organisation=elsewhere, role=Role.REPORTER)
    assert alone(person, elsewhere) == {}
    world.submitted("BY")
    assert alone(person, body) == {}


def test_a_draft_is_named_once_among_what_was_begun(world: World) -> None:
    person, body = world.reporters["BY"], world.bodies["BY"]
    world.draft()
    assert alone(person, body) == {}
    assert refused(person, body) == {"stays_open": [KNOWN]}
    leave(person, body, stays_open=True)


def test_what_is_only_followed_needs_no_answer() -> None:
    world = two_sides()
    person = somebody(Role.OBSERVER, an_organisation("Works", kind="enterprise"))
    Follow.objects.create(user=person, programme=world.programme)
    leave(person, person.memberships.get().organisation)
    assert person.memberships.count() == 0


def test_the_last_verifier_is_told_of_reports_that_wait(world: World) -> None:
    verifier = world.verifiers["BY"]
    office = verifier.memberships.get().organisation
    assert alone(verifier, office) == {}
    world.submitted("BY")
    world.submitted("RU")
    assert alone(verifier, office) == {"Reports that wait for a decision": [DUE]}
    assert refused(verifier, office) == {"stays_open": [KNOWN]}
    somebody(Role.COORDINATOR, office)
    leave(verifier, office)


def test_the_last_coordinator_of_an_authority_is_told_of_changes_that_wait(world: World) -> None:
    offices = {side: one.memberships.get().organisation for side, one in world.verifiers.items()}
    people = {side: somebody(Role.COORDINATOR, office) for side, office in offices.items()}
    world.programme.needs_consent = True
    world.programme.save()
    strike_measure(measure=world.measure, expected_version=1, by=people["BY"], reason="x")
    assert alone(people["RU"], offices["RU"]) == {
        "Changes that wait for consent": ["Hold an exhibition"]
    }
    assert alone(people["BY"], offices["BY"]) == {}
    assert refused(people["RU"], offices["RU"]) == {"stays_open": [KNOWN]}
    heir = somebody(Role.COORDINATOR, offices["RU"])
    leave(people["RU"], offices["RU"])
    assert alone(heir, offices["RU"]) != {}


def test_nobody_is_told_of_what_they_may_not_see(world: World) -> None:
    world.programme.visibility = "internal"
    world.programme.save()
    assert alone(world.reporters["BY"], world.bodies["BY"]) == {}
    leave(world.reporters["BY"], world.bodies["BY"])


def test_within_a_programme_the_bodies_answer_for_themselves(world: World) -> None:
    person = somebody(Role.REPORTER, world.programme)
    hand_over(scope=WithinProgramme(world.programme), person=person, to=None, by=person)
    assert person.programme_grants.count() == 0


def test_an_account_is_closed_only_by_whoever_knows_what_is_left(world: World) -> None:
    person, by = world.reporters["BY"], somebody(Role.ADMINISTRATOR)
    said: dict[str, Any] = {"person": person, "to": a_coordinator(), "by": by, "reason": "Retired."}
    with pytest.raises(ValidationError) as told:
        deactivate_account(**said)
    assert told.value.message_dict == {"stays_open": [KNOWN]}
    somebody(Role.REPORTER, world.bodies["BY"])
    deactivate_account(**said)
    person.refresh_from_db()
    assert not person.is_active


# --- pages


def test_the_page_names_it_and_asks_for_a_word(world: World) -> None:
    person, body = world.reporters["BY"], world.bodies["BY"]
    client = signed_in(person)
    page = reverse("accounts:hand_over", args=["organisation", body.pk, person.pk])
    told = words(client.get(page))
    for part in ("What stays unanswered", "Days on which a report is due", DUE, "I know that this"):
        assert part in told
    assert "There is no open work to hand over." not in told
    missing = client.post(page, {"reason": "Moves."})
    assert missing.context["form"].errors == {"stays_open": [KNOWN]}
    assert client.post(page, {"reason": "Moves.", "stays_open": "on"}).status_code == 302
    assert person.memberships.count() == 0


def test_the_page_asks_for_nothing_where_nothing_is_left(world: World) -> None:
    person, body = world.reporters["BY"], world.bodies["BY"]
    heir = somebody(Role.REPORTER, body)
    world.draft()
    page = reverse("accounts:hand_over", args=["organisation", body.pk, person.pk])
    got = signed_in(person).get(page)
    assert list(got.context["form"].fields) == ["to", "reason"]
    assert "What stays unanswered" not in words(got)
    signed_in(person).post(page, {"to": heir.pk})
    last = reverse("accounts:hand_over", args=["organisation", body.pk, heir.pk])
    assert list(signed_in(heir).get(last).context["form"].fields) == ["reason", "stays_open"]


def test_the_page_of_closing_an_account_asks_too(world: World) -> None:
    person, client = world.reporters["BY"], signed_in(somebody(Role.ADMINISTRATOR))
    page = reverse("accounts:close", args=[person.pk])
    assert DUE in words(client.get(page))
    refusal = client.post(page, {"to": "", "reason": "Retired."})
    assert refusal.context["form"].errors == {"stays_open": [KNOWN]}
    assert (
        client.post(page, {"to": "", "reason": "Retired.", "stays_open": "on"}).status_code == 302
    )
    person.refresh_from_db()
    assert not person.is_active
