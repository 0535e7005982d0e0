"""What follows after a report is submitted: told to a person on the next page, to a guest on one of
its own, which a signed address opens for a day."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comity.accounts.models import User
from comity.reporting.models import OneTimeLink, Report, Step, StepKind
from comity.reporting.queries import open_besides
from comity.reporting.shown import as_submitted
from comity.reporting.work import comes_back_to, owed_by

_SALT = "comity.reporting.thanks"
#: How long the page of thanks tells what was reported.
_LASTS = timedelta(days=1)


def told_what_follows(request: HttpRequest, report: Report) -> HttpResponse:
    """To the report, with who decides about it and what the person owes next."""
    assert isinstance(request.user, User)
    owed = owed_by(request.user, timezone.localdate())
    context = {
        "report": report,
        "comes_back": comes_back_to(request.user, report),
        "next": next((one for one in owed if not one.is_under_way), None),
    }
    messages.success(request, render_to_string("reporting/_submitted.html", context))
    return redirect(report)


def thanked(link: OneTimeLink, report: Report) -> HttpResponse:
    """To the page of thanks, whose address says nothing of the link that led to the form."""
    step = Step.objects.filter(report=report, kind=StepKind.SUBMITTED).latest("pk")
    signed = signing.dumps({"link": link.pk, "step": step.pk}, salt=_SALT)
    return redirect(f"{reverse('reporting:thanks')}?{urlencode({'of': signed})}")


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Where a guest comes after a submission; without its signed address it tells nothing more."""
    return render(request, "reporting/thanks.html", _submission(request.GET.get("of", "")))


def _submission(signed: str) -> dict[str, Any]:
    try:
        of = signing.loads(signed, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return {}
    links = OneTimeLink.objects.select_related("occurrence__measure__programme")
    link, step = links.filter(pk=of["link"]).first(), Step.objects.filter(pk=of["step"]).first()
    if link is None or step is None:
        return {}
    return {
        "occurrence": link.occurrence,
        "measure": link.occurrence.measure,
        "said": as_submitted(step.report, step.content or {}),
        "at": step.at,
        "others": len(open_besides(link, timezone.now())),
    }
