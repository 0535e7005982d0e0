from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comity.forum.actions import record_edition
from comity.forum.forms import EditionForm
from comity.forum.models import Edition, StatedFigure
from comity.forum.rules import can_record_editions, must_record_editions
from comity.lib.kept_pages import stands_until_a_write


@require_safe
@stands_until_a_write
def editions(request: HttpRequest) -> HttpResponse:
    """All editions of the forum, the latest first."""
    found = Edition.objects.visible_to(request.user).select_related("host")
    context = {"editions": found, "can_add": can_record_editions(request.user)}
    return render(request, "forum/editions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    must_record_editions(request.user)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(record_edition(edition=form.edition(), by=request.user))
    return render(request, "forum/add.html", {"form": form})


@require_safe
@stands_until_a_write
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition: where and when it met, on what, and every figure with its sources."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("host"), number=number
    )
    other = StatedFigure.Subject.OTHER
    figures = sorted(found.figures.all(), key=lambda f: (f.subject == other, f.subject, f.pk))
    by_subject = [
        (subject, list(stated))
        for subject, stated in groupby(figures, lambda figure: figure.get_subject_display())
    ]
    context = {"edition": found, "by_subject": by_subject, "sources": found.sources.all()}
    return render(request, "forum/edition.html", context)
