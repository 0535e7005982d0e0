"""A report as a reader is shown it.

Whoever writes it, what is being written; the parties, what was handed in; all others, what was
accepted last.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from comity.accounts.rules import Reader
from comity.programmes.models import Measure, Occurrence
from comity.reporting.content import Difference, differences
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.life import accepted_last, between_the_parties, told_to_all
from comity.reporting.models import Evidence, Outcome, Report, Stage, Step, StepKind
from comity.reporting.models.report import SAID
from comity.reporting.rules import can_report, can_see_drafts, can_verify, sides_of
from comity.reporting.targets import Target, target_of


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says: of a submission, or as it is being written."""

    outcome: str
    done_on: date | None
    told: str
    language: str
    figure: Decimal | None
    spent_amount: Decimal | None
    spent_currency: str
    difficulties: str
    help_wanted: str
    evidence: tuple[Evidence, ...]
    #: Whether it was handed in, and not only written so far.
    is_submitted: bool
    #: Whether it was accepted, and the whole report was opened again since.
    was_opened_again: bool = False

    @property
    def outcome_in_words(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A side of an occurrence: its report if there is one, and what the reader may do there."""

    side: str
    report: Report | None
    said: Said | None
    can_report: bool
    can_verify: bool
    #: Whether a report is asked for: nothing is withdrawn, nor registered as done without one.
    is_asked: bool

    @property
    def may_begin(self) -> bool:
        return self.report is None and self.can_report and self.is_asked

    @property
    def may_write(self) -> bool:
        return self.report is not None and self.report.is_writable and self.can_report

    @property
    def may_continue(self) -> bool:
        return self.report is not None and self.can_report and may_be_gone_on_with(self.report)


@dataclass(frozen=True, slots=True)
class Turn:
    """One step in the life of a report, with what it changed."""

    step: Step
    changes: list[Difference]


def shown_to(reader: Reader, report: Report, *, as_party: bool) -> tuple[Report, Said | None]:
    """A report with the stage that the reader is told, not to be saved, and what it says to them.

    `as_party` says whether they have a part in the programme. What is said is None if nothing of
    it may be shown to them yet.
    """
    if as_party and report.stage not in SAID and can_see_drafts(reader, report):
        evidence = [piece for piece in report.evidence.all() if not piece.is_taken_off]
        return report, _as_written(report, evidence)
    steps = report.steps.all()
    return as_told(report, report.stage, steps, as_party=as_party) or (report, None)


def as_told(
    report: Report, stage: str, steps: Iterable[Step], *, as_party: bool
) -> tuple[Report, Said] | None:
    """A report that stands in a stage after these steps, not to be saved, and what it says then.

    To those who have no part in the programme what was accepted last. None if there is nothing.
    """
    steps = list(steps)
    if as_party:
        step = between_the_parties(stage, steps) if stage != Stage.DRAFT else None
    else:
        step, stage = accepted_last(steps), told_to_all(stage, steps)
    if step is None:
        return None
    then = copy(report)
    then.stage, then.came_after_lock = stage, step.locked_at is not None
    was_opened_again = not as_party and stage == Stage.REOPENED
    return then, as_submitted(report, step.content or {}, was_opened_again=was_opened_again)


def answers_of(
    occurrence: Occurrence, reports: Iterable[Report], reader: Reader, *, as_party: bool
) -> list[Answer]:
    """Each side that has to report on an occurrence, and any other that did."""
    measure = occurrence.measure
    of_side = {report.side: report for report in reports}
    is_asked = not occurrence.withdrawn and (bool(of_side) or occurrence.done_on is None)
    sides = [*sides_of(measure), *(side for side in of_side if side not in sides_of(measure))]
    answers = []
    for side in sides:
        report, said = None, None
        if side in of_side:
            report, said = shown_to(reader, of_side[side], as_party=as_party)
        verifies = report is not None and can_verify(reader, report)
        answers.append(
            Answer(side, report, said, can_report(reader, measure, side), verifies, is_asked)
        )
    return answers


def turns_of(report: Report) -> list[Turn]:
    """The steps of a report, the last one first, each submission beside the one before."""
    turns: list[Turn] = []
    before: dict[str, Any] | None = None
    for step in report.steps.all():
        changes = []
        if step.kind == StepKind.SUBMITTED and step.content is not None:
            changes = differences(before, step.content) if before else []
            before = step.content
        turns.append(Turn(step, changes))
    return turns[::-1]


def target(measure: Measure) -> Target | None:
    return target_of(measure.expected_result)


def _as_written(report: Report, evidence: Sequence[Evidence]) -> Said:
    return Said(
        report.outcome,
        report.done_on,
        report.told,
        report.language,
        report.figure,
        report.spent_amount,
        report.spent_currency,
        report.difficulties,
        report.help_wanted,
        tuple(evidence),
        is_submitted=False,
    )


def as_submitted(
    report: Report, content: dict[str, Any], *, was_opened_again: bool = False
) -> Said:
    """What a report said in one of its submissions, by what its step kept."""
    shown = set(content["evidence"])
    return Said(
        outcome=content["outcome"],
        done_on=date.fromisoformat(content["done_on"]) if content["done_on"] else None,
        told=content["told"],
        language=content["language"],
        figure=_number(content["figure"]),
        spent_amount=_number(content["spent_amount"]),
        spent_currency=content["spent_currency"],
        difficulties=content["difficulties"],
        help_wanted=content["help_wanted"],
        evidence=tuple(piece for piece in report.evidence.all() if piece.pk in shown),
        is_submitted=True,
        was_opened_again=was_opened_again,
    )


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
