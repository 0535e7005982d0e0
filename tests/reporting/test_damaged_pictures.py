"""A picture that nobody could open is no evidence: it is refused, and the words stay."""

import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from comity.files.models import StoredFile
from comity.reporting import pictures
from comity.reporting.actions import add_file, make_link
from comity.reporting.models import Report, Stage
from comity.reporting.pictures import preview
from tests.factories import a_coordinator
from tests.reporting.pages import FILLED, signed_in, words, write
from tests.reporting.pictures import a_photograph
from tests.reporting.world import two_sides

DAMAGED = (
    "“fair.jpg” cannot be opened as a picture: it is damaged, or was not copied to its end. See "
    "whether it opens on your computer, copy or save it anew and choose it again."
)
JPEG, PNG = a_photograph(300, 200), a_photograph(300, 200, kind="PNG")
BAD = {
    "a JPEG cut off": JPEG[: len(JPEG) // 2],
    "the start of a JPEG": JPEG[:20],
    "a PNG cut off": PNG[: len(PNG) // 2],
    "garbage after the mark of a JPEG": b"\xff\xd8\xff" + b"garbage" * 400,
    "garbage after the mark of a PNG": b"\x89PNG\r\n\x1a\n" + b"garbage" * 400,
    "a PNG with other bytes in it": PNG[:60] + bytes(20) + PNG[80:],
}


def a_bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is so many pixels wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def added(content: bytes) -> list[str]:
    """What is said against a file; nothing of one that is taken."""
    world = two_sides()
    by = world.reporters["BY"]
    try:
        add_file(report=world.draft(), expected_version=1, content=content, name="fair.jpg", by=by)
    except ValidationError as refused:
        return refused.message_dict["file"]
    return []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(BAD))
def test_what_does_not_open_is_refused_and_kept_nowhere(kind: str) -> None:
    assert added(BAD[kind]) == [DAMAGED]
    assert not StoredFile.objects.exists()
    assert preview(BAD[kind]) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [JPEG, PNG, a_photograph(60, 40, turned=True)], ids=["JPEG", "PNG", "turned"]
)
def test_what_opens_is_taken(content: bytes) -> None:
    assert added(content) == []
    assert StoredFile.objects.get().path.read_bytes() == content


@pytest.mark.django_db
@pytest.mark.parametrize("side", [7_746, 10_000, 60_000])
def test_what_would_fill_the_memory_is_not_unpacked(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_upright", None)  # nothing gets as far as that
    sentence = "“fair.jpg” has more than 60 million pixels. Save it smaller and choose it again."
    assert added(a_bomb(side)) == [sentence]
    assert preview(a_bomb(side)) is None


@pytest.mark.django_db
def test_whoever_may_not_write_is_told_that_first() -> None:
    world = two_sides()
    with pytest.raises(PermissionDenied):
        add_file(
            report=world.draft(), expected_version=1, content=BAD["a JPEG cut off"], name="a",
            by=world.reporters["RU"],
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("do", ["submit", "add", "save"])
def test_the_words_of_the_form_stay(do: str) -> None:
    world = two_sides()
    client, report = signed_in(world.reporters["BY"]), world.draft()
    photograph = SimpleUploadedFile("fair.jpg", BAD["a JPEG cut off"])
    answer = write(
        client, report, do, file=photograph, caption="The stand", told="It was held. And more."
    )
    assert DAMAGED in words(answer)
    text = answer.content.decode()
    assert ("It was held. And more." in text, 'value="The stand"' in text) == (True, True)
    report.refresh_from_db()
    assert (report.stage, report.told) == (Stage.DRAFT, "It was held. And more.")
    assert not report.evidence.exists()
    write(client, report, file=SimpleUploadedFile("fair.jpg", JPEG), told="It was held. And more.")
    report.refresh_from_db()
    assert (report.stage, report.evidence.get().name) == (Stage.SUBMITTED, "fair.jpg")


@pytest.mark.django_db
def test_a_guest_is_told_so_too_and_their_link_stays_open() -> None:
    world = two_sides()
    _link, secret = make_link(
        occurrence=world.occurrence, side="BY", email="a@example.org", days=3, by=a_coordinator()
    )
    address, version = f"/reports/by-link/{secret}/", Report.objects.get().version
    photograph = SimpleUploadedFile("fair.jpg", BAD["a PNG cut off"])
    fields: dict[str, Any] = {**FILLED, "version": version, "do": "submit", "file": photograph}
    assert DAMAGED in words(Client().post(address, fields))
    assert Client().get(address).status_code == 200
    assert Report.objects.get().stage == Stage.DRAFT


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["be", "ru"])
def test_it_is_said_in_each_language(language: str) -> None:
    with translation.override(language):
        (sentence,) = added(BAD["a JPEG cut off"])
        (large,) = added(a_bomb(10_000))
    assert (sentence.startswith("«fair.jpg»"), "60" in large) == (True, True)
