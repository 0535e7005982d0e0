"""What became of a file that a command brought in, and of a folder of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.programmes.models import Programme

#: Taken in as a new programme, as a new version of one, nothing to do, a rule against it, no
#: document that can be read.
DONE, AMENDED, ALREADY, REFUSED, UNREADABLE = "done", "amended", "already", "refused", "unreadable"


class NotImported(Exception):
    """The file was not taken in and left no trace; the message says why and what to do.

    `doubts` are the sentences that `--yes` would answer; `is_bad_input` tells a file that cannot
    be read from one that a rule refuses.
    """

    def __init__(
        self, sentence: str, *, doubts: list[str] | None = None, bad: bool = False
    ) -> None:
        super().__init__(sentence)
        self.doubts = doubts or []
        self.is_bad_input = bad


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, by one of the words above."""

    path: Path
    state: str
    sentence: str
    programme: Programme | None = None
    measures: int = 0
    doubts: list[str] = field(default_factory=list)


def refused(path: Path, refusal: NotImported) -> Outcome:
    """The outcome of a file that was not taken in."""
    state = UNREADABLE if refusal.is_bad_input else REFUSED
    return Outcome(path, state, str(refusal), doubts=refusal.doubts)


def summary(outcomes: Iterable[Outcome]) -> str:
    """A folder in one sentence: how many files there were, and what became of them."""
    outcomes = list(outcomes)
    states = Counter(outcome.state for outcome in outcomes)
    measures = sum(outcome.measures for outcome in outcomes if outcome.state == DONE)
    parts = [
        ngettext("%(n)s taken in", "%(n)s taken in", states[DONE]) % {"n": states[DONE]}
        + " ("
        + ngettext("%(n)s measure", "%(n)s measures", measures) % {"n": measures}
        + ")",
        ngettext("%(n)s as a new version", "%(n)s as new versions", states[AMENDED])
        % {"n": states[AMENDED]},
        ngettext("%(n)s nothing new", "%(n)s nothing new", states[ALREADY])
        % {"n": states[ALREADY]},
        ngettext("%(n)s refused", "%(n)s refused", states[REFUSED]) % {"n": states[REFUSED]},
        ngettext("%(n)s not readable", "%(n)s not readable", states[UNREADABLE])
        % {"n": states[UNREADABLE]},
    ]
    kinds = (DONE, AMENDED, ALREADY, REFUSED, UNREADABLE)
    told = [part for part, kind in zip(parts, kinds, strict=True) if states[kind]]
    files = ngettext("%(n)s file", "%(n)s files", len(outcomes)) % {"n": len(outcomes)}
    return _("%(files)s: %(told)s.") % {"files": files, "told": ", ".join(told)}


def refuse_doubts(path: Path, doubts: list[str], *, yes: bool) -> None:
    """Raises `NotImported` if anything is in doubt and nobody said yes to it."""
    if doubts and not yes:
        raise NotImported(
            ngettext(
                "%(name)s was not taken in: %(n)s thing in it is in doubt. Look at it in the "
                "browser, or say --yes.",
                "%(name)s was not taken in: %(n)s things in it are in doubt. Look at them in the "
                "browser, or say --yes.",
                len(doubts),
            )
            % {"name": path.name, "n": len(doubts)},
            doubts=doubts,
        )
