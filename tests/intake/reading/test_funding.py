"""Money: amounts, multipliers, currencies, several columns."""

import pytest

from comity.intake.reading.funding import Money, currency_of, likeness, read_funding


@pytest.mark.parametrize(
    ("text", "heading", "language", "amount", "currency"),
    [
        ("региональный бюджет, 98,5 млн рос. руб.", "", "ru", 98.5e6, "RUB"),
        ("кредит, 1 250 000 тыс. рос. руб.", "", "ru", 1.25e9, "RUB"),
        ("EUR 1.2 million", "", "en", 1.2e6, "EUR"),
        ("€240,000", "", "en", 240e3, "EUR"),
        ("2,4 млн рас. руб.", "", "be", 2.4e6, "RUB"),
        ("1200", "Объём финансирования, всего, тыс. рос. руб.", "ru", 1.2e6, "RUB"),
        ("850,5", "тыс. рос. руб.", "ru", 850500.0, "RUB"),
        ("in kind", "", "en", None, None),
        ("собственные средства", "", "ru", None, None),
        ("1,250,000", "Budget, EUR", "en", 1.25e6, "EUR"),
        ("150", "Budget (kEUR)", "en", 150e3, "EUR"),
        ("2.5", "Budget (MEUR)", "en", 2.5e6, "EUR"),
        ("85k €", "", "en", 85e3, "EUR"),
        ("€1.5m", "", "en", 1.5e6, "EUR"),
        ("kEUR 20", "", "en", 20e3, "EUR"),
        ("2 240,5", "млн бел. руб.", "ru", 2.2405e9, "BYN"),
        ("NOK 2 500 000", "", "en", 2.5e6, "NOK"),
        ("SEK 300,000", "", "en", 300e3, "SEK"),
        ("$1,000", "", "en", 1e3, "USD"),
        ("R$ 120,000", "", "en", 120e3, "BRL"),
        ("10 млн. тенге", "", "ru", 1e7, "KZT"),
        ("1.250.000 EUR", "", "en", 1.25e6, "EUR"),
        ("1.250,50 EUR", "", "en", 1250.5, "EUR"),
        ("600 тыс. юаней", "", "ru", 6e5, "CNY"),
        ("100 USD", "Сумма, тыс. руб.", "ru", 100.0, "USD"),
        ("в пределах средств бюджета 2018 года", "", "ru", None, None),
        ("федеральный бюджет – 150 тыс. руб.", "", "ru", 150e3, "RUB"),
        ("республиканский бюджет, 150 тыс. рублей", "", "ru", 150e3, "BYN"),
        ("5 тыс. еўра", "", "be", 5e3, "EUR"),
        ("50 % бюджета", "", "ru", None, None),
        ("не более 3 поездок", "", "ru", None, None),
        (
            "всего 150 тыс. долл. США, в том числе 2018 г. – 100, 2019 г. – 50",
            "",
            "ru",
            150e3,
            "USD",
        ),
        (
            "90 тыс. рос. руб., в том числе: 40 тыс. рос. руб., 50 тыс. рос. руб.",
            "",
            "ru",
            90e3,
            "RUB",
        ),
    ],
)
def test_an_amount_is_read(
    text: str, heading: str, language: str, amount: float | None, currency: str | None
) -> None:
    funding, warnings = read_funding([Money(text, heading)], language)
    assert funding is not None
    assert (funding.text, funding.amount, funding.currency, warnings) == (
        text,
        amount,
        currency,
        (),
    )


@pytest.mark.parametrize(
    ("text", "amount", "currency", "decision"),
    [
        ("100-150 тыс. евро", 150e3, "EUR", "the larger was taken."),
        ("EUR 10,000 and EUR 20,000", 30e3, "EUR", "their sum was taken."),
        (
            "10 тыс. бел. руб. и 20 тыс. рос. руб.",
            None,
            None,
            "they are in different currencies, so none was taken.",
        ),
    ],
)
def test_several_amounts_in_a_cell_give_a_warning(
    text: str, amount: float | None, currency: str | None, decision: str
) -> None:
    language = "en" if text.isascii() else "ru"
    funding, warnings = read_funding([Money(text)], language)
    assert funding is not None
    assert (funding.amount, funding.currency) == (amount, currency)
    assert [str(warning) for warning in warnings] == [f"“{text}” names several amounts; {decision}"]


def test_bare_roubles_take_the_documents_currency_or_give_a_warning() -> None:
    funding, warnings = read_funding([Money("150 тыс. руб.")], "ru", "RUB")
    assert funding is not None
    assert (funding.amount, funding.currency, warnings) == (150e3, "RUB", ())
    funding, warnings = read_funding([Money("150 тыс. руб.")], "ru")
    assert funding is not None
    assert (funding.amount, funding.currency) == (150e3, None)
    assert [warning.code for warning in warnings] == ["funding_currency"]


def test_several_columns_make_one_funding() -> None:
    years = [
        Money("300", "2018, тыс. евро", yearly=True),
        Money("–", "2019", yearly=True),
        Money("200", "2020, тыс. евро", yearly=True),
    ]
    total = Money("510", "Всего, тыс. евро", total=True)
    source = Money("местный бюджет", "Источник", source=True)

    def said(*cells: Money) -> tuple[str, float | None, str | None] | None:
        funding, _ = read_funding(cells, "ru")
        return funding and (funding.text, funding.amount, funding.currency)

    assert said(*years) == ("300; –; 200", 500e3, "EUR")
    assert said(total, *years) == ("510; 300; –; 200", 510e3, "EUR")
    assert said(source, Money("12,4", "Сумма, тыс. бел. руб.")) == (
        "местный бюджет; 12,4",
        12400.0,
        "BYN",
    )
    assert said(source, Money("–", "Сумма")) == ("местный бюджет; –", None, None)
    assert said(Money("–"), Money("")) is None
    assert said(Money("100", "Budget"), Money("NOK", "Currency")) == ("100; NOK", 100.0, "NOK")
    assert said(Money("1", "EUR"), Money("2", "NOK")) == ("1; 2", None, None)


def test_money_is_told_from_other_texts() -> None:
    assert currency_of("евро или доллары") is None
    assert likeness("10 тыс. бел. руб.")
    assert likeness("собственные средства")
    assert likeness("1 200,5")
    assert not likeness("Выставка 2018")
