"""Who may report on a measure, for which side, and who may accept or return what was reported."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.accounts.models import REPORTING, VERIFYING, WRITING, Role, User
from comity.accounts.rules import Guest, Reader, must, whole_role
from comity.directory.memberships import memberships_of
from comity.directory.models import OrganisationKind
from comity.programmes.grants import programmes_granted_as
from comity.programmes.models import Measure, Programme
from comity.programmes.rules import can_change_programme
from comity.reporting.models import Report, Stage, Step, StepKind

_REPORTERS = gettext_lazy(
    "Only the responsible bodies of this side, and coordinators, report on this measure."
)


def sides_of(measure: Measure) -> tuple[str, ...]:
    """The countries whose bodies have to report, in the order of the measure; ("",) if none."""
    named = (body.country_id for body in measure.responsibilities.all() if body.country_id)
    return tuple(dict.fromkeys(named)) or ("",)


def can_report(by: Reader, measure: Measure, side: str) -> bool:
    """Bodies named on the side; coordinators of the programme, its owner or the side's authority.

    Also reporters and coordinators of the whole register, for anybody.
    """
    if isinstance(by, Guest):
        return False  # see `can_write`: a guest reports on one occurrence alone
    programme = measure.programme
    if whole_role(by) in REPORTING or programme.pk in programmes_granted_as(by, REPORTING):
        return True
    return bool(memberships_of(by)) and (
        _named_on_side(by, measure, side) or _speaks_for_side(by, programme, side, WRITING)
    )


def sides_reported_by(by: Reader, measure: Measure) -> list[str]:
    """Those of the measure's sides for which the person may report."""
    return [side for side in sides_of(measure) if can_report(by, measure, side)]


def can_write(by: Reader, report: Report) -> bool:
    if isinstance(by, Guest):
        return by.may == guest_of(report.occurrence_id, report.side)
    return can_report(by, report.measure, report.side)


def guest_of(occurrence: int | None, side: str) -> tuple[str, int, str]:
    """What a guest may do who was let in to report for a side on an occurrence."""
    return "report", occurrence or 0, side


def can_verify(by: Reader, report: Report) -> bool:
    """Verifiers of the whole, the programme, its owner or the side's authority.

    Never who submitted it, by a one-time link to their own address or of their own making either:
    nobody accepts their own word.
    """
    return _verifies(by, report) and not submitted_themselves(by, report)


def _verifies(by: Reader, report: Report) -> bool:
    programme = report.measure.programme
    if whole_role(by) in VERIFYING or programme.pk in programmes_granted_as(by, VERIFYING):
        return True
    return _speaks_for_side(by, programme, report.side, VERIFYING)


def submitted_themselves(by: Reader, report: Report) -> bool:
    """Whether the person submitted it, signed in or by a link to their address, or made the link.

    Whoever makes a link is shown its secret, so what comes by it may be their own word.
    """
    if not isinstance(by, User) or report.stage == Stage.DRAFT:
        return False
    if report.submitted_by_id is not None:
        return report.submitted_by_id == by.pk
    submissions = [step for step in report.steps.all() if step.kind == StepKind.SUBMITTED]
    if not submissions:
        return False
    last = submissions[-1]
    return last.by_name.lower() == by.email.lower() or _made_the_link(by, report, last)


def _made_the_link(by: User, report: Report, submission: Step) -> bool:
    """Whether they made a link by which this could be submitted: it ended with that."""
    links = report.occurrence.one_time_links.all() if report.occurrence else ()
    return any(
        link.made_by_id == by.pk
        and link.side == report.side
        and link.email.lower() == submission.by_name.lower()
        and link.ended_at is not None
        and link.made_at <= submission.at <= link.ended_at
        for link in links
    )


def can_ask_to_settle(by: Reader, programme: Programme) -> bool:
    """Coordinators, who may change the programme."""
    return can_change_programme(by, programme)


def can_see_drafts(by: Reader, report: Report) -> bool:
    """What was never submitted is seen by those who may write it, and by auditors."""
    return can_write(by, report) or whole_role(by) == Role.AUDITOR


def must_write(by: Reader, report: Report) -> None:
    must(can_write(by, report), str(_REPORTERS))


def must_report(by: Reader, measure: Measure, side: str) -> None:
    must(can_report(by, measure, side), str(_REPORTERS))


def must_verify(by: Reader, report: Report) -> None:
    must(
        not submitted_themselves(by, report),
        _(
            "You submitted this report yourself, or made the link by which it was submitted: "
            "somebody else accepts or returns it."
        ),
    )
    must(
        can_verify(by, report),
        _("Only verifiers and coordinators of the side or of the programme decide about it."),
    )


def _named_on_side(by: Reader, measure: Measure, side: str) -> bool:
    acting = {m.organisation_id for m in memberships_of(by) if m.role in REPORTING}
    return any(
        body.organisation_id in acting and (body.country_id or "") in (side, "")
        for body in measure.responsibilities.all()
        if body.organisation_id
    )


def _speaks_for_side(by: Reader, programme: Programme, side: str, roles: tuple[Role, ...]) -> bool:
    """Whether the person has such a role in the owner, or in an authority seated in the side."""
    seats = [
        place.territory_id
        for place in programme.sides.all()
        if not side or place.territory.country_code == side
    ]
    return any(
        membership.organisation_id == programme.owner_id
        or (
            membership.organisation.kind == OrganisationKind.AUTHORITY
            and membership.organisation.seat_id in seats
        )
        for membership in memberships_of(by)
        if membership.role in roles
    )
