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
from comity.programmes.models import Occurrence, Programme
from comity.reporting.actions import (
    accept_report,
    add_file,
    add_link,
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
    """The last day before today of the counted measure and the last five of the monthly one."""
    past = Occurrence.objects.filter(programme=programme, due_on__lt=today).order_by("-due_on")
    counted = past.filter(measure__number=COUNTED)[:1]
    return [*counted, *reversed(past.filter(measure__number=MONTHLY)[:5])]


def make_reports(occurrences: list[Occurrence], today: date) -> None:
    """One story for each day, so that a page shows every state a report can be in."""
    bodies, offices = people()
    monthly = [one for one in occurrences if one.measure.number == MONTHLY]
    for occurrence, story in zip(monthly, _stories(), strict=False):
        story(_Told(occurrence, bodies, today))
    if monthly:
        _news(monthly[-1], bodies)
    for occurrence in occurrences:
        if occurrence.measure.number == COUNTED:
            _counted(_Told(occurrence, offices, today))


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

    def morning(self, days: int) -> datetime:
        """Ten o'clock so many days after it was due, or now if that is yet to come."""
        day = self.occurrence.due_on + timedelta(days=days)
        return min(timezone.make_aware(datetime.combine(day, time(10))), timezone.now())

    def done(self, side: str, told: str, days: int = -2) -> Content:
        done_on = min(self.occurrence.due_on + timedelta(days=days), self.today)
        language = "be" if side == BY else "ru"
        return Content(outcome=Outcome.DONE, done_on=done_on, told=told, language=language)


_DONE_BY = "Прыклад: даныя за месяц перададзены, база абноўлена."
_DONE_RU = "Пример: данные за месяц переданы, база обновлена."


def _stories() -> Iterator[Callable[[_Told], object]]:
    yield _agreed
    yield _disputed
    yield _opened_for_its_words
    yield _waiting
    yield _returned


def _agreed(told: _Told) -> None:
    told.accepted(BY, told.done(BY, _DONE_BY))
    told.accepted(RU, told.done(RU, _DONE_RU, days=6), days=7)


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
    reopen_report(
        report=report,
        expected_version=report.version,
        by=told.who.deciders[BY],
        reason="Прыклад: удакладніце назву базы даных.",
        words_only=True,
        at=told.morning(days=14),
    )


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
