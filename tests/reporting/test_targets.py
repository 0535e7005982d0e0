from decimal import Decimal

import pytest

from comity.reporting.targets import Target, target_of


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("не менее 12 контрактов", 12, "контрактов"),
        ("Заключение не менее 5 договоров", 5, "договоров"),
        ("не менш за 3 выставы штогод", 3, "выставы"),
        ("at least 12 contracts", 12, "contracts"),
        ("1,200 participants", 1200, "participants"),
        ("до 1 500 тонн зерна", 1500, "тонн зерна"),
        ("увеличение товарооборота на 15 %", 15, "%"),
        ("рост на 7,5%", Decimal("7.5"), "%"),
        ("поставка 2,5 тыс. тонн", 2500, "тонн"),
        ("3 млн рублей", 3_000_000, "рублей"),
        ("в 2018 году 4 совместных мероприятия", 4, "совместных мероприятия"),
        ("5 соглашений и 3 выставки", 5, "соглашений"),
        ("обмен опытом (2 семинара)", 2, "семинара"),
        ("не менее 100 человек ежегодно", 100, "человек"),
    ],
)
def test_the_number_promised(text: str, amount: Decimal | int, unit: str) -> None:
    assert target_of(text) == Target(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Развитие сотрудничества",
        "в 2017–2020 годах",
        "до 1 декабря 2018 г.",
        "согласно пункту 5 программы",
        "Протокол № 4 рабочей группы",
        "2 раза в год",
        "12.05.2018",
        "0 случаев",
        "within 3 months",
    ],
)
def test_no_number_is_promised(text: str) -> None:
    assert target_of(text) is None
