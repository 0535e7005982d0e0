"""A programme of Homiel and Bryansk with days in every state in the second quarter of 2018."""

from dataclasses import replace
from datetime import date
from typing import Any

from comity.audit.actions import Installation
from comity.issuing.digest import Digest
from comity.issuing.gathering import Wanted, gather
from comity.issuing.periods import period_of
from comity.programmes.actions import settle_occurrence
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.actions import accept_report, start_report, submit_report
from comity.reporting.content import Content
from comity.reporting.models import Outcome, Report
from tests.programmes.rows import with_measures
from tests.reporting.world import World, two_sides

BY = Installation()
TODAY = date(2018, 7, 10)
MAY, JUNE = date(2018, 5, 31), date(2018, 6, 30)
#: Titles of the measures by how they stand; texts that a spreadsheet or XML would act on.
IN_TIME = "Hold an exhibition"
LATE, BY_HAND = '=HYPERLINK("x") & <b>', "Publish a catalogue"
OVERDUE, OPEN, DISPUTED = "Open a bridge", "Plant a garden", "Exchange teachers"


def a_programme_in_every_state(**programme: Any) -> World:
    """Its first measure is the one of the world: done in time, as both sides report."""
    world = two_sides(
        title_en="Plan of “Homiel” and Bryansk",
        title_ru='План мероприятий "Гомель" - Брянск',
        start=date(2018, 1, 1),
        end=date(2019, 12, 31),
        **programme,
    )
    told = {"BY": "Сделана ў Гомелі.", "RU": "Сделано в Брянске."}
    for side, text in told.items():
        _accepted(world, world.measure, side, done(date(2018, 5, 20), text))
    late, by_hand, overdue, _open, disputed = with_measures(
        _row(LATE, until(MAY), world, section="Trade", number="2"),
        _row(BY_HAND, until(MAY), world, section="Trade"),
        _row(OVERDUE, until(JUNE), world, section="Bridges", expected_result="1 bridge"),
        _row(OPEN, until(date(2018, 12, 31)), world, section="Bridges"),
        _row(DISPUTED, until(MAY), world, section="Bridges"),
        programme=world.programme,
    )
    for side in told:
        _accepted(world, late, side, done(date(2018, 6, 6), "Done at last."))
    settle_occurrence(
        occurrence=by_hand.occurrences.get(), done_on=MAY, note="Seen in print.", by=BY
    )
    behind = Content(
        outcome=Outcome.UNDER_WAY,
        told="The river is high.",
        difficulties="High water.",
        help_wanted="A ferry.",
    )
    _submitted(world, overdue, "BY", behind)
    _accepted(world, disputed, "BY", replace(done(MAY, "Ten came."), figure=10))
    _submitted(world, disputed, "RU", Content(outcome=Outcome.IMPOSSIBLE, told="Nobody came."))
    disputed.occurrences.update(disputed_since=date(2018, 6, 12))
    return world


def until(day: date) -> DueRule:
    return DueRule("window", day.replace(day=1), day)


def done(day: date, told: str) -> Content:
    return Content(outcome=Outcome.DONE, done_on=day, told=told)


def digest_of(
    programme: Programme, period: str = "2018Q2", language: str = "en", **wanted: Any
) -> Digest:
    asked = {"reader": BY, "today": TODAY, **wanted}
    return gather(Wanted(programme, period_of(period), language, **asked))


def _row(title: str, due: DueRule, world: World, **said: Any) -> NewMeasure:
    named = tuple(NewBody(str(body), side, body.pk) for side, body in world.bodies.items())
    return NewMeasure({"en": title}, due=due, bodies=named, **said)


def _submitted(world: World, measure: Measure, side: str, content: Content) -> Report:
    occurrence = Occurrence.objects.get(measure=measure)
    by = world.reporters[side]
    report = start_report(occurrence=occurrence, side=side, by=by)
    return submit_report(report=report, expected_version=report.version, by=by, content=content)


def _accepted(world: World, measure: Measure, side: str, content: Content) -> Report:
    report = _submitted(world, measure, side, content)
    return accept_report(report=report, expected_version=report.version, by=world.verifiers[side])
