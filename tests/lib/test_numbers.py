"""Numbers as they are typed in three languages: read rightly, or refused with a sentence."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from comity.lib.numbers import NumberField, as_typed, read


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12500,50", "12500.50"),
        ("12500.50", "12500.50"),
        ("12 500,50", "12500.50"),
        ("12 500.50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("12.500,50", "12500.50"),
        ("12\u00a0500,50", "12500.50"),
        ("12\u202f500,50", "12500.50"),
        ("12\u2009500,50", "12500.50"),
        ("12'500.50", "12500.50"),
        ("1 234 567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        ("0,125", "0.125"),
        ("1 234,567", "1234.567"),
        ("12345,678", "12345.678"),
        (" 400 ", "400"),
        ("0", "0"),
        ("−5", "-5"),
        ("-5,5", "-5.5"),
    ],
)
def test_numbers_are_read_in_every_notation(written: str, number: str) -> None:
    assert read(written) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "whole"),
    [("1,234", "1234"), ("1.234", "1234"), ("12,500", "12500"), ("250.000", "250000")],
)
def test_what_may_be_thousands_or_a_fraction_is_refused_and_told_apart(
    written: str, whole: str
) -> None:
    with pytest.raises(ValueError, match="two ways") as refused:
        read(written)
    assert str(refused.value) == (
        f"“{written}” can be read in two ways. Write {whole} if it is a whole number, or a "
        "fraction with no more than two digits."
    )


@pytest.mark.parametrize(
    "written", ["many", "12 50", "1,23,456", "1.234.56", "12,500,50", "5 BYN", "1e5", ",5", "5,",
                "1 2345", "--5", "1 234.567,8", "NaN", "Infinity"],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="is no number") as refused:
        read(written)
    assert str(refused.value) == f"“{written}” is no number. Write it as 12500 or 12500.50."


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", ["400", "12500.50", "1234567"]),
     ("ru", ["400", "12\u00a0500,50", "1\u00a0234\u00a0567"]),
     ("be", ["400", "12\u00a0500,50", "1\u00a0234\u00a0567"])],
)  # fmt: skip
def test_a_number_is_written_back_as_its_reader_writes_it(language: str, typed: list[str]) -> None:
    kept = [Decimal("400.00"), Decimal("12500.50"), Decimal(1234567)]
    with translation.override(language):
        assert list(map(as_typed, kept)) == typed


@given(st.decimals(0, 10**15, places=2), st.sampled_from(["be", "ru", "en"]))
def test_what_is_written_back_is_read_as_the_same(number: Decimal, language: str) -> None:
    with translation.override(language):
        assert read(as_typed(number)) == number


def test_the_field_is_a_text_with_the_keys_of_numbers_and_keeps_what_was_typed() -> None:
    field = NumberField(required=False, max_digits=10, decimal_places=2)
    assert field.widget.attrs == {"inputmode": "decimal", "autocomplete": "off"}
    assert field.widget.input_type == "text"
    assert field.clean("12 500,50") == Decimal("12500.50")
    assert [field.clean(empty) for empty in ("", None, "  ")] == [None, None, None]
    assert field.prepare_value("1,234") == "1,234"
    assert field.prepare_value(Decimal("9.50")) == "9.50"
