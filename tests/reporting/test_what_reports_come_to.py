"""Whether an occurrence is settled or disputed, from what its sides reported."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.programmes.occurrences import Settlement
from comity.reporting.following import Word, settlement_of
from comity.reporting.models import Outcome, Stage
from comity.reporting.models.report import SAID, STANDING

TODAY = date(2018, 6, 4)
BOTH = ("BY", "RU")


def said(side: str, outcome: str, stage: str = Stage.ACCEPTED, done_on: date | None = None) -> Word:
    return Word(side, outcome, done_on, f"{side} says", TODAY, stage in SAID, stage in STANDING)


def come_to(*reports: Word, sides: tuple[str, ...] = BOTH) -> Settlement:
    return settlement_of(reports, sides, disputed_since=None, today=TODAY)


def test_done_once_both_sides_are_accepted_on_the_later_of_their_days() -> None:
    first = said("BY", Outcome.DONE, done_on=date(2018, 5, 20))
    second = said("RU", Outcome.DONE, done_on=date(2018, 5, 28))
    assert come_to(first, second) == Settlement(date(2018, 5, 28), "BY says\nRU says")


def test_one_side_alone_settles_nothing_where_two_have_to_report() -> None:
    report = said("BY", Outcome.DONE, done_on=date(2018, 5, 20))
    assert come_to(report) == Settlement()
    assert come_to(report, sides=("BY",)) == Settlement(date(2018, 5, 20), "BY says")


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.REOPENED])
def test_what_is_not_accepted_settles_nothing(stage: str) -> None:
    first = said("BY", Outcome.DONE, done_on=TODAY)
    assert come_to(first, said("RU", Outcome.DONE, stage, TODAY)) == Settlement()


def test_words_being_corrected_leave_it_settled() -> None:
    for stage in (Stage.TEXT_REOPENED, Stage.TEXT_SUBMITTED):
        both = said("BY", Outcome.DONE, done_on=TODAY), said("RU", Outcome.DONE, stage, TODAY)
        assert come_to(*both).done_on == TODAY


def test_sides_that_say_different_things_dispute_it_until_they_do_not() -> None:
    done, going_on = said("BY", Outcome.DONE), said("RU", Outcome.UNDER_WAY, Stage.SUBMITTED)
    assert come_to(done, going_on) == Settlement(disputed_since=TODAY)
    before = date(2018, 6, 1)
    still = settlement_of([done, going_on], BOTH, disputed_since=before, today=TODAY)
    assert still == Settlement(disputed_since=before)
    assert come_to(done, said("RU", Outcome.UNDER_WAY, Stage.REOPENED)) == Settlement()


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.ACCEPTED, Stage.RETURNED, Stage.REOPENED])
@pytest.mark.parametrize("other", [Stage.SUBMITTED, Stage.RETURNED, Stage.REOPENED])
def test_a_dispute_lasts_while_reports_come_back_and_are_not_answered(
    stage: str, other: str
) -> None:
    before = date(2018, 6, 1)
    words = [said("BY", Outcome.DONE, stage), said("RU", Outcome.UNDER_WAY, other)]
    still = settlement_of(words, BOTH, disputed_since=before, today=TODAY)
    assert still == Settlement(disputed_since=before)
    agreed = [said("BY", Outcome.UNDER_WAY, stage), said("RU", Outcome.UNDER_WAY, other)]
    assert settlement_of(agreed, BOTH, disputed_since=before, today=TODAY) == Settlement()


def test_a_dispute_ends_when_a_side_says_nothing_any_more() -> None:
    words = [said("BY", Outcome.DONE)]
    assert settlement_of(words, BOTH, disputed_since=TODAY, today=TODAY) == Settlement()


@pytest.mark.parametrize("outcome", [Outcome.NOT_STARTED, Outcome.UNDER_WAY, Outcome.IN_PART])
def test_what_is_not_done_stays_open(outcome: str) -> None:
    assert come_to(said("BY", outcome), said("RU", outcome)) == Settlement()


def test_given_up_where_all_say_that_it_is_not_possible() -> None:
    reports = [said(side, Outcome.IMPOSSIBLE, done_on=TODAY) for side in BOTH]
    assert come_to(*reports) == Settlement(TODAY, "BY says\nRU says", given_up=True)


def test_a_side_that_does_not_have_to_report_does_not_count() -> None:
    reports = said("BY", Outcome.DONE, done_on=TODAY), said("LV", Outcome.UNDER_WAY)
    assert come_to(*reports, sides=("BY",)) == Settlement(TODAY, "BY says")


@given(st.permutations(list(product(BOTH, Outcome))[:4]))
def test_the_order_of_reports_means_nothing(pairs: list[tuple[str, str]]) -> None:
    one_a_side = dict(pairs)
    reports = [said(side, outcome, done_on=TODAY) for side, outcome in one_a_side.items()]
    assert come_to(*reports) == come_to(*reversed(reports))
