"""Reports of the example: in every state, some returned, disputed, or with figures and money."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from comity.accounts.models import User
from comity.lib.periods import stretch_around
from comity.programmes.models import Occurrence, Programme
from comity.reporting.actions import (
    accept_report,
    add_file,
    add_link,
    lock_period,
    open_period,
    reopen_report,
    return_report,
    save_report,
    start_news,
    start_report,
    submit_report,
)
from comity.reporting.content import Content
from comity.reporting.models import Outcome, Report

#: The programme that is reported on, and its measures: a monthly exchange of data between two
#: bodies, and a yearly one with a result that can be counted.
PROGRAMME, MONTHLY, COUNTED = "02-bryansk.docx", "6", "8"
BY, RU = "BY", "RU"
#: Days of the monthly measure that are reported on, a story each.
DAYS = 9
#: Days from the end of a quarter to the lock of its period.
LOCKED_AFTER = 14


@dataclass(frozen=True, slots=True)
class People:
    """Who reports for each side, and who decides."""

    reporters: dict[str, User]
    deciders: dict[str, User]


def people() -> tuple[People, People]:
    """Those who report on the monthly measure, and those who do on the counted one."""
    known = {user.email: user for user in User.objects.filter(email__endswith="@example.org")}
    deciders = {BY: known["coordinator@example.org"], RU: known["verifier@example.org"]}
    bodies = {BY: known["reporter@example.org"], RU: known["reporter-bryansk@example.org"]}
    offices = {BY: known["gomel@example.org"], RU: known["coordinator-bryansk@example.org"]}
    return People(bodies, deciders), People(offices, deciders)


def reported_on(programme: Programme, today: date) -> list[Occurrence]:
    """The last day before today of the counted measure and the last nine of the monthly one."""
    past = Occurrence.objects.filter(programme=programme, due_on__lt=today).order_by("-due_on")
    counted = past.filter(measure__number=COUNTED)[:1]
    return [*counted, *reversed(past.filter(measure__number=MONTHLY)[:DAYS])]


def make_reports(occurrences: list[Occurrence], today: date) -> None:
    """One story for each day, so that a page shows every state a report can be in."""
    bodies, offices = people()
    monthly = [one for one in occurrences if one.measure.number == MONTHLY]
    stories = list(_stories())
    if len(monthly) == DAYS:
        place = _last_of_a_quarter(monthly)
        keep_periods(monthly[place], bodies)
        stories.insert(place, _after_the_lock)
    for occurrence, story in zip(monthly, stories, strict=False):
        story(_Told(occurrence, bodies, today))
    if monthly:
        _news(monthly[-1], bodies)
    for occurrence in occurrences:
        if occurrence.measure.number == COUNTED:
            _counted(_Told(occurrence, offices, today))


def _last_of_a_quarter(monthly: list[Occurrence]) -> int:
    """The place of a day that ends a quarter, with others before it and the next quarter over."""
    return next(place for place in (2, 3, 4) if monthly[place].due_on.month % 3 == 0)


def keep_periods(last: Occurrence, who: People) -> None:
    """The quarter that a day ends is locked two weeks after its end; the next one is open."""
    programme, by = last.programme, who.deciders[BY]
    quarter = stretch_around(last.due_on, 3)
    period = open_period(programme=programme, stretch=quarter, by=by)
    locked_on = quarter.end + timedelta(days=LOCKED_AFTER)
    lock_period(period=period, by=by, at=timezone.make_aware(datetime.combine(locked_on, time(18))))
    following = stretch_around(quarter.end + timedelta(days=1), 3)
    open_period(programme=programme, stretch=following, by=by)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sides say of one occurrence."""

    occurrence: Occurrence
    who: People
    today: date

    def draft(self, side: str, content: Content) -> Report:
        by = self.who.reporters[side]
        report = start_report(occurrence=self.occurrence, side=side, by=by)
        return save_report(report=report, content=content, expected_version=report.version, by=by)

    def submitted(self, side: str, content: Content, days: int = -1) -> Report:
        """Handed in so many days after it was due: a day before it by the punctual side."""
        report = self.draft(side, content)
        by = self.who.reporters[side]
        shown: dict[str, Any] = {
            "report": report, "expected_version": report.version, "caption": "Пример", "by": by,
        }  # fmt: skip
        if side == BY:
            piece = add_link(link="https://example.org/radiation-data", **shown)
        else:
            piece = add_file(content=_picture(), name="пример-график.png", **shown)
        report = piece.report
        return submit_report(
            report=report, expected_version=report.version, by=by, at=self.morning(days)
        )

    def accepted(self, side: str, content: Content, days: int = -1) -> Report:
        """Accepted two days after it was handed in."""
        report, by = self.submitted(side, content, days), self.who.deciders[side]
        return accept_report(
            report=report, expected_version=report.version, by=by, at=self.morning(days + 2)
        )

    def reopened(
        self, report: Report, reason: str, days: int, *, words_only: bool = False
    ) -> Report:
        """Opened again so many days after it was due."""
        return reopen_report(
            report=report,
            expected_version=report.version,
            by=self.who.deciders[report.side],
            reason=reason,
            words_only=words_only,
            at=self.morning(days),
        )

    def morning(self, days: int) -> datetime:
        """Ten o'clock so many days after it was due, or now if that is yet to come."""
        day = self.occurrence.due_on + timedelta(days=days)
        return min(timezone.make_aware(datetime.combine(day, time(10))), timezone.now())

    def done(self, side: str, told: str, days: int = -2) -> Content:
        done_on = min(self.occurrence.due_on + timedelta(days=days), self.today)
        language = "be" if side == BY else "ru"
        return Content(outcome=Outcome.DONE, done_on=done_on, told=told, language=language)

    def undone(self, side: str, outcome: Outcome, told: str) -> Content:
        return replace(self.done(side, told), outcome=outcome, done_on=None)


_DONE_BY = "Прыклад: даныя за месяц перададзены, база абноўлена."
_DONE_RU = "Пример: данные за месяц переданы, база обновлена."


def _stories() -> Iterator[Callable[[_Told], object]]:
    """Those of all days but the one that is reported on after its period was locked."""
    yield _impossible
    yield _opened_again
    yield _in_part
    yield _disputed
    yield _opened_for_its_words
    yield _waiting
    yield _not_started
    yield _returned


def _after_the_lock(told: _Told) -> None:
    told.accepted(BY, told.done(BY, _DONE_BY))
    told.accepted(RU, told.done(RU, _DONE_RU, days=6), days=LOCKED_AFTER + 4)


def _impossible(told: _Told) -> None:
    """Both sides gave it up, and say why."""
    here = "Прыклад: паводка пашкодзіла пункты назірання, даных за месяц няма і не будзе."
    there = "Пример: пункты наблюдения повреждены паводком, данных за месяц нет и не будет."
    told.accepted(BY, told.undone(BY, Outcome.IMPOSSIBLE, here))
    told.accepted(RU, told.undone(RU, Outcome.IMPOSSIBLE, there), days=4)


def _opened_again(told: _Told) -> None:
    """One report counts as not accepted again, until it is handed in anew."""
    told.accepted(RU, told.done(RU, _DONE_RU, days=5), days=6)
    reason = "Прыклад: перададзены даныя за іншы месяц, праверце і дашліце патрэбныя."
    told.reopened(told.accepted(BY, told.done(BY, _DONE_BY)), reason, days=16)


def _in_part(told: _Told) -> None:
    """One side's report is accepted, the other's waits."""
    here = "Прыклад: перададзены даныя з дзевяці пунктаў назірання з дванаццаці."
    there = "Пример: получены данные девяти пунктов наблюдения, база обновлена частично."
    told.accepted(BY, told.undone(BY, Outcome.IN_PART, here))
    told.submitted(RU, told.undone(RU, Outcome.IN_PART, there), days=8)


def _not_started(told: _Told) -> None:
    """One side has not begun and says what holds it up; the other says nothing."""
    behind = told.undone(BY, Outcome.NOT_STARTED, "")
    told.accepted(
        BY,
        replace(
            behind,
            difficulties="Прыклад: форма табліцы на новы перыяд яшчэ не ўзгоднена.",
            help_wanted="Прыклад: узгадніць форму на нарадзе рабочай групы.",
        ),
    )


def _disputed(told: _Told) -> None:
    told.accepted(BY, told.done(BY, _DONE_BY))
    under_way = replace(
        told.done(RU, "Пример: данные получены не полностью, сверка продолжается."),
        outcome=Outcome.UNDER_WAY,
        done_on=None,
        difficulties="Пример: разные форматы таблиц.",
        help_wanted="Пример: единая форма обмена.",
    )
    told.submitted(RU, under_way, days=3)


def _opened_for_its_words(told: _Told) -> None:
    told.accepted(RU, told.done(RU, _DONE_RU, days=9), days=10)
    report = told.accepted(BY, told.done(BY, _DONE_BY))
    told.reopened(report, "Прыклад: удакладніце назву базы даных.", days=14, words_only=True)


def _waiting(told: _Told) -> None:
    told.accepted(BY, told.done(BY, _DONE_BY))
    told.submitted(RU, told.done(RU, _DONE_RU, days=4), days=5)


def _returned(told: _Told) -> None:
    report = told.submitted(BY, told.done(BY, _DONE_BY))
    return_report(
        report=report,
        expected_version=report.version,
        by=told.who.deciders[BY],
        reason="Прыклад: дадайце спасылку на пераданыя даныя за ўвесь месяц.",
        at=told.morning(days=1),
    )
    told.draft(RU, replace(told.done(RU, "Пример: черновик."), outcome="", done_on=None))


def _counted(told: _Told) -> None:
    """Both sides did more than was expected, and say what it cost."""
    here = told.done(BY, "Прыклад: удзельнічалі 46 калектываў, з іх 27 — з Беларусі.")
    there = told.done(RU, "Пример: участвовали 44 коллектива, прошло три концерта.", days=3)
    spent_here, spent_there = Decimal(38_500), Decimal(1_250_000)
    told.accepted(
        BY, replace(here, figure=Decimal(46), spent_amount=spent_here, spent_currency="BYN")
    )
    told.accepted(
        RU,
        replace(there, figure=Decimal(44), spent_amount=spent_there, spent_currency="RUB"),
        days=4,
    )


def _news(occurrence: Occurrence, who: People) -> None:
    by = who.reporters[RU]
    report = start_news(measure=occurrence.measure, side=RU, by=by)
    submit_report(
        report=report,
        expected_version=report.version,
        by=by,
        content=Content(
            outcome=Outcome.UNDER_WAY,
            told="Пример: согласован новый перечень пунктов наблюдения.",
            language="ru",
        ),
    )


def _picture() -> bytes:
    """A drawing that nobody takes for a photograph of a fact."""
    picture = Image.new("RGB", (640, 400), "#f7f5ef")
    draw = ImageDraw.Draw(picture)
    for place, height in enumerate((90, 150, 120, 210, 180, 260)):
        left = 60 + place * 90
        draw.rectangle((left, 340 - height, left + 55, 340), fill="#2a6f7f")
    draw.line((40, 340, 610, 340), fill="#20343a", width=3)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
