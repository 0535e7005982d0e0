"""OpenDocument text files."""

from pathlib import Path

import pytest

from comity.intake.reading import Refused, read_programme
from tests.intake.reading.builders import brief, odt, unplaced

STYLES = (
    '<style:style style:name="B" style:family="paragraph"><style:text-properties '
    'fo:font-weight="bold"/></style:style><style:style style:name="C" style:parent-style-name="B">'
    '<style:paragraph-properties fo:text-align="center"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="I" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="U"><text:list-level-style-bullet '
    'text:level="1"/></text:list-style>'
)


def para(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(content: str = "", attributes: str = "") -> str:
    inside = content if content.startswith("<") else para(content)
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    inside = "".join(text if text.startswith("<table") else cell(text) for text in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


COVERED = "<table:covered-table-cell/>"
HEAD = row("№", "Мероприятие", "Срок", "Исполнители")


def listed(text: str, depth: int = 1, *, style: str = "L", more: str = "") -> str:
    inner = f"<text:list-item>{para(text)}</text:list-item>"
    for _ in range(depth - 1):
        inner = f"<text:list-item><text:list>{inner}</text:list></text:list-item>"
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def test_spaces_changes_spans_and_merged_cells(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{para('удалено')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    title = (
        '<text:span text:style-name="B">Выставка</text:span><text:s text:c="3"/>техники<text:tab/>и'
        "<text:line-break/>машин<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{para('Сноска')}</text:note-body></text:note>"
        f"<office:annotation>{para('мнение')}</office:annotation>"
    )
    body = (
        changes
        + para("ПЛАН МЕРОПРИЯТИЙ", "C")
        + para("на 2018–2020 годы", "C")
        + "<table:table><table:table-header-rows>"
        + HEAD
        + "</table:table-header-rows>"
        + row(cell("1. Экономика", 'table:number-columns-spanned="4"'), COVERED * 3)
        + row("1", cell(para(title)), cell("2018", 'table:number-rows-spanned="2"'), "Минпром")
        + row("2", "Ярмарка", COVERED, "Минторг", attributes='table:visibility="collapse"')
        + row(
            "",
            cell("", 'table:number-columns-repeated="1000"'),
            attributes='table:number-rows-repeated="100000"',
        )
        + row("3", "Форум", cell("<table:table>" + row("2019") + "</table:table>"), "Минпром")
        + "</table:table>"
        + "<text:section><text:p>Конец<draw:frame><draw:text-box>"
        + para("Рамка")
        + "</draw:text-box></draw:frame></text:p></text:section>"
    )
    reading = read_programme(odt(tmp_path / "plan.odt", body, styles=STYLES))
    assert reading.title == "ПЛАН МЕРОПРИЯТИЙ на 2018–2020 годы"
    assert brief(reading) == [
        (
            "1",
            "Экономика",
            "Выставка техники и машин",
            "window 2018-01-01 2018-12-31 -",
            "Минпром",
            None,
        ),
        ("2", "Экономика", "Ярмарка", "window 2018-01-01 2018-12-31 -", "Минторг", None),
        ("3", "Экономика", "Форум", "window 2019-01-01 2019-12-31 -", "Минпром", None),
    ]
    assert unplaced(reading) == ["Конец", "Рамка", "Сноска"]


def test_list_numbers_count_and_bullets_do_not(tmp_path: Path) -> None:
    more = 'text:continue-numbering="true"'
    body = (
        para("План на 2018–2020 годы", "C")
        + '<text:h text:outline-level="1">Экономика</text:h>'
        + listed("Провести выставку")
        + para("Срок: май 2019 г.")
        + para("Исполнители:")
        + listed("Минпром", style="U")
        + listed("Минторг", style="U")
        + listed("Провести ярмарку", more=more)
        + para("Срок: ежегодно")
        + "<table:table>"
        + HEAD
        + row(cell(listed("", 2, more=more)), "Форум", "2019", "Минпром")
        + "</table:table>"
    )
    reading = read_programme(odt(tmp_path / "plan.odt", body, styles=STYLES))
    assert [(found.number, found.title) for found in reading.measures] == [
        ("I", "Провести выставку"),
        ("II", "Провести ярмарку"),
        ("II.1", "Форум"),
    ]
    assert [body.text for body in reading.measures[0].responsible] == ["Минпром", "Минторг"]


def test_the_inner_lists_of_one_list_that_goes_on_count_on(tmp_path: Path) -> None:
    more = 'text:continue-numbering="true"'
    body = (
        "<table:table>"
        + HEAD
        + row(cell(listed("Экономика"), 'table:number-columns-spanned="4"'), COVERED * 3)
        + "".join(
            row(cell(listed("", 2, more=more)), title, "2019", "Минпром")
            for title in ("Выставка", "Ярмарка", "Форум")
        )
        + "</table:table>"
    )
    reading = read_programme(odt(tmp_path / "plan.odt", body, styles=STYLES))
    assert [found.number for found in reading.measures] == ["I.1", "I.2", "I.3"]


def test_files_that_are_no_readable_text_are_refused(tmp_path: Path) -> None:
    secret = odt(tmp_path / "a.odt", "", manifest="<m><encryption-data/></m>")
    sheet = odt(tmp_path / "b.ods", "", mimetype="application/vnd.oasis.opendocument.spreadsheet")
    book = odt(tmp_path / "c.epub", "", mimetype="application/epub+zip")
    many = odt(
        tmp_path / "d.odt",
        "<table:table>"
        + row("1", attributes='table:number-rows-repeated="50000"')
        + "</table:table>",
    )
    codes = []
    for path in (secret, sheet, book, many):
        with pytest.raises(Refused) as refused:
            read_programme(path)
        codes.append(refused.value.code)
    assert codes == ["password", "opendocument_other", "unknown_zip", "too_many_rows"]
