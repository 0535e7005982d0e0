from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Guest, must
from comity.audit.actions import Actor, Trail, snapshot
from comity.lib import wording
from comity.lib.secrets import a_secret, hashed
from comity.post.actions import post
from comity.post.models import Mail
from comity.programmes.models import Occurrence
from comity.reporting.actions.drafts import begin_report
from comity.reporting.actions.going_on import continue_report
from comity.reporting.following import locked
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import OneTimeLink, Report
from comity.reporting.rules import can_report, guest_of, sides_of

#: Days for which a link may be valid.
LONGEST = 60


@transaction.atomic
def make_link(
    *, occurrence: Occurrence, side: str, email: str, days: int, by: User
) -> tuple[OneTimeLink, str]:
    """A link with which whoever reads the address may report once; and its secret.

    Earlier links to the same report end. Raises PermissionDenied, or ValidationError by field.
    """
    occurrence = locked(occurrence.pk)
    must(
        can_report(by, occurrence.measure, side),
        _("Only whoever may report for a side lets somebody else report for it."),
    )
    _must_make_sense(occurrence, side, email, days)
    report = begin_report(occurrence=occurrence, side=side, by=by)
    if not report.is_writable and not may_be_gone_on_with(report):
        raise ValidationError(_("This side reported already."))
    trail, now = Trail("report.link_made", by), timezone.now()
    for earlier in occurrence.one_time_links.filter(side=side, ended_at=None):
        _end(earlier, trail)
    secret = a_secret()
    link = OneTimeLink.objects.create(
        occurrence=occurrence,
        side=side,
        email=email,
        sha256=hashed(secret),
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    trail.created(link)
    trail.record()
    return link, secret


def let_report(*, asked: Sequence[tuple[int, str, str]], by: Actor) -> list[str]:
    """Links for bodies that nobody has an account for, inside the transaction of their letters.

    Each is asked for by an occurrence, a side and an address; gives the secrets in the same order.
    Earlier links stay; a draft is begun when one is used.
    """
    now, secrets = timezone.now(), [a_secret() for _one in asked]
    links = [
        OneTimeLink(
            occurrence_id=occurrence,
            side=side,
            email=email,
            sha256=hashed(secret),
            expires_at=now + timedelta(days=LONGEST),
        )
        for (occurrence, side, email), secret in zip(asked, secrets, strict=True)
    ]
    if links:
        trail = Trail("report.link_made", by)
        trail.created(*OneTimeLink.objects.bulk_create(links))
        trail.record()
    return secrets


def end_unsent(*, secrets: Sequence[str], by: Actor) -> None:
    """Ends links in letters that are not sent, inside the transaction of that."""
    found = OneTimeLink.objects.filter(sha256__in=[hashed(secret) for secret in secrets])
    trail = Trail("report.link_ended", by)
    for link in found.order_by("pk"):
        _end(link, trail)
    if trail.entries:
        trail.record()


@transaction.atomic
def begin_by_link(*, link: OneTimeLink) -> Report:
    """The draft of the report that a link is for, or the one that is gone on with by it.

    Raises ValidationError as `begin_report` and `continue_report` do.
    """
    report = begin_report(occurrence=link.occurrence, side=link.side, by=guest_with(link))
    return continue_report(report=report, by=guest_with(link))


def send_link(*, link: OneTimeLink, address: str, language: str) -> Mail:
    """Posts the link in a language; its address is kept nowhere else."""
    measure = link.occurrence.measure
    with translation.override(language):
        told = {
            "measure": f"{measure.number} {measure.title}".strip(),
            "day": wording.day(link.occurrence.due_on),
            "until": wording.day(timezone.localdate(link.expires_at)),
            "address": address,
        }
        text = _(
            "You are asked to report on a measure:\n\n%(measure)s\n\nIt is due on %(day)s. Open "
            "this address, fill in the form and submit it; no account is needed:\n\n%(address)s\n\n"
            "The address works once and until %(until)s. Do not pass it on."
        )
        return post(
            key=f"report-link:{link.pk}",
            to=link.email,
            subject=_("Report on a measure, due on %(day)s") % told,
            body=text % told,
            language=language,
            kind="report_link",
            private=True,
        )


@transaction.atomic
def take_link_away(*, link: OneTimeLink, by: User) -> None:
    """Ends a link before it was used."""
    must(
        can_report(by, link.occurrence.measure, link.side),
        _("Only whoever may report for a side takes its links away."),
    )
    trail = Trail("report.link_ended", by)
    _end(OneTimeLink.objects.select_for_update().get(pk=link.pk), trail)
    if trail.entries:
        trail.record()


def opened_link(secret: str) -> OneTimeLink | None:
    """The link with this secret, if it may still be used."""
    found = OneTimeLink.objects.filter(sha256=hashed(secret))
    link = found.select_related("occurrence__measure__programme").first()
    return link if link is not None and link.is_open_at(timezone.now()) else None


def guest_with(link: OneTimeLink) -> Guest:
    """Whoever came by the link."""
    return Guest(link.email, guest_of(link.occurrence_id, link.side))


@transaction.atomic
def end_link(*, link: OneTimeLink) -> None:
    """After the report was submitted; inside the transaction of the submission.

    All others by which the same address could report it end along, as reminders carry several.
    """
    link = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    if not link.is_open_at(timezone.now()):
        raise ValidationError(_("This link was used already, or its time is over."))
    trail = Trail("report.link_used", guest_with(link))
    _end(link, trail)
    for other in OneTimeLink.objects.select_for_update().filter(
        occurrence=link.occurrence_id, side=link.side, email__iexact=link.email, ended_at=None
    ):
        _end(other, trail)
    trail.record()


def _must_make_sense(occurrence: Occurrence, side: str, email: str, days: int) -> None:
    if side not in sides_of(occurrence.measure):
        raise ValidationError(_("The measure names no body of this side."))
    if occurrence.withdrawn or occurrence.done_on:
        raise ValidationError(_("Nothing has to be reported on this day any more."))
    if not 1 <= days <= LONGEST:
        raise ValidationError(
            {"days": _("A link is valid for 1 to %(most)d days.") % {"most": LONGEST}}
        )
    try:
        validate_email(email)
    except ValidationError as odd:
        raise ValidationError({"email": odd.messages}) from odd


def _end(link: OneTimeLink, trail: Trail) -> None:
    if link.ended_at is not None:
        return
    before = snapshot(link)
    link.ended_at = timezone.now()
    link.save(update_fields=["ended_at"])
    trail.changed(link, before)
