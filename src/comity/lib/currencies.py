"""Currencies by their codes of three letters; pycountry is the authority for ISO 4217."""

import pycountry

#: Of the codes that begin with X, which belong to no country, these are money that people pay with;
#: the others are metals, units of account, “no currency” and the code for tests.
_SHARED = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
#: Funds codes: units in which sums are counted, and nobody pays.
_FUNDS = frozenset({"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"})


def is_currency(code: str) -> bool:
    """Whether money can be paid in it."""
    code = code.upper()
    if len(code) != 3 or code in _FUNDS or (code.startswith("X") and code not in _SHARED):
        return False
    return pycountry.currencies.get(alpha_3=code) is not None
