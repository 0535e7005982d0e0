"""Responsible bodies: how a cell parts into them, and the side each stands on."""

import pytest

from comity.intake.reading.bodies import likeness, read_bodies
from comity.intake.reading.places import side_with_title, sides_in


def said(text: str, side: str | None = None) -> str:
    found = read_bodies(text, side)
    return " | ".join(f"{body.text}/{body.side}" if body.side else body.text for body in found)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (
            "Министерство промышленности,\nОАО «АМКОДОР» – управляющая компания холдинга»",
            "Министерство промышленности | ОАО «АМКОДОР» – управляющая компания холдинга»",
        ),
        (
            "от РБ: Минпром; ОАО «Гомсельмаш»;\nот РФ: Департамент промышленности, "
            "транспорта и связи",
            "Минпром/BY | ОАО «Гомсельмаш»/BY | Департамент промышленности, транспорта и связи/RU",
        ),
        ("АО «УК «Брянский завод», ОАО «МАЗ»", "АО «УК «Брянский завод» | ОАО «МАЗ»"),
        (
            "City of Lappeenranta (FI)\nRegional Council of X (Russia)",
            "City of Lappeenranta (FI)/FI | Regional Council of X (Russia)/RU",
        ),
        (
            "Norway:\nNordland County\nSweden:\n- Region Norrbotten\n• Luleå kommun",
            "Nordland County/NO | Region Norrbotten/SE | Luleå kommun/SE",
        ),
        ("от Тульской области – Министерство экономики", "Министерство экономики/RU"),
        (
            "Ministry of Agriculture, Food and Rural Affairs, City of Lahti, VTT",
            "Ministry of Agriculture, Food and Rural Affairs | City of Lahti | VTT",
        ),
        ("1) Минпром\n2) Минэкономики", "Минпром | Минэкономики"),
        (
            "Министерство экономического\nразвития области",
            "Министерство экономического развития области",
        ),
        ("Ministry of Finance, Estonia", "Ministry of Finance, Estonia"),
        ("Acme, Ltd, City of Oslo", "Acme, Ltd | City of Oslo"),
        (
            "От Республики Беларусь\nМинпром, Минэнерго\nОт Российской Федерации\nМинпромторг",
            "Минпром/BY | Минэнерго/BY | Минпромторг/RU",
        ),
        (
            "Инспекция по семеноводству, карантину и защите растений",
            "Инспекция по семеноводству, карантину и защите растений",
        ),
        (
            "Belarusian side: Ministry of X; Russian side: Ministry of Y",
            "Ministry of X/BY | Ministry of Y/RU",
        ),
        ("ООО «А», концерн «В», музей", "ООО «А» | концерн «В», музей"),
        ("АО «Аэропорт Толмачёво».", "АО «Аэропорт Толмачёво»"),
        ("Финляндия – Союз коммун", "Союз коммун/FI"),
        (
            "Белорусская сторона\nминистерство связи\nминистерство спорта",
            "министерство связи/BY | министерство спорта/BY",
        ),
        ("Институт (Минск, Гомель; Брест), Палата", "Институт (Минск, Гомель; Брест) | Палата"),
        ("(BY) Минпром", "Минпром/BY"),
        ("Агентство по связям\n(Сахалин)", "Агентство по связям (Сахалин)/RU"),
        ("Мини-\nстерство связи", "Министерство связи"),
        ("Белорусская сторона", "Белорусская сторона/BY"),
        (
            "Белорусская сторона\nРоссийская сторона",
            "Белорусская сторона/BY | Российская сторона/RU",
        ),
        ("Government of Åland (AX)", "Government of Åland (AX)/AX"),
        ("Institute (XX)", "Institute (XX)"),
        ("–", ""),
        ("", ""),
        (";;", ""),
        ("Институт физики имени Б.И. Степанова", "Институт физики имени Б.И. Степанова"),
        ("Школа № 5: Минск", "Школа № 5: Минск"),
    ],
)
def test_a_cell_parts_into_bodies(text: str, bodies: str) -> None:
    assert said(text) == bodies


def test_the_side_of_the_column_holds_until_a_label_or_a_bracket_says_otherwise() -> None:
    assert (
        said("Минпром; РФ: Минэнерго; Центр (КНР)", "BY")
        == "Минпром/BY | Минэнерго/RU | Центр (КНР)/CN"
    )


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("Исполнители от Республики Беларусь", "BY"),
        ("Исполнители от Сахалинской области", "RU"),
        ("Выканаўцы ад Пскоўскай вобласці", "RU"),
        ("Выканаўцы ад Брэсцкай вобласці", "BY"),
        ("Responsible (Norway)", "NO"),
        ("Lead in Brazil", "BR"),
        ("Responsible (Brittany)", "FR"),
        ("Responsible (Wales)", "GB"),
        ("Исполнители от Республики Татарстан", "RU"),
        ("Norwegian partner", "NO"),
        ("Responsible, Misiones", "AR"),
        ("от РБ", "BY"),
        ("Российская сторона", "RU"),
        ("Lead (Päijät-Häme)", "FI"),
        ("Región", None),
        ("Исполнители от Могилевской области", "BY"),
        ("Исполнители от Нижегородской области", "RU"),
        ("Исполнители от г. Санкт-Петербурга", "RU"),
        ("Исполнители от Казахстана", "KZ"),
        ("от Хэйлунцзян", "CN"),
        ("Партнёр (Польша)", "PL"),
        ("Partner SE", "SE"),
        ("Västra Götaland", "SE"),
        ("Исполнители от Республики Карелия", "RU"),
        ("North Karelia", "FI"),
        ("Республика Коми", "RU"),
        ("Саха (Якутия)", "RU"),
        ("Исполнители от Кыргызской Республики", "KG"),
        ("Исполнители от Пермского края", "RU"),
        ("Implementing body", None),
        ("No.", None),
        ("Ответственный орган", None),
        ("Responsible (Belarus, Russia)", None),
        ("Исполнители от Ханты-Мансийского округа", "RU"),
        ("Responsible (Tirol)", "AT"),
        ("South Korea", "KR"),
        ("Выканаўцы з літоўскага боку", "LT"),
    ],
)
def test_the_side_of_a_heading(heading: str, side: str | None) -> None:
    found = sides_in(heading)
    assert (found[0] if len(found) == 1 else None) == side


def test_a_region_unknown_to_the_lists_is_looked_up_in_the_title() -> None:
    title = "Agreement between the Region of Foolandia (Sweden) and the Barria County (Norway)"
    assert side_with_title("Responsible (Foolandia)", title) == "SE"
    assert side_with_title("Barria", title) == "NO"
    assert side_with_title("Foolandia and Barria", title) is None
    assert side_with_title("Elsewhere", title) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Минпром", True),
        ("City Council", True),
        ("Витебский облисполком", True),
        ("белорусская сторона – ОАО «Витязь»;\nроссийская сторона – АО «Ока»", True),
        ("–", False),
        ("Проведение выставки", False),
        ("x" * 500, False),
    ],
)
def test_bodies_are_told_from_other_texts(text: str, is_one: bool) -> None:
    assert likeness(text) is is_one
