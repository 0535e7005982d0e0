"""Where the measures of a document go."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from comity.agreements.actions import NewParty, amend_agreement
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.intake.actions import choose_target
from comity.intake.models import Import
from comity.lib.versions import Stale
from tests.factories import (
    a_coordinator,
    a_country,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.intake.documents import TITLE, a_draft, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def test_a_new_programme(tmp_path: Path) -> None:
    user, agreement = a_coordinator(), an_agreement()
    draft = a_draft(tmp_path, by=user)
    said = {"title_ru": "План", "start": date(2018, 1, 1), "language": "ru"}

    chosen = choose_target(
        document=draft, expected_version=1, by=user, agreement=agreement, values=said
    )

    assert chosen.target == {"title_ru": "План", "start": "2018-01-01", "language": "ru"}
    assert (chosen.agreement, chosen.amends, chosen.version) == (agreement, None, 2)
    assert Event.objects.last().verb == "intake.target_chosen"


def test_a_new_version_of_a_programme(tmp_path: Path) -> None:
    user, programme = a_coordinator(), a_programme()
    draft = a_draft(tmp_path, by=user)
    choose_target(document=draft, expected_version=1, by=user, values={"title_ru": "План"})
    chosen = choose_target(document=draft, expected_version=2, by=user, amends=programme)
    assert (chosen.amends, chosen.target, chosen.agreement) == (programme, {}, None)


def test_refusals(tmp_path: Path) -> None:
    authority = an_organisation(seat=a_region("BY-HO"))
    user = somebody("coordinator", authority)
    draft = a_draft(tmp_path, by=user)
    said = {"title_ru": "План"}
    with pytest.raises(PermissionDenied, match="add a programme"):
        choose_target(document=draft, expected_version=1, by=user, values=said)
    elsewhere = an_agreement(a_region("PL-14"), a_region("LT-VL"))
    with pytest.raises(PermissionDenied):
        choose_target(document=draft, expected_version=1, by=user, values=said, agreement=elsewhere)
    hidden = an_agreement(visibility="internal")
    hidden.parties.all().delete()
    with pytest.raises(PermissionDenied):
        choose_target(document=draft, expected_version=1, by=user, values=said, agreement=hidden)
    with pytest.raises(PermissionDenied, match="bring a new version"):
        choose_target(document=draft, expected_version=1, by=user, amends=a_programme())
    with pytest.raises(ValidationError, match="at least one language"):
        choose_target(document=draft, expected_version=1, by=user, values={})
    with pytest.raises(TypeError, match="no colour here"):
        choose_target(document=draft, expected_version=1, by=user, values={"colour": "red"})
    with pytest.raises(Stale):
        choose_target(document=draft, expected_version=9, by=user, values=said)
    assert fresh(draft).version == 1
    own = an_agreement(authority, a_region("RU-BRY"))
    choose_target(document=draft, expected_version=1, by=user, values=said, agreement=own)


def test_the_page_is_filled_from_the_document(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    belarus = a_country("BY", name_ru="Республика Беларусь")
    bryansk = a_region("RU-BRY", name_ru="Брянская область")
    for code in ("RU-TUL", "RU-PSK"):
        an_agreement(belarus, a_region(code, name_ru=f"Область {code}"))
    meant = an_agreement(belarus, bryansk)
    title = "План реализации Соглашения между Республикой Беларусь и Брянской областью на 2019 год"
    draft = a_draft(tmp_path, by=user, title=title)
    client.force_login(user)

    page = client.get(f"/intake/{draft.pk}/target/").content.decode()

    assert f'<option value="{meant.pk}" selected>' in page
    assert title in page
    assert 'value="2019-01-01"' in page
    found = client.get(f"/intake/{draft.pk}/target/?q=RU-TUL").content.decode()
    assert "Область RU-TUL" in found or "Region RU-TUL" in found
    assert f'<option value="{meant.pk}"' not in found


def test_one_goes_on_to_the_last_look(client: Client, tmp_path: Path) -> None:
    user, agreement = a_coordinator(), an_agreement()
    owner = an_organisation("Keeper")
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    said = {"version": 1, "title_ru": "План", "kind": "action", "language": "ru",
            "visibility": "public", "owner": "Keeper"}  # fmt: skip

    for wrong, sentence in (
        ({"title_ru": ""}, "Write the title in at least one language."),
        ({"start": "2019-01-01", "end": "2018-01-01"}, "cannot end before it begins"),
    ):
        answer = client.post(f"/intake/{draft.pk}/target/", {**said, **wrong})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    answer = client.post(f"/intake/{draft.pk}/target/", {**said, "agreement": agreement.pk})
    assert answer.headers["Location"] == f"/intake/{draft.pk}/commit/"
    assert fresh(draft).target["owner"] == owner.pk
    again = client.get(f"/intake/{draft.pk}/target/").content.decode()
    assert f'<option value="{agreement.pk}" selected>' in again
    assert "Keeper" in again
    stale = client.post(f"/intake/{draft.pk}/target/", said, follow=True)
    assert "Somebody changed this draft meanwhile" in stale.content.decode()


def test_a_programme_of_the_same_title_and_years_looks_like_an_older_version(
    client: Client, tmp_path: Path
) -> None:
    user = a_coordinator()
    older = a_programme(title_ru=TITLE, start=date(2018, 1, 1), end=date(2020, 12, 31))
    a_programme(title_ru="Совсем другое")
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    page = client.get(f"/intake/{draft.pk}/target/").content.decode()
    assert "This looks like a new version of a programme that stands." in page
    assert client.get(f"/intake/{draft.pk}/target/?q=Совсем").status_code == 200

    answer = client.post(f"/intake/{draft.pk}/target/", {"version": 1, "amends": older.pk})

    assert answer.headers["Location"] == f"/intake/{draft.pk}/compare/"
    assert fresh(draft).amends == older
    missing = client.post(f"/intake/{draft.pk}/target/", {"version": 2, "amends": 10**6})
    assert missing.status_code == 404


def test_without_a_target_one_is_led_to_it(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    for page in ("commit", "compare"):
        answer = client.get(f"/intake/{draft.pk}/{page}/")
        assert answer.headers["Location"] == f"/intake/{draft.pk}/target/"


def test_an_agreement_found_by_searching_stays_chosen(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.intake.suggesting.PROPOSED", 1)
    user = a_coordinator()
    meant, _newer = an_agreement(), an_agreement(a_region("PL-14"), a_region("LT-VL"))
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    said = {"version": 1, "title_ru": "План", "kind": "action", "language": "ru",
            "visibility": "public", "agreement": meant.pk}  # fmt: skip

    client.post(f"/intake/{draft.pk}/target/", said)

    assert fresh(draft).agreement == meant
    page = client.get(f"/intake/{draft.pk}/target/").content.decode()
    assert f'<option value="{meant.pk}" selected>' in page


def test_an_agreement_that_is_hidden_is_not_named(client: Client, tmp_path: Path) -> None:
    user = somebody("coordinator", an_organisation(seat=a_region("PL-14")))
    hidden = an_agreement(visibility="internal", title_en="A secret matter")
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    said = {"version": 1, "title_ru": "План", "kind": "action", "language": "ru",
            "visibility": "public", "agreement": hidden.pk}  # fmt: skip
    answer = client.post(f"/intake/{draft.pk}/target/", said)
    assert answer.status_code == 400
    assert "A secret matter" not in answer.content.decode()


def test_who_left_the_agreement_brings_only_what_was_before(tmp_path: Path) -> None:
    agreement = an_agreement(signed_on=date(2010, 1, 1), in_force_from=date(2010, 1, 1))
    amend_agreement(
        agreement=agreement, by=Installation(), expected_version=1, title_en="Protocol",
        signed_on=date(2018, 1, 1), in_force_from=date(2018, 1, 1), changes={},
        joining=[NewParty(a_region("RU-SMO"))], leaving=[a_region("RU-BRY")],
    )  # fmt: skip
    user = somebody("coordinator", an_organisation(seat=a_region("RU-BRY")))
    draft = a_draft(tmp_path, by=user)

    def chosen(year: int) -> Import:
        said = {"title_ru": "План", "start": date(year, 1, 1), "end": date(year, 12, 31)}
        return choose_target(
            document=draft, expected_version=1, by=user, agreement=agreement, values=said
        )

    with pytest.raises(PermissionDenied):
        chosen(2019)
    assert chosen(2016).agreement == agreement
