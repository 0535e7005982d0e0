"""The example documents, some of them moved in time so that something is due today.

A moved document is a true file of its format: only its years were changed before it was read.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

FOLDER = Path(__file__).parent / "documents"
YEAR = re.compile(r"(?<!\d)20(?:1[5-9]|2[0-4])(?!\d)")


@dataclass(frozen=True, slots=True)
class ExampleDocument:
    """A file, the years it is moved by, and its parties by code or by key of the directory."""

    file: str
    moved_by: int
    parties: tuple[str, ...]

    def content(self) -> bytes:
        kept = (FOLDER / self.file).read_bytes()
        if not self.moved_by:
            return kept
        suffix = Path(self.file).suffix
        if suffix in (".docx", ".odt"):
            return _moved_archive(kept, self.moved_by)
        encoding = "utf-8" if _is_utf8(kept) else "cp1251"
        return _moved(kept.decode(encoding), self.moved_by).encode(encoding)


DOCUMENTS = [
    ExampleDocument("01-sakhalin.docx", 0, ("by-government", "ru-sak-government")),
    ExampleDocument("02-bryansk.docx", 7, ("by-government", "ru-bry-government")),
    ExampleDocument("03-pskov-be.docx", 8, ("by-government", "ru-psk-government")),
    ExampleDocument("04-estonia-uusimaa.docx", 4, ("EE", "FI-18", "FI-16")),
    ExampleDocument("05-tatarstan.xlsx", 0, ("by-government", "ru-ta-government")),
    ExampleDocument("06-misiones-parana.xlsx", 0, ("AR-N", "BR-PR")),
    ExampleDocument("07-smolensk.csv", 8, ("by-government", "ru-smo-government")),
    ExampleDocument("08-novosibirsk.pdf", 0, ("by-government", "ru-nvs-government")),
    ExampleDocument("09-kaliningrad.odt", 6, ("by-government", "ru-kgd-government")),
    ExampleDocument("10-wales-brittany.html", 7, ("GB-WLS", "FR-BRE")),
]


def _moved(text: str, years: int) -> str:
    return YEAR.sub(lambda year: str(int(year[0]) + years), text)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _moved_archive(content: bytes, years: int) -> bytes:
    """The archive with the years of its text moved; everything else as it was."""
    moved = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(moved, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            if member.filename in ("word/document.xml", "content.xml"):
                part = _in_text_only(part.decode("utf-8"), years).encode("utf-8")
            new.writestr(member, part)
    return moved.getvalue()


def _in_text_only(xml: str, years: int) -> str:
    """Years between tags, never those of namespaces and attributes."""
    return re.sub(r">([^<]+)<", lambda text: f">{_moved(text[1], years)}<", xml)
