"""XML that grows, reaches out, or goes too deep: in each kind of package that holds XML."""

from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>"
    for old, new in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip


@refused("doctype")
def entities_that_grow_in_an_odt(folder: Path) -> Path:
    content = f"{LAUGHS}<office:document-content {builders.ODF}>&j;</office:document-content>"
    mimetype = "application/vnd.oasis.opendocument.text"
    return plain.packed(folder / "a.odt", [("mimetype", mimetype), ("content.xml", content)])


@refused("doctype")
def entities_that_grow_in_a_sheet(folder: Path) -> Path:
    return plain.xlsx(folder / "a.xlsx", LAUGHS + plain.sheet("<row><c><v>&j;</v></c></row>"))


@refused("doctype")
def entities_that_grow_in_shared_strings(folder: Path) -> Path:
    strings = f'{LAUGHS}<sst xmlns="{plain.SHEET}"><si><t>&j;</t></si></sst>'
    return plain.xlsx(
        folder / "a.xlsx", plain.sheet(plain.TWO_ROWS), others={"xl/sharedStrings.xml": strings}
    )


@refused("doctype")
def entities_in_a_list_of_relations(folder: Path) -> Path:
    relations = LAUGHS + plain.relations(("officeDocument", "word/document.xml"))
    return plain.docx(
        folder / "a.docx", plain.word_document(plain.word_table()), {"_rels/.rels": relations}
    )


@refused("doctype")
def a_file_of_the_system_as_an_entity(folder: Path) -> Path:
    doctype = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return plain.docx(folder / "a.docx", plain.word_document(builders.p("&f;"), before=doctype))


@refused("doctype")
def an_address_as_a_parameter_entity(folder: Path) -> Path:
    doctype = '<!DOCTYPE x [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x.dtd"> %f;]>'
    return plain.docx(folder / "a.docx", plain.word_document(plain.word_table(), before=doctype))


@refused("doctype")
def an_outer_document_type(folder: Path) -> Path:
    doctype = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    return plain.xlsx(folder / "a.xlsx", doctype + plain.sheet(plain.TWO_ROWS))


@refused("doctype")
def a_document_type_in_utf_16(folder: Path) -> Path:
    text = plain.word_document(
        builders.p("&a;"),
        before='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "ha">]>',
    )
    return plain.docx(folder / "a.docx", text.encode("utf-16"))


@refused("doctype")
def a_document_type_in_utf_16_in_a_sheet(folder: Path) -> Path:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>'
        + LAUGHS
        + plain.sheet("<row><c><v>&j;</v></c></row>")
    )
    return plain.xlsx(folder / "a.xlsx", text.encode("utf-16"))


@refused("doctype")
def a_document_type_far_down_a_sheet(folder: Path) -> Path:
    """Behind so many spaces that the first piece read does not have it."""
    text = (
        '<?xml version="1.0"?>'
        + " " * 600_000
        + LAUGHS
        + plain.sheet("<row><c><v>&j;</v></c></row>")
    )
    return plain.xlsx(folder / "a.xlsx", text)


@refused("damaged")
def a_document_type_in_utf_7(folder: Path) -> Path:
    text = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-' + plain.word_document("")
    return plain.docx(folder / "a.docx", text)


@refused("doctype")
def a_document_type_in_ebcdic(folder: Path) -> Path:
    text = "<?xml version='1.0' encoding='cp037'?>" + LAUGHS + "<x>&j;</x>"
    return plain.docx(folder / "a.docx", text.encode("cp037"))


@refused("damaged")
def elements_a_hundred_thousand_deep(folder: Path) -> Path:
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    return plain.docx(folder / "a.docx", plain.word_document(deep))


@refused("damaged")
def elements_a_hundred_thousand_deep_in_an_odt(folder: Path) -> Path:
    return builders.odt(folder / "a.odt", "<text:p>" * 100_000 + "</text:p>" * 100_000)


@refused("damaged")
def elements_a_hundred_thousand_deep_in_a_sheet(folder: Path) -> Path:
    return plain.xlsx(folder / "a.xlsx", plain.sheet("<row>" * 100_000 + "</row>" * 100_000))


@read(0)
def tables_within_tables(folder: Path) -> Path:
    """Two hundred of them, as deep as XML is read at all."""
    tables = "<w:tbl><w:tr><w:tc>" * 80 + builders.p("deep") + "</w:tc></w:tr></w:tbl>" * 80
    return plain.docx(folder / "a.docx", plain.word_document(tables))


@read(1)
def a_million_attributes(folder: Path) -> Path:
    attributes = " ".join(f'a{at}="1"' for at in range(100_000))
    paragraph = f"<w:p {attributes}><w:r><w:t>x</w:t></w:r></w:p>"
    return plain.docx(folder / "a.docx", plain.word_document(paragraph + plain.word_table()))


@refused("damaged")
def one_text_of_twenty_million_letters(folder: Path) -> Path:
    return plain.docx(folder / "a.docx", plain.word_document(builders.p("щ" * 20_000_000)))


@refused("damaged")
def an_attribute_of_twenty_million_letters(folder: Path) -> Path:
    paragraph = f'<w:p w:rsidR="{"x" * 20_000_000}"/>'
    return plain.docx(folder / "a.docx", plain.word_document(paragraph))


@read(1)
def a_million_runs(folder: Path) -> Path:
    runs = "<w:r/>" * 1_000_000
    return plain.docx(
        folder / "a.docx", plain.word_document(builders.p(raw=runs) + plain.word_table())
    )


@refused("damaged")
def xml_that_is_not_closed(folder: Path) -> Path:
    return plain.docx(folder / "a.docx", f"<w:document {builders.WORD}><w:body><w:tbl>")


@refused("damaged")
def xml_in_a_namespace_that_nobody_declared(folder: Path) -> Path:
    return plain.docx(folder / "a.docx", "<w:document><w:body/></w:document>")


@refused("damaged")
def letters_that_are_not_utf_8(folder: Path) -> Path:
    text = plain.word_document(builders.p("щ")).encode("cp1251")
    return plain.docx(folder / "a.docx", text)


@read(1)
def an_inclusion_of_another_file(folder: Path) -> Path:
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    return plain.docx(folder / "a.docx", plain.word_document(include + plain.word_table()))
