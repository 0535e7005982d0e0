"""The forms that bring an agreement into the register and correct it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.accounts.rules import must
from comity.agreements import rules
from comity.agreements.actions import change_agreement, create_agreement
from comity.agreements.forms import (
    AgreementForm,
    ChangeForm,
    PartyRows,
    parties_in,
    signed_as_known,
)
from comity.agreements.models import Agreement
from comity.agreements.views.opening import kept_agreement, tell
from comity.lib.versions import Difference, Stale, reopened

#: Rows that one press of “add rows” adds.
MORE_ROWS = 3


class AgreementForms:
    """The form of an agreement with the rows of its parties."""

    def __init__(self, request: HttpRequest, agreement: Agreement | None) -> None:
        self.agreement = agreement
        self.kind = AgreementForm if agreement is None else ChangeForm
        sent = request.POST or None
        standing = _rows_of(agreement) if agreement else []
        self.form = self.kind(sent, instance=agreement)
        self.rows = PartyRows(sent, prefix="parties", initial=standing)
        if "more" in request.POST:
            self._ask_on()

    def are_valid(self) -> bool:
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def values(self) -> dict[str, Any]:
        """What was written, as the actions take it."""
        return {
            **self.form.text,
            "parties": parties_in(self.rows),
            "fields": self.form.cleaned_data["fields_of_cooperation"],
        }

    def reopened(self, current: Any) -> list[Difference]:
        """The fields, and the parties, in which what was written differs from what stands now."""
        current.signed = signed_as_known(current)
        standing = current.cooperation_fields.values_list("field", flat=True)
        current.fields_of_cooperation = list(standing)
        found = [d for d in reopened(self.form, current) if d.label != self.form["reason"].label]
        yours = "; ".join(str(party.who) for party in parties_in(self.rows))
        theirs = "; ".join(str(row["who"]) for row in _rows_of(current))
        return found if yours == theirs else [*found, Difference(_("Parties"), yours, theirs)]

    def _ask_on(self) -> None:
        """Shows what was written once more, unsaved and unjudged, with more rows."""
        written = {name: self.form[name].value() for name in self.form.fields}
        rows = [{name: row[name].value() for name in row.fields} for row in self.rows.forms]
        self.form = self.kind(initial=written, instance=self.agreement)
        self.form.initial["version"] = written["version"]
        self.rows = PartyRows(prefix="parties", initial=rows)
        self.rows.extra = MORE_ROWS


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    must(
        rules.can_add_agreements(request.user),
        _("Only coordinators register agreements."),
    )
    forms = AgreementForms(request, None)
    if _is_saved(request) and forms.are_valid():
        try:
            agreement = create_agreement(by=request.user, **forms.values)
        except ValidationError as refused:
            tell(forms.form, refused)
        else:
            messages.success(request, _("The agreement is in the register now."))
            return redirect(agreement)
    return render(request, "agreements/add.html", {"form": forms.form, "rows": forms.rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = kept_agreement(request, pk)
    forms, stale = AgreementForms(request, agreement), None
    if _is_saved(request) and forms.are_valid():
        try:
            change_agreement(
                agreement=agreement,
                by=request.user,
                expected_version=forms.form.cleaned_data["version"],
                reason=forms.form.cleaned_data["reason"],
                **forms.values,
            )
        except Stale as changed:
            stale = forms.reopened(changed.current)
        except ValidationError as refused:
            tell(forms.form, refused)
        else:
            messages.success(request, _("The correction is saved."))
            return redirect(agreement)
    context = {"agreement": agreement, "form": forms.form, "rows": forms.rows, "stale": stale}
    return render(
        request, "agreements/change.html", {**context, "leave": agreement.get_absolute_url()}
    )


def _is_saved(request: HttpRequest) -> bool:
    return request.method == "POST" and "more" not in request.POST


def _rows_of(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {
            "who": party.who,
            "signatory_name": party.signatory_name,
            "signatory_post": party.signatory_post,
        }
        for party in agreement.parties.select_related("territory", "organisation__seat")
    ]
