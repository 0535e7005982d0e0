from datetime import datetime, time
from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comity.audit.parts import name_parts, parts_as_of
from comity.audit.past import past_of
from comity.audit.queries import fields_as_of, history_of
from comity.audit.wording import told
from comity.lib.paging import page_of


@require_safe
def history(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """Everything that was done to one record: who, when, what changed, why.

    As far as it was open to the reader then. Who it was is told to those who have an account too.
    """
    record = _visible_record(request, model, pk)
    past = past_of(record, request.user)
    page = page_of(past.among(history_of(record)), request)
    name_parts(record, page.rows)
    for entry in page.rows:
        entry.told = told(entry.about, entry.shown, request.user)  # type: ignore[attr-defined]  # for the page
    context = {
        "record": record,
        "model": model,
        "page": page,
        "entries": _telling(page.rows),
        "is_partial": bool(past.closed),
        "knows_people": request.user.is_authenticated,
    }
    return render(request, "audit/history.html", context)


def _telling(entries: list[Any]) -> list[Any]:
    """Those that tell something; one that does not stays if it is all that is told of its event."""
    telling = [entry for entry in entries if entry.told or entry.part]
    events = {entry.event_id for entry in telling}
    return [entry for entry in entries if entry in telling or entry.event_id not in events]


@require_safe
def as_of(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """The record as it stood at the end of a day."""
    record = _visible_record(request, model, pk)
    day = _asked_day(request)
    moment = timezone.make_aware(datetime.combine(day, time.max))
    was_open = past_of(record, request.user).was_open_at(moment)
    fields = fields_as_of(type(record), pk, moment) if was_open else None
    everything = {name: [None, now] for name, now in (fields or {}).items()}
    context = {
        "record": record,
        "model": model,
        "day": day,
        "was_open": was_open,
        "existed": fields is not None,
        "parts": parts_as_of(record, moment) if was_open else [],
        "fields": told(type(record), everything, request.user),
    }
    return render(request, "audit/as_of.html", context)


def _asked_day(request: HttpRequest) -> Any:
    try:
        return parse_date(request.GET.get("day", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _visible_record(request: HttpRequest, model: str, pk: int) -> models.Model:
    """The record, if its room lets this reader see it; rooms say so with `visible_to`.

    Where fewer may see the past of a record than the record, `history_visible_to` says so.
    """
    try:
        wanted = apps.get_model(model)
    except (LookupError, ValueError) as unknown:
        raise Http404(_("There is no such kind of record.")) from unknown
    manager: Any = wanted._default_manager
    if not hasattr(manager, "visible_to"):
        raise Http404(_("Records of this kind have no history page."))
    visible = getattr(manager, "history_visible_to", manager.visible_to)
    record: models.Model = get_object_or_404(visible(request.user), pk=pk)
    return record
