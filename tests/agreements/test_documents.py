from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comity.accounts.models import User
from comity.agreements.actions import add_document, remove_document
from comity.agreements.models import Agreement, Document
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.files.actions import keep_file
from comity.files.media import DOCX, JPEG, ODS, ODT, PDF, PNG, RTF, XLSX, media_type_of, with_suffix
from comity.files.models import StoredFile
from tests.agreements.conftest import PDF as A_PDF
from tests.agreements.conftest import a_package
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db


def added(agreement: Agreement, **said: Any) -> Document:
    return add_document(
        **{
            "agreement": agreement,
            "by": Installation(),
            "content": A_PDF,
            "name": "Соглашение.pdf",
            "kind": "text",
            "language": "ru",
            **said,
        }
    )


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (A_PDF, PDF),
        (b"\n\n%PDF-1.4", PDF),
        (b"{\\rtf1 x}", RTF),
        (b"\xff\xd8\xff\xe0x", JPEG),
        (b"\x89PNG\r\n\x1a\nx", PNG),
        (a_package("[Content_Types].xml", "word/document.xml"), DOCX),
        (a_package("content.xml", mimetype=ODT), ODT),
        (a_package("content.xml", mimetype=ODS), ODS),
        (a_package("word/document.xml", "word/vbaProject.bin"), None),
        (a_package("content.xml", mimetype="application/epub+zip"), None),
        (a_package("xl/workbook.xml"), XLSX),
        (a_package("xl/workbook.xml", "xl/vbaProject.bin"), None),
        (b"PK\x03\x04 torn", None),
        (b"<html>%PDF", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"MZ", None),
    ],
)
def test_what_a_file_is_by_its_content(content: bytes, media_type: str | None) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("a.pdf", PDF, "a.pdf"),
        ("A.JPEG", JPEG, "A.JPEG"),
        ("a.exe", PDF, "a.exe.pdf"),
        ("scan", PNG, "scan.png"),
    ],
)
def test_a_name_ends_with_the_truth(name: str, media_type: str, kept: str) -> None:
    assert with_suffix(name, media_type) == kept


def test_a_document_is_kept_as_it_came(agreement: Agreement, keeper: User) -> None:
    document = added(agreement, by=keeper, name="C:\\texts\\Соглашение.doc", language="pl")

    assert (document.name, document.kind, document.language) == ("Соглашение.doc.pdf", "text", "pl")
    assert (document.language_name, str(document)) == ("Polish", "Соглашение.doc.pdf")
    assert document.file.path.read_bytes() == A_PDF
    assert document.file.media_type == PDF
    event = Event.objects.get()
    assert (event.verb, event.actor_id) == ("agreement.document_added", keeper.pk)
    assert [(e.model, e.kind) for e in event.entries.all()] == [("agreements.document", "created")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty; choose it once more."),
        (
            b"MZ",
            "By its content this is no PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), "
            "RTF, JPEG or PNG file. Save it as one of these and choose it again.",
        ),
        (b"%PDF-" + b"x" * 1024 * 1024, "The file is larger than 1 MB."),
    ],
)
def test_a_file_that_is_not_taken(
    agreement: Agreement, settings: Any, content: bytes, sentence: str
) -> None:
    settings.LARGEST_UPLOAD = 1024 * 1024

    with pytest.raises(ValidationError) as refused:
        added(agreement, content=content)

    assert refused.value.message_dict == {"file": [sentence]}
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_same_file_belongs_to_an_agreement_once(agreement: Agreement) -> None:
    added(agreement)

    with pytest.raises(ValidationError) as refused:
        added(agreement, name="again.pdf")
    assert refused.value.message_dict == {"file": ["This agreement has the same file already."]}
    assert added(an_agreement()).file == Document.objects.get(agreement=agreement).file


def test_an_amendment_of_another_agreement_is_refused(agreement: Agreement) -> None:
    other = an_agreement().amendments.create(
        title_en="x", signed_on="2020-01-01", in_force_from="2020-01-01"
    )

    with pytest.raises(ValidationError) as refused:
        added(agreement, amendment=other)
    assert refused.value.messages == ["That amendment belongs to another agreement."]


def test_a_removed_document_leaves_its_file_and_its_trace(
    agreement: Agreement, keeper: User
) -> None:
    document = added(agreement)

    with pytest.raises(ValidationError) as silent:
        remove_document(document=document, by=keeper, reason=" ")
    assert silent.value.message_dict == {"reason": ["Say why: the history keeps it."]}
    remove_document(document=document, by=keeper, reason="the wrong text")

    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 1)
    event = Event.objects.last()
    assert event is not None
    assert (event.verb, event.reason) == ("agreement.document_removed", "the wrong text")
    assert event.entries.get().changes["name"] == ["Соглашение.pdf", None]


def test_others_are_refused(agreement: Agreement, outsider: User) -> None:
    document = added(agreement)
    with pytest.raises(PermissionDenied):
        added(agreement, by=outsider)
    with pytest.raises(PermissionDenied):
        remove_document(document=document, by=outsider, reason="x")
    assert Document.objects.count() == 1


def test_the_page_adds_and_removes(client: Client, agreement: Agreement, keeper: User) -> None:
    client.force_login(keeper)
    where = f"/agreements/{agreement.pk}/documents/add/"
    amendment = agreement.amendments.create(
        title_en="First amendment", signed_on="2020-01-01", in_force_from="2020-01-01"
    )
    assert "First amendment" in client.get(where).content.decode()

    def upload(content: bytes) -> Any:
        file = SimpleUploadedFile("text.pdf", content)
        written = {"file": file, "kind": "amendment", "language": "be", "amendment": amendment.pk}
        return client.post(where, written)

    assert "By its content this is no PDF" in upload(b"MZ").content.decode()
    assert upload(A_PDF).headers["Location"] == f"/agreements/{agreement.pk}/"
    document = Document.objects.get()
    assert (document.amendment, document.language) == (amendment, "be")
    page = client.get(f"/agreements/{agreement.pk}/").content.decode()
    assert "amendment · Belarusian · 16\xa0bytes · First amendment" in page

    remove = f"/agreements/documents/{document.pk}/remove/"
    assert "Remove text.pdf from this agreement?" in client.get(remove).content.decode()
    assert "This field is required." in client.post(remove, {"reason": ""}).content.decode()
    assert Document.objects.count() == 1
    removed = client.post(remove, {"reason": "wrong"})
    assert removed.headers["Location"] == f"/agreements/{agreement.pk}/"
    assert Document.objects.count() == 0


def test_who_reaches_the_pages(client: Client, agreement: Agreement, outsider: User) -> None:
    document = added(agreement)
    pages = [
        f"/agreements/{agreement.pk}/documents/add/",
        f"/agreements/documents/{document.pk}/remove/",
    ]
    assert [client.get(page).status_code for page in pages] == [302, 302]
    client.force_login(outsider)
    assert [client.get(page).status_code for page in pages] == [403, 403]


def test_a_download_is_saved_and_never_shown(client: Client, agreement: Agreement) -> None:
    document = added(agreement)

    response: Any = client.get(f"/agreements/documents/{document.pk}/")

    assert b"".join(response.streaming_content) == A_PDF
    assert {
        name: response.headers.get(name)
        for name in (
            "Content-Type",
            "Content-Disposition",
            "X-Content-Type-Options",
            "Content-Length",
            "Cache-Control",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''"
        "%D0%A1%D0%BE%D0%B3%D0%BB%D0%B0%D1%88%D0%B5%D0%BD%D0%B8%D0%B5.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Length": str(len(A_PDF)),
        "Cache-Control": None,
    }


def test_a_file_kept_under_another_media_type_is_plain_bytes(
    client: Client, agreement: Agreement
) -> None:
    keep_file(content=A_PDF, name="x.html", media_type="text/html")
    document = added(agreement)

    response: Any = client.get(f"/agreements/documents/{document.pk}/")

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(response.streaming_content) == A_PDF


def test_a_file_that_is_missing_on_the_disk(client: Client, agreement: Agreement) -> None:
    document = added(agreement)
    Path(document.file.path).unlink()

    assert client.get(f"/agreements/documents/{document.pk}/").status_code == 404
