"""The first page after signing in: what a person owes, what waits for them, what they follow."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comity.accounts.models import User
from comity.lib.paging import page_asked
from comity.lib.versions import Stale
from comity.programmes.queries.amendments import waiting_for_consent
from comity.programmes.standing import state_from_today, told_from_today
from comity.reporting import actions
from comity.reporting.models import Report
from comity.reporting.work import (
    MOST,
    Asked,
    asked_of,
    disputes_of,
    followed_by,
    waiting_for,
    with_sides,
)
from comity.web.expecting import finds_it_empty, what_comes_to
from comity.web.owed import owed_page

#: Rows of the list of what a person follows.
FOLLOWED = 12


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    user, today, number = request.user, timezone.localdate(), page_asked(request)
    asked = asked_of(user, today, number)
    if number > 1:
        return _further(request, asked, user)
    waiting, disputes = _first(waiting_for(user)), _first(disputes_of(user))
    consents = _first(waiting_for_consent(user))
    followed = list(told_from_today(followed_by(user, today))[:FOLLOWED])
    others = [one.programme for one in (*waiting, *consents, *disputes, *followed)]
    with_sides([*asked.programmes, *others])
    context: dict[str, Any] = {
        "owed": owed_page(asked, user, today),
        "waiting": waiting,
        "waiting_count": _counted(waiting),
        "consents": consents,
        "consents_count": _counted(consents),
        "disputes": disputes,
        "disputes_count": _counted(disputes),
        "followed": [(measure, *state_from_today(measure, today)) for measure in followed],
    }
    if not any(context[name] for name in ("owed", "waiting", "consents", "disputes")):
        context |= {"is_empty": finds_it_empty(user), "comes": what_comes_to(user)}
    return render(request, "web/work.html", context)


def _further(request: HttpRequest, asked: Asked, user: User) -> HttpResponse:
    """A further page of what the person owes, and nothing else of their work."""
    if not asked.occurrences:
        raise Http404(_("There are no rows on this page; go back to the first one."))
    with_sides(asked.programmes)
    context = {"owed": owed_page(asked, user, timezone.localdate())}
    return render(request, "web/owed.html", context)


@login_required
@require_POST
def accept_chosen(request: HttpRequest) -> HttpResponse:
    """Accepts each chosen report that is still as it was looked at."""
    accepted, others = 0, 0
    chosen = dict(_chosen(value) for value in request.POST.getlist("report"))
    seen = Report.objects.visible_to(request.user).filter(pk__in=chosen)
    for report in seen.select_related("measure__programme"):
        try:
            actions.accept_report(
                report=report, expected_version=chosen[report.pk], by=request.user
            )
        except (Stale, ValidationError, PermissionDenied):
            others += 1
        else:
            accepted += 1
    if accepted:
        told = ngettext("%(n)s report is accepted.", "%(n)s reports are accepted.", accepted)
        messages.success(request, told % {"n": accepted})
    if others:
        told = ngettext(
            "%(n)s report was changed meanwhile, or is not yours to decide: look at it again.",
            "%(n)s reports were changed meanwhile, or are not yours to decide: look at them again.",
            others,
        )
        messages.error(request, told % {"n": others})
    if not chosen:
        messages.error(request, _("Choose the reports that you accept."))
    return redirect("work")


def _first(records: "QuerySet[Any]") -> list[Any]:
    return list(islice(records, MOST))


def _counted(rows: list[Any]) -> str:
    return f"{MOST}+" if len(rows) >= MOST else str(len(rows))


def _chosen(value: str) -> tuple[int, int]:
    """The number and the version of a report, as the page sends them."""
    number, _colon, version = value.partition(":")
    valid = number.isdecimal() and version.isdecimal()
    return (int(number), int(version)) if valid else (0, 0)
