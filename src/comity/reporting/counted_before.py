"""What is counted where it stands before its number: «договоров – не менее 12».

Pure. Either what is counted is called a number, as in “number of participants: 250”, or it is
parted from “at least”; «провести не менее 12» does not say of what.
"""

import re

from comity.reporting.numerals import AT_LEAST

_NUMBER_OF = (
    r"(?:(?:общее|общая|агульная|агульны|the|total|overall) ){0,2}"
    r"(?:количество|число|численность|колькасць|лік|number of|count of) "
)
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_UNIT = rf"(?P<unit>{_WORD}(?: {_WORD}){{0,3}}?)"
_BEGINS, _PARTS = r"(?:^|[.;:,(\n])\s*", r"(?: ?: ?| [–—-] )"
_BEFORE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_BEGINS}(?P<called>{_NUMBER_OF}){_UNIT}{_PARTS}$",
        rf"{_BEGINS}(?:{_NUMBER_OF}){_UNIT}(?:{_PARTS}| )(?P<least>{AT_LEAST}) $",
        rf"{_BEGINS}{_UNIT}{_PARTS}(?P<least>{AT_LEAST}) $",
    )
]
#: These name no thing that is counted.
_NAMING_NOTHING = """
    всего итого числе том усяго разам ліку тым total including which ежегодно ежеквартально штогод
    штогадова штоквартальна annually yearly quarterly result результат вынік план plan срок тэрмін
    term в у на за к до да по с со з and и і or или або of the
"""
_NO_UNITS = frozenset(_NAMING_NOTHING.split())
_YEAR = re.compile(r"(?:19|20)\d\d")


def counted_before(before: str, number: str) -> str:
    """What the words before a number say that it counts; nothing if they do not."""
    for pattern in _BEFORE:
        found = pattern.search(before)
        if found is None:
            continue
        is_at_least = "least" in found.groupdict()
        words = found["unit"].split()
        if _NO_UNITS.isdisjoint(map(str.lower, words)) and (
            is_at_least or not _YEAR.fullmatch(number)
        ):
            return " ".join([_in_a_sentence(words[0]), *words[1:]])
    return ""


def _in_a_sentence(word: str) -> str:
    """Without the capital letter that it has as the first of a clause."""
    return word.lower() if word.istitle() else word
