"""Which kind of document a file is, told by its content; what cannot be read is refused."""

import stat
from dataclasses import dataclass
from pathlib import Path

from comity.intake.reading.decoding import Decoded, decode
from comity.intake.reading.messages import ReadingWarning, Refused
from comity.intake.reading.package import Package

MAX_FILE = 40 << 20
PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00",
)  # fmt: skip
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
HTML_MARKS = ("<!doctype html", "<html", "<table", "<body", "<head")
EXTENSIONS = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".xlsx": "xlsx",
    ".xlsm": "xlsx", ".xltx": "xlsx", ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip


@dataclass(slots=True)
class Detected:
    """A file known to be readable: its format, and what the reader of that format needs."""

    format: str
    content: bytes
    package: Package | None = None
    decoded: Decoded | None = None


def load(path: Path) -> bytes:
    """The bytes of the file, at most `MAX_FILE`; otherwise refused with the reason."""
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise Refused("directory", name=path.name)
        if not stat.S_ISREG(state.st_mode):
            raise Refused("unreadable", name=path.name)
        if state.st_size > MAX_FILE:
            raise Refused("too_large", size=state.st_size >> 20, limit=MAX_FILE >> 20)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("missing", name=path.name) from error
    except (OSError, ValueError) as error:
        raise Refused("unreadable", name=path.name) from error
    if not content:
        raise Refused("empty")
    return content


def detect_format(content: bytes) -> Detected:
    """The format of the content; what is not a document of measures is refused with the reason."""
    head = content[:1024]
    if head.startswith(ZIP):
        return _office(content)
    if b"%PDF-" in head:
        return Detected("pdf", content)
    _refuse_by_magic(content)
    return _text(content)


def extension_warning(name: str, found: str) -> ReadingWarning | None:
    """A word when the file's name promises another format than it has."""
    suffix = Path(name).suffix.lower()
    if suffix in EXTENSIONS and EXTENSIONS[suffix] == found:
        return None
    if not suffix:
        return None
    return ReadingWarning("extension", {"extension": suffix, "format": found})


def _refuse_by_magic(content: bytes) -> None:
    if content.startswith(OLE2):
        raise Refused(_ole2_kind(content))
    if content.startswith(PICTURES) or content[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise Refused("picture")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise Refused("picture")
    if content.startswith(PROGRAMS):
        raise Refused("program")
    if content.startswith(ARCHIVES):
        raise Refused("archive")
    if content.lstrip()[:5] == b"{\\rtf":
        raise Refused("rtf")


def _ole2_kind(content: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return "password"
    if holds("WordDocument"):
        return "legacy_word"
    if holds("Workbook") or holds("Book"):
        return "legacy_excel"
    return "legacy_office"


def _office(content: bytes) -> Detected:
    package = Package(content)
    if "mimetype" in package:
        return _open_document(content, package)
    if "[Content_Types].xml" not in package:
        raise Refused("unknown_zip" if package.names() else "damaged")
    types = package.part("[Content_Types].xml", 4 << 20)
    for mark, format_ in (
        (b"wordprocessingml", "docx"),
        (b"ms-word", "docx"),
        (b"spreadsheetml", "xlsx"),
        (b"ms-excel.sheet.macroEnabled", "xlsx"),
    ):
        if mark in types:
            return Detected(format_, content, package)
    if b"presentationml" in types:
        raise Refused("slides")
    if b"ms-excel.sheet.binary" in types:
        raise Refused("binary_workbook")
    return _by_parts(content, package)


def _by_parts(content: bytes, package: Package) -> Detected:
    for part, format_ in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in package:
            return Detected(format_, content, package)
    raise Refused("unknown_zip")


def _open_document(content: bytes, package: Package) -> Detected:
    kind = package.part("mimetype", 1 << 12).strip()
    if not kind.startswith(b"application/vnd.oasis.opendocument"):
        raise Refused("unknown_zip")
    if b"encryption-data" in (
        package.part("META-INF/manifest.xml", 4 << 20)
        if "META-INF/manifest.xml" in package
        else b""
    ):
        raise Refused("password")
    if not kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise Refused("opendocument_other")
    return Detected("odt", content, package)


def _text(content: bytes) -> Detected:
    decoded = decode(content)
    if not any(map(str.isalnum, decoded.text)):
        raise Refused("blank")
    start = decoded.text[:8192].lstrip().lower()
    if start.startswith("mime-version:") or "multipart/related" in start[:2000]:
        raise Refused("web_archive")
    if start.startswith("<?xml") and any(
        mark in start for mark in ("progid=", "urn:schemas-microsoft-com:office", "opendocument")
    ) and "<html" not in start:  # fmt: skip
        raise Refused("office_xml")
    if start.startswith("<?xml") and "package/2006" in start:
        raise Refused("office_xml")
    if any(mark in start for mark in HTML_MARKS):
        return Detected("html", content, decoded=decoded)
    if start.startswith(("<svg", "<?xml")) and "<svg" in start:
        raise Refused("picture")
    if decoded.binary or start.startswith("<?xml"):
        raise Refused("unknown")
    return Detected("csv", content, decoded=decoded)
