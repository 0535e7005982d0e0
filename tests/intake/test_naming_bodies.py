"""Bodies as written, and the organisations that a person says are meant."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from comity.audit.models import Event
from comity.directory.models import Alias, Organisation
from comity.intake.actions import (
    accept_likely,
    create_body,
    keep_body_as_text,
    match_body,
    reopen_body,
)
from comity.intake.models import Import, ImportBody
from comity.lib.versions import Stale
from tests.factories import a_coordinator, a_country, a_region, an_organisation, somebody
from tests.intake.documents import ROW, a_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]

GENITIVE = ("1", "Выставка", "2019 год", "Минпром", "Правительства Брянской области", "")


def the_body(draft: Import, text: str) -> ImportBody:
    return draft.bodies.select_related("document").get(text=text)


def test_an_organisation_is_chosen_and_the_directory_learns_the_name(tmp_path: Path) -> None:
    user = a_coordinator()
    plant = an_organisation("Plant")
    Alias.objects.create(organisation=plant, text="Завод")
    draft = a_draft(tmp_path, by=user)
    body = the_body(draft, "Минпром")

    matched = match_body(body=body, organisation=plant, expected_version=1, by=user, remember=True)

    assert (matched.organisation, matched.version) == (plant, 2)
    assert sorted(plant.aliases.values_list("text", flat=True)) == ["Завод", "Минпром"]
    assert [event.verb for event in Event.objects.all()] == [
        "intake.started",
        "organisation.changed",
        "intake.body_matched",
    ]
    again = match_body(body=matched, organisation=plant, expected_version=2, by=user, remember=True)
    assert (again.version, plant.aliases.count()) == (3, 2)


def test_who_may_not_change_the_organisation_teaches_it_nothing(tmp_path: Path) -> None:
    user = somebody("coordinator", an_organisation())
    plant = an_organisation("Plant")
    body = the_body(a_draft(tmp_path, by=user), "Минпром")
    match_body(body=body, organisation=plant, expected_version=1, by=user, remember=True)
    assert plant.aliases.count() == 0


def test_a_new_organisation_is_made_and_the_others_looked_up_again(tmp_path: Path) -> None:
    user = a_coordinator()
    rows = [ROW, ("2", "Другое дело", "2019 год", "Минпром; Минпрома", "", "")]
    draft = a_draft(tmp_path, rows, by=user)
    body = the_body(draft, "Минпром")

    made = create_body(
        body=body,
        expected_version=1,
        by=user,
        kind="authority",
        seat=a_country("BY"),
        name_ru="Министерство промышленности",
    )

    assert made.organisation is not None
    assert made.organisation.name_ru == "Министерство промышленности"
    assert list(made.organisation.aliases.values_list("text", flat=True)) == ["Минпром"]
    assert the_body(draft, "Минпрома").candidates[0][0] == made.organisation_id


def test_a_body_is_kept_as_text_and_opened_again(tmp_path: Path) -> None:
    user = a_coordinator()
    body = the_body(a_draft(tmp_path, by=user), "Минпром")
    kept = keep_body_as_text(body=body, expected_version=1, by=user)
    assert (kept.is_text, kept.organisation) == (True, None)
    opened = reopen_body(body=kept, expected_version=2, by=user)
    assert (opened.is_text, opened.organisation) == (False, None)
    assert [event.verb for event in Event.objects.all()][1:] == [
        "intake.body_kept_as_text",
        "intake.body_reopened",
    ]


def test_all_that_is_nearly_certain_is_accepted(tmp_path: Path) -> None:
    user = a_coordinator()
    government = an_organisation("Правительство Брянской области", seat=a_region("RU-BRY"))
    draft = a_draft(tmp_path, [GENITIVE], by=user)

    accepted = accept_likely(document=draft, by=user)

    assert [(body.text, body.organisation) for body in accepted] == [
        ("Правительства Брянской области", government)
    ]
    assert Event.objects.last().verb == "intake.bodies_accepted"
    assert accept_likely(document=draft, by=user) == []
    assert Event.objects.count() == 2


def test_one_merged_away_meanwhile_is_not_accepted(tmp_path: Path) -> None:
    user = a_coordinator()
    government = an_organisation("Правительство Брянской области", seat=a_region("RU-BRY"))
    draft = a_draft(tmp_path, [GENITIVE], by=user)
    Organisation.objects.filter(pk=government.pk).update(merged_into=an_organisation())
    assert accept_likely(document=draft, by=user) == []


def test_refusals(tmp_path: Path) -> None:
    user = a_coordinator()
    body = the_body(a_draft(tmp_path, by=user), "Минпром")
    with pytest.raises(Stale):
        keep_body_as_text(body=body, expected_version=4, by=user)
    with pytest.raises(PermissionDenied):
        keep_body_as_text(body=body, expected_version=1, by=somebody("observer"))
    assert Event.objects.count() == 1


def test_one_click_in_the_browser(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    government = an_organisation("Правительство Брянской области", seat=a_region("RU-BRY"))
    draft = a_draft(tmp_path, [GENITIVE], by=user)
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/bodies/").content.decode()
    assert "2 of 2 bodies are not known by their names." in page
    assert "the same words in another form" in page
    assert "Accept the 1 that is nearly certain" in page
    body, other = the_body(draft, GENITIVE[4]), the_body(draft, "Минпром")

    url = f"/intake/{draft.pk}/bodies/{body.pk}/"
    client.post(url, {"organisation": government.pk, "version": 1})
    client.post(f"/intake/{draft.pk}/bodies/{other.pk}/", {"do": "text", "version": 1})

    body.refresh_from_db()
    other.refresh_from_db()
    assert (body.organisation, other.is_text) == (government, True)
    page = client.get(f"/intake/{draft.pk}/bodies/").content.decode()
    assert "All 2 bodies are decided about." in page
    assert "kept as written" in page
    stale = client.post(url, {"do": "open", "version": 1})
    assert stale.status_code == 409
    assert "meanwhile. It stands as they said." in stale.content.decode()
    client.post(url, {"do": "open", "version": 2})
    body.refresh_from_db()
    assert body.organisation is None
    assert client.post(url, {"organisation": 10**6, "version": 3}).status_code == 404


def test_accepting_all_in_the_browser(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    an_organisation("Правительство Брянской области", seat=a_region("RU-BRY"))
    draft = a_draft(tmp_path, [GENITIVE], by=user)
    client.force_login(user)
    answer = client.post(f"/intake/{draft.pk}/bodies/likely/", follow=True)
    assert "1 body accepted." in answer.content.decode()
    assert draft.bodies.known().count() == 1


def test_any_organisation_can_be_chosen_by_its_name(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    plant = an_organisation("Plant of Minsk")
    draft = a_draft(tmp_path, by=user)
    body = the_body(draft, "Минпром")
    client.force_login(user)
    url = f"/intake/{draft.pk}/bodies/{body.pk}/choose/"
    assert "Who is “Минпром”?" in client.get(url).content.decode()

    wrong = client.post(url, {"organisation": "Nobody", "version": 1})
    assert "No organisation is called “Nobody”" in wrong.content.decode()
    client.post(url, {"organisation": "plant of minsk", "version": 1, "remember": "on"})

    body.refresh_from_db()
    assert body.organisation == plant
    assert plant.aliases.get().text == "Минпром"
    answer = client.post(url, {"organisation": "Plant of Minsk", "version": 1}, follow=True)
    assert "meanwhile. It stands as they said." in answer.content.decode()


def test_a_body_is_added_to_the_directory(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    a_country("BY")
    draft = a_draft(tmp_path, by=user)
    body = the_body(draft, "Минпром")
    client.force_login(user)
    url = f"/intake/{draft.pk}/bodies/{body.pk}/create/"
    page = client.get(url).content.decode()
    assert 'value="Минпром"' in page
    said = {"version": 1, "kind": "authority", "seat": "BY"}
    nameless = client.post(url, said)
    assert "Write the name in at least one of the languages." in nameless.content.decode()

    client.post(url, {**said, "name_ru": "Минпром"})

    body.refresh_from_db()
    assert body.organisation == Organisation.objects.get(name_ru="Минпром")
    assert body.organisation.aliases.count() == 0
    assert client.post(url, {**said, "name_ru": "Ещё"}).status_code == 302
    assert Organisation.objects.filter(name_ru="Ещё").count() == 0


def test_a_document_without_bodies(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [("1", "Выставка", "2019 год", "", "", "")], by=user)
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/bodies/").content.decode()
    assert "The document names no bodies." in page
