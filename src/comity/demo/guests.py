"""A report of the example that came by a one-time link, and came back to whoever wrote it."""

from datetime import date
from decimal import Decimal

from comity.accounts.models import User
from comity.audit.actions import Installation
from comity.demo.accounts import CONTACTS
from comity.directory.models import Organisation
from comity.programmes.models import Occurrence, Programme
from comity.reporting.actions import (
    begin_by_link,
    end_link,
    guest_with,
    let_report,
    opened_link,
    return_report,
    submit_report,
)
from comity.reporting.content import Content
from comity.reporting.models import Outcome

#: The programme, the body without an account and the side that it reports for.
PROGRAMME, BODY, SIDE = "03-pskov-be.docx", "by-vi-executive-committee", "BY"
SAID = Content(
    outcome=Outcome.UNDER_WAY,
    told="Прыклад: падпісаны тры пагадненні, яшчэ два рыхтуюцца.",
    language="be",
    figure=Decimal(3),
)
REASON = "Прыклад: пералічыце пагадненні і дадайце іх копіі."


def report_as_a_guest(programme: Programme, body: Organisation, today: date) -> None:
    """The contact of a body answers what it has to show next, and is asked for more."""
    asked = _next_day(programme, body, today)
    if asked is None:
        return
    email = str(CONTACTS[BODY]["email"])
    (secret,) = let_report(asked=[(asked.pk, SIDE, email)], by=Installation())
    link = opened_link(secret)
    assert link is not None
    report = begin_by_link(link=link)
    report = submit_report(
        report=report, content=SAID, expected_version=report.version, by=guest_with(link)
    )
    end_link(link=link)
    return_report(
        report=report,
        expected_version=report.version,
        by=User.objects.get(email="coordinator@example.org"),
        reason=REASON,
    )


def _next_day(programme: Programme, body: Organisation, today: date) -> Occurrence | None:
    """The next day on which the body has to show something that can be counted in agreements."""
    coming = Occurrence.objects.filter(programme=programme, due_on__gte=today).open()
    named = coming.filter(measure__number="1.1", measure__responsibilities__organisation=body)
    return named.order_by("due_on", "pk").first()
