"""Word and OpenDocument files with parts that reach out, run, count wrongly or are not there."""

from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

EXTERNAL = {
    kind: f'<Relationship Id="e{at}" Type="{plain.RELATION}{kind}" TargetMode="External" '
    'Target="file:///etc/passwd"/>'
    for at, kind in enumerate(("attachedTemplate", "oleObject", "image", "subDocument", "styles"))
}


@read(1)
def relations_to_files_of_the_system(folder: Path) -> Path:
    links = plain.relations().replace("</Rel", f"{''.join(EXTERNAL.values())}</Rel")
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"word/_rels/document.xml.rels": links},
    )


@read(1)
def a_main_part_outside_of_the_package(folder: Path) -> Path:
    """Found by its usual name instead: nothing outside is ever opened."""
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"_rels/.rels": plain.relations(("officeDocument", "../../../../etc/passwd"))},
    )


@read(1)
def another_document_taken_in(folder: Path) -> Path:
    """An altChunk: the text of another format within, which Word would bring in."""
    links = plain.relations(("aFChunk", "evil.html"))
    chunk = f'<w:altChunk xmlns:r="{plain.RELATION[:-1]}" r:id="r0"/>'
    return plain.docx(
        folder / "a.docx",
        plain.word_document(chunk + plain.word_table()),
        {
            "word/_rels/document.xml.rels": links,
            "word/evil.html": "<script>EVIL</script><table><tr><td>EVIL</td></tr></table>",
        },
    )


@read(1)
def macros_in_a_docm(folder: Path) -> Path:
    return plain.docx(
        folder / "a.docm",
        plain.word_document(plain.word_table()),
        {
            "[Content_Types].xml": plain.DOCX_TYPES.replace(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "application/vnd.ms-word.document.macroEnabled.main",
            ),
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0EVIL",
        },
    )


@read(1)
def an_object_of_another_program(folder: Path) -> Path:
    links = plain.relations(("oleObject", "embeddings/oleObject1.bin"))
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {
            "word/_rels/document.xml.rels": links,
            "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EVIL",
        },
    )


@read(1)
def a_field_that_starts_a_program(folder: Path) -> Path:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows'
        '\\\\system32\\\\cmd.exe "/k calc.exe"</w:instrText></w:r><w:r><w:fldChar '
        'w:fldCharType="separate"/></w:r><w:r><w:t>text</w:t></w:r><w:r><w:fldChar '
        'w:fldCharType="end"/></w:r></w:p>'
    )
    return plain.docx(folder / "a.docx", plain.word_document(field + plain.word_table()))


@refused("damaged")
def no_main_part(folder: Path) -> Path:
    return plain.packed(folder / "a.docx", [("[Content_Types].xml", plain.DOCX_TYPES)])


@refused("damaged")
def no_content_in_an_odt(folder: Path) -> Path:
    mimetype = "application/vnd.oasis.opendocument.text"
    return plain.packed(folder / "a.odt", [("mimetype", mimetype)])


@read(1)
def parts_that_are_named_and_not_there(folder: Path) -> Path:
    links = plain.relations(("styles", "styles.xml"), ("numbering", "gone/numbering.xml"))
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"word/_rels/document.xml.rels": links},
    )


@read(1)
def a_part_that_is_related_to_itself(folder: Path) -> Path:
    links = plain.relations(("footnotes", "document.xml"), ("officeDocument", "document.xml"))
    return plain.docx(
        folder / "a.docx",
        plain.word_document(plain.word_table()),
        {"word/_rels/document.xml.rels": links},
    )


@read(1)
def styles_that_are_based_on_each_other(folder: Path) -> Path:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        for own, other in (("A", "B"), ("B", "C"), ("C", "A"), ("D", "D"))
    )
    paragraphs = "".join(builders.p("x", f'<w:pStyle w:val="{style}"/>') for style in "ABCD")
    return builders.docx(folder / "a.docx", paragraphs + plain.word_table(), styles=styles)


@read(1)
def a_cell_over_a_billion_columns(folder: Path) -> Path:
    wide = builders.tr(builders.tc("wide", properties=builders.span(1_000_000_000)))
    return plain.docx(folder / "a.docx", plain.word_document(plain.word_table(wide)))


@read(1)
def spans_that_are_no_numbers(folder: Path) -> Path:
    odd = "".join(
        builders.tc("x", properties=f'<w:gridSpan w:val="{value}"/>')
        for value in ("-5", "", "1e9", "٣", "9" * 5000, "NaN")
    )
    return plain.docx(folder / "a.docx", plain.word_document(plain.word_table(builders.tr(odd))))


@read(1)
def cells_left_out_by_the_billion(folder: Path) -> Path:
    row = builders.tr("x", properties='<w:gridBefore w:val="2000000000"/>')
    return plain.docx(folder / "a.docx", plain.word_document(plain.word_table(row)))


@read(1)
def numbering_that_starts_at_the_end_of_numbers(folder: Path) -> Path:
    levels = builders.level(0, "upperRoman", "%1.", start=2_000_000_000)
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num>'
    )
    row = builders.tr(builders.tc(builders.p("x", builders.numbered(1))), "Дело", "2019 год", "")
    return builders.docx(
        folder / "a.docx", plain.word_table().replace("</w:tbl>", f"{row}</w:tbl>"),
        numbering=numbering,
    )  # fmt: skip


@read(1)
def columns_repeated_a_billion_times(folder: Path) -> Path:
    attributes = 'table:number-columns-repeated="1000000000"'
    wide = plain.odt_row("x", attributes=attributes)
    return builders.odt(folder / "a.odt", plain.odt_table(wide))


@refused("too_many_rows")
def rows_repeated_a_billion_times(folder: Path) -> Path:
    row = plain.odt_row("1", "Дело", "2018 год", "Завод").replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000000">'
    )
    return builders.odt(folder / "a.odt", plain.odt_table(row))


@read(1)
def spans_over_a_billion_cells_of_an_odt(folder: Path) -> Path:
    attributes = 'table:number-columns-spanned="1000000000" table:number-rows-spanned="1000000000"'
    return builders.odt(
        folder / "a.odt", plain.odt_table(plain.odt_row("x", attributes=attributes))
    )


@read(1)
def repetitions_that_are_no_numbers(folder: Path) -> Path:
    rows = "".join(
        plain.odt_row("x", attributes=f'table:number-columns-repeated="{value}"')
        for value in ("-1", "x", "1.5", "9" * 5000)
    )
    return builders.odt(folder / "a.odt", plain.odt_table(rows))


@read(1)
def spaces_by_the_billion(folder: Path) -> Path:
    spaces = '<text:p>a<text:s text:c="2000000000"/>b</text:p>'
    return builders.odt(folder / "a.odt", spaces + plain.odt_table())


@refused("password")
def a_locked_odt(folder: Path) -> Path:
    return builders.odt(folder / "a.odt", "", manifest="<m><encryption-data/></m>")


@refused("password")
def a_locked_docx(folder: Path) -> Path:
    streams = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    return plain.written(
        folder / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + streams
    )


@refused("opendocument_other")
def an_ods(folder: Path) -> Path:
    return builders.odt(
        folder / "a.ods", "", mimetype="application/vnd.oasis.opendocument.spreadsheet"
    )


@refused("unknown_zip")
def an_epub(folder: Path) -> Path:
    return builders.odt(folder / "a.epub", "", mimetype="application/epub+zip")


@refused("slides")
def a_presentation(folder: Path) -> Path:
    types = plain.TYPES.format(
        '<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.presentationml.presentation.main+xml"/>'
    )
    return plain.packed(folder / "a.pptx", [("[Content_Types].xml", types)])
