"""Excel files whose numbers point to nowhere, and text that a spreadsheet would act on."""

from pathlib import Path

from tests.intake.reading import builders
from tests.intake.worse import plain
from tests.intake.worse.cases import read, refused


@read(1)
def a_sheet_that_says_it_is_full(folder: Path) -> Path:
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS, dimension="A1:XFD1048576"))


@read(1)
def a_cell_in_the_farthest_corner(folder: Path) -> Path:
    corner = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS + corner))


@read(1)
def a_cell_beyond_all_columns(folder: Path) -> Path:
    beyond = f'<row r="3"><c r="{"Z" * 60}3" t="inlineStr"><is><t>far</t></is></c></row>'
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS + beyond))


@read(1)
def rows_with_impossible_numbers(folder: Path) -> Path:
    rows = "".join(
        f'<row r="{number}"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        for number in ("-7", "0", "99999999999999999999", "x", "")
    )
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS + rows))


@read(1)
def strings_that_are_not_there(folder: Path) -> Path:
    cells = "".join(
        f'<c r="{column}3" t="s"><v>{value}</v></c>'
        for column, value in zip("ABCDEF", ("999", "-1", "", "x", "1.5", "9" * 400), strict=True)
    )
    return plain.xlsx(folder / "a.xlsx", plain.sheet(f'{plain.TWO_ROWS}<row r="3">{cells}</row>'))


@read(1)
def styles_that_are_not_there(folder: Path) -> Path:
    cells = "".join(
        f'<c r="{column}3" s="{style}"><v>43101</v></c>'
        for column, style in zip("ABCD", ("999", "-1", "", "x"), strict=True)
    )
    return plain.xlsx(folder / "a.xlsx", plain.sheet(f'{plain.TWO_ROWS}<row r="3">{cells}</row>'))


@read(1)
def days_out_of_all_calendars(folder: Path) -> Path:
    """Numbers in cells that are shown as days."""
    styles = (
        f'<styleSheet xmlns="{plain.SHEET}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>"
    )
    cells = "".join(
        f'<c r="C{at}" s="1"><v>{value}</v></c>'
        for at, value in enumerate(("1e308", "-5", "NaN", "inf", "99999999999", "0.5", "x"), 3)
    )
    links = plain.relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    )
    return plain.xlsx(
        folder / "a.xlsx",
        plain.sheet(f'{plain.TWO_ROWS}<row r="3">{cells}</row>'),
        others={"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": links},
    )


@read(1)
def merged_cells_without_end(folder: Path) -> Path:
    merged = "".join(
        f'<mergeCell ref="{ref}"/>'
        for ref in ("A1:XFD1048576", "B2:A1", "A0:B0", "x", "", "A1", "A1:B2:C3", "1:2", "A:B")
    )
    after = f"<mergeCells>{merged}</mergeCells>"
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS, after=after))


@read(1)
def a_hundred_thousand_merged_cells(folder: Path) -> Path:
    refs = "".join(f'<mergeCell ref="A{at}:D{at + 1}"/>' for at in range(10, 200_010, 2))
    after = f"<mergeCells>{refs}</mergeCells>"
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS, after=after))


@refused("damaged")
def a_book_whose_sheet_is_not_there(folder: Path) -> Path:
    return plain.xlsx(
        folder / "a.xlsx",
        "",
        others={"xl/_rels/workbook.xml.rels": plain.relations(("worksheet", "gone.xml"))},
    )


@read(1)
def sheets_of_the_system(folder: Path) -> Path:
    """A second sheet that is said to lie outside of the file is not there."""
    links = plain.relations(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    ).replace(
        "</Rel",
        f'<Relationship Id="r2" Type="{plain.RELATION}worksheet" TargetMode="External" '
        'Target="file:///etc/passwd"/></Rel',
        1,
    )
    book = (
        f'<workbook xmlns="{plain.SHEET}" xmlns:r="{plain.RELATION[:-1]}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r0"/><sheet name="B" sheetId="2" r:id="r2"/></sheets>'
        "</workbook>"
    )
    return plain.xlsx(
        folder / "a.xlsx",
        plain.sheet(plain.TWO_ROWS),
        others={"xl/_rels/workbook.xml.rels": links, "xl/workbook.xml": book},
    )


@read(1)
def macros_in_an_xlsm(folder: Path) -> Path:
    types = plain.XLSX_TYPES.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        "application/vnd.ms-excel.sheet.macroEnabled.main",
    )
    return plain.xlsx(
        folder / "a.xlsm",
        plain.sheet(plain.TWO_ROWS),
        others={"[Content_Types].xml": types, "xl/vbaProject.bin": b"EVIL"},
    )


@read(2)
def texts_that_a_spreadsheet_would_run(folder: Path) -> Path:
    strings = (*plain.HEAD, *plain.ROW, "2", "=cmd|' /C calc'!A0", "2018 год", "@SUM(1)")
    rows = plain.TWO_ROWS + plain.sheet_row(3, 8, 9, 10, 11)
    return plain.xlsx(folder / "a.xlsx", plain.sheet(rows), strings=strings)


@read(1)
def a_formula_that_starts_a_program(folder: Path) -> Path:
    row = '<row r="3"><c r="B3"><f>DDE("cmd","/C calc","x")</f></c></row>'
    return plain.xlsx(folder / "a.xlsx", plain.sheet(plain.TWO_ROWS + row))


@refused("too_many_rows")
def a_million_rows(folder: Path) -> Path:
    rows = "".join(f"<row><c><v>{at}</v></c></row>" for at in range(1_000_000))
    return plain.xlsx(folder / "a.xlsx", plain.sheet(rows))


@read(1)
def a_row_of_a_hundred_thousand_cells(folder: Path) -> Path:
    cells = "<c><v>1</v></c>" * 100_000
    return plain.xlsx(folder / "a.xlsx", plain.sheet(f'{plain.TWO_ROWS}<row r="3">{cells}</row>'))


@refused("binary_workbook")
def a_binary_workbook(folder: Path) -> Path:
    types = plain.TYPES.format(
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
        'macroEnabled.main"/>'
    )
    return plain.packed(folder / "a.xlsb", [("[Content_Types].xml", types)])


@read(1)
def an_xlsx_called_docx(folder: Path) -> Path:
    return plain.xlsx(folder / "a.docx", plain.sheet(plain.TWO_ROWS))


@read(1)
def a_docx_called_pdf(folder: Path) -> Path:
    return builders.docx(folder / "a.pdf", plain.word_table())
