"""The life of a report, told by its steps: where each of them leads, and what stands of the words.

Steps are given from the first to the last one.
"""

from collections.abc import Iterable, Sequence

from comity.reporting.models import Stage, Step, StepKind
from comity.reporting.models.report import STANDING

#: Steps by which the whole of a report was opened to whoever reports: it is no draft any more.
_OPENING = (StepKind.RETURNED, StepKind.REOPENED, StepKind.SETTLING, StepKind.GONE_ON)
#: Steps of which the last tells whether a side goes on with what was accepted.
_TURNING = (StepKind.ACCEPTED, StepKind.REOPENED, StepKind.SETTLING, StepKind.GONE_ON)
_WORDS_ONLY = (Stage.TEXT_REOPENED, Stage.TEXT_SUBMITTED)


def leads_to(stage: str, kind: str, *, opened_by: str | None) -> Stage:
    """The stage after a step; words that were opened alone come back as words alone.

    `opened_by` is the kind of the last step by which the report was returned or opened as a whole.
    """
    words_only = stage in _WORDS_ONLY
    match StepKind(kind):
        case StepKind.SUBMITTED:
            return Stage.TEXT_SUBMITTED if words_only else Stage.SUBMITTED
        case StepKind.TAKEN_BACK:
            return Stage.TEXT_REOPENED if words_only else _written_in(opened_by)
        case StepKind.RETURNED:
            return Stage.TEXT_REOPENED if words_only else Stage.RETURNED
        case StepKind.ACCEPTED | StepKind.TEXT_REOPENED | StepKind.GONE_ON:
            return Stage(kind)  # called alike
        case StepKind.REOPENED | StepKind.SETTLING:
            return Stage.REOPENED


def _written_in(opened_by: str | None) -> Stage:
    if opened_by is None:
        return Stage.DRAFT
    return Stage.GONE_ON if opened_by == StepKind.GONE_ON else Stage.RETURNED


def stage_after(steps: Iterable[Step]) -> Stage:
    """Where a report stands after these steps of its life."""
    stage, so_far = Stage.DRAFT, list[Step]()
    for step in steps:
        stage = leads_to(stage, step.kind, opened_by=opened_by(so_far))
        so_far.append(step)
    return stage


def opened_by(steps: Sequence[Step]) -> str | None:
    """The kind of the last step by which the whole of a report was opened again."""
    return next((step.kind for step in reversed(steps) if step.kind in _OPENING), None)


def accepted_last(steps: Iterable[Step]) -> Step | None:
    """The submission that was accepted last, whatever was handed in or opened since."""
    submitted = accepted = None
    for step in steps:
        if step.kind == StepKind.SUBMITTED:
            submitted = step
        elif step.kind == StepKind.ACCEPTED:
            accepted = submitted
    return accepted


def said_last(steps: Iterable[Step]) -> Step | None:
    """The last submission that was not taken back."""
    said: list[Step] = []
    for step in steps:
        if step.kind == StepKind.SUBMITTED:
            said.append(step)
        elif step.kind == StepKind.TAKEN_BACK:
            said = said[:-1]
    return said[-1] if said else None


def between_the_parties(stage: str, steps: Iterable[Step]) -> Step | None:
    """The submission that the parties read: one that waits, but no words that were given back."""
    is_settled = stage in (Stage.ACCEPTED, Stage.TEXT_REOPENED)
    return accepted_last(steps) if is_settled else said_last(steps)


def counting(stage: str, steps: Iterable[Step]) -> Step | None:
    """The submission from which follows what the occurrence says; new words wait until accepted."""
    return accepted_last(steps) if stage in STANDING else said_last(steps)


def told_to_all(stage: str, steps: Sequence[Step]) -> Stage:
    """What everybody is told of where an accepted report stands: that it is, or is open again.

    While its own side goes on with it, it stands as it was accepted.
    """
    if stage in _WORDS_ONLY:
        return Stage.TEXT_REOPENED
    turning = [step.kind for step in steps if step.kind in _TURNING]
    if turning and turning[-1] == StepKind.GONE_ON:
        return Stage.ACCEPTED
    return Stage.ACCEPTED if stage == Stage.ACCEPTED else Stage.REOPENED
