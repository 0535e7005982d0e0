from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.accounts.rules import must
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.versions import Stale
from comity.programmes import actions
from comity.programmes.amended import moved_days, told, told_beside
from comity.programmes.forms import AgreeForm, DecisionForm, StrikeForm
from comity.programmes.models import MeasureAmendment
from comity.programmes.rules import (
    can_change_programme,
    can_withdraw,
    sides_spoken_for,
    sides_to_consent_for,
)
from comity.programmes.views.shared import visible_measure


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Strikes a measure out, or puts one back that was."""
    measure = visible_measure(request, pk)
    must(
        can_change_programme(request.user, measure.programme),
        _("Only coordinators of the programme, of a side or of its owner change its measures."),
    )
    form = StrikeForm(request.POST or None, initial={"version": measure.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        act = actions.restore_measure if measure.struck_on else actions.strike_measure
        try:
            amendment = act(
                measure=measure,
                expected_version=form.cleaned_data["version"],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except Stale as meanwhile:
            form.add_error(None, _("Somebody changed the measure meanwhile: look at it again."))
            form.data = form.data.copy() | {"version": str(meanwhile.current.version)}  # type: ignore[attr-defined]  # a QueryDict
            status = 409
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, outcome(amendment))
            return redirect(measure)
    context = {"measure": measure, "programme": measure.programme, "form": form}
    return render(request, "programmes/strike_measure.html", context, status=status)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change of a measure: what it changes, why, and who has to say something about it."""
    return _page(request, _seen(request, pk))


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = _seen(request, pk)
    sides = sides_to_consent_for(request.user, amendment)
    must(
        bool(sides) or not amendment.is_proposed,
        _("Only coordinators of the other side consent to a change, never who proposed it."),
    )
    form = AgreeForm(request.POST, sides=sides)
    if sides and not form.is_valid():
        return _page(request, amendment, agree=form)
    said = form.cleaned_data if sides else {"side": ""}
    return _decided(
        request,
        amendment,
        lambda: actions.agree_amendment(amendment=amendment, by=request.user, **said),
        agree=form,
    )


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    amendment, form = _seen(request, pk), DecisionForm(request.POST, auto_id="decline_%s")
    form.full_clean()
    return _decided(
        request,
        amendment,
        lambda: actions.decline_amendment(
            amendment=amendment, by=request.user, reason=form.cleaned_data["reason"]
        ),
        decline=form,
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    amendment, form = _seen(request, pk), DecisionForm(request.POST, auto_id="withdraw_%s")
    form.full_clean()
    return _decided(
        request,
        amendment,
        lambda: actions.withdraw_amendment(
            amendment=amendment, by=request.user, reason=form.cleaned_data["reason"]
        ),
        withdraw=form,
    )


def outcome(amendment: MeasureAmendment) -> str:
    """What a person is told who changed a measure."""
    if amendment.is_proposed:
        return _("The change is proposed. It stands once the other side consents.")
    return _("The change is made; it is listed with its reason.")


def _decided(
    request: HttpRequest,
    amendment: MeasureAmendment,
    act: Callable[[], MeasureAmendment],
    **forms: Any,
) -> HttpResponse:
    """Redirects to the amendment, or shows it again with what is wrong."""
    form = next(iter(forms.values()))
    try:
        decided = act()
    except Stale:
        return _page(request, _seen(request, amendment.pk), status=409, **forms)
    except ValidationError as problem:
        standing = _seen(request, amendment.pk)
        if not standing.is_proposed:
            messages.error(request, " ".join(problem.messages))
            return redirect(standing)
        form.add_error(None, problem)
        return _page(request, standing, **forms)
    messages.success(request, _("The change is %s.") % decided.get_state_display())
    return redirect(amendment)


def _page(
    request: HttpRequest,
    amendment: MeasureAmendment,
    *,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    measure, user = amendment.measure, request.user
    is_overtaken = amendment.is_proposed and measure.version != amendment.from_version
    sides = sides_to_consent_for(user, amendment)
    context = {
        "amendment": amendment,
        "measure": measure,
        "programme": amendment.programme,
        "differences": told_beside(amendment, measure) if is_overtaken else told(amendment),
        "days": moved_days(amendment, amendment.programme.period),
        "is_overtaken": is_overtaken,
        "may_decide": sides,
        "speaks_for_many": len(sides_spoken_for(user, amendment.programme)) > 1,
        "may_withdraw": can_withdraw(user, amendment),
        "agree": AgreeForm(sides=sides),
        "decline": DecisionForm(auto_id="decline_%s"),
        "withdraw": DecisionForm(auto_id="withdraw_%s"),
        **forms,
    }
    return render(request, "programmes/amendment.html", context, status=status)


def _seen(request: HttpRequest, pk: int) -> MeasureAmendment:
    amendments = MeasureAmendment.objects.visible_to(request.user).select_related(
        "measure__section", "programme__agreement", "programme__owner"
    )
    amendment = get_object_or_404(
        amendments.prefetch_related("consents", "programme__sides__territory"), pk=pk
    )
    amendment.measure.programme = amendment.programme
    return amendment
