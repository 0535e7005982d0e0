"""Reports that were accepted on a day that is still open: their side goes on with them.

What was accepted stays what others see, until the next version of it is accepted.
"""

from collections.abc import Sequence
from copy import copy

from comity.accounts.rules import Reader
from comity.programmes.rules import has_a_part
from comity.reporting.models import Report, Stage, Step, StepKind
from comity.reporting.models.report import ENDED, STANDING
from comity.reporting.rules import can_write

#: Steps after which it is told anew whether what was accepted still stands.
_TURNING = (
    StepKind.GONE_ON,
    StepKind.ACCEPTED,
    StepKind.REOPENED,
    StepKind.TEXT_REOPENED,
    StepKind.SETTLING,
)


def may_be_gone_on_with(report: Report) -> bool:
    """Whether it was accepted, says that more is to come, and its day is still open."""
    return (
        report.stage == Stage.ACCEPTED
        and report.outcome not in ENDED
        and report.occurrence is not None
        and report.occurrence.done_on is None
        and not report.occurrence.withdrawn
    )


def as_accepted(steps: Sequence[Step]) -> Sequence[Step]:
    """Of the steps of a report those up to what was accepted, if its side went on with that."""
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].kind in _TURNING:
            return steps[:place] if steps[place].kind == StepKind.GONE_ON else steps
    return steps


def seen_by(reader: Reader, report: Report) -> Report:
    """The report as a reader is shown it: as it was accepted, to those who have no part in it.

    Asks the database only about a report that is gone on with; the steps have to be there.
    """
    if report.stage in STANDING:
        return report
    every = list(report.steps.all())
    accepted = as_accepted(every)
    if len(accepted) == len(every) or can_write(reader, report):
        return report
    return report if has_a_part(reader, report.measure.programme) else _then(report, accepted)


def _then(report: Report, steps: Sequence[Step]) -> Report:
    """Not to be saved."""
    then = copy(report)
    then.stage = Stage.ACCEPTED
    then._prefetched_objects_cache = {**report._prefetched_objects_cache, "steps": list(steps)}  # type: ignore[attr-defined]  # which `copy` shares
    then.__dict__.pop("came_after_lock", None)
    return then
