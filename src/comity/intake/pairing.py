"""Which measure of a new version is which measure that stands, by what they say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process, utils

from comity.programmes.rows import NewMeasure

#: How alike two titles have to be (of 100) to be of one measure; less if the number is the same.
ALIKE, ALIKE_WITH_NUMBER = 78, 45
#: With the same number so alike that no other measure is looked for.
NEARLY_EQUAL = 90
#: What the same number, and the same section, add to how alike two rows are.
SAME_NUMBER, SAME_SECTION = 15, 5

Measures = dict[int, NewMeasure]
#: How alike (of 100) the titles of a new and of an old measure are.
Likeness = tuple[float, int, int]


def paired(new: Measures, old: Measures, language: str) -> dict[int, int]:
    """Which new measure is which old one, each once: the same titles first, then the most alike."""
    asked = {row: _folded(title_in(measure, language)) for row, measure in new.items()}
    titles = {pk: _folded(title_in(measure, language)) for pk, measure in old.items()}
    met: dict[int, int] = {}
    for ways in (_equal, _numbered_alike, _alike):
        taken = set(met.values())
        left = {row: text for row, text in asked.items() if row not in met}
        still = {pk: text for pk, text in titles.items() if pk not in taken}
        met |= _closest(ways(left, still, new, old), new, old)
    return met


def title_in(measure: NewMeasure, language: str) -> str:
    """The title in the language, or in the first one that there is."""
    order = [language, *(code for code in ("ru", "be", "en") if code != language)]
    return next((measure.titles[code] for code in order if measure.titles.get(code)), "")


def _folded(title: str) -> str:
    """The words in order of the alphabet, so that moved words count as alike."""
    return " ".join(sorted(utils.default_process(title.replace("ё", "е")).split()))


def _closest(found: Iterable[Likeness], new: Measures, old: Measures) -> dict[int, int]:
    met: dict[int, int] = {}
    taken: set[int] = set()
    ranked = sorted((-_closeness(score, new[row], old[pk]), row, pk) for score, row, pk in found)
    for _rank, row, pk in ranked:
        if row not in met and pk not in taken:
            met[row] = pk
            taken.add(pk)
    return met


def _closeness(score: float, new: NewMeasure, old: NewMeasure) -> float:
    same_number = bool(new.number) and new.number == old.number
    return score + SAME_NUMBER * same_number + SAME_SECTION * (new.section == old.section)


def _equal(
    asked: dict[int, str], titles: dict[int, str], _new: Measures, _old: Measures
) -> Iterator[Likeness]:
    exact: dict[str, list[int]] = defaultdict(list)
    for pk, title in titles.items():
        exact[title].append(pk)
    for row, title in asked.items():
        yield from ((100, row, pk) for pk in exact[title])


def _numbered_alike(
    asked: dict[int, str],
    titles: dict[int, str],
    new: Measures,
    old: Measures,
    least: float = NEARLY_EQUAL,
) -> Iterator[Likeness]:
    numbered: dict[str, list[int]] = defaultdict(list)
    for pk in titles:
        numbered[old[pk].number].append(pk)
    for row, title in asked.items():
        for pk in numbered[new[row].number] if new[row].number else ():
            if score := fuzz.ratio(title, titles[pk], score_cutoff=least):
                yield score, row, pk


def _alike(
    asked: dict[int, str], titles: dict[int, str], new: Measures, old: Measures
) -> Iterator[Likeness]:
    """Those alike enough; less is enough where the number is the same."""
    yield from _numbered_alike(asked, titles, new, old, ALIKE_WITH_NUMBER)
    for row, title in asked.items():
        found = process.extract(title, titles, scorer=fuzz.ratio, limit=10, score_cutoff=ALIKE)
        yield from ((score, row, pk) for _text, score, pk in found)
