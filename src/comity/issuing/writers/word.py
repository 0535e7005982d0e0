"""A report as a Word file: a template, standard or the user's own, with its placeholders filled."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from lxml import etree

from comity.files.media import DOCX, media_type_of
from comity.issuing.digest import Digest
from comity.issuing.writers import headings
from comity.issuing.writers.drawing import chart_picture, in_words
from comity.issuing.writers.filling import Filled, placeholders
from comity.issuing.writers.template import standard_template
from comity.issuing.writers.values import RepeatedRows, scalars

#: A template unpacks to no more than this many bytes.
LARGEST = 60 * 1024 * 1024
#: What python-docx raises where a package lacks a part or a part is no XML.
UNREADABLE = (
    PackageNotFoundError, KeyError, ValueError, AttributeError, zipfile.BadZipFile,
    etree.XMLSyntaxError,
)  # fmt: skip
#: The earliest day that a zip package can tell; all parts get it, whenever they are written.
EPOCH = (1980, 1, 1, 0, 0, 0)
CHART_WIDTH = Cm(17)
ROOT_OF_CORE = "cp:coreProperties"


def written(digest: Digest, template: bytes | None) -> bytes:
    """The filled template. ValidationError if it is no Word file or has unknown placeholders."""
    document = opened(template or template_for(digest))
    filled = Filled(scalars(digest), RepeatedRows(digest))
    for part in _parts(document):
        filled.fill(part)
    if filled.unknown:
        raise ValidationError(
            _("The template has unknown placeholders: %s.")
            % ", ".join(f"{{{{{name}}}}}" for name in sorted(filled.unknown))
        )
    _put_chart(document, filled.charted, digest)
    _tell_properties(document, digest)
    return packed(document)


def template_for(digest: Digest) -> bytes:
    """The standard template in the language and with as many sides as the report has."""
    return standard_template(digest.words, len(digest.sides))


def opened(template: bytes) -> Any:
    """The template as a document; ValidationError with a sentence if it cannot be one."""
    if media_type_of(template) != DOCX or _unpacked_size(template) > LARGEST:
        raise ValidationError(_("This template is not a Word file (docx) that can be filled in."))
    try:
        document = Document(io.BytesIO(template))
        _must_have_what_is_filled(document)
    except UNREADABLE as problem:
        raise ValidationError(
            _("This template is not a Word file (docx) that can be filled in.")
        ) from problem
    return document


def _must_have_what_is_filled(document: Any) -> None:
    """ValueError or AttributeError for a part that is XML, but not of a Word file."""
    wanted = [(document.element, "w:document"), (document.core_properties._element, ROOT_OF_CORE)]
    for element, name in wanted:
        if element.tag != qn(name):
            raise ValueError(f"{element.tag} stands where {name} is expected")
    if any(root is None for root in _parts(document)):
        raise ValueError("w:document has no body")


def must_tell_something(template: bytes) -> None:
    """Raises ValidationError for a template without a placeholder, or that is no Word file."""
    if not _told_by(template):
        raise ValidationError(
            _(
                "The template has no placeholder in double braces, such as {{period}}, so it "
                "would tell nothing of the programme. Begin with the standard template."
            )
        )


def warnings(template: bytes) -> list[str]:
    """What a template that can be filled leaves out, in a sentence each."""
    if any(name.startswith("row.") for name in _told_by(template)):
        return []
    return [
        _(
            "The template has no table row with placeholders of the measures, such as "
            "{{row.title}}: the Word file does not list them."
        )
    ]


def _told_by(template: bytes) -> set[str]:
    return {name for part in _parts(opened(template)) for name in placeholders(part)}


def packed(document: Any) -> bytes:
    """The document as a package whose bytes tell nothing of when it was written."""
    loose, kept = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with (
        zipfile.ZipFile(loose) as source,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            target.writestr(part, source.read(name))
    return kept.getvalue()


def _unpacked_size(template: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        return sum(part.file_size for part in package.infolist())


def _parts(document: Any) -> Sequence[Any]:
    """The XML of the body, and of the headers and footers that are there."""
    roots = [document.element.body]
    for related in document.part.rels.values():
        if related.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            roots.append(related.target_part.element)
    return list(dict.fromkeys(roots))


def _put_chart(document: Any, places: Sequence[Any], digest: Digest) -> None:
    """A picture wherever the template has `{{chart}}`; the paragraph goes if there is nothing."""
    picture = chart_picture(digest) if places else None
    for place in places:
        if picture is None:
            place.getparent().remove(place)
            continue
        run = Paragraph(place, document._body).add_run()
        shape = run.add_picture(io.BytesIO(picture), width=CHART_WIDTH)
        shape._inline.docPr.set("descr", in_words(digest))


def _tell_properties(document: Any, digest: Digest) -> None:
    made_on = digest.made_on
    day = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC).replace(tzinfo=None)
    told = document.core_properties
    told.title = headings.title(digest)[:255]
    told.author = told.last_modified_by = digest.made_by
    told.created = told.modified = day
    told.language, told.revision, told.comments = digest.language, 1, ""
