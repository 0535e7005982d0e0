"""`comity report` as somebody types it, in the tests' own register."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone
from docx import Document

from comity.cli import main
from comity.issuing.models import IssuedReport
from tests.factories import a_programme
from tests.issuing.test_word import template_of
from tests.issuing.world import a_programme_in_every_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> int:
    key: int = a_programme_in_every_state().programme.pk
    return key


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def comity(*words: Any) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def refused(*words: Any) -> tuple[int, str]:
    done = comity(*words)
    return done.exit_code, done.stderr.strip()


@pytest.mark.parametrize(
    ("kind", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF-1.7")]
)
def test_a_draft_is_written_where_one_stands(
    programme: int, tmp_path: Path, kind: str, begins: bytes
) -> None:
    done = comity(
        "report", "programme", programme, "--quarter", "2018q2", "--language", "be",
        "--format", kind,
    )  # fmt: skip
    name = f"report-{programme}-2018Q2-be.{kind}"
    assert (done.exit_code, done.stdout) == (0, f"{name}: a draft, not issued.\n")
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert IssuedReport.objects.count() == 0


def test_a_report_is_issued_and_issued_again(programme: int, tmp_path: Path) -> None:
    out, copy = tmp_path / "first.pdf", tmp_path / "second.pdf"
    done = comity(
        "report", "programme", programme, "--half", "2018H1", "--format", "pdf", "--issue",
        "--out", out,
    )  # fmt: skip
    file = IssuedReport.objects.get().files.get(format="pdf")
    assert done.stdout == f"{out}: issued as No. 1, SHA-256 {file.sha256}.\n"
    again = comity("report", "again", programme, 1, "--format", "pdf", "--out", copy)
    assert again.stdout == (
        f"{copy}: as issued, SHA-256 {file.sha256}; made again from its contents: the same.\n"
    )
    assert copy.read_bytes() == out.read_bytes()


def test_what_is_no_longer_what_was_issued_is_not_issued_again(programme: int) -> None:
    comity("report", "programme", programme, "--year", "2018", "--issue")
    file = IssuedReport.objects.get().files.get(format="docx")
    file.file.path.write_bytes(b"other")
    assert refused("report", "again", programme, 1) == (
        1, f"What is kept of {file.name} is not what was issued.",
    )  # fmt: skip


def test_a_template_is_written_changed_and_filled(programme: int, tmp_path: Path) -> None:
    written = comity("report", "template", "--language", "ru")
    (tmp_path / "mine.docx").write_bytes(written.stdout_bytes)
    document = Document(str(tmp_path / "mine.docx"))
    document.paragraphs[0].text = "Наш отчёт {{number}}"
    document.save(str(tmp_path / "mine.docx"))
    done = comity(
        "report", "programme", programme, "--year", "2018", "--language", "ru",
        "--template", "mine.docx", "--out", "ours.docx",
    )  # fmt: skip
    assert done.exit_code == 0
    assert Document(str(tmp_path / "ours.docx")).paragraphs[0].text == (
        "Наш отчёт проект, не оформлен"
    )


def test_what_a_template_leaves_out_is_told(programme: int, tmp_path: Path) -> None:
    (tmp_path / "short.docx").write_bytes(template_of("{{period}}"))
    done = comity("report", "programme", programme, "--year", "2018", "--template", "short.docx")
    assert (done.exit_code, done.stderr.strip()) == (
        0,
        "The template has no table row with placeholders of the measures, such as {{row.title}}: "
        "the Word file does not list them.",
    )


def test_of_a_period_that_is_not_over_the_draft_says_so(tmp_path: Path) -> None:
    today = timezone.localdate()
    one = a_programme(start=date(today.year, 1, 1), end=date(today.year, 12, 31))
    done = comity("report", "programme", one.pk, "--year", today.year)
    name = f"report-{one.pk}-{today.year}-en.docx"
    told = f"{name}: a draft, not issued. The period is not over: as of {today}.\n"
    assert (done.exit_code, done.stdout) == (0, told)


@pytest.mark.parametrize(
    ("kind", "out", "told"),
    [
        ("xlsx", "a.docx", "“a.docx” ends as docx, but what would be written is xlsx: say --format "
         "docx, or another name."),
        ("docx", "a.PDF", "“a.PDF” ends as pdf, but what would be written is docx: say --format "
         "pdf, or another name."),
    ],
)  # fmt: skip
def test_a_name_that_ends_as_another_format_is_refused(
    programme: int, tmp_path: Path, kind: str, out: str, told: str
) -> None:
    asked = ("report", "programme", programme, "--year", "2018", "--format", kind, "--out", out)
    assert refused(*asked) == (2, told)
    assert refused("report", "again", programme, 1, "--format", kind, "--out", out) == (2, told)
    assert not (tmp_path / out).exists()


def test_a_name_without_an_ending_takes_any_format(programme: int, tmp_path: Path) -> None:
    asked = ("report", "programme", programme, "--year", "2018", "--format", "pdf", "--out", "mine")
    assert comity(*asked).exit_code == 0
    assert (tmp_path / "mine").read_bytes().startswith(b"%PDF")


def test_bad_words_are_refused_in_one_sentence(programme: int, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(template_of("{{nonsense}}"))
    report = ("report", "programme", programme)
    assert refused(*report) == (2, "Say one of --quarter 2018Q2, --half 2018H1 and --year 2018.")
    assert refused(*report, "--quarter", "2018Q2", "--year", "2018")[0] == 2
    assert refused(*report, "--quarter", "2018Q5") == (
        2,
        "“2018Q5” is not a quarter; write 2018Q2.",
    )
    assert refused(*report, "--half", "2018") == (2, "“2018” is not a half-year; write 2018H1.")
    assert refused(*report, "--year", "1492") == (
        2, "“1492” is not a period; write 2018Q2, 2018H1 or 2018.",
    )  # fmt: skip
    runs = "The programme runs from 1 January 2018 to 31 December 2019: choose a period within it."
    for outside in (("--year", "2199"), ("--year", "2017"), ("--quarter", "2017Q4")):
        assert refused(*report, *outside) == (2, runs)
    assert refused(*report, "--quarter", "2017Q4", "--issue")[0] == 2
    assert list(tmp_path.glob("report-*")) == []
    assert refused("report", "programme", 0, "--year", "2018") == (
        2, "There is no programme 0 in the register.",
    )  # fmt: skip
    assert refused(*report, "--year", "2018", "--template", "bad.docx") == (
        2, "The template has unknown placeholders: {{nonsense}}.",
    )  # fmt: skip
    (tmp_path / "empty.docx").write_bytes(template_of("Our report"))
    assert refused(*report, "--year", "2018", "--template", "empty.docx") == (
        2,
        "The template has no placeholder in double braces, such as {{period}}, so it would tell "
        "nothing of the programme. Begin with the standard template.",
    )
    assert refused(*report, "--year", "2018", "--format", "pdf", "--template", "bad.docx") == (
        2,
        "A template is for Word files: say --format docx, or --issue.",
    )
    assert refused(*report, "--year", "2018", "--out", "nowhere/x.docx") == (
        2, "nowhere/x.docx cannot be written: No such file or directory.",
    )  # fmt: skip
    assert refused("report", "again", programme, 7) == (
        2, f"No report 7 was issued on programme {programme}.",
    )  # fmt: skip
