"""Which organisations a written name can mean: ranked, each with a score and a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from comity.intake.matching.directory import Directory, Name, Reason
from comity.intake.matching.names import acronyms, plain, stems, words_of, written_out

#: Names compared letter by letter for one written body.
COMPARED = 1000
#: How many are proposed, and how alike they have to be (of 100).
PROPOSED, ALIKE = 5, 62
EXACT, SAME_WORDS, BY_INITIALS = 100, 97, 90
#: How much it counts that the words of one name are among those of the other.
SET_COUNTS = 0.45
#: What a seat in another country costs, and one where other bodies of the document sit earns.
ELSEWHERE, AT_HAND = 25, 4
#: Who is so much less alike than the best is not proposed beside it.
FAR_BEHIND = 20


class Written(NamedTuple):
    """A body as a document names it; its side by ISO 3166-1, or nothing."""

    text: str
    side: str


class Candidate(NamedTuple):
    """An organisation that may be meant: how alike it is (of 100), and why it is proposed."""

    organisation: int
    score: int
    reason: str


def match_all(written: Iterable[Written], directory: Directory) -> dict[Written, list[Candidate]]:
    """For each body its candidates, the best first.

    Seats of those that are certain speak for others seated there: in the programme of one region,
    “the ministry of agriculture of the region” is that region's.
    """
    bodies = list(dict.fromkeys(written))
    exact = {body: _exact(body, directory) for body in bodies}
    sure = [found[0].organisation for b, found in exact.items() if certain(b, found, directory)]
    seats = Counter(directory.seats[owner] for owner in sure if directory.is_regional(owner))
    return {body: exact[body] or _alike(body, directory, seats) for body in bodies}


def certain(body: Written, candidates: Sequence[Candidate], directory: Directory) -> bool:
    """Whether the name is written as the directory has it and means one organisation only."""
    best = [candidate for candidate in candidates if candidate.score == EXACT]
    if len(best) != 1:
        return False
    return not body.side or directory.country(best[0].organisation) == body.side


def _exact(body: Written, directory: Directory) -> list[Candidate]:
    found = {name.owner: name.kind for name in reversed(directory.exact[plain(body.text)])}
    here = [owner for owner in found if not body.side or directory.country(owner) == body.side]
    if not here:
        return []
    return sorted(
        (Candidate(o, EXACT if o in here else EXACT - ELSEWHERE, found[o]) for o in found),
        key=_order,
    )[:PROPOSED]


def _alike(body: Written, directory: Directory, seats: Counter[str]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for name, score, reason in _scored(body, directory):
        owner, total = name.owner, score
        if body.side and directory.country(owner) != body.side:
            total -= ELSEWHERE
        elif seats[directory.seats[owner]]:
            total = min(total + AT_HAND, EXACT - 1)
        if total >= ALIKE and (owner not in best or best[owner].score < total):
            best[owner] = Candidate(owner, round(total), reason)
    ranked = sorted(best.values(), key=_order)[:PROPOSED]
    return [candidate for candidate in ranked if candidate.score > ranked[0].score - FAR_BEHIND]


def _scored(body: Written, directory: Directory) -> Iterator[tuple[Name, float, str]]:
    """Names with their score and reason, whatever side they are on."""
    for word in acronyms(body.text):
        for name in directory.by_initials[word]:
            yield name, BY_INITIALS, Reason.INITIALS
    for name in directory.exact[plain(body.text)]:
        yield name, EXACT, name.kind
    words = written_out(words_of(body.text))
    asked = stems(words)
    near = directory.near(words, COMPARED)
    for stemmed, score, place in process.extract(
        " ".join(asked),
        [name.stemmed for name in near],
        scorer=fuzz.token_set_ratio,
        limit=60,
        score_cutoff=ALIKE,
    ):
        if sorted(stemmed.split()) == sorted(asked):
            yield near[place], SAME_WORDS, Reason.FORM
        else:
            whole = fuzz.token_sort_ratio(" ".join(asked), stemmed)
            alike = min(SET_COUNTS * score + (1 - SET_COUNTS) * whole, SAME_WORDS - 1)
            yield near[place], alike, Reason.ALIKE


def _order(candidate: Candidate) -> tuple[int, int]:
    return (-candidate.score, candidate.organisation)
