"""HTML and CSV files: unclosed, endless, in odd encodings, or no text at all."""

import base64
from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

# ── HTML ────────────────────────────────────────────────────────────────────────────────────


@read(1)
def nothing_is_closed(folder: Path) -> Path:
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}" for text in row) for row in (plain.HEAD, plain.ROW)
    )
    return plain.written(folder / "a.html", f"<html><body><div><p><b><table>{rows}")


@read(0)
def ten_megabytes_of_tables_within_tables(folder: Path) -> Path:
    return plain.written(folder / "a.html", "<table>" * 1_400_000)


@read(0)
def ten_megabytes_of_cells_within_cells(folder: Path) -> Path:
    return plain.written(folder / "a.html", "<table><tr><td>" * 600_000)


@read(0)
def a_million_divisions_deep(folder: Path) -> Path:
    return plain.written(folder / "a.html", "<html>" + "<div>" * 1_000_000 + "text")


@read(1)
def spans_over_a_billion_cells(folder: Path) -> Path:
    wide = '<td colspan="1000000000" rowspan="1000000000">wide</td>'
    return builders.html(folder / "a.html", builders.table(plain.HEAD, plain.ROW, (wide,)))


@read(1)
def spans_of_minus_one(folder: Path) -> Path:
    odd = tuple(f'<td colspan="{value}">x</td>' for value in ("-1", "0", "x", "٣", "9" * 5000))
    return builders.html(folder / "a.html", builders.table(plain.HEAD, plain.ROW, odd))


@read(1)
def a_page_that_goes_elsewhere(folder: Path) -> Path:
    refresh = '<meta http-equiv="refresh" content="0;url=file:///etc/passwd"><base href="//evil/">'
    frame = '<iframe src="file:///etc/passwd">EVIL</iframe><object data="/etc/passwd">EVIL</object>'
    return builders.html(folder / "a.html", refresh + frame + plain.html_table())


@read(1)
def pictures_within_the_text(folder: Path) -> Path:
    picture = base64.b64encode(b"\x89PNG" + bytes(3_000_000)).decode()
    return builders.html(
        folder / "a.html", f'<img src="data:image/png;base64,{picture}">{plain.html_table()}'
    )


@read(0)
def plaintext_to_the_end(folder: Path) -> Path:
    return builders.html(folder / "a.html", f"<plaintext>{plain.html_table()}")


@read(1)
def scripts_styles_and_comments(folder: Path) -> Path:
    evil = (
        "<script>EVIL</script><style>EVIL{}</style><!-- EVIL --><template>EVIL</template>"
        '<svg onload="EVIL"><script>EVIL</script></svg><math><mtext><script>EVIL</script></mtext>'
        "</math><noscript>EVIL</noscript><textarea>EVIL</textarea><select><option>EVIL</select>"
    )
    return builders.html(folder / "a.html", evil + plain.html_table())


@read(1)
def an_entity_of_its_own(folder: Path) -> Path:
    doctype = '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return plain.written(
        folder / "a.html", f'{doctype}<html><meta charset="utf-8"><p>&f;{plain.html_table()}'
    )


@refused("web_archive")
def a_web_archive(folder: Path) -> Path:
    return plain.written(folder / "a.mht", "MIME-Version: 1.0\nContent-Type: multipart/related;\n")


@refused("office_xml")
def a_word_file_in_one_xml(folder: Path) -> Path:
    return plain.written(
        folder / "a.xml", '<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>'
    )


@refused("unknown")
def a_drawing_in_svg(folder: Path) -> Path:
    return plain.written(
        folder / "a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>a;b\nc;d</text></svg>',
    )


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────


@read(1)
def one_field_of_twenty_megabytes(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text() + "2;" + "щ" * 10_000_000 + ";;\n")


@refused("too_large")
def one_field_of_fifty_megabytes(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b"a;b\n1;" + b"x" * (50 << 20))


@read(0)
def a_hundred_thousand_columns(folder: Path) -> Path:
    line = ";".join(["x"] * 100_000)
    return plain.written(folder / "a.csv", f"{line}\n{line}\n{line}\n")


@read(1)
def a_quotation_that_never_ends(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text() + '2;"Дело;2018;Завод\n' * 1000)


@read(0)
def nothing_but_separators(folder: Path) -> Path:
    return plain.written(folder / "a.csv", ";;;;\n" * 5000)


@refused("too_many_rows")
def three_hundred_thousand_rows(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text() + "2;Дело;2018;Завод\n" * 300_000)


@refused("plain_text")
def a_letter(folder: Path) -> Path:
    return plain.written(folder / "a.txt", "Dear colleagues\n\nwe shall meet.\n")


@refused("empty")
def nothing_at_all(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b"")


@refused("empty")
def nothing_but_spaces(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b" \r\n\t\n" * 100)


@refused("empty")
def nothing_but_a_byte_order_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b"\xef\xbb\xbf")


@refused("empty")
def nothing_but_a_byte_order_mark_of_utf_16(folder: Path) -> Path:
    return plain.written(folder / "a.csv", b"\xff\xfe")


@read(1)
def utf_16_with_a_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().encode("utf-16"))


@read(1)
def utf_16_without_a_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().encode("utf-16-le"))


@read(1)
def utf_16_the_other_way_round_without_a_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().encode("utf-16-be"))


@read(1)
def utf_32_with_a_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().encode("utf-32"))


@read(1)
def utf_32_without_a_mark(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().encode("utf-32-le"))


@read(1)
def nul_bytes_between_letters(folder: Path) -> Path:
    return plain.written(folder / "a.csv", plain.csv_text().replace("вы", "в\0ы").encode())


@refused("unknown")
def random_bytes(folder: Path) -> Path:
    import random

    return plain.written(folder / "a.csv", random.Random(7).randbytes(100_000))


@refused("unknown")
def a_megabyte_of_zeros(folder: Path) -> Path:
    return plain.written(folder / "a.csv", bytes(1 << 20))


@read(1)
def control_letters(folder: Path) -> Path:
    return plain.written(
        folder / "a.csv", plain.csv_text().replace("Провести", "\x1b[31mПро\x07ве\x08сти\x7f\u202e")
    )


@read(1)
def halves_of_letters(folder: Path) -> Path:
    broken = plain.csv_text().encode() + b"\xed\xa0\x80\xf8\x88\xc0\xaf;\xff\n"
    return plain.written(folder / "a.csv", broken)
