"""Reports as they stood at the end of a past day: every submission was kept as a step."""

from collections.abc import Iterable, Sequence
from datetime import date

from comity.accounts.rules import Reader
from comity.audit.past import end_of, past_of
from comity.programmes.models import Measure, Occurrence
from comity.reporting.life import stage_after
from comity.reporting.models import Report
from comity.reporting.rules import sides_of
from comity.reporting.shown import Answer, Said, Turn, as_told, turns_of


def report_then(report: Report, day: date, *, as_party: bool) -> tuple[Report, Said] | None:
    """A report with its stage of that day, not to be saved, and what it said.

    To those who have no part in the programme (`as_party` says who has), what had been accepted
    last. None if there was nothing. What is written and not submitted is of today alone.
    """
    steps = [step for step in report.steps.all() if step.at <= end_of(day)]
    return as_told(report, stage_after(steps), steps, as_party=as_party)


def was_open_to(reader: Reader, record: Report | Occurrence | Measure, day: date) -> bool:
    """Whether the reader might have seen the record at the end of that day."""
    return past_of(record, reader).was_open_at(end_of(day))


def answers_then(
    occurrence: Occurrence, reports: Iterable[Report], day: date, *, as_party: bool
) -> list[Answer]:
    """Each side that has to report on an occurrence, with what it had said by that day."""
    of_side = {
        report.side: then
        for report in reports
        if (then := report_then(report, day, as_party=as_party)) is not None
    }
    sides = sides_of(occurrence.measure)
    answers = []
    for side in (*sides, *(side for side in of_side if side not in sides)):
        report, said = of_side.get(side, (None, None))
        answers.append(
            Answer(side, report, said, can_report=False, can_verify=False, is_asked=True)
        )
    return answers


def turns_by(report: Report, day: date) -> Sequence[Turn]:
    """What had happened to a report by the end of a day."""
    return [turn for turn in turns_of(report) if turn.step.at <= end_of(day)]
