"""A digest as a file of one of the three formats; the same digest gives the same bytes."""

from collections.abc import Callable
from importlib.metadata import version

from django.utils import translation

from comity.issuing.digest import Digest
from comity.issuing.formats import Format
from comity.issuing.writers import excel, pdf, word

#: The libraries that write each format: another version of them may write other bytes.
WRITTEN_WITH = {
    Format.DOCX: ("python-docx", "typst"),
    Format.XLSX: ("XlsxWriter",),
    Format.PDF: ("typst",),
}
#: How Comity itself sets a report; another number, and reports issued before come out otherwise.
LAYOUT = 3


def written(digest: Digest, kind: str, template: bytes | None = None) -> bytes:
    """The file. `template` is a Word file with placeholders; the standard one if there is none."""
    writers: dict[str, Callable[[], bytes]] = {
        Format.DOCX: lambda: word.written(digest, template),
        Format.XLSX: lambda: excel.written(digest),
        Format.PDF: lambda: pdf.written(digest),
    }
    with translation.override(digest.language):
        return writers[kind]()


def written_with(kind: str) -> str:
    """The libraries that write a format now, with their versions, and the layout."""
    libraries = [f"{name} {version(name)}" for name in (*WRITTEN_WITH[Format(kind)], "babel")]
    return ", ".join([*libraries, f"layout {LAYOUT}"])
