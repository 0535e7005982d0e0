"""Zip packages that unpack to too much, lie about themselves, or are locked."""

import struct
import zipfile
import zlib
from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

GIANT = 300 << 20


def giant(start: str, filling: str = " ") -> bytes:
    """So much of one letter that it packs to next to nothing."""
    return start.encode() + filling.encode() * GIANT


@refused("unpacks_too_large")
def one_giant_part_in_a_docx(folder: Path) -> Path:
    return plain.docx(folder / "a.docx", giant(f"<w:document {builders.WORD}>"))


@refused("unpacks_too_large")
def one_giant_sheet_in_an_xlsx(folder: Path) -> Path:
    return plain.xlsx(folder / "a.xlsx", giant(f'<worksheet xmlns="{plain.SHEET}">'))


@refused("unpacks_too_large")
def giant_shared_strings_in_an_xlsx(folder: Path) -> Path:
    return plain.xlsx(
        folder / "a.xlsx",
        plain.sheet(plain.TWO_ROWS),
        others={"xl/sharedStrings.xml": giant(f'<sst xmlns="{plain.SHEET}"><si><t>')},
    )


@refused("unpacks_too_large")
def giant_content_in_an_odt(folder: Path) -> Path:
    mimetype = "application/vnd.oasis.opendocument.text"
    return plain.packed(
        folder / "a.odt", [("mimetype", mimetype), ("content.xml", giant("<office:document>"))]
    )


@refused("unpacks_too_large")
def giant_list_of_types(folder: Path) -> Path:
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"[Content_Types].xml": giant("<Types>")},
    )


@refused("unpacks_too_large")
def many_parts_that_are_large_together(folder: Path) -> Path:
    part = f"<w:styles {builders.WORD}>{' ' * (60 << 20)}</w:styles>"
    names = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")
    links = plain.relations(*((name, f"{name}.xml") for name in names))
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"word/_rels/document.xml.rels": links, **{f"word/{name}.xml": part for name in names}},
    )


@refused("too_many_members")
def a_hundred_thousand_parts(folder: Path) -> Path:
    """The directory alone: each entry points at the same few bytes."""
    entry = _directory_entry(b"a", 0, 0, 0)
    directory = entry * 65_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65_000, 65_000, len(directory), 31, 0)
    return plain.written(folder / "a.docx", _local_entry(b"a", b"") + directory + end)


@read(1)
def archives_within_the_archive(folder: Path) -> Path:
    inner = plain.packed(folder / "inner.zip", [("bomb", giant(""))]).read_bytes()
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {f"word/embeddings/{at}.zip": inner for at in range(20)},
    )


@refused("damaged")
def entries_that_overlap(folder: Path) -> Path:
    """Three names for the same packed bytes, which no office program writes."""
    packed = zlib.compress(b"<x/>" * 1000)[2:-4]
    local = _local_entry(b"[Content_Types].xml", packed, 4000)
    names = (b"[Content_Types].xml", b"word/document.xml", b"word/styles.xml")
    crc = zlib.crc32(b"<x/>" * 1000)
    directory = b"".join(_directory_entry(name, len(packed), 4000, crc) for name in names)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, len(directory), len(local), 0)
    return plain.written(folder / "a.docx", local + directory + end)


@refused("damaged")
def a_size_that_lies(folder: Path) -> Path:
    """The directory says that the document has ten bytes."""
    path = plain.docx(folder / "a.docx", plain.word_document(plain.word_table()))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"word/document.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<L", 10)
    return plain.written(path, bytes(content))


@refused("damaged")
def a_checksum_that_is_wrong(folder: Path) -> Path:
    path = plain.docx(folder / "a.docx", plain.word_document(plain.word_table()))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"word/document.xml") - 46
    content[at + 16 : at + 20] = b"\1\2\3\4"
    return plain.written(path, bytes(content))


@refused("damaged")
def a_way_of_packing_that_nobody_knows(folder: Path) -> Path:
    path = plain.docx(folder / "a.docx", plain.word_document(plain.word_table()))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"word/document.xml") - 46
    content[at + 10 : at + 12] = struct.pack("<H", 97)
    start = content.index(b"word/document.xml") - 30
    content[start + 8 : start + 10] = struct.pack("<H", 97)
    return plain.written(path, bytes(content))


@refused("password")
def a_locked_part(folder: Path) -> Path:
    path = plain.docx(folder / "a.docx", plain.word_document(plain.word_table()))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"word/document.xml") - 46
    content[at + 8] |= 1
    return plain.written(path, bytes(content))


@refused("damaged")
def half_of_an_xlsx(folder: Path) -> Path:
    path = plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS))
    content = path.read_bytes()
    return plain.written(path, content[: len(content) // 2])


@refused("damaged")
def an_empty_zip(folder: Path) -> Path:
    return plain.packed(folder / "a.docx", [])


@refused("unknown_zip")
def some_zip(folder: Path) -> Path:
    return plain.packed(folder / "a.zip", [("readme.txt", "words")])


@read(1)
def the_same_part_twice(folder: Path) -> Path:
    """The later one counts, as in every zip program."""
    path = plain.docx(folder / "a.docx", plain.word_document(builders.p("first")))
    with zipfile.ZipFile(path, "a") as package, _no_warning():
        package.writestr("word/document.xml", plain.word_document(plain.word_table()))
    return path


@read(1)
def something_before_the_zip(folder: Path) -> Path:
    """Bytes before the first part; the directory at the end still finds everything."""
    path = plain.docx(folder / "a.docx", plain.word_document(plain.word_table()))
    return plain.written(path, b"PK\3\4" + bytes(40) + path.read_bytes())


@read(1)
def names_that_climb_out(folder: Path) -> Path:
    """Nothing is ever unpacked to a disk, so a name is only a name."""
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"../../../../tmp/evil": "x", "/etc/evil": "x", "C:\\evil": "x", "a\0b": "x"},
    )


def _no_warning() -> object:
    import warnings

    return warnings.catch_warnings(action="ignore")


def _local_entry(name: bytes, packed: bytes, size: int = 0) -> bytes:
    head = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 20, 0, 8 if packed else 0, 0, 0, 0, len(packed), size, len(name), 0
    )
    return head + name + packed


def _directory_entry(name: bytes, packed: int, size: int, crc: int) -> bytes:
    head = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8 if packed else 0, 0, 0, crc, packed, size,
        len(name), 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    return head + name
