"""Programmes in many layouts: columns in any order, headers of several rows, sections, sides."""

from pathlib import Path

import pytest

from comity.intake.reading import Column, ColumnRole, read_programme
from tests.intake.reading.builders import brief, columns, html, table, unplaced

RU = "<h1>План мероприятий между Республикой Беларусь и Тульской областью на 2018–2020 годы</h1>"
EN = "<h1>Joint action plan of Nordland (Norway) and Norrbotten (Sweden) 2019–2021</h1>"
MAY = "window 2018-05-01 2018-05-31 -"
YEARLY = "recurring 2018-01-01 2020-12-31 yearly"


def test_a_header_of_two_rows_with_sides_and_years_and_nested_sections(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                [
                    "<th rowspan=2>№ п/п</th>",
                    "<th rowspan=2>Мероприятие</th>",
                    "<th colspan=2>Ответственные исполнители</th>",
                    "<th rowspan=2>Срок</th>",
                    "<th colspan=4>Объём финансирования, тыс. рос. руб.</th>",
                    "<th rowspan=2>Ожидаемый результат</th>",
                ],
                ["от Республики Беларусь", "от Тульской области", "всего", "2018", "2019", "2020"],
                [str(number) for number in range(1, 11)],
                ["<td colspan=10>РАЗДЕЛ I. Экономика</td>"],
                ["<td colspan=10>Глава 1. Промышленность</td>"],
                [
                    "1.1.",
                    "Выставка",
                    "Минпром",
                    "Тулапром",
                    "май 2018 г.",
                    "150",
                    "50",
                    "50",
                    "50",
                    "12 договоров",
                ],
                ["<td colspan=10>Глава 2. Торговля</td>"],
                ["1.2.", "Ярмарка", "МАРТ", "Администрация", "ежегодно", "–", "–", "–", "–", "–"],
                ["", "Итого по разделу", "", "", "", "150", "50", "50", "50", ""],
                ["<td colspan=10>РАЗДЕЛ II. Культура</td>"],
                [
                    "2.1.",
                    "Фестиваль",
                    "<td colspan=2>Минкультуры</td>",
                    "июль 2019 г.",
                    "12,4",
                    "",
                    "12,4",
                    "",
                    "",
                ],
            ),
        )
    )
    assert brief(reading) == [
        (
            "1.1",
            "Экономика / Промышленность",
            "Выставка",
            MAY,
            "Минпром/BY; Тулапром/RU",
            "12 договоров",
        ),
        ("1.2", "Экономика / Торговля", "Ярмарка", YEARLY, "МАРТ/BY; Администрация/RU", None),
        ("2.1", "Культура", "Фестиваль", "window 2019-07-01 2019-07-31 -", "Минкультуры", None),
    ]
    money = [measure.funding for measure in reading.measures]
    assert money[0] is not None
    assert (money[0].text, money[0].amount, money[0].currency) == ("150; 50; 50; 50", 150e3, "RUB")
    assert money[1] is None
    assert money[2] is not None
    assert money[2].amount == 12400.0
    assert reading.tables[0].header_rows == (0, 1, 2)
    assert columns(reading) == {
        0: "number", 1: "title", 2: "responsible:BY", 3: "responsible:RU", 4: "due",
        5: "funding_total", 6: "funding_year", 7: "funding_year", 8: "funding_year",
        9: "expected_result",
    }  # fmt: skip
    assert unplaced(reading) == ["Итого по разделу", "150", "50", "50", "50"]


def test_columns_in_another_order_without_numbers(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            EN
            + table(
                ["Expected result", "Lead partner", "Activity", "Timeline", "Budget, kEUR"],
                [
                    "10 firms",
                    "Norway: Nordland County; Sweden: Region Norrbotten",
                    "Business day",
                    "Q1 2019",
                    "15",
                ],
                ["<td colspan=5>Culture</td>"],
                ["", "Luleå University (SE)", "Concert", "by end of 2019", ""],
            ),
        )
    )
    assert brief(reading) == [
        (
            None,
            None,
            "Business day",
            "window 2019-01-01 2019-03-31 -",
            "Nordland County/NO; Region Norrbotten/SE",
            "10 firms",
        ),
        (None, "Culture", "Concert", "date - 2019-12-31 -", "Luleå University (SE)/SE", None),
    ]
    assert reading.measures[0].funding is not None
    assert reading.measures[0].funding.amount == 15000.0


def test_a_table_without_a_header_is_understood_by_its_content(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                [
                    "1",
                    "Проведение выставки сельскохозяйственной техники",
                    "май 2018 г.",
                    "Министерство сельского хозяйства",
                    "10 тыс. бел. руб.",
                    "12 договоров",
                ],
                [
                    "2",
                    "Обмен опытом в области защиты растений",
                    "ежегодно",
                    "Минсельхозпрод",
                    "–",
                    "Отчёт",
                ],
                [
                    "3",
                    "Конференция по вопросам развития",
                    "до 1 июня 2019 г.",
                    "Минэкономики",
                    "5 тыс. бел. руб.",
                    "Сборник",
                ],
            ),
        )
    )
    assert columns(reading) == {
        0: "number", 1: "title", 2: "due", 3: "responsible", 4: "funding", 5: "expected_result",
    }  # fmt: skip
    assert [measure.number for measure in reading.measures] == ["1", "2", "3"]


def test_columns_under_unknown_headings_are_told_by_their_content(tmp_path: Path) -> None:
    rows = table(
        ["No", "Measure", "Zeitraum", "Träger", "Colour"],
        ["1", "Cycle path", "June 2019", "City of Oslo", "red"],
        ["2", "Joint fair", "annually", "Chamber of Commerce", "blue"],
    )
    reading = read_programme(html(tmp_path / "plan.html", EN + rows))
    assert columns(reading) == {0: "number", 1: "title", 2: "due", 3: "responsible"}
    assert unplaced(reading)[-2:] == ["red", "blue"]


def test_a_header_in_words_that_are_not_known_is_no_measure(tmp_path: Path) -> None:
    rows = table(
        ["Nr", "Vorhaben", "Zeitraum", "Träger"],
        ["1", "Cycle path along the river bank", "June 2019", "City of Oslo"],
        ["2", "Joint fair of wooden boats", "annually", "Chamber of Commerce"],
    )
    reading = read_programme(html(tmp_path / "plan.html", EN + rows))
    assert columns(reading) == {0: "number", 1: "title", 2: "due", 3: "responsible"}
    assert [measure.number for measure in reading.measures] == ["1", "2"]
    assert unplaced(reading) == []


def test_a_record_of_a_measure_may_name_its_section(tmp_path: Path) -> None:
    rows = table(
        ["Раздел", "2. Культура"], ["Мероприятие", "Ярмарка"], ["Срок", "май 2018 г."],
        ["Исполнители", "Минпром"],
    )  # fmt: skip
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    assert brief(reading) == [(None, "Культура", "Ярмарка", MAY, "Минпром", None)]


def test_number_and_title_alone_are_a_section_when_its_parts_follow(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                ["№", "Наименование мероприятий", "Сроки", "Исполнители"],
                ["1", "Экономика", "", ""],
                ["1.1", "Выставка", "май 2018 г.", "Минпром"],
                ["2", "Культура", "", ""],
                ["2.1", "Концерт", "2019", "Минкультуры"],
                ["III", "Спорт", "", ""],
                ["3", "Матч", "2019", "Минспорт"],
            ),
        )
    )
    assert [(measure.number, measure.section) for measure in reading.measures] == [
        ("1.1", "Экономика"),
        ("2.1", "Культура"),
        ("3", "Спорт"),
    ]


@pytest.mark.parametrize(
    ("cell", "title", "due_text"),
    [
        ("Провести выставку (срок – май 2018 г.)", "Провести выставку", "май 2018 г."),
        ("Провести выставку. Срок: май 2018 г.", "Провести выставку", "май 2018 г."),
        ("Реконструкция моста (2019–2020 годы)", "Реконструкция моста", "2019–2020 годы"),
        ("Rebuild the bridge (deadline: May 2019)", "Rebuild the bridge", "May 2019"),
        ("Форум (г. Минск)", "Форум (г. Минск)", ""),
    ],
)
def test_a_deadline_inside_the_text_of_the_measure_leaves_it(
    tmp_path: Path, cell: str, title: str, due_text: str
) -> None:
    rows = table(["№", "Мероприятие", "Исполнители"], ["1", cell, "Минпром"])
    [measure] = read_programme(html(tmp_path / "plan.html", RU + rows)).measures
    assert (measure.title.rstrip("."), measure.due.text) == (title, due_text)


@pytest.mark.parametrize(
    ("start", "end", "understood"),
    [
        ("март 2018", "май 2019", ("март 2018 – май 2019", "window", "2018-03-01", "2019-05-31")),
        (
            "01.03.2018",
            "31.05.2019",
            ("01.03.2018 – 31.05.2019", "window", "2018-03-01", "2019-05-31"),
        ),
        ("2018", "2018", ("2018 – 2018", "window", "2018-01-01", "2018-12-31")),
        ("", "май 2019", ("май 2019", "date", "None", "2019-05-31")),
        ("март 2019", "–", ("март 2019", "window", "2019-03-01", "2020-12-31")),
        ("постоянно", "", ("постоянно", "continuous", "2018-01-01", "2020-12-31")),
        ("", "", ("", "unscheduled", "None", "None")),
    ],
)
def test_start_and_end_columns_make_one_window(
    tmp_path: Path, start: str, end: str, understood: tuple[str, ...]
) -> None:
    rows = table(
        ["№", "Мероприятие", "Начало", "Окончание", "Исполнители"],
        ["1", "Стройка", start, end, "X1"],
    )
    [measure] = read_programme(html(tmp_path / "plan.html", RU + rows)).measures
    due = measure.due
    assert (due.text, due.kind, str(due.start), str(due.end)) == understood


def test_a_column_may_carry_the_section(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                ["Направление", "Мероприятие", "Срок", "Исполнитель (Беларусь)"],
                ["<td rowspan=2>1. Промышленность</td>", "Выставка", "2018", "Минпром"],
                ["Ярмарка", "2019", "Минпром"],
                ["Культура", "Концерт", "2019", "Минкультуры"],
                ["", "Спектакль", "2020", "Минкультуры"],
            ),
        )
    )
    assert [(measure.section, measure.title) for measure in reading.measures] == [
        ("Промышленность", "Выставка"),
        ("Промышленность", "Ярмарка"),
        ("Культура", "Концерт"),
        ("Культура", "Спектакль"),
    ]


def test_a_cell_merged_down_counts_for_each_measure(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                ["№", "Мероприятие", "Срок", "Исполнители"],
                ["1", "Выставка", "<td rowspan=2>май 2018</td>", "Минпром"],
                ["2", "Ярмарка", "Минторг"],
                ["3", "<td rowspan=2>Реконструкция</td>", "2018", "<td rowspan=2>Минстрой</td>"],
                ["4", "2019"],
            ),
        )
    )
    assert brief(reading) == [
        ("1", None, "Выставка", MAY, "Минпром", None),
        ("2", None, "Ярмарка", MAY, "Минторг", None),
        ("3", None, "Реконструкция", "window 2018-01-01 2018-12-31 -", "Минстрой", None),
        ("4", None, "Реконструкция", "window 2019-01-01 2019-12-31 -", "Минстрой", None),
    ]


def test_rows_that_add_to_the_measure_above(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            RU
            + table(
                ["№", "Мероприятие", "Срок", "Исполнители", "Результат"],
                ["1", "Выставка сельскохозяйственной", "май 2018", "от РБ: Минпром", "Отчёт"],
                ["", "техники", "", "от РФ: Минпромторг", "и договор"],
                ["<td rowspan=3>2</td>", "<td rowspan=3>Реконструкция</td>", "2018", "Минпром", ""],
                ["2019", "Минстрой", ""],
                ["2020", "", "мост"],
            ),
        )
    )
    assert brief(reading) == [
        (
            "1",
            None,
            "Выставка сельскохозяйственной техники",
            MAY,
            "Минпром/BY; Минпромторг/RU",
            "Отчёт и договор",
        ),
        ("2", None, "Реконструкция", "window 2018-01-01 2020-12-31 -", "Минпром; Минстрой", "мост"),
    ]


def test_one_small_table_per_measure(tmp_path: Path) -> None:
    first = table(
        ["Мероприятие", "Выставка"],
        ["Срок", "май 2018 г."],
        ["Исполнители от Республики Беларусь", "Минпром"],
        ["Исполнители от Тульской области", "Минпромторг"],
        ["Ожидаемый результат", "10 договоров"],
    )
    second = table(
        ["<td colspan=2>Ярмарка</td>"],
        ["Срок", "ежегодно"],
        ["Исполнители", "МАРТ"],
        ["Финансирование", "10 тыс. рос. руб."],
        ["Примечание", "важно"],
        ["Номер", "7"],
    )
    reading = read_programme(html(tmp_path / "plan.html", RU + first + second))
    assert brief(reading) == [
        (None, None, "Выставка", MAY, "Минпром/BY; Минпромторг/RU", "10 договоров"),
        (None, None, "Ярмарка", YEARLY, "МАРТ", None),
    ]
    assert reading.measures[1].funding is not None
    assert reading.measures[1].funding.amount == 10000.0
    assert {"Примечание", "важно"} <= set(unplaced(reading))


def test_a_table_on_its_side_has_a_measure_in_each_column(tmp_path: Path) -> None:
    rows = table(
        ["Показатель", "Проект 1", "Проект 2"],
        ["Мероприятие", "Выставка", "Ярмарка"],
        ["Срок", "май 2018 г.", "ежегодно"],
        ["Исполнители", "Минпром", "Минторг"],
        ["Результат", "10", "–"],
    )
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    assert brief(reading) == [
        (None, None, "Выставка", MAY, "Минпром", "10"),
        (None, None, "Ярмарка", YEARLY, "Минторг", None),
    ]
    assert unplaced(reading) == ["Показатель", "Проект 1", "Проект 2"]


def test_tables_go_on_after_text_and_headings_between_them(tmp_path: Path) -> None:
    body = (
        RU
        + table(
            ["№", "Мероприятие", "Срок", "Исполнители"],
            ["<td colspan=4>1. Наука</td>"],
            ["1", "Проект", "2018", "НАН"],
        )
        + "<p>Продолжение таблицы</p>"
        + table(
            ["2", "Проект два", "2019", "НАН"],
            ["<td colspan=4>2. Культура</td>"],
            ["3", "Концерт", "2020", "Минкультуры"],
        )
        + "<p><b>3. Спорт</b></p>"
        + table(["№", "Мероприятие", "Срок", "Исполнители"], ["4", "Матч", "2020", "Минспорт"])
        + table(["От Беларуси", "От Тульской области"], ["____ И.И. Иванов", "____ П.П. Петров"])
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert [(measure.number, measure.section) for measure in reading.measures] == [
        ("1", "Наука"),
        ("2", "Наука"),
        ("3", "Культура"),
        ("4", "Спорт"),
    ]
    assert unplaced(reading) == [
        "Продолжение таблицы",
        "От Беларуси",
        "От Тульской области",
        "____ И.И. Иванов",
        "____ П.П. Петров",
    ]


def test_ticks_under_times_are_deadlines(tmp_path: Path) -> None:
    rows = table(
        ["№", "Мероприятие", "I кв. 2019", "II кв. 2019", "III кв. 2019", "Исполнитель"],
        ["1", "Выставка", "x", "", "", "Минпром"],
        ["2", "Ярмарка", "", "+", "+", "Минторг"],
    )
    reading = read_programme(html(tmp_path / "plan.html", "<p>План на 2019 год</p>" + rows))
    assert brief(reading) == [
        ("1", None, "Выставка", "window 2019-01-01 2019-03-31 -", "Минпром", None),
        ("2", None, "Ярмарка", "window 2019-04-01 2019-09-30 -", "Минторг", None),
    ]


def test_a_place_alone_heads_the_bodies_of_its_side(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            "<h1>Programme between the Region of Foolandia (Sweden) and Gdańsk, 2019–2021</h1>"
            + table(
                [
                    "Ref",
                    "What",
                    "When",
                    "Foolandia",
                    "Poland",
                    "Cost (EUR)",
                    "Funding source",
                    "Deliverable",
                    "Comments",
                ],
                [
                    "1",
                    "Port study",
                    "Mar 2019 – Jun 2020",
                    "Region One",
                    "Port of Gdansk",
                    "1,200.50",
                    "Interreg",
                    "Report",
                    "urgent",
                ],
                ["Total", "", "", "", "", "1,200.50", "", "", ""],
                ["Section B. People", "", "", "", "", "", "", "", ""],
                [
                    "2",
                    "Exchange",
                    "annually in May",
                    "Lund University",
                    "–",
                    "",
                    "own funds",
                    "",
                    "",
                ],
            ),
        )
    )
    assert brief(reading) == [
        (
            "1",
            None,
            "Port study",
            "window 2019-03-01 2020-06-30 -",
            "Region One/SE; Port of Gdansk/PL",
            "Report",
        ),
        (
            "2",
            "People",
            "Exchange",
            "recurring 2019-01-01 2021-12-31 yearly",
            "Lund University/SE",
            None,
        ),
    ]
    assert unplaced(reading) == ["urgent", "Total", "1,200.50"]


def test_headers_are_read_in_belarusian(tmp_path: Path) -> None:
    reading = read_programme(
        html(
            tmp_path / "plan.html",
            "<h1>Праграма супрацоўніцтва на 2019 – 2021 гады</h1>"
            + table(
                [
                    "№ п/п",
                    "Змест мерапрыемства",
                    "Тэрмін рэалізацыі",
                    "Выканаўцы з беларускага боку",
                    "Выканаўцы з польскага боку",
                    "Крыніца фінансавання",
                    "Чаканы вынік",
                ],
                ["<td colspan=7>РАЗДЗЕЛ I. Эканоміка</td>"],
                [
                    "1",
                    "Кірмаш",
                    "штогод, у верасні",
                    "Брэсцкі аблвыканкам;\nБрэсцкі гарвыканкам",
                    "Маршалкоўская ўправа",
                    "не патрабуецца",
                    "кірмаш",
                ],
            ),
        )
    )
    assert reading.language == "be"
    assert brief(reading) == [
        (
            "1",
            "Эканоміка",
            "Кірмаш",
            "recurring 2019-01-01 2021-12-31 yearly",
            "Брэсцкі аблвыканкам/BY; Брэсцкі гарвыканкам/BY; Маршалкоўская ўправа/PL",
            "кірмаш",
        ),
    ]


def test_a_person_can_correct_what_the_columns_hold(tmp_path: Path) -> None:
    path = html(
        tmp_path / "plan.html",
        table(["A", "B", "C", "D"], ["1", "Выставка", "Минпром", "май 2018 г."]),
    )
    assert read_programme(path).measures == ()
    roles: dict[int, ColumnRole | Column] = {
        0: ColumnRole.NUMBER,
        1: ColumnRole.TITLE,
        2: Column(ColumnRole.RESPONSIBLE, "BY"),
        3: ColumnRole.DUE,
    }
    reading = read_programme(path, columns={0: roles})
    assert brief(reading)[-1] == ("1", None, "Выставка", MAY, "Минпром/BY", None)
    assert columns(reading)[2] == "responsible:BY"
    assert Column.parse("responsible:BY") == roles[2]


def test_an_override_leaves_the_other_columns_as_understood(tmp_path: Path) -> None:
    path = html(
        tmp_path / "plan.html",
        RU
        + table(
            ["№", "Мероприятие", "Описание", "Срок", "Исполнители"],
            ["1", "Выставка", "Выставка техники", "2018", "Минпром"],
        ),
    )
    assert read_programme(path).measures[0].title == "Выставка"
    [measure] = read_programme(path, columns={0: {2: ColumnRole.TITLE}}).measures
    assert (measure.number, measure.title) == ("1", "Выставка техники")


def test_every_measure_tells_where_it_stands(tmp_path: Path) -> None:
    rows = table(["№", "Мероприятие", "Срок"], ["1", "Выставка", "2018"])
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    cells = {(cell.row, cell.column): cell.text for row in reading.tables[0].rows for cell in row}
    places = reading.measures[0].source_cells
    assert [cells[place["row"], place["column"]] for place in places] == ["1", "Выставка", "2018"]


def test_two_tables_in_one_sheet_of_columns_change_their_header(tmp_path: Path) -> None:
    rows = table(
        ["№", "Мероприятие", "Срок", "Исполнители"],
        ["1", "Выставка", "2018", "Минпром"],
        ["№", "Исполнители", "Мероприятие", "Срок"],
        ["2", "Минторг", "Ярмарка", "2019"],
    )
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    assert [(measure.title, measure.responsible[0].text) for measure in reading.measures] == [
        ("Выставка", "Минпром"),
        ("Ярмарка", "Минторг"),
    ]


def test_notes_below_a_table_are_not_sections(tmp_path: Path) -> None:
    rows = table(
        ["№", "Мероприятие", "Срок", "Исполнители"],
        ["1", "Выставка", "2018", "Минпром"],
        ["<td colspan=4>Примечание. Сроки уточняются.</td>"],
        ["", "", "", ""],
        ["<td colspan=4>Пустой раздел</td>"],
    )
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    assert unplaced(reading) == ["Примечание. Сроки уточняются.", "Пустой раздел"]


def test_a_number_that_opens_the_text_is_the_measures_number(tmp_path: Path) -> None:
    rows = table(
        ["Task", "Deadline", "Responsible"],
        ["T1.1 Hold a fair", "May 2019", "City of Oslo"],
        ["2. Publish a map", "May 2019", "City of Oslo"],
        ["5G networks", "May 2019", "City of Oslo"],
    )
    reading = read_programme(html(tmp_path / "plan.html", EN + rows))
    assert [(measure.number, measure.title) for measure in reading.measures] == [
        ("T1.1", "Hold a fair"),
        ("2", "Publish a map"),
        (None, "5G networks"),
    ]


def test_a_number_that_occurs_twice_is_told(tmp_path: Path) -> None:
    rows = table(["№", "Мероприятие", "Срок"], ["1", "Выставка", "2018"], ["1", "Ярмарка", "2018"])
    reading = read_programme(html(tmp_path / "plan.html", RU + rows))
    assert [str(warning) for warning in reading.warnings] == ["The number 1 occurs more than once."]


def test_a_table_of_the_same_width_about_something_else_is_not_read_as_measures(
    tmp_path: Path,
) -> None:
    body = (
        RU
        + table(["№", "Мероприятие", "Срок", "Исполнители"], ["1", "Выставка", "2018", "Минпром"])
        + table(["Город", "Завод", "Улица", "Дом"], ["Минск", "МАЗ", "Социалистическая", "два"])
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert [measure.title for measure in reading.measures] == ["Выставка"]
    assert len(unplaced(reading)) == 8
