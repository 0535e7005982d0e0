import json
import tarfile
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection, transaction

from comity.audit.actions import Installation, Trail
from comity.audit.models import Entry, Event, Head
from comity.audit.queries import first_break
from comity.files.actions import keep_file
from comity.post.actions import post
from comity.post.models import Mail
from comity.post.sending import send_due
from comity.upkeep.backup import BackupRefused, backed_up_models, read_backup, write_backup
from tests.factories import a_coordinator, a_measure, a_programme, an_agreement, somebody

pytestmark = pytest.mark.django_db


@transaction.atomic
def fill() -> None:
    """A small register with something in many tables, and a kept file."""
    agreement = an_agreement()
    measure = a_measure(a_programme(agreement), funding_amount="12.50", title_be="Правесці кірмаш")
    somebody(within=measure.programme)
    keep_file(content=b"the signed text", name="a.txt", media_type="text/plain")
    trail = Trail("test.filled", a_coordinator())
    trail.created(agreement, measure)
    trail.record()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by model."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in backed_up_models()
    }


def kept_files() -> dict[str, bytes]:
    folder = Path(settings.COMITY_DATA) / "files"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@transaction.atomic
def forget_everything() -> None:
    for model in reversed(backed_up_models()):
        model._base_manager.all()._raw_delete(connection.alias)
    settings.COMITY_DATA = Path(settings.COMITY_DATA).with_name("restored")


def test_a_restored_register_is_the_same_in_every_table_and_file(tmp_path: Path) -> None:
    fill()
    rows, files = everything(), kept_files()
    told = write_backup(tmp_path / "backup.tar.gz")
    assert told.rows == sum(len(found) for found in rows.values())
    forget_everything()
    assert read_backup(tmp_path / "backup.tar.gz") == told
    assert everything() == rows
    assert kept_files() == files
    assert list(files.values()) == [b"the signed text"]
    assert first_break() is None


def test_new_records_get_new_numbers_after_a_restore(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    forget_everything()
    read_backup(tmp_path / "backup.tar.gz")
    older = {event.seq for event in Event.objects.all()}
    assert Trail("test.again", Installation()).record().seq == max(older) + 1
    assert a_measure(a_programme()).pk not in set(Entry.objects.values_list("record_id"))


def test_progress_is_told(tmp_path: Path) -> None:
    fill()
    done: list[int] = []
    told = write_backup(tmp_path / "backup.tar.gz", done.append)
    assert sum(done) == told.rows + told.files


def test_a_backup_never_overwrites_a_file(tmp_path: Path) -> None:
    (tmp_path / "backup.tar.gz").write_text("precious")
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(tmp_path / "backup.tar.gz")
    assert (tmp_path / "backup.tar.gz").read_text() == "precious"


def test_a_backup_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="There is no folder"):
        write_backup(tmp_path / "nowhere" / "backup.tar.gz")


def test_a_register_that_is_not_empty_is_not_overwritten(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    with pytest.raises(BackupRefused, match="The register is not empty"):
        read_backup(tmp_path / "backup.tar.gz")
    assert Event.objects.count() == 1


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tar.gz").write_bytes(b"not a backup")
    with pytest.raises(BackupRefused, match="is not a whole backup of Comity"):
        read_backup(tmp_path / "x.tar.gz")


def test_a_cut_off_backup_restores_nothing(tmp_path: Path) -> None:
    fill()
    whole = tmp_path / "backup.tar.gz"
    write_backup(whole)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    forget_everything()
    with pytest.raises(BackupRefused):
        read_backup(whole)
    assert (Event.objects.count(), Head.objects.count()) == (0, 0)


def altered(source: Path, change: "dict[str, bytes | None]") -> Path:
    """The backup with some members replaced, or taken out (None)."""
    target = source.with_name("altered.tar.gz")
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = change.get(member.name, file.read())
            if content is None:
                continue
            member.size = len(content)
            new.addfile(member, BytesIO(content))
    return target


def test_another_version_is_refused(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    manifest = json.dumps({"version": "9.9", "migrations": [], "rows": {}}).encode()
    forget_everything()
    with pytest.raises(BackupRefused, match=r"of Comity 9\.9 and does not fit this one"):
        read_backup(altered(tmp_path / "backup.tar.gz", {"manifest.json": manifest}))


def test_missing_rows_are_noticed(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    forget_everything()
    without = altered(tmp_path / "backup.tar.gz", {"rows/files.storedfile.jsonl": b'["id"]\n'})
    with pytest.raises(BackupRefused, match=r"Rows of files\.storedfile are missing"):
        read_backup(without)


def test_an_altered_file_is_noticed(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    (name,) = kept_files()
    forget_everything()
    with pytest.raises(BackupRefused, match="was altered in the backup"):
        read_backup(altered(tmp_path / "backup.tar.gz", {f"files/{name}": b"another text"}))
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_running_register_is_backed_up_as_it_stood(tmp_path: Path) -> None:
    fill()
    rows = everything()

    def write_meanwhile() -> None:
        with transaction.atomic():
            Trail("test.meanwhile", Installation()).record()
        connection.close()

    def meanwhile(_done: int) -> None:
        if not started:
            started.append(Thread(target=write_meanwhile))
            started[0].start()
            started[0].join()

    started: list[Thread] = []
    write_backup(tmp_path / "backup.tar.gz", meanwhile)
    assert Event.objects.count() == 2
    forget_everything()
    read_backup(tmp_path / "backup.tar.gz")
    assert everything() == rows


@pytest.mark.parametrize(
    "change",
    [
        {"manifest.json": b"{}"},
        {"manifest.json": b"[]"},
        {"manifest.json": b"\xff"},
        {"manifest.json": None},
        {"rows/files.storedfile.jsonl": None},
        {"rows/files.storedfile.jsonl": b""},
        {"rows/files.storedfile.jsonl": b'["id"]\n["x"]\n'},
        {"rows/files.storedfile.jsonl": b'["id"]\n[1, 2, 3]\n'},
        {"rows/files.storedfile.jsonl": b'["nothing"]\n[1]\n'},
        {"rows/programmes.measure.jsonl": b'["id", "programme_id"]\n[1, 999]\n'},
        {"rows/accounts.user.jsonl": b'["id", "date_joined"]\n[1, "yesterday"]\n'},
    ],
)
def test_an_altered_backup_is_refused_in_a_sentence(
    tmp_path: Path, change: "dict[str, bytes | None]"
) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    forget_everything()
    with pytest.raises(BackupRefused) as refused:
        read_backup(altered(tmp_path / "backup.tar.gz", change))
    assert len(str(refused.value).splitlines()) == 1
    assert Event.objects.count() == 0


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    (name,) = kept_files()
    forget_everything()
    with pytest.raises(BackupRefused, match=f"The file {name} is missing in the backup"):
        read_backup(altered(tmp_path / "backup.tar.gz", {f"files/{name}": None}))
    assert Event.objects.count() == 0


def test_some_other_archive_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "photos.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../etc/passwd"))
    with pytest.raises(BackupRefused, match="is not a whole backup of Comity; take another one"):
        read_backup(tmp_path / "photos.tar.gz")


def test_a_byte_that_was_changed_on_the_disk_is_noticed(tmp_path: Path) -> None:
    fill()
    write_backup(tmp_path / "backup.tar.gz")
    content = bytearray((tmp_path / "backup.tar.gz").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "backup.tar.gz").write_bytes(content)
    forget_everything()
    with pytest.raises(BackupRefused):
        read_backup(tmp_path / "backup.tar.gz")
    assert Event.objects.count() == 0


def test_letters_that_waited_are_not_sent_by_a_restored_register(tmp_path: Path) -> None:
    fill()
    for key, private in (("open", False), ("secret", True)):
        post(
            key=key, to="a@example.org", subject="s", body=key, language="en", kind="digest",
            private=private,
        )  # fmt: skip
    write_backup(tmp_path / "backup.tar.gz")
    forget_everything()
    read_backup(tmp_path / "backup.tar.gz")
    assert send_due().states == {}
    assert list(Mail.objects.order_by("pk").values_list("state", "reason", "body")) == [
        ("doubtful", "restored", "open"), ("doubtful", "restored", ""),
    ]  # fmt: skip
