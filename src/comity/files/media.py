"""What a file is, by what is in it."""

import zipfile
import zlib
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
RTF = "application/rtf"
JPEG = "image/jpeg"
PNG = "image/png"

#: The media types in which documents are kept, each with the endings of its names.
SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    ODS: (".ods",),
    RTF: (".rtf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
}
PICTURES = (JPEG, PNG)


def must_be_kept(content: bytes) -> str:
    """The media type of a file that may be kept; else ValidationError with a sentence."""
    if not content:
        raise ValidationError({"file": _("The file is empty; choose it once more.")})
    if len(content) > settings.LARGEST_UPLOAD:
        largest = settings.LARGEST_UPLOAD // (1024 * 1024)
        raise ValidationError(
            {"file": _("The file is larger than %(largest)d MB.") % {"largest": largest}}
        )
    media_type = media_type_of(content)
    if media_type is None:
        raise ValidationError(
            {
                "file": _(
                    "By its content this is no PDF, Word (docx), Excel (xlsx), OpenDocument (odt, "
                    "ods), RTF, JPEG or PNG file. Save it as one of these and choose it again."
                )
            }
        )
    return media_type


def media_type_of(content: bytes) -> str | None:
    """One of `SUFFIXES`, or None for anything else, macros included."""
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"{\\rtf"):
        return RTF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return _in_a_package(content) if content.startswith(b"PK\x03\x04") else None


def with_suffix(name: str, media_type: str) -> str:
    """The name with an ending that tells the truth; it fits the 255 characters of a name."""
    suffixes = SUFFIXES[media_type]
    return name if name.lower().endswith(suffixes) else f"{name}{suffixes[0]}"


def _in_a_package(content: bytes) -> str | None:
    """Office documents are zip packages; only their lists of parts are read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = set(package.namelist())
            if "mimetype" in parts:
                with package.open("mimetype") as stated:
                    told = stated.read(len(ODS) + 1)
                    return {ODT.encode(): ODT, ODS.encode(): ODS}.get(told)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return None
    holds_macros = any(part.lower().endswith("vbaproject.bin") for part in parts)
    if holds_macros:
        return None
    if "word/document.xml" in parts:
        return DOCX
    return XLSX if "xl/workbook.xml" in parts else None
