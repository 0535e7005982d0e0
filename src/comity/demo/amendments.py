"""Changes of the example: one that both sides agreed on, one that waits; and an open invitation."""

from dataclasses import replace
from datetime import date, timedelta

from comity.accounts.actions import invite
from comity.accounts.models import User
from comity.audit.actions import Installation
from comity.directory.models import Organisation
from comity.directory.scopes import WithinOrganisation
from comity.programmes.actions import agree_amendment, amend_measure, change_programme
from comity.programmes.due import DueKind, DueRule
from comity.programmes.keeping import of_measure
from comity.programmes.models import Measure, Programme

HERE, THERE = "coordinator-minsk@example.org", "coordinator-bryansk@example.org"
INVITED = "invited@example.org"


def make_amendments(programme: Programme, today: date) -> None:
    """The programme asks for consent from now on; a late measure is given time, another waits."""
    programme = change_programme(
        programme=programme,
        expected_version=programme.version,
        by=Installation(),
        needs_consent=True,
    )
    here, there = (User.objects.get(email=email) for email in (HERE, THERE))
    once = programme.measures.filter(due_kind__in=(DueKind.DATE, DueKind.WINDOW))
    late = once.filter(next_due__lt=today).order_by("next_due", "pk").first()
    if late is not None:
        _agreed(late, today, here, there)
    coming = programme.measures.filter(next_due__gte=today, due_kind=DueKind.RECURRING)
    waiting = coming.order_by("position").exclude(amendments__isnull=False).last()
    if waiting is not None:
        _proposed(waiting, there)


def invite_somebody(organisation: Organisation) -> None:
    """An invitation that nobody accepted yet; the letter is not sent."""
    invite(
        scope=WithinOrganisation(organisation),
        email=INVITED,
        role="verifier",
        language="ru",
        by=User.objects.get(email=THERE),
    )


def _agreed(measure: Measure, today: date, by: User, agrees: User) -> None:
    later = DueRule(DueKind.DATE, None, today + timedelta(days=90))
    text = f"{later.end:%d.%m.%Y} (пример)"
    proposed = amend_measure(
        measure=measure,
        new=replace(of_measure(measure), due=later, due_text=text),
        expected_version=measure.version,
        by=by,
        reason="Прыклад: бакам патрэбны дадатковы час.",
    )
    agree_amendment(
        amendment=proposed,
        side=proposed.awaited[0],
        by=agrees,
        note="Пример: согласовано на заседании рабочей группы.",
    )


def _proposed(measure: Measure, by: User) -> None:
    said = of_measure(measure)
    result = f"{said.expected_result} Пример: не менее двух совместных мероприятий.".strip()
    amend_measure(
        measure=measure,
        new=replace(said, expected_result=result),
        expected_version=measure.version,
        by=by,
        reason="Пример: результат должен быть измерим.",
    )
