"""The document's title and the programme's period."""

from datetime import date
from pathlib import Path

import pytest

from comity.intake.reading import read_programme
from comity.intake.reading.titles import find_period, language_of
from tests.intake.reading.builders import docx, html, p, table


def told(period: tuple[date, date] | None) -> str:
    return f"{period[0]} {period[1]}" if period else "-"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("План на 2017–2020 годы", "2017-01-01 2020-12-31"),
        ("План мероприятий на 2018 год", "2018-01-01 2018-12-31"),
        ("Action plan 2019-2022", "2019-01-01 2022-12-31"),
        ("Plan for 1 January 2018 – 31 December 2020", "2018-01-01 2020-12-31"),
        ("План с 1 июля 2018 г. по 30 июня 2020 г.", "2018-07-01 2020-06-30"),
        ("План на 1 июля 2018 г. – 30 июня 2020 г.", "2018-07-01 2020-06-30"),
        ("План на 2018 и 2019 годы", "2018-01-01 2019-12-31"),
        ("Праграма на 2018–2020 гады", "2018-01-01 2020-12-31"),
        ("Work plan, 2019", "2019-01-01 2019-12-31"),
        ("План на I полугодие 2019 г.", "2019-01-01 2019-06-30"),
        ("План по реализации Соглашения от 12 мая 2016 г.", "-"),
        (
            "План по реализации Соглашения от 12 мая 2016 г. на 2017–2019 годы",
            "2017-01-01 2019-12-31",
        ),
        ("План без срока", "-"),
    ],
)
def test_the_period_is_told_by_the_title(title: str, period: str) -> None:
    assert told(find_period(title, [])) == period


def test_the_period_is_told_by_the_text_before_the_measures() -> None:
    lines = ["УТВЕРЖДЕНО 12 мая 2016 г.", "Срок действия: 2018–2020 годы"]
    assert told(find_period("План", lines)) == "2018-01-01 2020-12-31"
    assert (
        told(find_period(None, ["Period: 1 July 2018 – 30 June 2020"])) == "2018-07-01 2020-06-30"
    )
    assert told(find_period(None, ["Nothing of the kind"])) == "-"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            [p("УТВЕРЖДЕНО"), p("ПЛАН МЕРОПРИЯТИЙ"), p("на 2018 год"), p("")],
            "ПЛАН МЕРОПРИЯТИЙ на 2018 год",
        ),
        (
            [
                p("Приложение 1"),
                p("Совместные действия", '<w:jc w:val="center"/>', bold=True),
                p("сторон", '<w:jc w:val="center"/>'),
            ],
            "Совместные действия сторон",
        ),
        ([p("О мерах: план мероприятий на 2018 год")], "О мерах: план мероприятий на 2018 год"),
        (
            [p("PROGRAMME OF MEASURES"), p(""), p("for 2018–2021"), p("1. Trade")],
            "PROGRAMME OF MEASURES for 2018–2021",
        ),
        ([p("План"), p("Утверждено 1 мая")], "План"),
        (
            [p("ПРАГРАМА"), p("сумесных дзеянняў"), p("на 2021–2023 гады")],
            "ПРАГРАМА сумесных дзеянняў на 2021–2023 гады",
        ),
        ([p("Просто текст.")], None),
    ],
)
def test_the_heading_lines_are_the_title(
    tmp_path: Path, lines: list[str], title: str | None
) -> None:
    assert read_programme(docx(tmp_path / "t.docx", "".join(lines))).title == title


def test_a_menu_is_no_title_and_the_second_heading_may_name_the_period(tmp_path: Path) -> None:
    page = (
        table(["Programme"], ["Contact"])
        + "<h1>Cooperation programme of measures</h1><h2>Nord and Syd, 2022–2024</h2>"
        + table(["No", "Measure", "When"], ["1", "Fair", "annually"])
    )
    reading = read_programme(html(tmp_path / "page.html", page))
    assert reading.title == "Cooperation programme of measures Nord and Syd, 2022–2024"
    assert told(reading.period) == "2022-01-01 2024-12-31"
    assert [measure.section for measure in reading.measures] == [None]


def test_the_title_of_a_page_ends_where_sections_begin(tmp_path: Path) -> None:
    rows = table(["No", "Activity", "Timeframe"], ["1", "Fair", "2019"])
    body = (
        "<h1>Programme 2019–2021</h1><h2>Priority 1. Economy</h2><h3>Objective 1.1 Trade</h3>"
        f"{rows}<h3>Objective 1.2 Industry</h3>{rows}<h2>Priority 2. Culture</h2>{rows}"
    )
    reading = read_programme(html(tmp_path / "page.html", body))
    assert reading.title == "Programme 2019–2021"
    assert [measure.section for measure in reading.measures] == [
        "Economy / Trade",
        "Economy / Industry",
        "Culture",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Праграма супрацоўніцтва рэгіёнаў", "be"),
        ("Программа сотрудничества", "ru"),
        ("Програма співпраці її", "uk"),
        ("Programme of cooperation", "en"),
        ("", "ru"),
    ],
)
def test_the_language_is_told_by_its_letters(text: str, language: str) -> None:
    assert language_of(text) == language
