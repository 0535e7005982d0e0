"""What a file is, by what is in it."""

import zipfile
import zlib
from io import BytesIO

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
JPEG = "image/jpeg"
PNG = "image/png"

#: The media types in which documents are kept, each with the endings of its names.
SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    ODT: (".odt",),
    RTF: (".rtf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
}


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
    """Word and OpenDocument texts are zip packages; only their lists of parts are read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = set(package.namelist())
            if "mimetype" in parts:
                with package.open("mimetype") as stated:
                    return ODT if stated.read(len(ODT) + 1) == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return None
    holds_macros = any(part.lower().endswith("vbaproject.bin") for part in parts)
    return DOCX if "word/document.xml" in parts and not holds_macros else None
