from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comity.forum.models import Edition
from comity.lib.kept_pages import stands_until_a_write


@require_safe
@stands_until_a_write
def editions(request: HttpRequest) -> HttpResponse:
    """All editions of the forum, the latest first."""
    found = Edition.objects.visible_to(request.user).select_related("host")
    return render(request, "forum/editions.html", {"editions": found})


@require_safe
@stands_until_a_write
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition: where and when it met, on what, and every figure with its sources."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("host"), number=number
    )
    figures = sorted(found.figures.all(), key=lambda figure: (figure.subject, figure.pk))
    by_subject = [
        (subject, list(stated))
        for subject, stated in groupby(figures, lambda figure: figure.get_subject_display())
    ]
    context = {"edition": found, "by_subject": by_subject, "sources": found.sources.all()}
    return render(request, "forum/edition.html", context)
