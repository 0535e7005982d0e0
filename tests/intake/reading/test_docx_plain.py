"""Rows of Word tables that hold nothing but text are read in a shorter way, to the same end."""

from pathlib import Path

import pytest

from comity.intake.reading import read_programme
from tests.intake.reading.builders import docx, level, numbered, p, run, span, tbl, tc, tr

HEADER = tr("№", "Мероприятие", "Срок", "Исполнители от РБ", "Исполнители от РФ")
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heavy"><w:name w:val="heavy"/><w:rPr><w:b/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="listed"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
#: An empty wrapper: nothing to a reader, but enough to have the row looked at more closely.
CLOSELY = "<w:smartTag/>"
NUMBER = tc(p(properties=numbered(1)))
RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
ROWS = {
    "numbered by a list": [tr(NUMBER, "Выставка", "2018", "Минпром", "Завод")] * 3,
    "numbered by a style": [
        tr(tc(p(properties='<w:pStyle w:val="Listed"/>')), "Ярмарка", "2019", "Минпром", "Завод")
    ],
    "several paragraphs": [
        tr("1", tc(p("Дни "), p(""), p(" культуры")), "2018", tc("А;", "Б"), "В")
    ],
    "breaks and tabs": [
        tr("1", tc(p(raw=f"{run('Дни')}<w:r><w:tab/><w:t>поля</w:t><w:br/><w:t>весной</w:t></w:r>",
                     properties='<w:tabs><w:tab w:val="left" w:pos="700"/></w:tabs>')),
           "2018", "Минпром", "Завод")
    ],
    "merged down": [
        tr("1", "Выставка", "2018", tc("Минпром", properties=RESTART), "Завод"),
        tr("2", "Ярмарка", "2019", tc("Минторг", properties=GOES_ON), "Завод"),
        tr("3", "Форум", "2019", tc(properties=GOES_ON), "Завод"),
    ],
    "merged across": [tr(tc("1. Торговля", properties=span(5))),
                      tr("1", "Выставка", "2018", tc("Минпром", properties=span(2)))],
    "a shorter row under an open cell": [
        tr("1", "Выставка", "2018", "Минпром", tc("Завод", properties=RESTART)),
        tr("2", "Ярмарка", "2019", "Минпром"),
        tr("3", "Форум", "2019", "Минпром", tc("Порт", properties=GOES_ON)),
    ],
    "bold, and not bold": [
        tr("1", tc(p("Выставка", bold=True)), "2018", "Минпром", "Завод"),
        tr("2", tc(p(raw=run("Ярмарка", '<w:b w:val="0"/>'))), "2018", "Минпром", "Завод"),
        tr("3", tc(p("Форум", '<w:pStyle w:val="Heavy"/>')), "2018", "Минпром", "Завод"),
    ],
    "columns left out before": [
        tr(tc("Выставка"), "2018", "Минпром", "Завод", properties='<w:gridBefore w:val="1"/>')
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_a_row_says_the_same_however_closely_it_is_looked_at(
    rows: list[str], tmp_path: Path
) -> None:
    title = p("План мероприятий на 2018–2019 годы")
    plain, closely = (
        read_programme(
            docx(
                tmp_path / f"{name}.docx",
                title + tbl(HEADER, *some),
                numbering=LISTS,
                styles=STYLES,
            )
        )
        for name, some in (
            ("plain", rows),
            ("closely", [row.replace("<w:tc>", f"{CLOSELY}<w:tc>", 1) for row in rows]),
        )
    )
    assert plain.tables == closely.tables
    assert plain.measures == closely.measures


def test_a_cell_that_goes_on_below_a_shorter_row_is_still_open(tmp_path: Path) -> None:
    rows = ROWS["a shorter row under an open cell"]
    reading = read_programme(docx(tmp_path / "plan.docx", tbl(HEADER, *rows)))
    cell = reading.tables[0].rows[1][4]
    assert (cell.text, cell.rowspan) == ("Завод\nПорт", 3)
