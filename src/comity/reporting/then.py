"""Reports as they stood at the end of a past day: every submission was kept as a step."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date

from comity.accounts.rules import Reader
from comity.audit.past import end_of, past_of
from comity.programmes.models import Measure, Occurrence
from comity.reporting.going_on import as_accepted
from comity.reporting.models import Report, Stage, Step, StepKind
from comity.reporting.models.report import STANDING
from comity.reporting.rules import sides_of
from comity.reporting.shown import Answer, Said, Turn, as_submitted, turns_of

#: The stage that each step leads to; words that were opened alone come back as words alone.
_LEADS_TO = {
    StepKind.SUBMITTED: Stage.SUBMITTED,
    StepKind.TAKEN_BACK: Stage.DRAFT,
    StepKind.RETURNED: Stage.RETURNED,
    StepKind.ACCEPTED: Stage.ACCEPTED,
    StepKind.REOPENED: Stage.REOPENED,
    StepKind.TEXT_REOPENED: Stage.TEXT_REOPENED,
    StepKind.SETTLING: Stage.REOPENED,
    StepKind.GONE_ON: Stage.GONE_ON,
}


def stage_after(steps: Iterable[Step]) -> Stage:
    """Where a report stands after these steps of its life, the first one first."""
    stage = Stage.DRAFT
    for step in steps:
        words_only = stage == Stage.TEXT_REOPENED and step.kind == StepKind.SUBMITTED
        stage = Stage.TEXT_SUBMITTED if words_only else _LEADS_TO[StepKind(step.kind)]
    return stage


def report_then(report: Report, day: date, *, as_party: bool) -> tuple[Report, Said] | None:
    """A report with its stage of that day, not to be saved, and what it said.

    None if it had not been submitted, or, for those who have no part in the programme (`as_party`
    says who has), had not been accepted. What is written and not submitted is of today alone.
    """
    steps: Sequence[Step] = [step for step in report.steps.all() if step.at <= end_of(day)]
    if not as_party:
        steps = as_accepted(steps)
    said = [step for step in steps if step.kind == StepKind.SUBMITTED]
    stage = stage_after(steps)
    if not said or stage == Stage.DRAFT or not (as_party or stage in STANDING):
        return None
    then = copy(report)
    then.stage, then.came_after_lock = stage, said[-1].locked_at is not None
    return then, as_submitted(report, said[-1].content or {})


def was_open_to(reader: Reader, record: Report | Occurrence | Measure, day: date) -> bool:
    """Whether the reader might have seen the record at the end of that day."""
    return past_of(record, reader).was_open_at(end_of(day))


def answers_then(
    occurrence: Occurrence, reports: Iterable[Report], day: date, *, as_party: bool
) -> list[Answer]:
    """Each side that has to report on an occurrence, with what it had said by that day."""
    told = {
        report.side: then
        for report in reports
        if (then := report_then(report, day, as_party=as_party)) is not None
    }
    sides = sides_of(occurrence.measure)
    answers = []
    for side in (*sides, *(side for side in told if side not in sides)):
        report, said = told.get(side, (None, None))
        answers.append(
            Answer(side, report, said, can_report=False, can_verify=False, is_asked=True)
        )
    return answers


def turns_by(report: Report, day: date) -> Sequence[Turn]:
    """What had happened to a report by the end of a day."""
    return [turn for turn in turns_of(report) if turn.step.at <= end_of(day)]
