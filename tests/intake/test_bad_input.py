"""Hostile and broken files: one clear sentence, and nothing of them is kept."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from comity.files.models import StoredFile
from comity.intake.models import Import
from tests.factories import a_coordinator
from tests.intake.documents import SAMPLES, upload
from tests.intake.test_starting_an_import import kept_files, rows_of_all_tables

pytestmark = pytest.mark.django_db

BAD = SAMPLES / "bad"
ENTRIES = [
    entry
    for entry in json.loads((BAD / "MANIFEST.json").read_text())["entries"]
    if (BAD / entry["path"]).is_file()
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["name"]))
def test_a_bad_file_is_refused_or_read_and_never_half(
    client: Client, entry: dict[str, str]
) -> None:
    client.force_login(a_coordinator())
    before = rows_of_all_tables()

    answer = client.post("/intake/", upload((BAD / entry["path"]).read_bytes(), entry["name"]))

    page = answer.content.decode()
    assert "Traceback" not in page
    if entry["expect"] == "refuse":
        assert answer.status_code == 400
    if answer.status_code == 400:
        assert 'class="problem"' in page
        assert rows_of_all_tables() == before
        assert kept_files() == []
    else:
        assert answer.status_code == 302
        assert (Import.objects.count(), StoredFile.objects.count()) == (1, 1)
        for forbidden in entry.get("forbidden", ()):
            assert forbidden not in json.dumps(
                list(Import.objects.get().rows.values("read", "cells")), ensure_ascii=False
            )
    assert Session.objects.count() == 1
