from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comity.directory import actions, rules
from comity.directory.forms import ContactForm, RemoveContactForm
from comity.directory.models import Contact
from comity.directory.views.organisations import current_organisation
from comity.lib.versions import Stale, reopened


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = current_organisation(pk)
    rules.must_change_organisation(request.user, organisation)
    form = ContactForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        contact = actions.create_contact(organisation=organisation, by=request.user, **form.values)
        messages.success(request, _("%s is a contact now.") % contact)
        return redirect("directory:detail", organisation.pk)
    return render(
        request, "directory/contact_add.html", {"form": form, "organisation": organisation}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    rules.must_change_organisation(request.user, contact.organisation)
    form = ContactForm(request.POST or None, instance=contact, organisation=contact.organisation)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_contact(
                contact=contact,
                expected_version=form.cleaned_data["version"],
                by=request.user,
                **form.values,
            )
        except Stale as meanwhile:
            stale = reopened(form, meanwhile.current)
        else:
            messages.success(request, _("Your change is kept."))
            return redirect("directory:detail", contact.organisation_id)
    context = {"form": form, "contact": _contact(request, pk), "stale": stale}
    return render(
        request, "directory/contact_change.html", context, status=200 if stale is None else 409
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    contact = _contact(request, pk)
    rules.must_change_organisation(request.user, contact.organisation)
    form = RemoveContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_contact(contact=contact, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The contact is no longer in the directory."))
        return redirect("directory:detail", contact.organisation_id)
    return render(request, "directory/contact_remove.html", {"form": form, "contact": contact})


def _contact(request: HttpRequest, pk: int) -> Contact:
    visible = Contact.objects.visible_to(request.user).select_related("organisation__seat")
    return get_object_or_404(visible, pk=pk)
