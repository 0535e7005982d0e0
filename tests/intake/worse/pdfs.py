"""PDF files that go round in circles, promise too much, or hold no text."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from tests.intake.reading.builders import Pdf
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

PAGES = {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}
FONT = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def page(contents: str = "4 0 R", resources: str = FONT, more: str = "") -> str:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} "
        f"/Resources << {resources} >> {more} >>"
    )


def stream(content: bytes, dictionary: str = "") -> bytes:
    head = f"<< /Length {len(content)} {dictionary} >>\nstream\n"
    return head.encode() + content + b"\nendstream"


def pdf(path: Path, objects: Mapping[int, str | bytes], *, trailer: str = "") -> Path:
    """A PDF file of these objects with a table of where they are."""
    out, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        raw = content if isinstance(content, bytes) else content.encode("latin-1")
        out += f"{number} 0 obj\n".encode() + raw + b"\nendobj\n"
    size, start = max(objects) + 1, len(out)
    out += f"xref\n0 {size}\n".encode()
    for number in range(size):
        kind = "n" if number in places else "f"
        out += f"{places.get(number, 0):010d} 00000 {kind} \n".encode()
    out += f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return plain.written(path, out)


def a_good_one(path: Path) -> Path:
    made = Pdf()
    rows = [("No.", "Measure", "Deadline", "Responsible"), ("1", "Fair", "2018", "Ministry")]
    made.grid([40, 80, 250, 350, 550], 60, rows)
    return made.save(path)


@read(1)
def a_table_of_places_that_is_wrong(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    content = (
        path.read_bytes().replace(b"00000 n", b"00007 n").replace(b"startxref\n", b"startxref\n9")
    )
    return plain.written(path, content)


@read(1)
def no_table_of_places(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    content = path.read_bytes()
    return plain.written(path, content[: content.index(b"xref\n0")] + b"trailer << /Root 1 0 R >>")


@refused("damaged")
def a_third_of_a_pdf(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    return plain.written(path, path.read_bytes()[:120])


@refused("damaged")
def nothing_but_a_beginning(folder: Path) -> Path:
    return plain.written(folder / "a.pdf", "%PDF-1.7\n")


@refused("damaged")
def places_that_lead_to_each_other(folder: Path) -> Path:
    text = "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 9 >>\n"
    return plain.written(folder / "a.pdf", f"{text}startxref\n9\n%%EOF")


@refused("damaged")
def pages_that_hold_themselves(folder: Path) -> Path:
    return pdf(
        folder / "a.pdf",
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
        },
    )


@refused("too_many_pages")
def the_same_page_a_hundred_thousand_times(folder: Path) -> Path:
    kids = " ".join(["3 0 R"] * 100_000)
    return pdf(
        folder / "a.pdf",
        {
            **PAGES,
            2: f"<< /Type /Pages /Kids [{kids}] /Count 100000 >>",
            3: page(),
            4: stream(b""),
        },
    )


@refused("scan")
def a_billion_pages_promised(folder: Path) -> Path:
    return pdf(
        folder / "a.pdf",
        {
            **PAGES,
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
            3: page(),
            4: stream(b""),
        },
    )


@refused("scan")
def a_tree_of_pages_ten_thousand_deep(folder: Path) -> Path:
    objects: dict[int, str | bytes] = {1: PAGES[1]}
    last = 10_002
    for number in range(2, last):
        objects[number] = f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>"
    objects[last] = page(f"{last + 1} 0 R")
    objects[last + 1] = stream(b"")
    return pdf(folder / "a.pdf", objects)


@refused("scan")
def a_picture_that_draws_itself(folder: Path) -> Path:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return pdf(
        folder / "a.pdf",
        {
            **PAGES,
            3: page(resources="/XObject << /X 5 0 R >>"),
            4: stream(b"/X Do"),
            5: stream(b"/X Do /X Do", form),
        },
    )


@refused("scan")
def pictures_that_draw_two_others_each(folder: Path) -> Path:
    """Thirty levels of two: a billion drawings."""
    objects: dict[int, str | bytes] = {
        **PAGES, 3: page(resources="/XObject << /X 5 0 R >>"), 4: stream(b"/X Do"),
    }  # fmt: skip
    for number in range(5, 35):
        form = (
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            f"/Resources << /XObject << /X {number + 1} 0 R >> >>"
        )
        objects[number] = stream(b"/X Do /X Do", form)
    objects[35] = stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf(folder / "a.pdf", objects)


@refused("too_much_memory")
def a_stream_that_unpacks_to_a_gigabyte(folder: Path) -> Path:
    packing, pieces = zlib.compressobj(9), []
    for _ in range(1024):
        pieces.append(packing.compress(b" " * (1 << 20)))
    content = b"".join([*pieces, packing.flush()])
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: stream(content, "/Filter /FlateDecode")})


@refused("too_much_memory")
def a_stream_packed_a_hundred_times(folder: Path) -> Path:
    content = b" " * (1 << 20)
    for _ in range(100):
        content = zlib.compress(content, 1)
    first = zlib.compress(zlib.compress(b" " * (1 << 30), 9), 9)
    filters = "/Filter [/FlateDecode /FlateDecode]"
    assert content
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: stream(first, filters)})


@refused("scan")
def a_stream_that_is_not_packed_as_it_says(folder: Path) -> Path:
    return pdf(
        folder / "a.pdf", {**PAGES, 3: page(), 4: stream(b"rubbish", "/Filter /FlateDecode")}
    )


@refused("scan")
def a_length_that_lies(folder: Path) -> Path:
    lying = stream(b"BT ET").replace(b"/Length 5", b"/Length 999999999999")
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: lying})


@read(1)
def scripts_and_actions(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    action = (
        b"/OpenAction << /S /JavaScript /JS (app.alert('EVIL')) >> /AA << /O << /S /Launch >> >>"
    )
    return plain.written(
        path, path.read_bytes().replace(b"/Type /Catalog", b"/Type /Catalog " + action)
    )


@read(1)
def outlines_that_go_round(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    outline = b"/Outlines << /First 1 0 R /Last 1 0 R /Next 1 0 R >>"
    return plain.written(
        path, path.read_bytes().replace(b"/Type /Catalog", b"/Type /Catalog " + outline)
    )


@refused("password")
def a_locked_pdf(folder: Path) -> Path:
    encrypt = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "AB" * 32 + "> /U <" + "CD" * 32
        + "> >> /ID [<00> <00>]"
    )  # fmt: skip
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: stream(b"BT ET")}, trailer=encrypt)


@refused("password")
def a_pdf_locked_in_a_way_that_nobody_knows(folder: Path) -> Path:
    return pdf(
        folder / "a.pdf",
        {**PAGES, 3: page(), 4: stream(b"BT ET")},
        trailer="/Encrypt << /Filter /Secret /V 9 >> /ID [<00> <00>]",
    )


@refused("scan")
def a_page_without_text(folder: Path) -> Path:
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: stream(b"0 0 m 100 100 l S")})


@refused("scan")
def a_page_without_a_size(folder: Path) -> Path:
    bare = page().replace("/MediaBox [0 0 595 842]", "/MediaBox [x]")
    return pdf(folder / "a.pdf", {**PAGES, 3: bare, 4: stream(b"")})


@read(1)
def a_page_that_is_turned(folder: Path) -> Path:
    path = a_good_one(folder / "a.pdf")
    return plain.written(
        path, path.read_bytes().replace(b"/Type /Page ", b"/Type /Page /Rotate 90 ")
    )


@refused("scan")
def a_page_of_a_million_lines(folder: Path) -> Path:
    drawn = b"".join(b"0 %d m 595 %d l S\n" % (at % 842, at % 842) for at in range(1_000_000))
    packed = zlib.compress(drawn)
    return pdf(folder / "a.pdf", {**PAGES, 3: page(), 4: stream(packed, "/Filter /FlateDecode")})


@read(0)
def a_page_as_large_as_a_country(folder: Path) -> Path:
    large = page().replace("[0 0 595 842]", "[0 0 999999999 999999999]")
    text = b"BT /F1 12 Tf 99999999 99999999 Td (far) Tj ET"
    return pdf(folder / "a.pdf", {**PAGES, 3: large, 4: stream(text)})
