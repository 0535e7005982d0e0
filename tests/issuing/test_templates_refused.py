"""Templates that are Word files only by their name."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx.oxml.ns import nsmap

from tests.issuing.test_word import opened, template_of
from tests.issuing.world import digest_of
from tests.reporting.world import two_sides

#: What is in a file does not depend on the database.
pytestmark = [pytest.mark.django_db, pytest.mark.apart]


@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml"])
@pytest.mark.parametrize("root", [b"<x/>", b'<w:document xmlns:w="urn:another"/>'])
def test_a_part_with_a_foreign_root_is_refused(part: str, root: bytes) -> None:
    template = with_part(template_of("{{period}}"), part, root)
    with pytest.raises(ValidationError) as refused:
        opened(digest_of(two_sides().programme), template)
    assert refused.value.messages == [
        "This template is not a Word file (docx) that can be filled in."
    ]


def test_a_body_that_is_missing_is_refused() -> None:
    empty = f'<w:document xmlns:w="{nsmap["w"]}"/>'.encode()
    template = with_part(template_of("{{period}}"), "word/document.xml", empty)
    with pytest.raises(ValidationError) as refused:
        opened(digest_of(two_sides().programme), template)
    assert refused.value.messages == [
        "This template is not a Word file (docx) that can be filled in."
    ]


def with_part(template: bytes, name: str, content: bytes) -> bytes:
    """The same package with another part under this name."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as source,
        zipfile.ZipFile(kept, "w") as target,
    ):
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return kept.getvalue()
