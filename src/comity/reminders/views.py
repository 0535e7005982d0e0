from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.models import User
from comity.accounts.rules import Reader, must
from comity.directory.rules import gives_roles_in_any
from comity.lib.paging import page_of
from comity.lib.versions import Stale, reopened
from comity.post.models import Mail
from comity.programmes.models import Occurrence, Programme
from comity.programmes.rules import can_change_programme
from comity.reminders import actions
from comity.reminders.contacts import Nobody
from comity.reminders.following import as_served_here
from comity.reminders.foreseen import foreseen
from comity.reminders.forms import HabitForm, LadderForm, MailFilterForm, PlanForm
from comity.reminders.ladder import USUAL, Audience
from comity.reminders.models import Habit, ProgrammeLadder
from comity.reminders.planning import (
    measures_by_id,
    plan,
    silent_programmes,
    unreachable_in,
)
from comity.reminders.rules import can_read_secrets, can_see_letters, can_send_again
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Report
from comity.reporting.rules import can_report, can_write
from comity.reporting.work import with_sides

#: Bodies without an account that the page of a programme names.
MOST = 50
#: Letters that the page of a day's plan shows, and lines of each.
LETTERS, LINES = 100, 10


@login_required
@require_safe
def form(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Where a line of a digest leads: the form of the report, or what stands there by now.

    Opening it writes nothing: a report that was not begun is begun by the page's own button,
    which is pressed for the reader where scripts run.
    """
    side = "" if side == "-" else side
    found = Occurrence.objects.visible_to(request.user).select_related("measure__programme")
    occurrence = get_object_or_404(found, pk=pk)
    report = Report.objects.filter(occurrence=occurrence, side=side).first()
    if report is not None and can_write(request.user, report) and report.is_writable:
        return redirect("reporting:write", report.pk)
    is_open = occurrence.done_on is None and not occurrence.withdrawn and report is None
    goes_on = report is not None and may_be_gone_on_with(report)
    if not (is_open or goes_on) or not can_report(request.user, occurrence.measure, side):
        return redirect("reporting:occurrence", pk)
    context = {
        "occurrence": occurrence,
        "measure": occurrence.measure,
        "side": side,
        "report": report,
    }
    return render(request, "reminders/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: HttpRequest, pk: int) -> HttpResponse:
    """On which days a programme reminds whom, and which bodies cannot be reached."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    must(
        can_change_programme(request.user, programme),
        _("Only coordinators of the programme, of a side or of its owner change its reminders."),
    )
    kept = ProgrammeLadder.objects.filter(programme=programme).first()
    sent = request.POST if request.method == "POST" else None
    bound, stale = LadderForm(sent, instance=kept), None
    if request.method == "POST" and bound.is_valid():
        try:
            actions.change_ladder(
                programme=programme,
                days=bound.days,
                expected_version=bound.cleaned_data.get("version"),
                nobody=bound.cleaned_data["is_silent"],
                by=request.user,
            )
        except Stale as meanwhile:
            stale = reopened(bound, meanwhile.current)
        except ValidationError as problem:
            bound.add_error("is_silent", " ".join(problem.messages))
        else:
            messages.success(request, _("The days of the reminders are kept."))
            return redirect("reminders:ladder", pk)
    context = _context(programme, kept, bound, stale)
    context["inviting"] = _inviting(request.user, [one for one, _measure in context["nobody"]])
    return render(request, "reminders/ladder.html", context)


def _context(
    programme: Programme, kept: ProgrammeLadder | None, bound: LadderForm, stale: Any
) -> dict[str, Any]:
    told = kept.rungs if kept else USUAL
    bodies = unreachable_in(programme.pk, timezone.localdate()) if told[Audience.BODY] else []
    nobody = [one for one in bodies if not one.email]
    measures = measures_by_id({one.measure for one in nobody[:MOST]})
    with_sides(measure.programme for measure in measures.values())
    written_to = {one.body: one.email for one in bodies if one.email}
    return {
        "programme": programme,
        "ladder": kept,
        "form": bound,
        "stale": stale,
        "is_silent": kept is not None and kept.is_silent,
        "tells_bodies": bool(told[Audience.BODY]),
        "rows": [
            (bound[f"{audience.value}_before"], bound[f"{audience.value}_after"])
            for audience in Audience
        ],
        "nobody": [(one, measures[one.measure]) for one in nobody[:MOST]],
        "more": max(0, len(nobody) - MOST),
        "written_to": sorted(written_to.items())[:MOST],
        "more_written_to": max(0, len(written_to) - MOST),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What was mailed to the person, and how often they want to be reminded."""
    assert isinstance(request.user, User)
    habit = Habit.objects.filter(user=request.user).first()
    bound = HabitForm(request.POST or None, instance=habit or Habit(user=request.user))
    if request.method == "POST" and bound.is_valid():
        actions.choose_pace(user=request.user, pace=bound.cleaned_data["pace"])
        messages.success(request, _("You will be reminded as you chose."))
        return redirect("reminders:mine")
    page = page_of(Mail.objects.to_address(request.user.email), request)
    return render(
        request,
        "reminders/mine.html",
        {"form": bound, "page": page, "sees_all": can_see_letters(request.user)},
    )


@login_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """All letters of the register and what became of them."""
    _must_see_mails(request)
    asked = MailFilterForm(request.GET)
    found = Mail.objects.all()
    if asked.is_valid():
        if asked.cleaned_data["q"]:
            found = found.filter(to__icontains=asked.cleaned_data["q"].strip())
        if asked.cleaned_data["state"]:
            found = found.filter(state=asked.cleaned_data["state"])
    context = {
        "form": asked,
        "page": page_of(found, request),
        "may_send": can_send_again(request.user),
    }
    return render(request, "reminders/mails.html", context)


@login_required
@require_safe
def planned(request: HttpRequest) -> HttpResponse:
    """Who would be written to on a day, and of what, as it stands now; nothing is written."""
    _must_see_mails(request)
    asked = PlanForm(request.GET)
    made = plan(asked.on)
    sought = asked.asked.get("q", "").strip().lower()
    letters = [one for one in foreseen(made).items() if sought in one[0].lower()]
    shown = [(to, told[:LINES], len(told[LINES:])) for to, told in letters[:LETTERS]]
    measures = measures_by_id({one.measure for one in made.nobody[:MOST]})
    named = [one.measure for _to, told, _more in shown for one in told]
    with_sides(measure.programme for measure in (*named, *measures.values()))
    context = {
        "form": PlanForm(initial={**asked.asked, "day": asked.on}),
        "day": asked.on,
        "letters": shown,
        "silent": silent_programmes(),
        "all": len(letters),
        "more": max(0, len(letters) - LETTERS),
        "nobody": [(one, measures[one.measure]) for one in made.nobody[:MOST]],
        "more_nobody": max(0, len(made.nobody) - MOST),
        "inviting": _inviting(request.user, made.nobody[:MOST]),
    }
    return render(request, "reminders/planned.html", context)


@login_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: to those who see all, and to whom it was written."""
    assert isinstance(request.user, User)
    letter = get_object_or_404(Mail, pk=pk)
    if letter.to != request.user.email.lower():
        _must_see_mails(request)
    context = {
        "mail": letter,
        "body": as_served_here(letter.body, request),
        "is_shown": not letter.private or can_read_secrets(request.user),
        "may_send": can_send_again(request.user),
    }
    return render(request, "reminders/mail.html", context)


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Mail, pk=pk)
    try:
        actions.send_again(mail=letter, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("The letter is in the queue again."))
    return redirect(reverse("reminders:mail", args=[pk]))


def _inviting(by: Reader, nobody: Iterable[Nobody]) -> set[int]:
    """The bodies among them to which the person may invite somebody."""
    return gives_roles_in_any(by, (one.organisation for one in nobody if one.organisation))


def _must_see_mails(request: HttpRequest) -> None:
    must(
        can_see_letters(request.user),
        _("Only administrators and auditors of the whole register see its letters."),
    )
