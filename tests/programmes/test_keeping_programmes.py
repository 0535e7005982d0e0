"""Programmes are created, changed, removed; their sections named; roles in them given."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from comity.accounts.actions import hand_over
from comity.accounts.models import Role
from comity.audit.models import Event
from comity.lib.versions import Stale
from comity.programmes.actions import (
    change_programme,
    create_programme,
    grant_programme_role,
    name_section_fields,
    remove_programme,
)
from comity.programmes.due import DueRule
from comity.programmes.models import Programme, ProgrammeGrant, Section
from comity.programmes.rules import can_change_programme
from comity.programmes.scopes import WithinProgramme
from tests.factories import (
    a_coordinator,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.programmes.rows import a_row, with_measures

pytestmark = pytest.mark.django_db


def test_the_sides_are_where_the_parties_of_the_agreement_are() -> None:
    by = a_coordinator()
    programme = create_programme(
        by=by, agreement=an_agreement(), title_en="Plan", language="en", start=date(2017, 1, 1)
    )
    assert [side.territory.code for side in programme.sides.all()] == ["BY-HO", "RU-BRY"]
    event = Event.objects.latest("seq")
    assert (event.verb, event.actor_id) == ("programme.created", by.pk)
    assert list(event.entries.values_list("model", "kind")) == [
        ("programmes.programme", "created"),
        ("programmes.programmeside", "created"),
        ("programmes.programmeside", "created"),
    ]


def test_sides_may_be_given_and_a_state_programme_has_no_agreement() -> None:
    programme = create_programme(
        by=a_coordinator(), sides=[a_region("BY-VI")], kind="state", title_en="P", language="en"
    )
    assert [side.territory.code for side in programme.sides.all()] == ["BY-VI"]
    alone = create_programme(by=a_coordinator(), kind="state", title_en="P", language="en")
    assert (alone.agreement, alone.sides.count()) == (None, 0)


def test_coordinators_of_a_side_and_of_the_owner_create_programmes() -> None:
    office, enterprise = an_organisation(), an_organisation(kind="enterprise")
    of_side = somebody(Role.COORDINATOR, office)
    create_programme(by=of_side, agreement=an_agreement(), title_en="A", language="en")
    of_owner = somebody(Role.COORDINATOR, enterprise)
    create_programme(by=of_owner, owner=enterprise, title_en="B", language="en")
    with pytest.raises(PermissionDenied):
        create_programme(by=of_owner, agreement=an_agreement(), title_en="C", language="en")
    with pytest.raises(PermissionDenied):
        create_programme(by=a_person(), title_en="D", language="en")
    assert [str(programme) for programme in Programme.objects.order_by("pk")] == ["A", "B"]


def test_nobody_hangs_a_programme_on_an_agreement_that_they_do_not_see() -> None:
    hidden = an_agreement(a_region("BY-VI"), a_region("RU-PSK"), visibility="internal")
    coordinator = somebody(Role.COORDINATOR, office := an_organisation())
    with pytest.raises(PermissionDenied):
        create_programme(
            by=coordinator, agreement=hidden, sides=[office.seat], title_en="A", language="en"
        )
    programme = a_programme(an_agreement())
    with pytest.raises(PermissionDenied):
        change_programme(programme=programme, expected_version=1, by=coordinator, agreement=hidden)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title_en": ""}, "Write a title in at least one language."),
        (
            {"start": date(2020, 1, 1), "end": date(2019, 1, 1)},
            "A programme cannot end before it begins.",
        ),
    ],
)
def test_a_programme_that_contradicts_itself_is_refused(
    values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        create_programme(by=a_coordinator(), **{"title_en": "Plan", "language": "en", **values})
    assert refused.value.messages == [sentence]


def test_a_programme_has_only_its_own_fields() -> None:
    with pytest.raises(TypeError, match="no “version” that a person fills in"):
        create_programme(by=a_coordinator(), version=7)


def test_a_change_is_kept_with_its_reason() -> None:
    programme, by = a_programme(an_agreement()), a_coordinator()
    change_programme(
        programme=programme,
        expected_version=1,
        by=by,
        sides=[a_region("BY-VI"), a_region("RU-BRY")],
        reason="a protocol",
        title_en="Other",
    )
    programme = Programme.objects.get()
    assert (programme.title_en, programme.version) == ("Other", 2)
    assert [side.territory.code for side in programme.sides.all()] == ["BY-VI", "RU-BRY"]
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason) == ("programme.changed", "a protocol")
    assert event.entries.count() == 5


def test_the_same_sides_leave_no_trace() -> None:
    programme = a_programme(an_agreement())
    sides = [side.territory for side in programme.sides.all()]
    change_programme(
        programme=programme, expected_version=1, by=a_coordinator(), sides=sides, kind="joint"
    )
    assert Event.objects.latest("seq").entries.count() == 1


def test_a_longer_period_brings_the_occurrences_of_what_goes_on() -> None:
    programme = a_programme(start=date(2017, 1, 1), end=date(2018, 12, 31))
    always, dated = with_measures(
        a_row(due=DueRule("continuous")),
        a_row(due=DueRule("window", None, date(2017, 5, 1))),
        programme=programme,
    )
    change_programme(
        programme=programme, expected_version=1, by=a_coordinator(), end=date(2019, 12, 31)
    )
    assert [o.due_on.year for o in always.occurrences.all()] == [2017, 2018, 2019]
    assert dated.occurrences.count() == 1


def test_a_second_person_sees_both_versions() -> None:
    programme, by = a_programme(), a_coordinator()
    change_programme(programme=programme, expected_version=1, by=by, title_en="first")
    with pytest.raises(Stale):
        change_programme(programme=programme, expected_version=1, by=by, title_en="second")
    assert Programme.objects.get().title_en == "first"


def test_only_coordinators_change_name_fields_and_remove() -> None:
    programme = a_programme()
    observer = somebody(Role.OBSERVER, programme)
    with pytest.raises(PermissionDenied):
        change_programme(programme=programme, expected_version=1, by=observer, title_en="x")
    with pytest.raises(PermissionDenied):
        name_section_fields(programme=programme, fields={}, by=observer)
    with pytest.raises(PermissionDenied):
        remove_programme(programme=programme, by=observer, reason="x")


def test_an_empty_programme_is_removed() -> None:
    programme = a_programme(an_agreement())
    remove_programme(programme=programme, by=a_coordinator(), reason="entered twice")
    assert Programme.objects.count() == 0
    event = Event.objects.latest("seq")
    assert (event.verb, event.reason, event.entries.count()) == (
        "programme.removed", "entered twice", 3,
    )  # fmt: skip


def test_a_programme_with_measures_stays() -> None:
    (measure,) = with_measures()
    with pytest.raises(ValidationError, match="has measures, so it stays"):
        remove_programme(programme=measure.programme, by=a_coordinator(), reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        remove_programme(programme=measure.programme, by=a_coordinator(), reason="")
    assert Programme.objects.get() == measure.programme


def test_a_programme_to_which_others_refer_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import ProtectedError

    def held(_self: Programme) -> None:
        raise ProtectedError("held", set())

    monkeypatch.setattr(Programme, "delete", held)
    with pytest.raises(ValidationError, match="Other records refer to the programme"):
        remove_programme(programme=a_programme(), by=a_coordinator(), reason="x")


def test_the_guessed_field_of_a_section_is_corrected() -> None:
    one, two = with_measures(a_row(section="Trade"), a_row(section="Industry"))
    by = a_coordinator()
    fields = {one.section_id: "culture", two.section_id: "industry"}
    corrected = name_section_fields(programme=one.programme, fields=fields, by=by)  # type: ignore[arg-type]  # both have one
    assert [section.title for section in corrected] == ["Trade"]
    assert list(Section.objects.values_list("title", "field")) == [
        ("Trade", "culture"), ("Industry", "industry"),
    ]  # fmt: skip
    event = Event.objects.latest("seq")
    assert event.verb == "programme.fields_named"
    assert event.entries.get().changes == {"field": ["trade", "culture"]}
    name_section_fields(programme=one.programme, fields={}, by=by)
    assert Event.objects.latest("seq") == event


def test_a_field_that_does_not_exist_is_refused() -> None:
    (measure,) = with_measures(a_row(section="Trade"))
    with pytest.raises(ValidationError):
        name_section_fields(
            programme=measure.programme,
            fields={measure.section_id: "magic"},  # type: ignore[dict-item]  # it has one
            by=a_coordinator(),
        )


def test_a_programme_in_which_people_have_roles_is_called_by_its_sides_and_years() -> None:
    years = {"start": date(2017, 1, 1), "end": date(2020, 12, 31)}
    both = a_programme(an_agreement(), title_en="PROGRAMME of measures", **years)
    one = a_programme(title_en="Programme of one side")
    assert str(WithinProgramme(both)) == "Region BY-HO × Region RU-BRY, 2017–2020"
    assert str(WithinProgramme(one)) == "Programme of one side"


def test_a_role_is_given_changed_and_taken_away() -> None:
    programme, person, by = a_programme(), a_person(), a_coordinator()
    assert not can_change_programme(person, programme)
    grant = grant_programme_role(programme=programme, user=person, role="observer", by=by)
    again = grant_programme_role(programme=programme, user=person, role="coordinator", by=by)
    assert (again.pk, again.role) == (grant.pk, "coordinator")
    assert Event.objects.latest("seq").entries.get().changes == {
        "role": ["observer", "coordinator"]
    }
    assert can_change_programme(person, programme)
    grant = ProgrammeGrant.objects.select_related("user").get()
    hand_over(scope=WithinProgramme(programme), person=grant.user, to=None, by=by)
    assert ProgrammeGrant.objects.count() == 0
    assert not can_change_programme(grant.user, programme)
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == [
        "programme.role_granted", "programme.role_granted", "role.handed_over",
    ]  # fmt: skip


def test_a_coordinator_of_the_programme_gives_no_more_than_their_own_role() -> None:
    programme, person = a_programme(), a_person()
    coordinator = somebody(Role.COORDINATOR, programme)
    said = {"programme": programme, "by": coordinator}
    with pytest.raises(PermissionDenied):
        grant_programme_role(**said, user=person, role="administrator")
    assert grant_programme_role(**said, user=person, role="verifier").role == "verifier"
    administrator = somebody(Role.ADMINISTRATOR, programme)
    with pytest.raises(PermissionDenied):
        grant_programme_role(**said, user=administrator, role="observer")
