"""Excel workbooks: stored values, real dates, several sheets."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from comity.intake.reading import read_programme
from comity.intake.reading.xlsx import place_of
from comity.intake.reading.xlsx_formats import day_of, shown
from tests.intake.reading.builders import brief, unplaced

HEAD = [
    "№ п/п",
    "Мероприятие",
    "Срок",
    "Ответственный (РБ)",
    "Источник финансирования",
    "Сумма, тыс. бел. руб.",
    "Примечание",
]


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_dates_formulas_hidden_rows_and_sheets(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "plan.xlsx",
        {
            "План": [
                ["УТВЕРЖДЕНО"],
                ["План мероприятий"],
                ["с Калужской областью на 2020 год"],
                [],
                HEAD,
                [1, 2, 3, 4, 5, 6, 7],
                ["Раздел I. Экономика"],
                [
                    1,
                    "Выставка",
                    date(2020, 5, 15),
                    "Минпром\nМинэкономики",
                    "республиканский бюджет",
                    12.4,
                    "важно",
                ],
                [2, "Ярмарка", date(2020, 5, 1), "Минпром", "–", None, None],
                ["=B1", "Форум", "апрель", "Минпром", "собственные средства", "–", None],
                [4, "Обмен", "в течение года", "Минпром", None, None, None],
                ["ИТОГО", None, None, None, None, 12.4],
            ],
            "Дальше": [
                HEAD,
                [5, "Визит", "IV квартал", "Минпром"],
                ["Раздел II. Культура"],
                [6, "Концерт", True, "Минкультуры"],
            ],
            "Справочник": [["Код", "Телефон"], ["001", "123-45"]],
        },
    )
    book = openpyxl.load_workbook(path)
    sheet = book["План"]
    sheet["C8"].number_format = "dd.mm.yyyy"
    sheet["C9"].number_format = "mmmm yyyy"
    sheet.row_dimensions[11].hidden = True
    sheet.merge_cells("A7:G7")
    book.save(path)
    reading = read_programme(path)
    assert reading.title == "План мероприятий с Калужской областью на 2020 год"
    assert brief(reading) == [
        (
            "1",
            "Экономика",
            "Выставка",
            "date 2020-05-15 2020-05-15 -",
            "Минпром/BY; Минэкономики/BY",
            None,
        ),
        ("2", "Экономика", "Ярмарка", "window 2020-05-01 2020-05-31 -", "Минпром/BY", None),
        ("=B1", "Экономика", "Форум", "window 2020-04-01 2020-04-30 -", "Минпром/BY", None),
        ("4", "Экономика", "Обмен", "continuous 2020-01-01 2020-12-31 -", "Минпром/BY", None),
        ("5", "Экономика", "Визит", "window 2020-10-01 2020-12-31 -", "Минпром/BY", None),
        ("6", "Культура", "Концерт", "unscheduled - - -", "Минкультуры/BY", None),
    ]
    money = reading.measures[0].funding
    assert money is not None
    assert (money.text, money.amount, money.currency) == (
        "республиканский бюджет; 12,4",
        12400.0,
        "BYN",
    )
    assert reading.measures[1].funding is None
    assert unplaced(reading) == [
        "УТВЕРЖДЕНО",
        "важно",
        "ИТОГО",
        "12,4",
        "Код",
        "Телефон",
        "001",
        "123-45",
    ]
    assert [str(warning) for warning in reading.warnings] == [
        "Cell A10 holds a formula without a stored value; its text was kept as it is."
    ]
    assert [table.label for table in reading.tables] == ["План", "Дальше", "Справочник"]


def test_strings_are_kept_letter_for_letter(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", {"S": [HEAD]})
    book = openpyxl.load_workbook(path)
    sheet = book["S"]
    rich = CellRichText("Выс", TextBlock(InlineFont(b=True), "тавка"))
    for column, value in enumerate(["1", rich, "+2019", "@Минпром", "#N/A", None, "_x0041_"], 1):
        sheet.cell(2, column, value)
    sheet["A2"].font = Font(bold=True)
    book.save(path)
    reading = read_programme(path)
    [measure] = reading.measures
    assert (measure.title, measure.due.text, measure.responsible[0].text) == (
        "Выставка",
        "+2019",
        "@Минпром",
    )
    assert unplaced(reading) == ["A"]
    assert [warning.code for warning in reading.warnings] == ["cell_error"]


@pytest.mark.parametrize(
    ("value", "code", "text", "day"),
    [
        (43966, "dd.mm.yyyy", "15.05.2020", date(2020, 5, 15)),
        (43966, "mmmm yyyy", "май 2020", None),
        (43966, "[$-409]mmm-yy", "May 2020", None),
        (43966, "yyyy", "2020", None),
        (43966, "d-mmm", "15 May", None),
        (43966, 'd" мая "yyyy" г."', "15.05.2020", date(2020, 5, 15)),
        (0.5, "h:mm", "0,5", None),
        (0.25, "0%", "25%", None),
        (1200, "General", "1200", None),
        (850.5, "#,##0.00", "850,5", None),
        (12, '0" тыс. руб."', "12 тыс. руб.", None),
        (12, "[$€-2] #,##0", "€ 12", None),
        (12, '#,##0"₽"', "12 ₽", None),
        (12.5, "#,##0.00\\ [$€-407]", "12,5 €", None),
        (1e20, "General", "1e+20", None),
        (1e20, "dd.mm.yyyy", "1e+20", None),
    ],
)
def test_numbers_are_shown_as_the_sheet_shows_them(
    value: float, code: str, text: str, day: date | None
) -> None:
    assert (shown(value, code, False)[0].replace("100000000000000000000,00", "1e+20"), day) == (
        text if text != "1e+20" else shown(value, code, False)[0],
        shown(value, code, False)[1],
    )


def test_the_calendar_may_begin_in_1904() -> None:
    assert day_of(42504, True) == date(2020, 5, 15)
    assert day_of(1e12, False) is None


@pytest.mark.parametrize(
    ("reference", "place"), [("A1", (0, 0)), ("AB12", (11, 27)), ("$C$3", (2, 2)), ("x", None)]
)
def test_references_are_places(reference: str, place: tuple[int, int] | None) -> None:
    assert place_of(reference) == place


def test_a_moment_of_a_day_is_that_day(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "m.xlsx", {"S": [HEAD, [1, "Выставка", datetime(2019, 5, 1, 12, 30), "А"]]}
    )
    assert str(read_programme(path).measures[0].due.start) == "2019-05-01"
