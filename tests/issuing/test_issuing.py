"""A report as it is issued: numbered, frozen, made again byte for byte, by those who may."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.audit.models import Entry, Event
from comity.files.models import sha256_of
from comity.issuing import checking
from comity.issuing.actions import issue_report
from comity.issuing.checking import findings
from comity.issuing.formats import Format
from comity.issuing.models import IssuedReport
from comity.issuing.periods import period_of
from comity.issuing.writers import written
from comity.programmes.actions import change_programme, remove_programme
from comity.programmes.models import Measure, Programme
from tests.factories import a_programme, somebody
from tests.issuing.test_word import template_of
from tests.issuing.world import BY, a_programme_in_every_state, until
from tests.programmes.rows import a_row, people_around, with_measures
from tests.reporting.world import World, two_sides

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written_once")]

QUARTER = period_of("2018Q2")


@pytest.fixture
def world() -> World:
    return a_programme_in_every_state()


def issued(programme: Programme, by: Any = BY, **asked: Any) -> IssuedReport:
    wanted = {"period": QUARTER, "language": "en", **asked}
    return issue_report(programme=programme, by=by, **wanted)


# --- what is frozen


def test_an_issued_report_is_numbered_dated_and_kept_in_all_formats(world: World) -> None:
    by = somebody(Role.COORDINATOR)
    report = issued(world.programme, by)
    today = timezone.localdate()
    assert (report.number, report.issued_on, report.issued_by, report.issued_by_name) == (
        1, today, by, by.name,
    )  # fmt: skip
    files = {file.format: file for file in report.files.all()}
    assert list(files) == ["docx", "xlsx", "pdf"]
    for kind, file in files.items():
        content = file.file.path.read_bytes()
        assert sha256_of([content]) == file.sha256 == file.file.sha256
        assert written(report.digest, kind) == content
    assert files["pdf"].name == f"report-{world.programme.pk}-1-2018Q2-en.pdf"
    assert (report.digest.number, report.digest.made_by) == (1, by.name)


def test_numbers_go_on_within_a_programme() -> None:
    one, other = two_sides().programme, a_programme(title_en="Other")
    numbers = [issued(programme).number for programme in (one, one, other, one)]
    assert numbers == [1, 2, 1, 3]


def test_no_number_is_given_twice(world: World) -> None:
    report = issued(world.programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedReport.objects.create(
            programme=world.programme, number=1, period_code="2018", language="en",
            as_of=report.as_of, issued_on=report.issued_on, issued_by_name="", contents={},
        )  # fmt: skip


def test_it_is_issued_again_byte_for_byte_whatever_became_of_the_register(world: World) -> None:
    report = issued(world.programme, language="be")
    Measure.objects.filter(programme=world.programme).update(title_en="Something else")
    change_programme(
        programme=Programme.objects.get(pk=world.programme.pk), by=BY, reason="",
        expected_version=world.programme.version, title_en="Another plan",
    )  # fmt: skip
    found = findings(IssuedReport.objects.get(pk=report.pk))
    assert [(one.is_whole, one.is_the_same_again) for one in found] == [(True, True)] * 3
    assert [one.is_written_otherwise for one in found] == [False] * 3


def test_it_is_filled_again_from_the_template_that_it_was_issued_with(world: World) -> None:
    template = template_of("{{period}} {{number}}")
    report = issued(world.programme, template=template)
    word = report.files.get(format=Format.DOCX)
    assert word.template is not None
    assert word.template.path.read_bytes() == template
    assert [one.is_the_same_again for one in findings(report)] == [True] * 3


def test_a_file_that_is_not_what_was_issued_is_found(world: World) -> None:
    report = issued(world.programme)
    word, excel, _pdf = report.files.all()
    word.file.path.write_bytes(b"other")
    excel.file.path.unlink()
    told = [(bool(one.kept), one.is_whole, one.is_the_same_again) for one in findings(report)]
    assert told == [(True, False, True), (False, False, True), (True, True, True)]


def test_other_libraries_are_named_where_they_write_otherwise(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = issued(world.programme)
    monkeypatch.setattr(checking, "written", lambda *_asked: b"other")
    monkeypatch.setattr(checking, "written_with", lambda _kind: "typst 9")
    told = [(one.is_the_same_again, one.is_written_otherwise) for one in findings(report)]
    assert told == [(False, True)] * 3


def test_the_history_vouches_for_the_files(world: World) -> None:
    report = issued(world.programme)
    event = Event.objects.latest("seq")
    assert event.verb == "issuing.issued"
    entries = Entry.objects.filter(event=event.seq).order_by("position")
    assert [entry.model for entry in entries] == [
        "issuing.issuedreport",
        *["issuing.issuedfile"] * 3,
    ]
    told = [entry.changes.get("sha256", [None, None])[1] for entry in entries]
    assert told == [None, *report.files.values_list("sha256", flat=True)]
    assert "contents" not in entries[0].changes


def test_nothing_is_issued_if_the_template_cannot_be_filled(world: World) -> None:
    with pytest.raises(ValidationError, match="unknown placeholders"):
        issued(world.programme, template=template_of("{{nonsense}}"))
    assert IssuedReport.objects.count() == 0


def test_a_template_that_tells_nothing_is_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        issued(world.programme, template=template_of("Our report", row=["{row.title}"]))
    assert refused.value.messages == [
        "The template has no placeholder in double braces, such as {{period}}, so it would tell "
        "nothing of the programme. Begin with the standard template."
    ]
    assert IssuedReport.objects.count() == 0


def test_a_period_that_has_not_begun_has_no_report(world: World) -> None:
    Programme.objects.filter(pk=world.programme.pk).update(end=date(2199, 12, 31))
    world.programme.refresh_from_db()
    with pytest.raises(ValidationError, match="has not begun"):
        issued(world.programme, period=period_of(f"{timezone.localdate().year + 1}Q1"))


def test_a_programme_with_issued_reports_stays() -> None:
    programme = a_programme()
    issued(programme)
    with pytest.raises(ValidationError, match="Other records refer"):
        remove_programme(programme=programme, by=BY, reason="No need")


# --- who may

MAY_ISSUE = {
    "public": {
        "a coordinator of a side", "a coordinator of the owner", "a coordinator of the programme",
        "an administrator of the programme", "an administrator of a side",
        "a coordinator of the whole",
    },
}  # fmt: skip
HAVE_NO_PART = {"anybody", "a person without roles", "an enterprise of a side"}


def test_whoever_may_change_the_programme_issues() -> None:
    programme, people = people_around("public")
    for who, person in people.items():
        if who in MAY_ISSUE["public"]:
            assert issued(programme, person).issued_by == person
        elif person is not None:
            with pytest.raises(PermissionDenied):
                issued(programme, person)


@pytest.mark.parametrize("visibility", ["public", "parties", "internal"])
def test_whoever_sees_the_programme_and_has_a_part_in_it_reads(visibility: str) -> None:
    from django.contrib.auth.models import AnonymousUser

    programme, people = people_around(visibility)
    report = issued(programme)
    reads = {
        who
        for who, person in people.items()
        if report in IssuedReport.objects.visible_to(person or AnonymousUser())
    }
    sees = {
        who
        for who, person in people.items()
        if programme in Programme.objects.visible_to(person or AnonymousUser())
    }
    assert reads == sees - HAVE_NO_PART


# --- pages


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_report_is_issued_and_downloaded_on_its_pages(world: World) -> None:
    client = signed_in(somebody(Role.COORDINATOR))
    page = reverse("issuing:of_programme", args=[world.programme.pk])
    assert page in client.get(world.programme.get_absolute_url()).content.decode()
    answer = client.post(page, {"period": "2018Q2", "language": "ru"}, follow=True)
    report = IssuedReport.objects.get()
    assert answer.redirect_chain == [(report.get_absolute_url(), 302)]
    text = answer.content.decode()
    for file in report.files.all():
        assert file.sha256 in text
        saved = client.get(reverse("issuing:file", args=[file.pk]))
        assert b"".join(saved) == file.file.path.read_bytes()
        assert file.name in saved["Content-Disposition"]
    assert report.get_absolute_url() in client.get(page).content.decode()


def test_the_page_offers_a_draft_that_is_not_kept(world: World) -> None:
    client = signed_in(somebody(Role.COORDINATOR))
    draft = reverse("issuing:draft", args=[world.programme.pk])
    answer = client.get(draft, {"period": "2018Q2", "language": "en", "format": "pdf"})
    assert answer.content[:5] == b"%PDF-"
    name = f"draft-{world.programme.pk}-2018Q2-en.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert IssuedReport.objects.count() == 0
    assert client.get(draft, {"period": "2018Q2", "format": "doc"}).status_code == 404


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2017Q4", "The programme runs from 1 January 2018 to 31 December 2019: choose a period"),
        ("2020Q1", "The programme runs from 1 January 2018 to 31 December 2019: choose a period"),
        ("1492Q1", "“1492Q1” is not a period; write 2018Q2, 2018H1 or 2018."),
        ("", "This field is required."),
    ],
)
def test_the_page_refuses_a_period_of_which_there_is_nothing_to_say(
    world: World, period: str, told: str
) -> None:
    client, asked = signed_in(somebody(Role.COORDINATOR)), {"period": period, "language": "en"}
    page, draft = (
        reverse(f"issuing:{name}", args=[world.programme.pk]) for name in ("of_programme", "draft")
    )
    assert told in client.post(page, asked).content.decode()
    refused = client.get(draft, asked)
    assert (refused.status_code, told in refused.content.decode()) == (400, True)
    assert IssuedReport.objects.count() == 0


def test_what_falls_due_outside_the_programme_is_reported_on(world: World) -> None:
    with_measures(a_row("Prepare", due=until(date(2017, 12, 31))), programme=world.programme)
    report = issued(world.programme, period=period_of("2017Q4"))
    assert [row.title for row in report.digest.rows] == ["Prepare"]


def test_a_programme_that_has_not_begun_offers_no_period() -> None:
    year = timezone.localdate().year + 1
    programme = a_programme(start=date(year, 1, 1), end=date(year, 12, 31))
    client = signed_in(somebody(Role.COORDINATOR))
    page = reverse("issuing:of_programme", args=[programme.pk])
    text = client.get(page).content.decode()
    assert f"The programme begins on 1 January {year}: there is nothing to report yet." in text
    assert "Issue the report" not in text


def test_of_a_period_that_is_not_over_a_report_says_so() -> None:
    today = timezone.localdate()
    programme = a_programme(start=date(today.year, 1, 1), end=date(today.year, 12, 31))
    report = issued(programme, period=period_of(str(today.year)))
    assert report.as_of == today
    sentence = "The period is not over yet; the figures are interim."
    assert report.digest.summary[0] == sentence
    client = signed_in(somebody(Role.COORDINATOR))
    page = client.get(reverse("issuing:of_programme", args=[programme.pk])).content.decode()
    assert f"{today.year} · for the year {today.year} · not over yet" in page


def test_the_page_makes_a_report_again_and_compares(world: World) -> None:
    client, report = signed_in(somebody(Role.OBSERVER)), issued(world.programme)
    text = client.post(reverse("issuing:check", args=[report.pk])).content.decode()
    assert text.count("as it was issued") == text.count("the same, byte for byte") == 3
    word = report.files.get(format=Format.DOCX)
    word.file.path.write_bytes(b"other")
    report.files.filter(format=Format.PDF).update(sha256="0" * 64, written_with="typst 0.1")
    text = client.post(reverse("issuing:check", args=[report.pk])).content.decode()
    assert text.count("not what was issued") == 2
    assert "It was written with typst 0.1; here is typst 0.15" in text


def test_a_template_of_ones_own_is_uploaded(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(somebody(Role.COORDINATOR))
    page = reverse("issuing:of_programme", args=[world.programme.pk])
    asked = {"period": "2018Q2", "language": "en"}
    for content, told in (
        (b"%PDF-1.7", "This template is not a Word file"),
        (template_of("{{nonsense}}"), "unknown placeholders: {{nonsense}}"),
        (template_of("Our report"), "The template has no placeholder in double braces"),
    ):
        answer = client.post(page, {**asked, "template": SimpleUploadedFile("t.docx", content)})
        assert told in answer.content.decode()
    assert IssuedReport.objects.count() == 0
    good = template_of("{{period}}")
    asked["template"] = SimpleUploadedFile("t.docx", good)
    answer = client.post(page, asked, follow=True)
    assert "the Word file does not list them" in answer.content.decode()
    kept = IssuedReport.objects.get().files.get(format="docx").template
    assert kept is not None
    assert kept.path.read_bytes() == good


def test_the_standard_template_is_given_out_in_each_language(client: Client) -> None:
    for language in ("be", "ru", "en"):
        answer = client.get(reverse("issuing:template", args=[language]))
        assert answer.content[:2] == b"PK"
    assert client.get(reverse("issuing:template", args=["de"])).status_code == 404


def test_a_reader_sees_the_list_without_the_form(world: World) -> None:
    issued(world.programme)
    client = signed_in(world.reporters["BY"])
    page = reverse("issuing:of_programme", args=[world.programme.pk])
    text = client.get(page).content.decode()
    (told,) = re.findall(r'<td><a href="/issued/\d+/">([^<]*)</a></td>', text)
    assert told == "for the second quarter of 2018"
    assert "2018Q2" not in text
    assert "Issue the report" not in text
    assert client.post(page, {"period": "2018Q2", "language": "en"}).status_code == 403
    assert page in client.get(world.programme.get_absolute_url()).content.decode()


def test_whoever_has_no_part_finds_nothing(world: World) -> None:
    report = issued(world.programme)
    person, anybody = signed_in(somebody(Role.OBSERVER, two_sides_elsewhere())), Client()
    page = reverse("issuing:of_programme", args=[world.programme.pk])
    file = reverse("issuing:file", args=[report.files.all()[0].pk])
    assert [person.get(path).status_code for path in (page, report.get_absolute_url(), file)] == [
        404, 404, 404,
    ]  # fmt: skip
    assert anybody.get(report.get_absolute_url()).status_code == 404
    assert page not in person.get(world.programme.get_absolute_url()).content.decode()


def two_sides_elsewhere() -> Any:
    from tests.factories import a_region, an_organisation

    return an_organisation(seat=a_region("BY-VI"))


def test_the_list_takes_as_many_queries_for_thirty_reports_as_for_one(world: World) -> None:
    client = signed_in(world.reporters["BY"])
    page = reverse("issuing:of_programme", args=[world.programme.pk])
    first = issued(world.programme)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    queries()
    of_one = queries()
    files = list(first.files.all())
    for number in range(2, 31):
        first.pk, first.number = None, number
        first.save(force_insert=True)
        for file in files:
            file.pk, file.report = None, first
            file.save(force_insert=True)
    assert queries() - of_one <= 1  # the count of a list that has a second page
    assert of_one < 12
