import pytest

from comity.lib.currencies import is_currency


@pytest.mark.parametrize("code", ["BYN", "RUB", "EUR", "USD", "CNY", "XOF"])
def test_money_that_people_pay_with(code: str) -> None:
    assert is_currency(code) is True


@pytest.mark.parametrize(
    "code", ["", "XXX", "XTS", "XAU", "XAG", "XDR", "XUA", "CLF", "USN", "ABC", "EURO", "xxx"]
)
def test_metals_units_of_account_and_placeholders_are_no_money(code: str) -> None:
    assert is_currency(code) is False
