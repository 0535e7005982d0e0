"""The same hostile and broken files through a browser: refused without a trace, or kept whole."""

import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from comity.files.models import StoredFile
from comity.intake import apart, safe_reading, worker
from comity.intake.models import Import
from comity.intake.reading import Refused, read_programme
from tests.factories import a_coordinator
from tests.intake.documents import SAMPLES, upload
from tests.intake.test_starting_an_import import kept_files, rows_of_all_tables
from tests.intake.worse import CASES, Case

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What every reader loads first is loaded once, before the forks."""
    for name in (
        "01-sakhalin.docx",
        "05-tatarstan.xlsx",
        "08-novosibirsk.pdf",
        "09-kaliningrad.odt",
    ):
        read_programme(SAMPLES / name)


@pytest.fixture(autouse=True)
def _forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork in place of the server's new process: as safe for a test, and many times quicker."""

    def told(arguments: list[str]) -> dict[str, Any]:
        try:
            said = apart.told_apart(lambda: worker.printed(arguments))
        except Refused as refusal:
            raise safe_reading.CannotRead(refusal.code, **refusal.params) from refusal
        found: dict[str, Any] = json.loads(said)
        return found

    monkeypatch.setattr(safe_reading, "_told_by_worker", told)
    monkeypatch.setattr(apart, "PATIENCE", 10)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.is_uploaded and not case.is_endless],
    ids=lambda case: case.name,
)
def test_an_upload_is_refused_without_a_trace_or_kept(
    client: Client, case: Case, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = case.make(tmp_path_factory.mktemp("sent"))
    client.force_login(a_coordinator())
    before = rows_of_all_tables()

    answer = client.post("/intake/", upload(path.read_bytes(), path.name))

    assert "Traceback" not in answer.content.decode()
    assert Session.objects.count() == 1
    if case.refused is None:
        assert answer.status_code == 302
        document = Import.objects.get()
        assert StoredFile.objects.get().path.read_bytes() == path.read_bytes()
        assert document.rows.count() == case.measures
        assert client.get(answer.headers["Location"]).status_code == 200
        assert client.get(f"/intake/{document.pk}/check/", follow=True).status_code == 200
        assert client.get(f"/intake/{document.pk}/bodies/").status_code == 200
    else:
        assert answer.status_code == 400
        assert 'class="problem"' in answer.content.decode()
        assert rows_of_all_tables() == before
        assert kept_files() == []
