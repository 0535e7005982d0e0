"""No order of acts, whoever does them, loses a text or a file; the history tells all of them."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comity.audit.models import Entry
from comity.audit.queries import fields_as_of, first_break
from comity.lib.versions import Stale
from comity.programmes.actions import amend_measure
from comity.programmes.due import DueRule
from comity.programmes.models import Occurrence
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.actions import (
    accept_report,
    add_file,
    ask_to_settle,
    continue_report,
    reopen_report,
    return_report,
    save_report,
    start_report,
    submit_report,
    take_back_report,
    take_off,
)
from comity.reporting.content import Content, content_of, kept
from comity.reporting.following import asked_to_settle_on, settlement_of, word_of
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.life import accepted_last, said_last, stage_after
from comity.reporting.models import Outcome, Report, Stage, StepKind
from comity.reporting.models.report import STANDING, WAITING, WRITABLE
from comity.reporting.rules import sides_of
from comity.reporting.shown import shown_to
from tests.factories import a_coordinator
from tests.reporting.world import DUE, two_sides

pytestmark = pytest.mark.django_db

SIDES = st.sampled_from(["BY", "RU"])
TEXTS = st.text("абвў xyz", min_size=1, max_size=12).filter(str.strip)
OUTCOMES = st.sampled_from([Outcome.DONE, Outcome.UNDER_WAY, Outcome.IMPOSSIBLE])


class Reporting(RuleBasedStateMachine):
    """Two sides of one occurrence, their reporters, their verifiers and a coordinator."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world = two_sides()
        self.coordinator = a_coordinator()
        self.submitted: dict[int, list[dict[str, Any]]] = {}
        self.accepted: dict[int, dict[str, Any]] = {}
        self.files: set[str] = set()
        self.occurrence = self.world.occurrence
        self.disputed_since: date | None = None

    def teardown(self) -> None:
        assert first_break() is None
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def report(self, side: str, *stages: str) -> Report | None:
        return Report.objects.filter(
            occurrence=self.occurrence, side=side, stage__in=stages
        ).first()

    @rule(side=SIDES)
    def begin(self, side: str) -> None:
        report = start_report(occurrence=self.occurrence, side=side, by=self.world.reporters[side])
        self.submitted.setdefault(report.pk, [])

    @rule(side=SIDES, text=TEXTS, outcome=OUTCOMES)
    def write(self, side: str, text: str, outcome: str) -> None:
        report = self.report(side, *WRITABLE)
        if report is None:
            return
        before = content_of(report)
        done_on = date(2018, 5, 20) if outcome == Outcome.DONE else None
        content = Content(outcome=outcome, done_on=done_on, told=text)
        report = save_report(
            report=report, content=content, expected_version=report.version,
            by=self.world.reporters[side],
        )  # fmt: skip
        report.refresh_from_db()
        kept_state = before.outcome if report.stage == Stage.TEXT_REOPENED else outcome
        assert (report.told, report.outcome) == (text, kept_state)

    @rule(side=SIDES, text=TEXTS)
    def write_over_an_older_version(self, side: str, text: str) -> None:
        report = self.report(side, *WRITABLE)
        if report is None or report.version == 1:
            return
        told = report.told
        with pytest.raises(Stale):
            save_report(
                report=report, content=Content(told=f"{text}!"),
                expected_version=report.version - 1, by=self.coordinator,
            )  # fmt: skip
        report.refresh_from_db()
        assert report.told == told

    @rule(side=SIDES, word=TEXTS)
    def add_evidence(self, side: str, word: str) -> None:
        report = self.report(side, *WRITABLE)
        if report is None:
            return
        try:
            piece = add_file(
                report=report, expected_version=report.version,
                content=b"%PDF-1.4 " + word.encode(), name=f"{word}.pdf",
                by=self.world.reporters[side],
            )  # fmt: skip
        except ValidationError:  # the report has the same file already, or is open for its words
            return
        assert not report.is_open_for_words
        assert piece.file is not None
        self.files.add(piece.file.sha256)

    @rule(side=SIDES)
    def take_evidence_off(self, side: str) -> None:
        report = self.report(side, *WRITABLE)
        piece = report and report.evidence.filter(is_taken_off=False).first()
        if report and piece and not report.is_open_for_words:
            take_off(evidence=piece, expected_version=report.version, by=self.world.reporters[side])

    @rule(side=SIDES)
    def submit(self, side: str) -> None:
        report = self.report(side, *WRITABLE)
        if report is None:
            return
        try:
            report = submit_report(
                report=report, expected_version=report.version, by=self.world.reporters[side]
            )
        except ValidationError:
            assert not report.outcome or not report.told
            return
        pieces = report.evidence.filter(is_taken_off=False)
        self.submitted[report.pk].append(kept(report, pieces))

    @rule(side=SIDES, accept=st.booleans())
    def decide(self, side: str, accept: bool) -> None:
        report = self.report(side, *WAITING)
        if report is None:
            return
        said = {"report": report, "expected_version": report.version}
        by = self.world.verifiers[side]
        if accept:
            accept_report(**said, by=by)
            self.accepted[report.pk] = self.submitted[report.pk][-1]
        else:
            return_report(**said, by=by, reason="Once more.")

    @rule(side=SIDES)
    def take_back(self, side: str) -> None:
        report = self.report(side, *WAITING)
        if report is not None:
            take_back_report(
                report=report, expected_version=report.version, by=self.world.reporters[side]
            )

    @rule(side=SIDES, words_only=st.booleans())
    def reopen(self, side: str, words_only: bool) -> None:
        report = self.report(side, Stage.ACCEPTED)
        if report is not None:
            reopen_report(
                report=report, expected_version=report.version, by=self.world.verifiers[side],
                reason="Look again.", words_only=words_only,
            )  # fmt: skip

    @rule(side=SIDES)
    def go_on(self, side: str) -> None:
        report = self.report(side, Stage.ACCEPTED)
        if report is not None and may_be_gone_on_with(report):
            continue_report(report=report, by=self.world.reporters[side])

    @precondition(
        lambda self: (
            self.world.occurrence.disputed_since is not None
            and not asked_to_settle_on(self.world.occurrence.reports.all())
        )
    )
    @rule()
    def settle_the_dispute(self) -> None:
        ask_to_settle(occurrence=self.world.occurrence, by=self.coordinator, reason="Which?")

    @precondition(lambda self: Report.objects.exists())
    @rule(days=st.integers(1, 3))
    def move_the_deadline_and_back(self, days: int) -> None:
        """What was reported on stays, though its day is no longer asked for."""
        for due in (DueRule("date", None, date(2018, 7, days)), DueRule("date", None, DUE)):
            measure = self.world.measure
            measure.refresh_from_db()
            bodies = [
                NewBody(body.text, body.side, body.organisation_id)
                for body in measure.responsibilities.all()
            ]
            amend_measure(
                measure=measure, new=NewMeasure({"en": "Hold it"}, due=due, bodies=tuple(bodies)),
                expected_version=measure.version, by=self.coordinator, reason="Moved.",
            )  # fmt: skip

    @invariant()
    def every_submission_is_kept_whole(self) -> None:
        for pk, told in self.submitted.items():
            steps = Report.objects.get(pk=pk).steps.filter(kind=StepKind.SUBMITTED)
            assert [step.content for step in steps] == told

    @invariant()
    def the_steps_tell_where_it_stands(self) -> None:
        for report in Report.objects.all():
            assert stage_after(report.steps.all()) == report.stage

    @invariant()
    def everybody_reads_what_was_accepted_last(self) -> None:
        for report in Report.objects.all():
            accepted = self.accepted.get(report.pk)
            step = accepted_last(report.steps.all())
            assert (step.content if step else None) == accepted
            seen = Report.objects.visible_to(AnonymousUser()).filter(pk=report.pk)
            assert seen.exists() is (accepted is not None)
            shown, said = shown_to(AnonymousUser(), report, as_party=False)
            assert (said.told if said else None) == (accepted["told"] if accepted else None)
            if said:
                assert said.was_opened_again is (shown.stage == Stage.REOPENED)
                assert (shown.stage == Stage.REOPENED) is (report.stage not in STANDING)

    @invariant()
    def the_note_of_what_is_done_was_accepted(self) -> None:
        occurrence = Occurrence.objects.get(pk=self.occurrence.pk)
        if occurrence.done_on:
            told = [
                self.accepted[report.pk]["told"]
                for side in sides_of(self.world.measure)
                for report in occurrence.reports.filter(side=side)
            ]
            assert occurrence.done_note == "\n".join(told)

    @invariant()
    def a_dispute_lasts_until_the_sides_say_the_same(self) -> None:
        """Or until one takes back all that it ever said."""
        since = Occurrence.objects.get(pk=self.occurrence.pk).disputed_since
        reports = Report.objects.filter(occurrence=self.occurrence).exclude(stage=Stage.DRAFT)
        said = [said_last(report.steps.all()) for report in reports]
        outcomes = {step.content["outcome"] for step in said if step and step.content}
        if self.disputed_since and len(outcomes) > 1:
            assert since == self.disputed_since
        assert since is None or len(outcomes) > 1
        self.disputed_since = since

    @invariant()
    def every_file_of_a_submission_is_there(self) -> None:
        for report in Report.objects.prefetch_related("evidence__file"):
            pieces = {piece.pk: piece for piece in report.evidence.all()}
            for content in self.submitted[report.pk]:
                for number in content["evidence"]:
                    file = pieces[number].file
                    assert file is not None
                    assert file.sha256 in self.files
                    assert file.path.read_bytes().startswith(b"%PDF")

    @invariant()
    def the_occurrence_says_what_the_reports_come_to(self) -> None:
        occurrence = self.occurrence
        occurrence.refresh_from_db()
        reports = occurrence.reports.filter(first_submitted_at__isnull=False)
        if not reports.exists():
            return
        come_to = settlement_of(
            filter(None, map(word_of, reports)), sides_of(self.world.measure),
            disputed_since=occurrence.disputed_since, today=timezone.localdate(),
        )  # fmt: skip
        assert (occurrence.done_on, occurrence.given_up) == (come_to.done_on, come_to.given_up)
        assert occurrence.disputed_since == come_to.disputed_since
        assert not occurrence.withdrawn
        if occurrence.done_on:
            assert {report.stage for report in reports} <= set(STANDING)

    @invariant()
    def the_history_tells_what_stands(self) -> None:
        for report in Report.objects.all():
            told = fields_as_of(Report, report.pk, timezone.now()) or {}
            assert (told["told"], told["stage"]) == (report.told, report.stage)
            assert told["version"] == report.version
            stages = Entry.objects.filter(
                model="reporting.report", record_id=report.pk, changes__has_key="stage"
            )
            assert stages.count() == report.steps.count() + 1


def test_nothing_is_lost_whatever_is_done() -> None:
    run_state_machine_as_test(
        Reporting,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
