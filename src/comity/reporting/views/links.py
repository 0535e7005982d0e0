"""Reports by a one-time link: made by whoever may report, used by whoever it was sent to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.models import User
from comity.accounts.rules import must
from comity.reporting import actions
from comity.reporting.forms import LinkForm
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Evidence, OneTimeLink, Report
from comity.reporting.queries import in_full
from comity.reporting.rules import sides_reported_by
from comity.reporting.sides import language_of_side, name_of_side
from comity.reporting.views.desk import Desk, saved, written
from comity.reporting.views.evidence import previewed, saved_file
from comity.reporting.views.shared import visible_occurrence
from comity.reporting.views.submitted import thanked


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to reports on an occurrence; a new one is mailed, and shown once."""
    assert isinstance(request.user, User)
    occurrence = visible_occurrence(request, pk)
    sides = sides_reported_by(request.user, occurrence.measure)
    must(bool(sides), _("Only whoever may report for a side lets somebody else report for it."))
    programme = occurrence.measure.programme
    named = {side: name_of_side(programme, side) for side in sides}
    language = language_of_side(programme, sides[0]) if len(sides) == 1 else ""
    form = LinkForm(request.POST or None, sides=named, language=language)
    context = {"occurrence": occurrence, "measure": occurrence.measure, "form": form}
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        language = chosen.pop("language")
        try:
            link, secret = actions.make_link(occurrence=occurrence, by=request.user, **chosen)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            address = request.build_absolute_uri(reverse("reporting:by_link", args=[secret]))
            context |= {"link": link, "address": address}
            language = language or language_of_side(programme, link.side)
            actions.send_link(link=link, address=address, language=language)
            context["form"] = LinkForm(sides=named, language=form.initial["language"])
    context["links"] = occurrence.one_time_links.filter(side__in=sides).select_related("made_by")
    return render(request, "reporting/links.html", context)


@login_required
@require_POST
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    link = get_object_or_404(OneTimeLink.objects.select_related("occurrence__measure"), pk=pk)
    visible_occurrence(request, link.occurrence_id)
    actions.take_link_away(link=link, by=request.user)
    messages.success(request, _("The link works no more."))
    return redirect("reporting:links", link.occurrence_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The form of the one report that a link is for.

    Opening the link writes nothing, as programs that look after letters open it too: a report that
    was not begun is begun by the page's own button, which scripts press for the reader.
    """
    link = actions.opened_link(secret)
    if link is None:
        return _over(request)
    report = Report.objects.filter(occurrence=link.occurrence_id, side=link.side).first()
    if report is None or may_be_gone_on_with(report):
        return _begin(request, link)
    desk = _desk(secret)
    return written(request, desk) if desk else _over(request)


def _begin(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    if request.method != "POST":
        occurrence = link.occurrence
        if occurrence.done_on or occurrence.withdrawn:
            return _over(request)
        context = {"occurrence": occurrence, "measure": occurrence.measure}
        return render(request, "reporting/begin_by_link.html", context)
    try:
        actions.begin_by_link(link=link)
    except ValidationError:
        return _over(request)
    return redirect(request.path)


@never_cache
@require_POST
def save_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    desk = _desk(secret)
    return saved(request, desk) if desk else _over(request)


@never_cache
@require_safe
def file_by_link(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """A piece of evidence that the form of a link shows, to be saved."""
    piece = _piece(secret, pk)
    return saved_file(piece) if piece else _over(request)


@never_cache
@require_safe
def preview_by_link(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """A small picture of such a piece."""
    piece = _piece(secret, pk)
    return previewed(piece) if piece else _over(request)


def _desk(secret: str) -> Desk | None:
    """Where a guest writes; None if the link, or what it is for, is over."""
    link = actions.opened_link(secret)
    if link is None:
        return None
    reports = Report.objects.filter(occurrence=link.occurrence_id, side=link.side)
    report = in_full(reports).first()
    if report is None or not report.is_writable:
        return None
    return Desk(
        report,
        actions.guest_with(link),
        write=reverse("reporting:by_link", args=[secret]),
        save=reverse("reporting:save_by_link", args=[secret]),
        leave=reverse("home"),
        submitted=lambda _request: thanked(link, report),
        also=lambda: actions.end_link(link=link),
        link=link,
        secret=secret,
    )


def _piece(secret: str, pk: int) -> Evidence | None:
    """A file that stands in the form of this link, as long as the form opens."""
    desk = _desk(secret)
    pieces = desk.pieces if desk else []
    return next((piece for piece in pieces if piece.pk == pk and piece.file_id), None)


def _over(request: HttpRequest) -> HttpResponse:
    """The same answer whether the link never was, was used, or is over."""
    return render(request, "reporting/link_over.html", status=404)
