"""Measures written as paragraphs and lists, with their fields after labels."""

from pathlib import Path

from comity.intake.reading import read_programme
from tests.intake.reading.builders import brief, html, unplaced


def test_labelled_lines_follow_a_numbered_sentence(tmp_path: Path) -> None:
    body = (
        "<h1>План мероприятий на 2018–2020 годы</h1><h2>1. Промышленность</h2>"
        "<p>1.1. Провести выставку.</p><p>Срок: май 2018 г.</p>"
        "<p>Исполнители: от РБ – Минпром; от РФ – Минпромторг.</p>"
        "<p>Ожидаемый результат: 12 договоров.</p>"
        "<p>1.2. Провести ярмарку. Срок: ежегодно. Исполнители: Минторг, Администрация области. "
        "Финансирование: 10 тыс. бел. руб.</p>"
        "<h2>2. Культура</h2><p>2.1. Концерт.</p><p>Начало: май 2019 г.</p>"
        "<p>Окончание: июль 2019 г.</p><p>Исполнители от Республики Беларусь:</p>"
        "<ul><li>Минкультуры</li><li>Минобразование</li></ul>"
        "<p>Примечание. Конец.</p><p>Подписи сторон</p>"
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert brief(reading) == [
        (
            "1.1",
            "Промышленность",
            "Провести выставку.",
            "window 2018-05-01 2018-05-31 -",
            "Минпром/BY; Минпромторг/RU",
            "12 договоров.",
        ),
        (
            "1.2",
            "Промышленность",
            "Провести ярмарку.",
            "recurring 2018-01-01 2020-12-31 yearly",
            "Минторг; Администрация области",
            None,
        ),
        (
            "2.1",
            "Культура",
            "Концерт.",
            "window 2019-05-01 2019-07-31 -",
            "Минкультуры/BY; Минобразование/BY",
            None,
        ),
    ]
    assert reading.measures[1].funding is not None
    assert reading.measures[1].funding.amount == 10000.0
    assert reading.measures[0].source_cells[0] == {"paragraph": 2}
    assert unplaced(reading) == ["Примечание. Конец.", "Подписи сторон"]


def test_numbered_lists_under_work_packages(tmp_path: Path) -> None:
    body = (
        "<h1>Joint Action Plan 2019–2021</h1><h2>WP1 Trade</h2><ol>"
        "<li>Hold a fair. Deadline: 30 June 2019. Responsible: City of Oslo (NO); Region "
        "Skåne (SE). "
        "Expected result: 10 deals. Budget: EUR 10,000</li>"
        "<li>Hold a show. Deadline: annually. Responsible: Oslo Chamber</li></ol>"
        "<h2>WP2 Culture</h2><ol start=3><li>Concert. Timing: Q2 2020. "
        "Responsible (Norway): Oslo Opera. Responsible (Sweden): Malmö Opera.</li></ol>"
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert brief(reading) == [
        (
            "1",
            "Trade",
            "Hold a fair.",
            "date 2019-06-30 2019-06-30 -",
            "City of Oslo (NO)/NO; Region Skåne (SE)/SE",
            "10 deals.",
        ),
        (
            "2",
            "Trade",
            "Hold a show.",
            "recurring 2019-01-01 2021-12-31 yearly",
            "Oslo Chamber",
            None,
        ),
        (
            "3",
            "Culture",
            "Concert.",
            "window 2020-04-01 2020-06-30 -",
            "Oslo Opera/NO; Malmö Opera/SE",
            None,
        ),
    ]


def test_each_measure_may_begin_with_the_label_of_a_measure(tmp_path: Path) -> None:
    body = (
        "<p>Plan 2019–2021</p><p>Measure: Fair</p><p>Deadline: May 2019</p>"
        "<p>Responsible: City of Oslo</p><p>Measure: Show</p><p>Deadline: June 2019</p>"
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert [(measure.title, measure.due.text) for measure in reading.measures] == [
        ("Fair", "May 2019"),
        ("Show", "June 2019"),
    ]


def test_plain_text_gives_no_measures_and_loses_nothing(tmp_path: Path) -> None:
    reading = read_programme(html(tmp_path / "page.html", "<p>Добрый день.</p><p>До встречи.</p>"))
    assert reading.measures == ()
    assert unplaced(reading) == ["Добрый день.", "До встречи."]
    assert [warning.code for warning in reading.warnings] == ["no_measures"]
