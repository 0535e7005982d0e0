"""What is no document, and files that are odd by their names or their places."""

import os
import zlib
from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@refused("rtf")
def rich_text(folder: Path) -> Path:
    return plain.written(folder / "a.rtf", rb"{\rtf1\ansi {\object\objdata EVIL}}")


@refused("legacy_word")
def an_old_word_file(folder: Path) -> Path:
    return plain.written(folder / "a.doc", OLE2 + bytes(504) + "WordDocument".encode("utf-16-le"))


@refused("legacy_excel")
def an_old_excel_file(folder: Path) -> Path:
    return plain.written(folder / "a.xls", OLE2 + bytes(504) + "Workbook".encode("utf-16-le"))


@refused("legacy_office")
def an_old_presentation(folder: Path) -> Path:
    return plain.written(
        folder / "a.ppt", OLE2 + bytes(504) + "PowerPoint Document".encode("utf-16-le")
    )


@refused("archive")
def a_gzip(folder: Path) -> Path:
    packing = zlib.compressobj(9, wbits=31)
    return plain.written(folder / "a.gz", packing.compress(bytes(1 << 20)) + packing.flush())


@refused("archive")
def a_rar(folder: Path) -> Path:
    return plain.written(folder / "a.rar", b"Rar!\x1a\x07\x01\x00")


@refused("picture")
def a_jpeg(folder: Path) -> Path:
    return plain.written(folder / "a.docx", b"\xff\xd8\xff\xe0\0\x10JFIF\0")


@refused("picture")
def a_gif(folder: Path) -> Path:
    return plain.written(folder / "a.pdf", b"GIF89a\1\0\1\0")


@refused("picture")
def a_webp(folder: Path) -> Path:
    return plain.written(folder / "a.webp", b"RIFF\x24\0\0\0WEBPVP8 ")


@refused("picture")
def a_heic(folder: Path) -> Path:
    return plain.written(folder / "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


@refused("program")
def a_program_for_windows(folder: Path) -> Path:
    return plain.written(folder / "a.docx", b"MZ\x90\0\3\0\0\0")


@refused("program")
def a_program_for_linux(folder: Path) -> Path:
    return plain.written(folder / "a.pdf", b"\x7fELF\2\1\1\0")


@refused("program")
def a_script_of_the_shell(folder: Path) -> Path:
    return plain.written(folder / "a.csv", "#!/bin/sh\nrm -rf ~;x\n")


@refused("unknown")
def a_database(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b"SQLite format 3\0" + bytes(range(256)) * 16)


@read(1)
def a_document_without_an_ending(folder: Path) -> Path:
    return builders.docx(folder / "document", plain.word_table())


@read(1)
def a_document_called_a_picture(folder: Path) -> Path:
    return builders.docx(folder / "a.png", plain.word_table())


@refused("directory", uploaded=False)
def a_folder(folder: Path) -> Path:
    (folder / "a.docx").mkdir()
    return folder / "a.docx"


@refused("unreadable", uploaded=False)
def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.docx")
    return folder / "a.docx"


@refused("unreadable", uploaded=False)
def a_device(folder: Path) -> Path:
    (folder / "a.docx").symlink_to("/dev/zero")
    return folder / "a.docx"


@refused("unreadable", uploaded=False)
def a_link_to_itself(folder: Path) -> Path:
    (folder / "a.docx").symlink_to(folder / "a.docx")
    return folder / "a.docx"


@refused("missing", uploaded=False)
def a_file_that_is_not_there(folder: Path) -> Path:
    return folder / "gone.docx"


@refused("missing", uploaded=False)
def a_link_to_nowhere(folder: Path) -> Path:
    (folder / "a.docx").symlink_to(folder / "gone.docx")
    return folder / "a.docx"


@refused("unreadable", uploaded=False)
def a_name_that_is_too_long(folder: Path) -> Path:
    return folder / f"{'a' * 300}.docx"


@refused("missing", uploaded=False)
def a_missing_file_whose_name_talks_to_the_terminal(folder: Path) -> Path:
    return folder / "a\n\x1b[2Jall is well\r\x07\u2028.docx"


@refused("missing", uploaded=False)
def a_missing_file_whose_name_is_no_text(folder: Path) -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe\x80.docx"))


@read(1)
def a_name_with_a_new_line(folder: Path) -> Path:
    return builders.docx(folder / 'a\nb"; rm -rf ~.docx', plain.word_table())


@read(1, uploaded=False)
def a_name_that_is_no_text(folder: Path) -> Path:
    return builders.docx(
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.docx")), plain.word_table()
    )


@read(1)
def a_name_of_255_bytes(folder: Path) -> Path:
    return builders.docx(folder / f"{'ы' * 125}.docx", plain.word_table())


@read(1)
def a_name_that_looks_like_an_option(folder: Path) -> Path:
    return builders.docx(folder / "--json.docx", plain.word_table())
