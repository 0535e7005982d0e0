"""Leaving or moving hands the open work over in one step."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.actions import change_role, deactivate_account, hand_over, invite, successors
from comity.accounts.belongings import open_work
from comity.accounts.models import Invitation, Role, User
from comity.accounts.scopes import WholeRegister
from comity.audit.models import Event
from comity.directory.scopes import WithinOrganisation
from comity.programmes.actions import strike_measure
from comity.programmes.models import MeasureAmendment
from comity.programmes.scopes import WithinProgramme
from comity.reporting.models import Follow, OneTimeLink, Report
from tests.factories import a_coordinator, a_person, an_organisation, somebody
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return two_sides()


@pytest.fixture
def leaver(world: World) -> User:
    """A reporter with a draft, an open link, and something followed."""
    person = world.reporters["BY"]
    world.draft()
    OneTimeLink.objects.create(
        occurrence=world.occurrence, side="BY", email="x@example.org", sha256="x",
        made_by=person, expires_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    Follow.objects.create(user=person, measure=world.measure)
    Follow.objects.create(user=person, programme=world.programme)
    return person


def scope(world: World) -> WithinOrganisation:
    return WithinOrganisation(world.bodies["BY"])


def test_what_is_open_passes_on_and_the_role_ends(world: World, leaver: User) -> None:
    heir = somebody(Role.REPORTER, world.bodies["BY"])
    Follow.objects.create(user=heir, measure=world.measure)
    work = open_work(leaver, scope(world))
    assert [(one.title, len(one.records)) for one in work] == [
        ("Reports that were begun and are not accepted yet", 1),
        ("One-time links that nobody used yet", 1),
        ("What is followed", 2),
    ]
    hand_over(scope=scope(world), person=leaver, to=heir, by=leaver, reason="Moves to Minsk.")
    assert leaver.memberships.count() == 0
    assert open_work(leaver, None) == []
    assert Report.objects.get().opened_by == heir
    assert OneTimeLink.objects.get().made_by == heir
    assert [follow.user for follow in Follow.objects.all()] == [heir, heir]
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason) == ("role.handed_over", "Moves to Minsk.")
    assert [(e.model, e.kind) for e in event.entries.order_by("position")] == [
        ("reporting.report", "changed"), ("reporting.onetimelink", "changed"),
        ("reporting.follow", "removed"), ("reporting.follow", "changed"),
        ("directory.membership", "removed"),
    ]  # fmt: skip


def test_who_wrote_what_stays(world: World) -> None:
    report, person = world.submitted(), world.reporters["BY"]
    heir = somebody(Role.REPORTER, world.bodies["BY"])
    hand_over(scope=scope(world), person=person, to=heir, by=person)
    report.refresh_from_db()
    assert (report.opened_by, report.submitted_by) == (heir, person)
    assert [step.by_name for step in report.steps.all()] == [str(person)]


def test_an_accepted_report_is_no_open_work(world: World) -> None:
    world.accepted()
    assert open_work(world.reporters["BY"], scope(world)) == []


def test_only_who_can_go_on_takes_over(world: World, leaver: User) -> None:
    heir, observer, elsewhere = (
        somebody(Role.REPORTER, world.bodies["BY"]),
        somebody(Role.OBSERVER, world.bodies["BY"]),
        somebody(Role.REPORTER, world.bodies["RU"]),
    )
    assert successors(scope(world), leaver, open_work(leaver, scope(world))) == [heir]
    for nobody in (observer, elsewhere, leaver, None):
        with pytest.raises(ValidationError) as refused:
            hand_over(scope=scope(world), person=leaver, to=nobody, by=leaver)
        assert list(refused.value.message_dict) == ["to"]
    assert (leaver.memberships.count(), Report.objects.get().opened_by) == (1, leaver)


def test_nobody_is_offered_where_there_is_nothing_to_take_over(world: World) -> None:
    person = world.reporters["BY"]
    somebody(Role.REPORTER, world.bodies["BY"])
    somebody(Role.OBSERVER, world.bodies["BY"])
    assert successors(scope(world), person, open_work(person, scope(world))) == []
    page = reverse("accounts:hand_over", args=["organisation", world.bodies["BY"].pk, person.pk])
    assert list(signed_in(person).get(page).context["form"].fields) == ["reason"]


def test_where_nobody_is_left_the_work_stays_with_the_organisation(
    world: World, leaver: User
) -> None:
    hand_over(scope=scope(world), person=leaver, to=None, by=leaver, stays_open=True)
    assert (leaver.memberships.count(), Report.objects.get().opened_by) == (0, leaver)


def test_its_coordinator_does_it_for_somebody_and_others_do_not(world: World, leaver: User) -> None:
    keeper = somebody(Role.COORDINATOR, world.bodies["BY"])
    said = {"scope": scope(world), "person": leaver, "to": keeper}
    for other in (
        a_person(), somebody(Role.REPORTER, world.bodies["BY"]), world.verifiers["BY"],
        somebody(Role.COORDINATOR, world.bodies["RU"]), somebody(Role.OBSERVER),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            hand_over(**said, by=other)
    administrator = somebody(Role.ADMINISTRATOR, world.bodies["BY"])
    with pytest.raises(PermissionDenied):
        hand_over(scope=scope(world), person=administrator, to=None, by=keeper)
    hand_over(**said, by=keeper)
    assert Report.objects.get().opened_by == keeper
    with pytest.raises(ValidationError, match="has no role here any more"):
        hand_over(**said, by=keeper)


def test_proposed_changes_and_invitations_pass_on_within_a_programme(world: World) -> None:
    programme = world.programme
    programme.needs_consent = True
    programme.save()
    leaver, heir = (somebody(Role.COORDINATOR, programme) for _n in range(2))
    within = WithinProgramme(programme)
    strike_measure(measure=world.measure, expected_version=1, by=leaver, reason="x")
    invite(scope=within, email="y@example.org", role="observer", language="en", by=leaver)
    hand_over(scope=within, person=leaver, to=heir, by=a_coordinator())
    proposed = MeasureAmendment.objects.get()
    assert (proposed.proposed_by, proposed.proposed_by_name) == (heir, str(leaver))
    assert Invitation.objects.get().invited_by == heir
    assert programme.grants.get().user == heir


def test_what_belongs_to_another_place_stays(world: World, leaver: User) -> None:
    other = an_organisation("Works", kind="enterprise")
    leaver.memberships.create(organisation=other, role=Role.REPORTER)
    assert open_work(leaver, WithinOrganisation(other)) == []
    hand_over(scope=WithinOrganisation(other), person=leaver, to=None, by=leaver)
    assert Report.objects.get().opened_by == leaver


def test_a_closed_account_leaves_nothing_behind(world: World, leaver: User) -> None:
    administrator, heir = somebody(Role.ADMINISTRATOR), somebody(Role.REPORTER)
    leaver.programme_grants.create(programme=world.programme, role=Role.REPORTER)
    said = {"person": leaver, "to": heir, "reason": "Retired."}
    for other in (a_coordinator(), leaver, somebody(Role.ADMINISTRATOR, world.bodies["BY"])):
        with pytest.raises(PermissionDenied):
            deactivate_account(**said, by=other)
    with pytest.raises(ValidationError, match="Another administrator"):
        deactivate_account(person=administrator, to=None, by=administrator, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        deactivate_account(**{**said, "reason": " "}, by=administrator)
    deactivate_account(**said, by=administrator)
    leaver.refresh_from_db()
    assert (leaver.is_active, leaver.memberships.count()) == (False, 0)
    assert leaver.programme_grants.count() == 0
    assert Report.objects.get().opened_by == heir
    with pytest.raises(ValidationError, match="closed already"):
        deactivate_account(**said, by=administrator)


def test_a_role_is_changed_by_those_who_may(world: World, leaver: User) -> None:
    keeper = somebody(Role.COORDINATOR, world.bodies["BY"])
    change_role(scope=scope(world), person=leaver, role="verifier", by=keeper)
    assert leaver.memberships.get().role == "verifier"
    with pytest.raises(PermissionDenied):
        change_role(scope=scope(world), person=leaver, role="administrator", by=keeper)
    with pytest.raises(ValidationError, match="no such role"):
        change_role(scope=scope(world), person=leaver, role="king", by=keeper)
    with pytest.raises(ValidationError, match="has no role here"):
        change_role(scope=scope(world), person=a_person(), role="observer", by=keeper)


# --- pages


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_page_shows_first_what_passes_on(world: World, leaver: User) -> None:
    heir, client = somebody(Role.REPORTER, world.bodies["BY"]), signed_in(leaver)
    where = ["organisation", world.bodies["BY"].pk, leaver.pk]
    profile = client.get(reverse("accounts:profile")).content.decode()
    page = reverse("accounts:hand_over", args=where)
    assert page in profile
    told = client.get(page).content.decode()
    assert "<li>Hold an exhibition, due on 31 May 2018</li>" in told
    missing = client.post(page, {"to": "", "reason": ""})
    assert missing.context["form"].errors == {"to": ["Say who takes the open work over."]}
    answer = client.post(page, {"to": heir.pk, "reason": "Moves."})
    assert answer.headers["Location"] == reverse("work")
    assert Report.objects.get().opened_by == heir
    assert client.get(page).status_code == 404


def test_the_page_says_what_becomes_of_work_that_nobody_can_take_over(
    world: World, leaver: User
) -> None:
    page = reverse("accounts:hand_over", args=["organisation", world.bodies["BY"].pk, leaver.pk])
    told = "Nobody else has a role there that allows it."
    client = signed_in(leaver)
    assert client.get(page).content.decode().count(told) == 1
    somebody(Role.REPORTER, world.bodies["BY"])
    assert client.get(page).content.decode().count(told) == 0


def test_where_nobody_can_take_it_over_who_may_is_led_to_inviting_somebody(
    world: World, leaver: User
) -> None:
    where = ["organisation", world.bodies["BY"].pk]
    page = reverse("accounts:hand_over", args=[*where, leaver.pk])
    invite_at = f"{reverse('accounts:people', args=where)}?role=reporter#invite"
    somebody(Role.OBSERVER, world.bodies["BY"])
    assert signed_in(leaver).get(page).context["invite_at"] == ""
    coordinator = signed_in(a_coordinator())
    told = coordinator.get(page)
    assert told.context["invite_at"] == invite_at
    link = f'<a href="{invite_at}">Invite somebody who can take it over</a>'
    assert told.content.decode().count(link) == 1
    asked = coordinator.get(invite_at)
    assert asked.context["form"]["role"].value() == "reporter"
    assert 'id="invite"' in asked.content.decode()


def test_the_account_leads_to_the_people_of_the_organisations_one_looks_after(
    world: World,
) -> None:
    keeper, works = somebody(Role.COORDINATOR, world.bodies["BY"]), an_organisation("Works")
    keeper.memberships.create(organisation=works, role=Role.REPORTER)
    page = signed_in(keeper).get(reverse("accounts:profile")).content.decode()
    people, others = (
        reverse("accounts:people", args=["organisation", one.pk])
        for one in (world.bodies["BY"], works)
    )
    assert page.count(f'<a href="{people}">people and their roles</a>') == 1
    assert f'"{others}"' not in page
    reporter = signed_in(world.reporters["BY"]).get(reverse("accounts:profile"))
    assert f'"{people}"' not in reporter.content.decode()


def test_an_administrator_closes_an_account_from_the_page(world: World, leaver: User) -> None:
    client = signed_in(somebody(Role.ADMINISTRATOR))
    page = reverse("accounts:close", args=[leaver.pk])
    assert "Hold an exhibition" in client.get(page).content.decode()
    wrong = client.post(page, {"to": "nobody@example.org", "reason": "Retired."})
    assert wrong.context["form"].errors == {"to": ["Nobody has an account with this address."]}
    heir = world.reporters["RU"]
    answer = client.post(page, {"to": heir.email, "reason": "Retired."})
    assert answer.headers["Location"] == reverse("accounts:people", args=["whole", 0])
    assert Report.objects.get().opened_by == heir


def test_the_people_of_each_kind_of_place_are_on_one_kind_of_page(world: World) -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    client = signed_in(administrator)
    for place in (WholeRegister(), scope(world), WithinProgramme(world.programme)):
        somebody(Role.OBSERVER, {"organisation": world.bodies["BY"], "programme": world.programme}
                 .get(place.kind))  # fmt: skip
        page = reverse("accounts:people", args=[place.kind, place.number])
        people = {grant.user for grant in client.get(page).context["page"].rows}
        assert people == {grant.user for grant in place.grants()}
    for odd in (["whole", 1], ["planet", 0], ["organisation", 0], ["programme", 0]):
        assert client.get(reverse("accounts:people", args=odd)).status_code == 404


def test_the_page_asks_as_often_for_thirty_people_as_for_one(world: World) -> None:
    client, office = signed_in(somebody(Role.ADMINISTRATOR)), world.bodies["BY"]
    page = reverse("accounts:people", args=["organisation", office.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _number in range(24):
        somebody(Role.OBSERVER, office)
    assert queries() == few <= 12


def test_a_role_is_changed_from_the_page(world: World, leaver: User) -> None:
    client = signed_in(somebody(Role.COORDINATOR, world.bodies["BY"]))
    where = ["organisation", world.bodies["BY"].pk, leaver.pk]
    client.post(reverse("accounts:change_role", args=where), {"role": "coordinator"})
    assert leaver.memberships.get().role == "coordinator"
    odd = client.post(reverse("accounts:change_role", args=where), {"role": "x"}, follow=True)
    assert "There is no such role." in odd.content.decode()
