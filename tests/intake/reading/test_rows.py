"""Rows of a table: what is a section, and how sections nest."""

from pathlib import Path

import pytest

from comity.intake.reading import read_programme
from comity.intake.reading.sections import read_heading
from tests.intake.reading.builders import html, table, unplaced

TITLE = "<h1>План мероприятий на 2018–2020 годы</h1>"
HEAD = ["№ п/п", "Мероприятие", "Срок", "Исполнители"]


def sections(path: Path, *rows: list[str]) -> list[str | None]:
    reading = read_programme(html(path, TITLE + table(HEAD, *rows)))
    return [measure.section for measure in reading.measures]


def wide(text: str) -> list[str]:
    return [f"<td colspan=4><b>{text}</b></td>"]


def one(number: str) -> list[str]:
    return [number, "Выставка", "2018", "Минпром"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("I. Торговля", "Торговля"),
        ("1. Торговля", "Торговля"),
        ("A. Trade", "Trade"),
        ("Раздел 2. Торговля", "Торговля"),
        ("РАЗДЕЛ I. Торговля", "Торговля"),
        ("Раздзел 1. Гандаль", "Гандаль"),
        ("Глава 3. Торговля", "Торговля"),
        ("WP1 Trade", "Trade"),
        ("WP1: Trade", "Trade"),
        ("Work package 2 – Trade", "Trade"),
        ("Priority 1. Economy", "Economy"),
        ("1.2. Торговля", "Торговля"),
        ("ІІ. Гандаль", "Гандаль"),
        ("Торговля", "Торговля"),
        ("2020 год", "2020 год"),
        ("Информация", "Информация"),
        ("Part of the whole", "Part of the whole"),
        ("Раздел 1", "Раздел 1"),
        ("III Торговля", "Торговля"),
    ],
)
def test_the_numbering_of_a_section_goes(heading: str, text: str) -> None:
    assert read_heading(heading).text == text


def test_sections_nest_by_words_capitals_and_numbers(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    assert sections(
        page,
        wide("ПРОМЫШЛЕННОСТЬ"),
        wide("Станки"),
        one("1"),
        wide("Авто"),
        one("2"),
        wide("КУЛЬТУРА"),
        one("3"),
    ) == ["ПРОМЫШЛЕННОСТЬ / Станки", "ПРОМЫШЛЕННОСТЬ / Авто", "КУЛЬТУРА"]
    assert sections(
        page,
        wide("I. Экономика"),
        wide("1. Торговля"),
        one("1.1"),
        wide("2. Связь"),
        one("2.1"),
        wide("II. Культура"),
        one("3"),
    ) == ["Экономика / Торговля", "Экономика / Связь", "Культура"]
    assert sections(page, wide("Торговля"), one("1"), wide("Связь"), one("2")) == [
        "Торговля",
        "Связь",
    ]
    assert sections(page, wide("1. Торговля"), one("1"), wide("Связь"), one("2")) == [
        "Торговля",
        "Связь",
    ]


def test_a_number_and_a_wide_title_are_a_section(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    assert sections(
        page, ["I", "<td colspan=3>Экономика</td>"], one("1"), ["II", "Культура", "", ""], one("2")
    ) == ["Экономика", "Культура"]
    assert sections(page, ["Раздел 1", "Экономика", "", ""], one("1")) == ["Экономика"]
    bold = ["<td><b>3</b></td>", "<td><b>Спорт</b></td>", "", ""]
    assert sections(page, bold, one("1"), ["", "Связь", "", ""], one("2")) == ["Спорт", "Связь"]


def test_a_measure_with_only_a_number_and_a_title_stays_a_measure(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            TITLE + table(HEAD, one("1"), ["2", "Ярмарка", "", ""], one("3")),
        )
    )
    assert [(found.number, found.due.kind) for found in reading.measures] == [
        ("1", "window"),
        ("2", "unscheduled"),
        ("3", "window"),
    ]


def test_rows_without_a_title_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["", "", "2019", "Минторг"],
        one("1"),
        ["Общий итог", "", "", ""],
        ["Всего: 1", "", "", ""],
        ["5", "", "", ""],
    ]
    reading = read_programme(html(tmp_path / "plan.html", TITLE + table(HEAD, *rows)))
    assert len(reading.measures) == 1
    assert unplaced(reading) == ["2019", "Минторг", "Всего: 1", "Общий итог"]
