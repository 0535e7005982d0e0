"""`comity check`: each thing that can be unsound is found and said with what to do."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models, transaction

from comity.audit.actions import Installation, Trail
from comity.audit.models import Event
from comity.files.actions import keep_file
from comity.search.indexing import reindex
from comity.search.models import Entry
from comity.upkeep import queries
from comity.upkeep.queries import Finding, findings
from tests.factories import a_measure, a_programme, an_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder() -> Path:
    """A sound register with something in it."""
    folder = Path(settings.COMITY_DATA)
    folder.mkdir(mode=0o700)
    measure = a_measure(a_programme(an_agreement()))
    with transaction.atomic():
        trail = Trail("test.filled", Installation())
        trail.created(measure)
        trail.record()
    keep_file(content=b"the signed text", name="a.txt", media_type="text/plain")
    reindex()
    return folder


def unsound() -> list[tuple[str, str]]:
    return [(one.subject, one.sentence) for one in findings() if not one.is_well]


def test_a_sound_installation_says_so_of_each_part() -> None:
    assert [(one.subject, one.is_well) for one in findings()] == [
        ("settings", True), ("data folder", True), ("database", True), ("audit chain", True),
        ("files", True), ("search", True), ("mail", True),
    ]  # fmt: skip


def test_missing_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "unapplied_migrations", lambda: 2)
    assert unsound() == [("database", "2 migrations are missing; run “comity migrate”.")]


def test_a_missing_file() -> None:
    (kept,) = [path for path in Path(settings.COMITY_DATA).rglob("*") if path.is_file()]
    kept.unlink()
    assert unsound() == [
        ("files", "1 are missing or altered, such as a.txt; restore them from a backup")
    ]


def test_a_file_with_other_content() -> None:
    (kept,) = [path for path in Path(settings.COMITY_DATA).rglob("*") if path.is_file()]
    kept.write_bytes(b"another text")
    assert unsound() == [
        ("files", "1 are missing or altered, such as a.txt; restore them from a backup")
    ]


def test_a_broken_chain() -> None:
    models.QuerySet(Event).update(reason="altered")
    assert unsound() == [("audit chain", "event 1 was altered after it was recorded")]


def test_a_record_that_cannot_be_found() -> None:
    Entry.objects.order_by("pk").first().delete()  # type: ignore[union-attr]  # there is one
    assert unsound() == [
        (
            "search",
            "1 of 1 records of the kind “measure” cannot be found; run “comity search --rebuild”.",
        )
    ]


def test_an_entry_of_a_record_that_is_no_more() -> None:
    from comity.programmes.models import Measure

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programmes_measure")
    assert Measure.objects.count() == 0
    assert unsound() == [
        (
            "search",
            "there are entries of records of the kind “measure” that are no more; "
            "run “comity search --rebuild”.",
        )
    ]


def test_a_folder_that_is_not_there(settings: Any, tmp_path: Path) -> None:
    settings.COMITY_DATA = tmp_path / "nowhere"
    assert ("data folder", f"{tmp_path / 'nowhere'} cannot be written; set COMITY_DATA.") in (
        unsound()
    )


def test_a_folder_that_others_can_read(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "files").chmod(0o755)
    told = (
        f"others on this machine can read {folder / 'files'}; run “chmod -R go= {folder}” "
        "while it is stopped."
    )
    assert unsound() == [("data folder", told)]
    folder.chmod(0o750)
    assert unsound() == []


def test_a_disk_that_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LEAST_FREE", 1 << 62)
    ((subject, told),) = unsound()
    assert (subject, told.endswith("MB free")) == ("data folder", True)


def test_a_finding_is_a_sentence() -> None:
    assert all(isinstance(one, Finding) and one.sentence for one in findings())
