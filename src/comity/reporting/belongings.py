"""What somebody hands over of reporting: reports under way, one-time links, what they follow."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.belongings import Belonging, passed_on
from comity.accounts.models import REPORTING, Role, User
from comity.accounts.scopes import Scope
from comity.audit.actions import Trail, snapshot
from comity.directory.scopes import WithinOrganisation
from comity.lib.wording import day
from comity.programmes.scopes import programmes_within
from comity.reporting.models import Follow, OneTimeLink, Report, Stage


def reporting_work(person: User, scope: Scope | None) -> Iterator[Belonging]:
    """What of a person's reporting is not finished; who wrote what stays in the history."""
    programmes = programmes_within(scope)
    reports = _reports(person, scope).filter(programme__in=programmes)
    yield Belonging(
        _("Reports that were begun and are not accepted yet"),
        tuple(map(named, reports.select_related("measure", "occurrence"))),
        REPORTING,
        passed_on(reports, "opened_by"),
    )
    links = OneTimeLink.objects.filter(
        made_by=person,
        ended_at=None,
        expires_at__gt=timezone.now(),
        occurrence__programme__in=programmes,
    )
    yield Belonging(
        _("One-time links that nobody used yet"),
        tuple(links),
        REPORTING,
        passed_on(links, "made_by"),
    )
    follows = Follow.objects.filter(
        Q(programme__in=programmes) | Q(measure__programme__in=programmes), user=person
    )
    yield Belonging(
        _("What is followed"),
        tuple(one.programme or one.measure for one in follows.select_related(
            "programme", "measure"
        )),
        tuple(Role),
        lambda to, trail: _follow_instead(follows, to, trail),
        is_owed=False,
    )  # fmt: skip


def named(report: Report) -> str:
    return str(report) if report.occurrence is None else due(report, report.occurrence.due_on)


def due(what: object, on: date) -> str:
    return f"{what}, {_('due on %(day)s') % {'day': day(on)}}"


def _reports(person: User, scope: Scope | None) -> "QuerySet[Report]":
    """Those that the person began; not those of another organisation of theirs."""
    begun = Report.objects.filter(opened_by=person).exclude(stage=Stage.ACCEPTED)
    if not isinstance(scope, WithinOrganisation):
        return begun
    others = person.memberships.exclude(organisation=scope.organisation).values("organisation")
    return begun.filter(Q(body=None) | ~Q(body__in=others))


def _follow_instead(follows: "QuerySet[Follow]", to: User, trail: Trail) -> None:
    """What the other person follows already is followed once."""
    for follow in follows.select_for_update(of=("self",)):
        twin = Follow.objects.filter(
            user=to, programme=follow.programme_id, measure=follow.measure_id
        )
        if twin.exists():
            trail.removed(follow)
            follow.delete()
        else:
            before = snapshot(follow)
            follow.user = to
            follow.save(update_fields=["user"])
            trail.changed(follow, before)
