"""Small makers of documents for the tests: Word through its XML, OpenDocument, HTML, PDF."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.intake.reading import Reading

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPES = (
    f'<Types xmlns="{PACKAGE}content-types"><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


# ── Word ────────────────────────────────────────────────────────────────────────────────────


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str = "", properties: str = "", *, raw: str | None = None, bold: bool = False) -> str:
    content = raw if raw is not None else run(text, "<w:b/>" if bold else "") if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def numbered(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def tc(*content: str, properties: str = "") -> str:
    paragraphs = "".join(text if text.startswith("<") else p(text) for text in content) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(place: int, style: str, pattern: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def docx(
    path: Path,
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    parts: Mapping[str, str] | None = None,
    others: Mapping[str, str] | None = None,
) -> Path:
    """A Word file. `parts` are related to the document by their name ("footnotes")."""
    related = {"numbering": f"<w:numbering {WORD}>{numbering}</w:numbering>"}
    related["styles"] = f"<w:styles {WORD}>{styles}</w:styles>"
    related |= parts or {}
    links = "".join(
        f'<Relationship Id="r{at}" Type="{RELATION}{name}" Target="{name}.xml"/>'
        for at, name in enumerate(related)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="m" '
            f'Type="{RELATION}officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}relationships">{links}</Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f"<w:document {WORD}><w:body>{body}<w:sectPr/></w:body></w:document>",
        )
        for name, content in related.items():
            package.writestr(f"word/{name}.xml", content)
        for name, content in (others or {}).items():
            package.writestr(name, content)
    return path


# ── OpenDocument ────────────────────────────────────────────────────────────────────────────

ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def odt(
    path: Path,
    body: str,
    *,
    styles: str = "",
    mimetype: str = "application/vnd.oasis.opendocument.text",
    manifest: str = "<manifest/>",
) -> Path:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


# ── HTML ────────────────────────────────────────────────────────────────────────────────────


def table(*rows: Sequence[str]) -> str:
    """An HTML table; a cell that begins with "<t" is taken as it is."""
    lines = (
        "".join(cell if cell.startswith("<t") else f"<td>{cell}</td>" for cell in row)
        for row in rows
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def html(path: Path, body: str) -> Path:
    path.write_text(f'<html><meta charset="utf-8"><body>{body}</body></html>', encoding="utf-8")
    return path


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────


class Pdf:
    """A tiny PDF writer: Latin text in Helvetica and straight lines, measured from the top."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]

    def page(self) -> None:
        self.pages.append([])

    def text(self, x: float, y: float, text: str, *, size: int = 10, bold: bool = False) -> None:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if bold else "F1"
        self.pages[-1].append(f"BT /{font} {size} Tf {x} {842 - y - size} Td ({escaped}) Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.pages[-1].append(f"{x0} {842 - y0} m {x1} {842 - y1} l S")

    def grid(
        self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], *, height: float = 40
    ) -> float:
        """A ruled table; "\n" starts a new line in a cell. Gives the y below it."""
        for at, row in enumerate(rows):
            y = top + at * height
            self.line(xs[0], y, xs[-1], y)
            self.line(xs[0], y + height, xs[-1], y + height)
            edges = [xs[0], xs[-1]] if len(row) == 1 else xs
            for x in edges:
                self.line(x, y, x, y + height)
            for place, cell in enumerate(row):
                for line, text in enumerate(cell.split("\n")):
                    self.text(xs[place] + 4, y + 2 + 12 * line, text)
        return top + len(rows) * height

    def save(self, path: Path) -> Path:
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        fonts = (
            "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 << /Type /Font "
            "/Subtype /Type1 /BaseFont /Helvetica-Bold >>"
        )
        kids = []
        for page in self.pages:
            stream = "\n".join(page)
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
            kids.append(f"{len(objects) + 1} 0 R")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                f"/Contents {len(objects)} 0 R /Resources << /Font << {fonts} >> >> >>"
            )
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
        out = b"%PDF-1.4\n"
        offsets = []
        for number, content in enumerate(objects, start=1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
        out += f"startxref\n{start}\n%%EOF\n".encode()
        path.write_bytes(out)
        return path


# ── what was read, in short ─────────────────────────────────────────────────────────────────


def due(measure: Any) -> str:
    """A deadline in one line: kind, start, end, recurrence."""
    found = measure.due
    parts = [found.kind, found.start, found.end, found.recurrence]
    return " ".join(str(part) if part is not None else "-" for part in parts)


def bodies(measure: Any) -> str:
    return "; ".join(
        f"{body.text}/{body.side}" if body.side else body.text for body in measure.responsible
    )


def brief(reading: Reading) -> list[tuple[Any, ...]]:
    """Number, section, title, deadline, bodies, result of each measure."""
    return [
        (
            measure.number,
            measure.section,
            measure.title,
            due(measure),
            bodies(measure),
            measure.expected_result,
        )
        for measure in reading.measures
    ]


def columns(reading: Reading, table: int = 0) -> dict[int, str]:
    return {at: str(column) for at, column in reading.tables[table].columns.items()}


def unplaced(reading: Reading) -> list[str]:
    return [text.text for text in reading.unplaced]
