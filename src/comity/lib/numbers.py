"""Numbers as people type them in Belarusian, Russian and English: 12 500,50; 12,500.50; 12.500,50.

What stands in two readings is refused, never guessed: with one comma or point and three digits
behind it, “1,234” is a thousand to some and one and a bit to others.
"""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.lib.languages import reader_language

_SPACES = "\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_FRACTION = r"(?:(?P<point>[.,])(?P<fraction>\d+))?"
_READINGS = [
    re.compile(rf"(?P<whole>{whole}){_FRACTION}")
    for whole in (
        r"\d+",
        rf"\d{{1,3}}(?P<mark>[{_SPACES}'’])\d{{3}}(?:[{_SPACES}'’]\d{{3}})*",
        r"\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*",
    )
]
_IN_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def read(written: str) -> Decimal:
    """The number that was typed. ValueError with a sentence for what is none, or may be two."""
    plain = written.strip(_SPACES + "\t").replace("−", "-")
    sign, plain = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    if _IN_TWO_WAYS.fullmatch(plain):
        raise ValueError(
            _(
                "“%(written)s” can be read in two ways. Write %(whole)s if it is a whole number, "
                "or a fraction with no more than two digits."
            )
            % {"written": written.strip(), "whole": re.sub("[.,]", "", plain)}
        )
    for reading in _READINGS:
        found = reading.fullmatch(plain)
        if found and found["point"] != found.groupdict().get("mark", ""):
            whole = re.sub(r"\D", "", found["whole"])
            return Decimal(f"{sign}{whole}.{found['fraction'] or '0'}")
    raise ValueError(
        _("“%(written)s” is no number. Write it as 12500 or %(example)s.")
        % {"written": written.strip(), "example": as_typed(Decimal("12500.50"))}
    )


def as_typed(value: Decimal) -> str:
    """A number with up to two decimals as its reader would type it, so that `read` gives it back.

    English thousands stand without a comma, which alone would say two things.
    """
    language = reader_language()
    whole, fraction = ("0", ".00") if language == "en" else ("#,##0", ".00")
    shape = whole if value == value.to_integral_value() else whole + fraction
    return format_decimal(value, format=shape, locale=language)


class NumberField(forms.DecimalField):
    """A text field that reads a number as it is written in any of the languages.

    A browser's own field for numbers drops a comma that its language does not know.
    """

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return read(value)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from problem

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, Decimal) else value
