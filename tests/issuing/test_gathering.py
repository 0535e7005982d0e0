"""What a report says: which measures, how they stand, by whose word, and to which reader."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.accounts.models import Role
from comity.issuing.digest import Answer, Figures, kept
from comity.issuing.digest import digest_of as from_kept
from comity.lib.visibility import Visibility
from comity.programmes.due import DueRule
from comity.programmes.models import Measure
from comity.reporting.actions import (
    ask_to_settle,
    reopen_report,
    return_report,
    start_news,
    submit_report,
)
from comity.reporting.content import Content, content_of
from comity.reporting.models import Outcome, Report
from tests.factories import a_coordinator, a_region, an_agreement, an_organisation, somebody
from tests.issuing.world import (
    BY_HAND,
    DISPUTED,
    IN_TIME,
    LATE,
    OPEN,
    OVERDUE,
    TODAY,
    a_programme_in_every_state,
    digest_of,
)
from tests.programmes.rows import a_row, with_measures
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_programme_in_every_state()


def test_the_measures_of_the_period_stand_as_they_do_when_it_closes(world: World) -> None:
    digest = digest_of(world.programme)
    told = {r.title: [(d.state, d.days_late, d.words) for d in r.days] for r in digest.rows}
    assert told == {
        IN_TIME: [("in_time", 0, "done on 20 May 2018")],
        LATE: [("late", 6, "done on 6 June 2018, 6 days after the deadline")],
        BY_HAND: [("in_time", 0, "done on 31 May 2018")],
        OVERDUE: [("overdue", 0, "not done by the deadline")],
        DISPUTED: [("overdue", 30, "30 days late")],
    }  # fmt: skip
    assert digest.as_of == date(2018, 6, 30)
    assert [row.title for row, _day in digest.overdue] == [DISPUTED, OVERDUE]
    assert [row.title for row, _day in digest.disputed] == [DISPUTED]


def test_the_figures_count_days_of_the_whole_of_sides_and_of_sections(world: World) -> None:
    digest = digest_of(world.programme)
    assert digest.measures == 6
    assert digest.total == Figures("Total", 5, 5, in_time=2, late=1, overdue=2, disputed=1)
    assert digest.by_side == (
        Figures("Country BY", 5, 5, in_time=3, late=1, overdue=1, disputed=1),
        Figures("Country RU", 5, 5, in_time=2, late=1, overdue=2, disputed=1),
    )
    assert digest.by_section == (
        Figures("Trade", 2, 2, in_time=1, late=1),
        Figures("Bridges", 2, 2, overdue=2, disputed=1),
    )
    assert digest.summary == (
        "The programme has 6 measures; 5 of them had deadlines in the period (5 deadlines in all).",
        "Done: 3, of these in time: 2, late: 1. Not done by the deadline: 2. Deadline to come: 0. "
        "Not possible any more: 0.",
        "Deadlines on which the reports of the sides differ: 1.",
        "Implementation is shown as of the day named above; the reports of the sides, as they "
        "stood when this report was drawn up.",
    )


def test_each_side_is_told_in_its_own_words_and_whether_it_was_accepted(world: World) -> None:
    rows = {row.title: row for row in digest_of(world.programme).rows}
    told = {
        answer.side: (answer.outcome_in_words, answer.told, answer.is_accepted)
        for answer in rows[DISPUTED].days[0].answers
    }
    assert told == {
        "BY": ("done", "Ten came.", True),
        "RU": ("not possible any more", "Nobody came.", False),
    }
    assert rows[BY_HAND].days[0].registered == "Seen in print."
    assert rows[IN_TIME].days[0].registered == ""
    assert rows[IN_TIME].bodies == {"BY": "Homiel plant", "RU": "Bryansk plant"}


def test_what_was_returned_or_only_drafted_is_not_told(world: World) -> None:
    Report.objects.filter(measure__title_en=OVERDUE).update(stage="returned")
    rows = {row.title: row for row in digest_of(world.programme).rows}
    assert rows[OVERDUE].days[0].answers == ()


def test_a_later_period_tells_what_is_still_overdue_and_no_more(world: World) -> None:
    digest = digest_of(world.programme, "2018Q3", today=date(2018, 10, 5))
    assert {row.title: row.days[0].days_late for row in digest.rows} == {OVERDUE: 92, DISPUTED: 122}
    assert digest.total == Figures("Total", disputed=1, overdue_before=2)
    assert "Still not done from earlier periods: 2." in digest.summary


def test_what_was_done_after_the_period_was_not_done_in_it(world: World) -> None:
    Measure.objects.get(title_en=BY_HAND).occurrences.update(done_on=date(2018, 7, 3))
    (day,) = next(r for r in digest_of(world.programme).rows if r.title == BY_HAND).days
    assert (day.state, day.words) == (
        "overdue",
        "30 days late; done after the day of this report, on 3 July 2018",
    )


def test_of_a_period_that_runs_nothing_due_today_is_late_yet(world: World) -> None:
    on_the_day = digest_of(world.programme, today=date(2018, 6, 30))
    states = {row.title: row.days[0].state for row in on_the_day.rows}
    assert states[OVERDUE] == "open"
    assert on_the_day.total.open == 1


def test_a_dispute_that_began_after_the_day_of_the_report_is_none_in_it(world: World) -> None:
    days = Measure.objects.get(title_en=DISPUTED).occurrences
    counted = {}
    for since in (date(2018, 6, 30), date(2018, 7, 1)):
        days.update(disputed_since=since)
        digest = digest_of(world.programme)
        counted[since] = (digest.total.disputed, len(digest.disputed))
    assert counted == {date(2018, 6, 30): (1, 1), date(2018, 7, 1): (0, 0)}


def test_a_year_tells_all_its_days(world: World) -> None:
    titles = [row.title for row in digest_of(world.programme, "2018", today=TODAY).rows]
    assert titles == [IN_TIME, LATE, BY_HAND, OVERDUE, OPEN, DISPUTED]


def test_what_goes_on_is_told_where_a_side_reported_on_it(world: World) -> None:
    going_on = Measure.objects.get(title_en=OPEN)
    going_on.occurrences.update(opens_on=date(2018, 1, 1))
    assert OPEN not in [row.title for row in digest_of(world.programme).rows]
    by = world.reporters["BY"]
    news = start_news(measure=going_on, side="BY", by=by)
    submit_report(
        report=news, expected_version=news.version, by=by,
        content=Content(outcome=Outcome.UNDER_WAY, told="Seeds came."),
    )  # fmt: skip
    said_on = Report.objects.filter(pk=news.pk)
    said_on.update(first_submitted_on="2018-05-02")
    (row,) = (row for row in digest_of(world.programme).rows if row.title == OPEN)
    assert row.days == ()
    assert row.news == (
        Answer(
            "BY", "under_way", "under way", None, "Seeds came.", None, None, "", "", "", (),
            is_accepted=False, said_on=date(2018, 5, 2),
        ),
    )  # fmt: skip
    said_on.update(first_submitted_on="2018-07-02")
    assert OPEN not in [row.title for row in digest_of(world.programme).rows]


def test_a_measure_that_names_no_side_is_told_too(world: World) -> None:
    rule = DueRule("window", date(2018, 5, 1), date(2018, 5, 31))
    with_measures(a_row("Sideless", due=rule), programme=world.programme)
    digest = digest_of(world.programme)
    assert [row.days[0].state for row in digest.rows if row.title == "Sideless"] == ["overdue"]
    assert [figures.due for figures in digest.by_side] == [5, 5]


def test_the_languages_tell_the_same_in_their_own_words(world: World) -> None:
    titles = {
        language: (digest.programme, digest.subject, digest.period, digest.rows[0].days[0].words)
        for language in ("be", "ru", "en")
        if (digest := digest_of(world.programme, language=language))
    }
    russian = 'План мероприятий "Гомель" - Брянск'
    assert titles == {
        "be": (russian, "аб выкананні плана мерапрыемстваў", "за II\u00a0квартал 2018\u00a0г.",
               "выканана 20 мая 2018\u202fг."),
        "ru": (russian, "о выполнении плана мероприятий", "за II\u00a0квартал 2018\u00a0г.",
               "выполнено 20 мая 2018\u202fг."),
        "en": ("Plan of “Homiel” and Bryansk", "on the implementation of the programme of measures",
               "for the second quarter of 2018", "done on 20 May 2018"),
    }  # fmt: skip


def test_a_reader_without_a_part_is_told_what_was_accepted_alone(world: World) -> None:
    outsider = somebody(Role.COORDINATOR, an_organisation(seat=a_region("BY-VI")))
    rows = {row.title: row for row in digest_of(world.programme, reader=outsider).rows}
    assert [answer.side for answer in rows[DISPUTED].days[0].answers] == ["BY"]
    assert rows[OVERDUE].days[0].answers == ()


@pytest.mark.parametrize(
    ("visibility", "told"),
    [(Visibility.PUBLIC, "“On trade” of 15 March 2018 No. 7"), (Visibility.PARTIES, "")],
)
def test_an_agreement_is_named_only_if_everybody_may_see_it(visibility: str, told: str) -> None:
    world = two_sides()
    world.programme.agreement = an_agreement(
        title_en="On trade", number="7", signed_on=date(2018, 3, 15), visibility=visibility
    )
    world.programme.save()
    assert digest_of(world.programme).agreement == told


def test_what_is_kept_is_what_was_said(world: World) -> None:
    digest = digest_of(world.programme, number=3)
    assert from_kept(kept(digest)) == digest


def test_thirty_measures_take_as_many_queries_as_one() -> None:
    def queries(number: int) -> int:
        world = two_sides()
        rule = DueRule("window", date(2018, 5, 1), date(2018, 5, 31))
        with_measures(
            *(a_row(f"{n}", due=rule, section=f"{n}") for n in range(number)),
            programme=world.programme,
        )
        world.accepted("BY")
        with CaptureQueriesContext(connection) as captured:
            assert len(digest_of(world.programme).rows) == number + 1
        return len(captured)

    assert queries(30) == queries(1) <= 14


def test_new_words_are_told_as_not_accepted_and_returned_ones_not_at_all(world: World) -> None:
    report = Report.objects.get(measure=world.measure, side="BY")
    reopen_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"],
        reason="A name.", words_only=True,
    )  # fmt: skip
    report.refresh_from_db()
    report = submit_report(
        report=report, expected_version=report.version, by=world.reporters["BY"],
        content=replace(content_of(report), told="Held in Homiel."),
    )  # fmt: skip
    assert _told_first(world) == [("Held in Homiel.", False), ("Сделано в Брянске.", True)]
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="Not so."
    )
    assert _told_first(world) == [("Сделана ў Гомелі.", True), ("Сделано в Брянске.", True)]


def test_sides_that_were_asked_to_settle_are_told_with_their_last_words(world: World) -> None:
    before = digest_of(world.programme)
    disputed = Measure.objects.get(title_en=DISPUTED)
    ask_to_settle(
        occurrence=disputed.occurrences.get(), by=a_coordinator(), reason="Did they come?"
    )
    after = digest_of(world.programme)
    told = [[(one.side, one.told) for one in day.answers] for _row, day in after.disputed]
    assert told == [[("BY", "Ten came."), ("RU", "Nobody came.")]]
    assert [one.is_accepted for _row, day in after.disputed for one in day.answers] == [False] * 2
    assert after.total == before.total
    assert [row.title for row, _day in after.overdue] == [DISPUTED, OVERDUE]


def _told_first(world: World) -> list[tuple[str, bool]]:
    (row,) = (row for row in digest_of(world.programme).rows if row.title == IN_TIME)
    return [(one.told, one.is_accepted) for one in row.days[0].answers]
