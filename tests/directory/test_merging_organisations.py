from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client
from django.urls import reverse

from comity.accounts.models import Role
from comity.agreements.models import Agreement, Party
from comity.audit.models import Event
from comity.directory.actions import Refused, merge_organisations
from comity.directory.links import LinkCount, counted_links, links_to
from comity.directory.models import (
    Alias,
    Contact,
    Identifier,
    Membership,
    Organisation,
    RegimeTerm,
    Residency,
    Zone,
)
from comity.directory.queries import known_names, standing_for
from comity.files.models import StoredFile
from comity.intake.models import Import, ImportBody
from comity.programmes.models import Responsibility
from comity.reporting.models import Report
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


@pytest.fixture
def kept() -> Organisation:
    return an_organisation("Ministry of Industry", name_ru="Минпром")


@pytest.fixture
def merged() -> Organisation:
    return an_organisation("Min. of Industry", name_be="Мінпрам", short_name_ru="МП")


def merge(
    kept: Organisation, merged: Organisation, by: Any = None, reason: str = "Entered twice."
) -> Organisation:
    return merge_organisations(kept=kept, merged=merged, by=by or a_coordinator(), reason=reason)


def told(model: type[models.Model], kind: str | None = None) -> list[Any]:
    """What the event of the merger tells of the rows of a model."""
    entries = Event.objects.get(verb="organisation.merged").entries.filter(
        model=model._meta.label_lower
    )
    return [e.changes for e in entries if kind in (None, e.kind)]


def keys_to_organisations() -> set[str]:
    """Found field by field in every model there is, not by the walk that is under test."""
    return {
        str(field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Organisation
    }


def pointing_at(organisation: Organisation) -> list[tuple[str, Any]]:
    """The keys that point at an organisation, with the row of each."""
    return [
        (str(field), (model._meta.label, row.pk))
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if str(field) in keys_to_organisations()
        for row in model._base_manager.filter(**{field.name: organisation})
    ]


def rows_pointing_at(organisation: Organisation) -> list[Any]:
    return [row for _field, row in pointing_at(organisation)]


def an_import_body(organisation: Organisation) -> ImportBody:
    file = StoredFile.objects.create(
        sha256="0" * 64, name="plan.csv", media_type="text/csv", size=1
    )
    document = Import.objects.create(file=file, name="plan.csv", format="csv", language="ru")
    return ImportBody.objects.create(
        document=document, text="МП", uses=1, organisation=organisation
    )


def test_every_link_of_every_room_points_at_the_kept_one(
    kept: Organisation, merged: Organisation
) -> None:
    zone = Zone.objects.create(organisation=merged)
    Residency.objects.create(zone=Zone.objects.create(organisation=an_organisation()),
                             resident=merged)  # fmt: skip
    Alias.objects.create(organisation=merged, text="Industry")
    Identifier.objects.create(organisation=merged, scheme="UNP", value="1")
    somebody(Role.COORDINATOR, within=merged)
    contact = Contact.objects.create(organisation=merged, name_en="Contact")
    child = an_organisation("Institute", parent=merged)
    earlier = an_organisation("Earlier", merged_into=merged)
    agreement = an_agreement(merged, a_region("RU-BRY"))
    programme = a_programme(owner=merged)
    measure = a_measure(programme)
    named = Responsibility.objects.create(measure=measure, text="МП", organisation=merged)
    body = an_import_body(merged)
    Report.objects.create(programme=programme, measure=measure, body=merged)
    before = rows_pointing_at(merged)
    assert {field for field, _row in pointing_at(merged)} == keys_to_organisations()
    merge(kept, merged)
    assert len(before) == 13
    assert rows_pointing_at(merged) == []
    assert set(before) <= set(rows_pointing_at(kept))
    for row in (zone, contact, programme, named, body):
        row.refresh_from_db()
    child.refresh_from_db()
    earlier.refresh_from_db()
    assert (zone.organisation, contact.organisation, programme.owner) == (kept, kept, kept)
    assert body.organisation == kept
    assert (child.parent, earlier.merged_into) == (kept, kept)
    assert agreement.parties.get(organisation__isnull=False).organisation == kept
    assert (contact.version, programme.version, child.version) == (2, 2, 2)
    assert told(Party) == [{"organisation_id": [merged.pk, kept.pk]}]
    assert told(Contact) == [{"organisation_id": [merged.pk, kept.pk], "version": [1, 2]}]


def test_the_merged_record_stays_and_leads_to_the_kept_one(
    client: Client, kept: Organisation, merged: Organisation
) -> None:
    coordinator = a_coordinator()
    merge(kept, merged, by=coordinator)
    merged.refresh_from_db()
    assert (merged.merged_into, merged.name_en, merged.version) == (kept, "Min. of Industry", 2)
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.reason) == (
        "organisation.merged", coordinator.pk, "Entered twice.",
    )  # fmt: skip
    response = client.get(reverse("directory:detail", args=[merged.pk]), follow=True)
    assert response.redirect_chain == [(reverse("directory:detail", args=[kept.pk]), 302)]
    assert "Min. of Industry was merged into this organisation." in response.content.decode()
    assert list(Organisation.objects.current()) == [kept]


def test_what_is_kept_outside_of_keys_is_followed_through_all_mergers(
    kept: Organisation, merged: Organisation
) -> None:
    first, stranger = an_organisation("First"), an_organisation()
    coordinator = a_coordinator()
    merge(merged, first, by=coordinator)
    merge(kept, merged, by=coordinator)
    numbers = [first.pk, merged.pk, kept.pk, stranger.pk, 0]
    assert standing_for(numbers) == {
        first.pk: kept, merged.pk: kept, kept.pk: kept, stranger.pk: stranger,
    }  # fmt: skip


def test_a_party_goes_to_the_seat_of_the_kept_one(kept: Organisation) -> None:
    elsewhere = an_organisation("Ministry", seat=a_region("BY-BR"))
    party = an_agreement(elsewhere, a_region("RU-BRY")).parties.get(organisation=elsewhere)
    merge(kept, elsewhere)
    party.refresh_from_db()
    assert (party.organisation, party.place) == (kept, kept.seat)
    assert [event.verb for event in Event.objects.order_by("seq")] == [
        "organisation.merged", "agreement.party_moved",
    ]  # fmt: skip


def test_names_of_the_merged_one_lead_to_the_kept_one(
    kept: Organisation, merged: Organisation
) -> None:
    kept = merge(kept, merged)
    assert (kept.name_be, kept.short_name_ru, kept.version) == ("Мінпрам", "МП", 2)
    assert [(a.text, a.language) for a in kept.aliases.all()] == [("Min. of Industry", "en")]
    assert set(known_names()) == {
        "ministry of industry", "минпром", "мінпрам", "мп", "min. of industry",
    }  # fmt: skip
    assert set(known_names().values()) == {frozenset({kept.pk})}


def test_the_kept_one_takes_over_only_what_it_lacked(merged: Organisation) -> None:
    parent = an_organisation("Government")
    Organisation.objects.filter(pk=merged.pk).update(parent=parent, website="https://x.example/")
    bare = an_organisation("Bare")
    kept = merge(bare, merged)
    assert (kept.name_en, kept.parent, kept.website) == ("Bare", parent, "https://x.example/")


def test_a_parent_that_belongs_to_the_kept_one_is_not_taken_over(kept: Organisation) -> None:
    merged = an_organisation("Merged", parent=an_organisation("Below", parent=kept))
    assert merge(kept, merged).parent is None


def test_the_same_other_name_is_kept_once(kept: Organisation, merged: Organisation) -> None:
    Alias.objects.create(organisation=kept, text="Industry")
    Alias.objects.create(organisation=merged, text="Industry", language="en")
    Alias.objects.create(organisation=kept, text="Min. of Industry")
    merge(kept, merged)
    assert [(a.text, a.language) for a in kept.aliases.order_by("pk")] == [
        ("Industry", "en"), ("Min. of Industry", ""),
    ]  # fmt: skip
    assert [row["text"] for row in told(Alias, "removed")] == [["Industry", None]]
    assert told(Alias, "changed") == [{"language": ["", "en"]}]


@pytest.mark.parametrize(
    ("here", "there"), [(Role.OBSERVER, Role.ADMINISTRATOR), (Role.ADMINISTRATOR, Role.OBSERVER)]
)
def test_who_had_a_role_in_both_keeps_the_stronger(
    kept: Organisation, merged: Organisation, here: str, there: str
) -> None:
    person = somebody(here, within=kept)
    Membership.objects.create(user=person, organisation=merged, role=there)
    merge(kept, merged)
    assert list(Membership.objects.values_list("organisation", "role")) == [
        (kept.pk, Role.ADMINISTRATOR)
    ]
    assert [row["role"] for row in told(Membership, "removed")] == [[there, None]]


def test_two_parties_to_one_agreement_become_one_and_lose_nothing(
    kept: Organisation, merged: Organisation
) -> None:
    agreement = an_agreement(kept, merged)
    Party.objects.filter(organisation=merged).update(signatory_name="A. Signatory")
    merge(kept, merged)
    party = agreement.parties.get()
    assert (party.organisation, party.signatory_name) == (kept, "A. Signatory")
    assert [row["organisation_id"] for row in told(Party, "removed")] == [[merged.pk, None]]
    assert Agreement.objects.get() == agreement


def test_two_zones_become_one_with_all_residents_and_terms(
    kept: Organisation, merged: Organisation
) -> None:
    here = Zone.objects.create(organisation=kept, founded_on=date(2001, 1, 1))
    there = Zone.objects.create(
        organisation=merged, founded_on=date(1999, 1, 1), regime_until=date(2049, 12, 31)
    )
    resident = an_organisation("Resident")
    Residency.objects.create(zone=there, resident=resident)
    RegimeTerm.objects.create(zone=there, name_en="No profit tax")
    merge(kept, merged)
    zone = Zone.objects.get()
    assert (zone, zone.founded_on, zone.regime_until, zone.version) == (
        here, date(2001, 1, 1), date(2049, 12, 31), 2,
    )  # fmt: skip
    assert zone.residencies.get().resident == resident
    assert (zone.terms.get().name_en, zone.terms.get().version) == ("No profit tax", 2)
    assert told(Zone, "removed")[0]["founded_on"] == ["1999-01-01", None]


def test_no_rule_of_any_room_forbids_a_merger_that_the_walk_cannot_settle() -> None:
    """A unique constraint with a condition or an expression needs a thought in `links.Link`."""
    unsettled = [
        (link.model._meta.label, constraint.name)
        for link in links_to(Organisation)
        for constraint in link.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and (constraint.condition is not None or constraint.expressions)
    ]
    assert unsettled == []


def test_what_would_move_is_counted(kept: Organisation, merged: Organisation) -> None:
    an_agreement(kept, merged)
    an_organisation("Institute", parent=merged)
    assert counted_links(merged) == [
        LinkCount("organisations (belongs to)", 1),
        LinkCount("parties (organisation)", 1),
    ]
    assert counted_links(an_organisation()) == []


def refused_sentence(kept: Organisation, merged: Organisation) -> str:
    with pytest.raises(Refused) as refused:
        merge(kept, merged)
    assert Event.objects.count() == 0
    return str(refused.value)


def test_an_organisation_is_not_merged_with_itself(kept: Organisation) -> None:
    assert refused_sentence(kept, kept) == (
        "An organisation is not merged with itself; choose another one."
    )


def test_one_that_was_merged_before_is_left_alone(kept: Organisation, merged: Organisation) -> None:
    before = an_organisation("Before", merged_into=kept)
    assert refused_sentence(kept, before) == "Before was merged into another organisation before."
    assert refused_sentence(before, merged) == "Before was merged into another organisation before."


def test_nothing_is_merged_into_what_belongs_to_it(merged: Organisation) -> None:
    below = an_organisation("Below", parent=an_organisation("Between", parent=merged))
    assert refused_sentence(below, merged) == (
        "Below belongs to Min. of Industry. Say first that it does not, or merge the other way."
    )


def test_what_belongs_to_the_kept_one_may_be_merged_into_it(kept: Organisation) -> None:
    below = an_organisation("Below", parent=an_organisation("Between", parent=kept))
    grandchild = an_organisation("Grandchild", parent=below)
    merge(kept, below)
    grandchild.refresh_from_db()
    assert grandchild.parent == kept


def test_a_zone_and_its_resident_are_two_bodies(kept: Organisation, merged: Organisation) -> None:
    Residency.objects.create(zone=Zone.objects.create(organisation=kept), resident=merged)
    told = "Min. of Industry is a resident of Ministry of Industry, so they are not one body."
    assert refused_sentence(kept, merged) == told
    assert refused_sentence(merged, kept) == told


def test_only_coordinators_of_the_whole_merge(
    client: Client, kept: Organisation, merged: Organisation
) -> None:
    for person in (a_person(), somebody(Role.ADMINISTRATOR, within=kept)):
        with pytest.raises(PermissionDenied) as refused:
            merge(kept, merged, by=person)
        assert str(refused.value) == (
            "Only a coordinator of the whole register merges organisations."
        )
        client.force_login(person)
        assert client.get(reverse("directory:merge", args=[kept.pk])).status_code == 403


def test_the_page_shows_both_and_merges_once_it_is_told_why(
    client: Client, kept: Organisation, merged: Organisation
) -> None:
    client.force_login(a_coordinator())
    page = reverse("directory:merge", args=[kept.pk])
    assert client.get(page).context["other"] is None
    asked = f"{page}?other=min.+of+industry"
    response = client.get(asked)
    assert response.context["both"] == [kept, merged]
    client.post(asked, {"reason": ""})
    assert Event.objects.count() == 0
    response = client.post(asked, {"reason": "Entered twice."})
    assert response.url == reverse("directory:detail", args=[kept.pk])
    assert Event.objects.get().reason == "Entered twice."


def test_the_page_tells_why_two_cannot_be_merged(client: Client, kept: Organisation) -> None:
    client.force_login(a_coordinator())
    page = reverse("directory:merge", args=[kept.pk])
    response = client.get(page, {"other": f"№ {kept.pk}"})
    assert response.context["choice"].errors == {
        "other": ["An organisation is not merged with itself; choose another one."]
    }
    assert client.post(page, {"reason": "No other one is named."}).status_code == 200
    assert Event.objects.count() == 0
