"""The forms for what happens to an agreement: amended, or not after all; objected to, ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.agreements import actions
from comity.agreements.actions import amend_agreement, end_agreement, record_objection
from comity.agreements.forms import (
    AmendForm,
    EndForm,
    ObjectForm,
    PartyForm,
    PartyRows,
    RemoveAmendmentForm,
    parties_in,
)
from comity.agreements.models import Agreement, Amendment
from comity.agreements.unamended import Unamended
from comity.agreements.views.opening import kept_agreement, tell
from comity.agreements.wording import told_changes
from comity.lib.versions import Difference, Stale, VersionedForm, reopened


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """The amendment itself, what it changes, and rows for the parties that join by it."""
    rows = PartyRows(request.POST or None, prefix="joining")

    def act(form: AmendForm, **opened: Any) -> None:
        amend_agreement(**opened, **form.amendment, joining=parties_in(rows))

    return _asked(
        request, pk, AmendForm, page="amend", act=act, done=_("The amendment is recorded."),
        rows=rows,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether an amendment is to go that was recorded by mistake, or what keeps it."""
    seen = Agreement.objects.visible_to(request.user)
    amendment = get_object_or_404(Amendment.objects.filter(agreement__in=seen), pk=pk)
    agreement = kept_agreement(request, amendment.agreement_id)
    form = RemoveAmendmentForm(request.POST or None, initial={"version": agreement.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_amendment(
                amendment=amendment, by=request.user,
                expected_version=form.cleaned_data["version"], reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Stale as changed:
            reopened(form, changed.current)
            form.add_error(None, _("Somebody changed it meanwhile; look at it again."))
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The amendment is removed."))
            return redirect(agreement)
    context = {
        "agreement": agreement,
        "amendment": amendment,
        "changes": told_changes(amendment.changes),
        "obstacles": Unamended(agreement, amendment).obstacles,
        "form": form,
    }
    status = 409 if form.errors else 200
    return render(request, "agreements/remove_amendment.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    def act(form: EndForm, **opened: Any) -> None:
        written = form.cleaned_data
        end_agreement(**opened, ended_on=written["ended_on"], reason=written["reason"])

    return _asked(request, pk, EndForm, page="end", act=act, done=_("The end is recorded."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    def act(form: ObjectForm, **opened: Any) -> None:
        written = form.cleaned_data
        record_objection(**opened, objected_on=written["objected_on"], reason=written["reason"])

    return _asked(
        request, pk, ObjectForm, page="object", act=act, done=_("The objection is recorded.")
    )


def _asked(
    request: HttpRequest,
    pk: int,
    kind: type[VersionedForm],
    *,
    page: str,
    act: Callable[..., None],
    done: str,
    rows: "BaseFormSet[PartyForm] | None" = None,
) -> HttpResponse:
    """One form, one act; a stale one shows both versions, a refusal its sentence."""
    agreement = kept_agreement(request, pk)
    form = kind(request.POST or None, instance=agreement)
    stale: list[Difference] | None = None
    if request.method == "POST" and all([form.is_valid(), rows is None or rows.is_valid()]):
        version = form.cleaned_data["version"]
        try:
            act(form, agreement=agreement, by=request.user, expected_version=version)
        except Stale as changed:
            stale = _without_reason(form, reopened(form, _with_fields(changed.current)))
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, done)
            return redirect(agreement)
    leave = agreement.get_absolute_url()
    context = {"agreement": agreement, "form": form, "rows": rows, "stale": stale, "leave": leave}
    return render(request, f"agreements/{page}.html", context)


def _with_fields(current: Any) -> Any:
    standing = current.cooperation_fields.values_list("field", flat=True)
    current.fields_of_cooperation = list(standing)
    return current


def _without_reason(form: VersionedForm, found: list[Difference]) -> list[Difference]:
    """The reason and the amendment's own words stand nowhere else, so they do not differ."""
    own = {str(form[name].label) for name in form.fields if name not in (form._meta.fields or ())}
    return [difference for difference in found if difference.label not in own]
