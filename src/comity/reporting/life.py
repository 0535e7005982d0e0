"""The life of a report, told by its steps: where each of them leads, and what stands of the words.

Steps are given from the first to the last one.
"""

from collections.abc import Iterable

from comity.reporting.models import Stage, Step, StepKind
from comity.reporting.models.report import STANDING

#: Steps after which a report is no draft any more, should it come back to whoever reports.
_DECISIONS = (StepKind.RETURNED, StepKind.REOPENED, StepKind.SETTLING)
_WORDS_ONLY = (Stage.TEXT_REOPENED, Stage.TEXT_SUBMITTED)


def leads_to(stage: str, kind: str, *, was_decided: bool) -> Stage:
    """The stage after a step; words that were opened alone come back as words alone.

    `was_decided` says whether the report was returned or opened as a whole before.
    """
    words_only = stage in _WORDS_ONLY
    match StepKind(kind):
        case StepKind.SUBMITTED:
            return Stage.TEXT_SUBMITTED if words_only else Stage.SUBMITTED
        case StepKind.TAKEN_BACK:
            back = Stage.RETURNED if was_decided else Stage.DRAFT
            return Stage.TEXT_REOPENED if words_only else back
        case StepKind.RETURNED:
            return Stage.TEXT_REOPENED if words_only else Stage.RETURNED
        case StepKind.ACCEPTED:
            return Stage.ACCEPTED
        case StepKind.TEXT_REOPENED:
            return Stage.TEXT_REOPENED
        case StepKind.REOPENED | StepKind.SETTLING:
            return Stage.REOPENED


def stage_after(steps: Iterable[Step]) -> Stage:
    """Where a report stands after these steps of its life."""
    stage, was_decided = Stage.DRAFT, False
    for step in steps:
        stage = leads_to(stage, step.kind, was_decided=was_decided)
        was_decided = was_decided or is_decision(step)
    return stage


def is_decision(step: Step) -> bool:
    return step.kind in _DECISIONS


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


def told_to_all(stage: str) -> Stage:
    """What everybody is told of where an accepted report stands: that it is, or is open again."""
    if stage in _WORDS_ONLY:
        return Stage.TEXT_REOPENED
    return Stage.ACCEPTED if stage == Stage.ACCEPTED else Stage.REOPENED
