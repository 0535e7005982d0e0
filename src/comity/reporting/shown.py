"""A report as a reader is shown it: what was submitted last, or what is being written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from comity.accounts.rules import Reader
from comity.programmes.models import Measure, Occurrence
from comity.reporting.content import Difference, differences
from comity.reporting.going_on import may_be_gone_on_with, seen_by
from comity.reporting.models import Evidence, Outcome, Report, Step, StepKind
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


def said_to(reader: Reader, report: Report) -> Said | None:
    """What is shown of a report; None if nothing of it may be shown to this reader yet."""
    report = seen_by(reader, report)
    if report.stage not in SAID and can_see_drafts(reader, report):
        evidence = [piece for piece in report.evidence.all() if not piece.is_taken_off]
        return _as_written(report, evidence)
    return submitted_last(report)


def submitted_last(report: Report) -> Said | None:
    """What was handed in last, as it was handed in."""
    handed_in = [step for step in report.steps.all() if step.kind == StepKind.SUBMITTED]
    return as_submitted(report, handed_in[-1].content or {}) if handed_in else None


def answers_of(occurrence: Occurrence, reports: Iterable[Report], reader: Reader) -> list[Answer]:
    """Each side that has to report on an occurrence, and any other that did."""
    measure = occurrence.measure
    of_side = {report.side: seen_by(reader, report) for report in reports}
    is_asked = not occurrence.withdrawn and (bool(of_side) or occurrence.done_on is None)
    sides = [*sides_of(measure), *(side for side in of_side if side not in sides_of(measure))]
    return [
        Answer(
            side,
            report := of_side.get(side),
            said_to(reader, report) if report else None,
            can_report(reader, measure, side),
            report is not None and can_verify(reader, report),
            is_asked,
        )
        for side in sides
    ]


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


def as_submitted(report: Report, content: dict[str, Any]) -> Said:
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
    )


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
