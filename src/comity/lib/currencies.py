"""Currencies by their codes of three letters; pycountry is the authority for ISO 4217."""

import pycountry


def is_currency(code: str) -> bool:
    return len(code) == 3 and pycountry.currencies.get(alpha_3=code) is not None
