"""Reads programmes of measures out of documents. Writes nothing, runs nothing, asks no network.

`read_programme` gives a `Reading`; a file that cannot be read raises `Refused`, whose text is one
sentence for the person who sent the file.
"""

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from comity.intake.reading.detect import Detected, detect_format, extension_warning, load
from comity.intake.reading.grid import Document
from comity.intake.reading.messages import ReadingWarning, Refused
from comity.intake.reading.model import (
    Body,
    Column,
    ColumnRole,
    Due,
    Funding,
    MeasureRead,
    Place,
    Reading,
    Source,
    SourceTable,
    Unplaced,
)
from comity.intake.reading.programme import understand

__all__ = [
    "Body", "Column", "ColumnRole", "Due", "Funding", "MeasureRead", "Place", "Reading",
    "ReadingWarning", "Refused", "Source", "SourceTable", "Unplaced",
    "read_programme",
]  # fmt: skip


def read_programme(
    path: Path,
    *,
    name: str | None = None,
    columns: Mapping[int, Mapping[int, ColumnRole | Column]] | None = None,
) -> Reading:
    """Read the programme of measures in a file (docx, odt, xlsx, csv, pdf or html).

    `name` is the file's own name when it is kept under another. `columns` corrects what a table's
    columns hold: table index → column index → role (a `Column` also carries a side). Raises
    `Refused` for a file that cannot be read.
    """
    with _collector_at_rest():
        return _read(Path(path), name, columns or {})


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """All that reading makes is kept until its end: looking for what could go finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(
    path: Path, name: str | None, columns: Mapping[int, Mapping[int, ColumnRole | Column]]
) -> Reading:
    content = load(path)
    found = detect_format(content)
    document = _document(found)
    chosen = {
        table: {
            at: role if isinstance(role, Column) else Column(role) for at, role in roles.items()
        }
        for table, roles in columns.items()
    }
    understood = understand(document, chosen)
    mismatch = extension_warning(name or path.name, found.format)
    return Reading(
        source=Source(name or path.name, found.format, hashlib.sha256(content).hexdigest()),
        title=understood.title,
        period=understood.period,
        language=understood.language,
        measures=understood.measures,
        unplaced=understood.unplaced,
        warnings=(*filter(None, [mismatch]), *understood.warnings),
        tables=understood.tables,
    )


def _document(found: Detected) -> Document:
    """The plain form of a detected file; each reader is loaded only when its format comes."""
    if found.package is not None:
        if found.format == "docx":
            from comity.intake.reading.docx import read_docx  # noqa: PLC0415

            return read_docx(found.package)
        if found.format == "odt":
            from comity.intake.reading.odt import read_odt  # noqa: PLC0415

            return read_odt(found.package)
        from comity.intake.reading.xlsx import read_xlsx  # noqa: PLC0415

        return read_xlsx(found.package)
    if found.decoded is not None:
        if found.format == "html":
            from comity.intake.reading.html import read_html  # noqa: PLC0415

            return read_html(found.decoded)
        from comity.intake.reading.csvfile import read_csv  # noqa: PLC0415

        return read_csv(found.decoded)
    from comity.intake.reading.pdf import read_pdf  # noqa: PLC0415

    return read_pdf(found.content)
