"""A file is brought in: what is kept of it, and that a refused one leaves no trace."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client

from comity.accounts.models import Role
from comity.audit.models import Event
from comity.files.models import StoredFile
from comity.intake.actions import choose_target, start_import
from comity.intake.actions.starting import read_document
from comity.intake.models import Import
from comity.intake.safe_reading import CannotRead
from tests.factories import a_coordinator, a_person, an_organisation, somebody
from tests.intake.documents import (
    DOUBTFUL,
    ROW,
    SAMPLES,
    a_draft,
    a_table,
    committed,
    the_draft_of,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


def rows_of_all_tables() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model is not Session
    }


def kept_files() -> list[Path]:
    return [path for path in Path(settings.COMITY_DATA).rglob("*") if path.is_file()]


def test_a_draft_holds_what_was_read(tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, [ROW, DOUBTFUL], by=user)

    assert (draft.state, draft.name, draft.format) == ("draft", "plan.csv", "csv")
    assert (draft.started_by, draft.started_by_name) == (user, user.name)
    assert draft.file.path.read_bytes() == a_table(ROW, DOUBTFUL)
    assert [row.values["title"] for row in draft.rows.all()] == [ROW[1], DOUBTFUL[1]]
    assert [row.in_doubt for row in draft.rows.all()] == [False, True]
    assert [(body.text, body.side, body.uses) for body in draft.bodies.all()] == [
        ("Минпром", "BY", 2),
        ("Правительство области", "RU", 1),
        ("Брянский завод", "RU", 1),
    ]
    assert [cell["text"] for cell in draft.rows.all()[0].cells][:3] == list(ROW[:3])
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("intake.started", user.pk)
    assert [entry.model for entry in event.entries.all()] == ["intake.import"]


def test_path_names_in_a_file_name_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))
    draft = start_import(path=path, name="../../etc/pass\x00wd<b>.csv", by=a_coordinator())

    assert draft.name == "pass_wd_b_.csv"


def test_only_coordinators_bring_documents_in(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))
    for person in (a_person(), somebody(Role.OBSERVER)):
        with pytest.raises(PermissionDenied):
            start_import(path=path, name="plan.csv", by=person)
        client.force_login(person)
        assert client.get("/intake/").status_code == 403
        assert client.post("/intake/", upload(a_table(ROW))).status_code == 403
    client.logout()
    came_from = {"Referer": "http://testserver/intake/"}
    answer = client.post("/intake/", upload(a_table(ROW)), headers=came_from)
    assert answer.headers["Location"] == "/account/login/?next=/intake/"
    assert (Import.objects.count(), kept_files()) == (0, [])


def test_a_coordinator_of_an_organisation_may(client: Client) -> None:
    user = somebody(Role.COORDINATOR, an_organisation())
    client.force_login(user)

    answer = client.post("/intake/", upload(a_table(ROW)))

    assert answer.headers["Location"] == f"/intake/{the_draft_of(user).pk}/columns/"


BAD = {
    "empty.docx": (b"", "The submitted file is empty."),
    "picture.docx": (b"\x89PNG\r\n\x1a\n" + b"0" * 60, "The file is a picture, not a document."),
    "broken.docx": (b"PK\x03\x04" + b"0" * 60, "The file is damaged or incomplete."),
    "old.doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "The file is in the old Word format. Save it as .docx",
    ),
    "locked.docx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "The file is protected by a password.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_leaves_no_trace(client: Client, name: str) -> None:
    client.force_login(a_coordinator())
    content, sentence = BAD[name]
    before = rows_of_all_tables()

    answer = client.post("/intake/", upload(content, name))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert rows_of_all_tables() == before
    assert kept_files() == []


def test_what_is_too_large_is_let_go_of(client: Client, settings: object) -> None:
    settings.LARGEST_UPLOAD = 3_000_000  # type: ignore[attr-defined]  # pytest-django's wrapper
    client.force_login(a_coordinator())
    before = rows_of_all_tables()

    answer = client.post("/intake/", upload(b"x" * 4_000_000, "large.csv"))

    assert answer.status_code == 400
    assert "The file has more than 2 MB" in answer.content.decode()
    assert rows_of_all_tables() == before


def test_a_large_file_named_by_a_script_is_refused(tmp_path: Path, settings: object) -> None:
    settings.LARGEST_UPLOAD = 10  # type: ignore[attr-defined]  # pytest-django's wrapper
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))
    with pytest.raises(CannotRead, match="more than 0 MB"):
        read_document(path, "plan.csv")


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(a_table(ROW))
    monkeypatch.setattr("comity.intake.actions.starting.sha256_of", lambda chunks: "other")
    with pytest.raises(CannotRead, match="changed while it was read"):
        read_document(path, "plan.csv")


def test_a_form_without_a_file_says_so(client: Client) -> None:
    client.force_login(a_coordinator())
    answer = client.post("/intake/", {})
    assert answer.status_code == 400
    assert "This field is required." in answer.content.decode()


def test_an_upload_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_coordinator())
    assert client.post("/intake/", upload(a_table(ROW))).status_code == 403
    assert Import.objects.count() == 0


def test_the_same_file_is_recognised(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    programme = committed(a_draft(tmp_path, by=user), user)
    client.force_login(user)

    answer = client.post("/intake/", upload(a_table(ROW), "renamed.csv"))

    page = answer.content.decode()
    assert "This file came before." in page
    assert programme.get_absolute_url() in page
    assert Import.objects.count() == 1

    earlier = Import.objects.get()
    again = client.post(f"/intake/{earlier.pk}/again/")
    assert again.headers["Location"] == f"/intake/{the_draft_of(user).pk}/columns/"
    assert (Import.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_of_a_draft_of_somebody_else_only_that_there_is_one_is_told(
    client: Client, tmp_path: Path
) -> None:
    first = a_coordinator()
    a_draft(tmp_path, by=first)
    other = somebody(Role.COORDINATOR, an_organisation())
    client.force_login(other)

    answer = client.post("/intake/", upload(a_table(ROW), "mine.csv"), follow=True)

    assert answer.redirect_chain[-1][0] == f"/intake/{the_draft_of(other).pk}/columns/"
    page = answer.content.decode()
    assert "Somebody else is checking this same file." in page
    assert first.name not in page
    alone = client.post("/intake/", upload(a_table(DOUBTFUL)), follow=True).content.decode()
    assert "Somebody else" not in alone


def test_what_was_taken_in_meanwhile_is_told_before_it_is_taken_in_again(
    client: Client, tmp_path: Path
) -> None:
    user = a_coordinator()
    first, second = a_draft(tmp_path, by=user), a_draft(tmp_path, by=user)
    said = {"title_ru": second.title, "language": "ru", "kind": "action", "visibility": "public"}
    choose_target(document=second, expected_version=1, by=user, values=said)
    client.force_login(user)
    where = f"/intake/{second.pk}/commit/"
    assert "stands in the register already" not in client.get(where).content.decode()

    programme = committed(first, user)

    page = client.get(where).content.decode()
    assert "This same file stands in the register already:" in page
    assert programme.get_absolute_url() in page


def test_one_comes_back_to_where_one_left(tmp_path: Path) -> None:
    user = a_coordinator()
    programme = committed(a_draft(tmp_path, by=user), user)
    draft = a_draft(tmp_path, by=user)
    assert draft.get_absolute_url() == f"/intake/{draft.pk}/check/"
    said = {"title_ru": "План", "language": "ru", "kind": "action", "visibility": "public"}
    draft = choose_target(document=draft, expected_version=1, by=user, values=said)
    assert draft.get_absolute_url() == f"/intake/{draft.pk}/commit/"
    draft = choose_target(document=draft, expected_version=2, by=user, amends=programme)
    assert draft.get_absolute_url() == f"/intake/{draft.pk}/compare/"


def test_a_kept_file_that_can_no_longer_be_read_is_refused(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    draft.file.path.unlink()
    client.force_login(user)

    answer = client.post(f"/intake/{draft.pk}/again/", follow=True)

    assert "was not found" in answer.content.decode()
    assert Import.objects.count() == 1


def test_a_draft_can_be_put_aside(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    draft = a_draft(tmp_path, by=user)
    client.force_login(user)
    assert "Put plan.csv aside?" in client.get(f"/intake/{draft.pk}/drop/").content.decode()

    stale = client.post(f"/intake/{draft.pk}/drop/", {"version": 7})
    assert stale.headers["Location"] == f"/intake/{draft.pk}/drop/"
    answer = client.post(f"/intake/{draft.pk}/drop/", {"version": draft.version})

    assert answer.headers["Location"] == "/intake/"
    draft.refresh_from_db()
    assert draft.state == "dropped"
    assert Event.objects.last().verb == "intake.dropped"
    late = client.get(f"/intake/{draft.pk}/check/", follow=True).content.decode()
    assert "This document is no longer being checked: it was put aside." in late
    assert "plan.csv was put aside." in late


def test_a_word_file_is_read_from_the_samples(client: Client) -> None:
    user = a_coordinator()
    client.force_login(user)
    client.post("/intake/", upload((SAMPLES / "01-sakhalin.docx").read_bytes(), "a.docx"))
    assert the_draft_of(user).rows.count() == 16


def test_the_list_shows_drafts_and_what_became_of_the_rest(client: Client, tmp_path: Path) -> None:
    user = a_coordinator()
    committed(a_draft(tmp_path, by=user), user)
    a_draft(tmp_path, [ROW, DOUBTFUL], by=user, name="second.csv")
    client.force_login(user)

    page = client.get("/intake/").content.decode()

    assert "1 document waits to be checked; bring in another." in page
    assert "second.csv" in page
    assert "1 doubt" in page
    assert "taken in" in page
