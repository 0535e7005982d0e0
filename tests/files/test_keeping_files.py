import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.files.actions import keep_file, plain_name
from comity.files.models import StoredFile, sha256_of


@pytest.mark.django_db
def test_a_file_is_kept_by_what_is_in_it(settings: Any) -> None:
    kept = keep_file(content=b"abc", name="dir/Пратакол.pdf", media_type="application/pdf")

    sha256 = hashlib.sha256(b"abc").hexdigest()
    assert (kept.sha256, str(kept), kept.media_type, kept.size) == (
        sha256,
        "Пратакол.pdf",
        "application/pdf",
        3,
    )
    place = Path(settings.COMITY_DATA) / "files" / sha256[:2] / sha256[2:4]
    assert kept.path == place / sha256
    assert kept.path.read_bytes() == b"abc"
    assert [file.name for file in place.iterdir()] == [sha256]


@pytest.mark.django_db
def test_the_same_content_is_kept_once() -> None:
    first = keep_file(content=b"abc", name="first", media_type="application/pdf")
    again = keep_file(content=b"abc", name="again", media_type="text/plain")

    assert again == first
    assert (again.name, StoredFile.objects.count()) == ("first", 1)


@pytest.mark.django_db
def test_a_file_that_left_the_disk_is_written_again() -> None:
    kept = keep_file(content=b"abc", name="a", media_type="application/pdf")
    kept.path.unlink()

    keep_file(content=b"abc", name="a", media_type="application/pdf")

    assert kept.path.read_bytes() == b"abc"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\x\\Соглашение.docx", "Соглашение.docx"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nc.pdf', "a_b__c.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_plain_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text())
def test_no_name_reaches_outside_or_breaks_a_header(name: str) -> None:
    plain = plain_name(name)

    assert 0 < len(plain) <= 200
    assert not set(plain) & set('/\\\r\n\0"<>|:*?')
    assert plain not in (".", "..")


@given(st.lists(st.binary()))
def test_the_digest_does_not_depend_on_the_chunks(chunks: list[bytes]) -> None:
    assert sha256_of(chunks) == hashlib.sha256(b"".join(chunks)).hexdigest()
