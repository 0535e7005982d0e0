"""Bringing documents in by a command: one file, or a folder of them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.intake.commands import (
    NotImported,
    Outcome,
    Wanted,
    documents_in,
    import_file,
    import_folder,
    summary,
)
from comity.intake.models import Import
from comity.programmes.models import Programme
from tests.factories import a_country, a_region, an_agreement
from tests.intake.documents import DOUBTFUL, ROW, TITLE, a_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading")]


@pytest.fixture(autouse=True)
def _countries() -> None:
    a_country("BY")
    a_country("RU")


def a_file(tmp_path: Path, *rows: tuple[str, ...], name: str = "plan.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(a_table(*(rows or (ROW,))))
    return path


def bring(
    path: Path, *, yes: bool = False, agreement: int | None = None, amends: object = ""
) -> tuple[Outcome, list[str]]:
    told: list[str] = []
    outcome = import_file(path=path, wanted=wanted(yes, agreement, amends), tell=told.append)
    return outcome, told


def wanted(yes: bool = False, agreement: int | None = None, amends: object = "") -> Wanted:
    return Wanted(Installation(), agreement, str(amends), yes)


def kept_files() -> list[Path]:
    return [path for path in Path(settings.COMITY_DATA).rglob("*") if path.is_file()]


def test_a_file_is_taken_in_under_an_agreement(tmp_path: Path) -> None:
    agreement = an_agreement(a_country("BY"), a_region("RU-BRY"))
    path = a_file(tmp_path)

    outcome, told = bring(path, agreement=agreement.pk)

    programme = Programme.objects.get()
    assert outcome == Outcome(path, "done", "plan.csv: 1 measure taken in.", programme, 1)
    assert told == ["2 bodies are not in the directory and stay as written."]
    assert (programme.title_ru, programme.agreement, programme.language) == (TITLE, agreement, "ru")
    assert Event.objects.last().verb == "intake.committed"
    again, _told = bring(path)
    assert (again.state, again.programme) == ("already", programme)
    assert again.sentence == f"plan.csv was taken in before: {TITLE}."


def test_doubts_need_a_yes(tmp_path: Path) -> None:
    path = a_file(tmp_path, ROW, DOUBTFUL)
    told: list[str] = []

    with pytest.raises(NotImported) as refused:
        import_file(path=path, wanted=wanted(), tell=told.append)

    assert str(refused.value) == (
        "plan.csv was not taken in: 1 thing in it is in doubt. Look at it in the browser, or "
        "say --yes."
    )
    assert refused.value.doubts == told
    assert told[0].startswith("2: ")
    assert (Import.objects.count(), Event.objects.count(), kept_files()) == (0, 0, [])
    outcome, _told = bring(path, yes=True)
    assert (outcome.state, outcome.measures) == ("done", 2)


def test_refusals_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotImported, match="There is no agreement with the number 77"):
        bring(a_file(tmp_path), agreement=77)
    with pytest.raises(NotImported, match="was not found") as missing:
        bring(tmp_path / "missing.csv")
    assert missing.value.is_bad_input
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("раз;два\nтри;четыре\n")
    with pytest.raises(NotImported, match=r"No measures were found in nothing\.csv"):
        bring(nothing)
    with monkeypatch.context() as patched:
        patched.setattr("comity.intake.commands.files.what_is_wrong", lambda values: ["So not."])
        with pytest.raises(NotImported, match=r"Row 1 of plan\.csv cannot be kept: So not\."):
            bring(a_file(tmp_path))

    def refuse(**_said: object) -> None:
        raise ValidationError("So not.")

    with monkeypatch.context() as patched:
        patched.setattr("comity.intake.commands.files.commit_import", refuse)
        with pytest.raises(NotImported, match=r"So not\."):
            bring(a_file(tmp_path))
    assert (Import.objects.count(), Event.objects.count(), kept_files()) == (0, 0, [])


def test_what_was_kept_before_stays_after_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, _told = bring(a_file(tmp_path))
    document = Import.objects.get()
    Import.objects.update(state="undone")

    def refuse(**_said: object) -> None:
        raise ValidationError("So not.")

    monkeypatch.setattr("comity.intake.commands.files.commit_import", refuse)
    with pytest.raises(NotImported):
        bring(outcome.path)
    assert document.file.path.exists()


def test_a_country_that_is_not_loaded_is_named(tmp_path: Path) -> None:
    a_country("RU").delete()
    with pytest.raises(NotImported, match="comity territories load RU"):
        bring(a_file(tmp_path))


def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_file(tmp_path, name="a.csv")
    a_file(tmp_path, DOUBTFUL, name="b.csv")
    a_file(tmp_path, name="c.csv")
    (tmp_path / "d.docx").write_bytes(b"")
    a_file(tmp_path, ("9", "Иное дело", *ROW[2:]), name="e.csv")
    (tmp_path / "notes.txt").write_text("no document")
    (tmp_path / "~$a.docx").write_text("a lock file")
    (tmp_path / "folder.docx").mkdir()
    seen: list[int] = []
    documents, others = documents_in(tmp_path)

    def fails(**said: object) -> object:
        if said["path"] == tmp_path / "e.csv":
            raise RuntimeError("a fault")
        return import_file(**said)  # type: ignore[arg-type]  # the arguments of import_file

    monkeypatch.setattr("comity.intake.commands.folders.import_file", fails)
    monkeypatch.setattr("comity.intake.commands.folders.log.exception", lambda *_said: None)
    outcomes = import_folder(
        paths=documents, wanted=wanted(amends="none"), done=lambda: seen.append(1)
    )

    assert others == [tmp_path / "notes.txt"]
    assert [(one.path.name, one.state) for one in outcomes] == [
        ("a.csv", "done"),
        ("b.csv", "refused"),
        ("c.csv", "already"),
        ("d.docx", "unreadable"),
        ("e.csv", "refused"),
    ]
    assert len(outcomes[1].doubts) == 1
    assert outcomes[4].sentence == (
        "e.csv was not taken in because of a fault in Comity (RuntimeError('a fault')); nothing of "
        "it is kept."
    )
    assert len(seen) == 5
    assert summary(outcomes) == (
        "5 files: 1 taken in (1 measure), 1 nothing new, 2 refused, 1 not readable."
    )
