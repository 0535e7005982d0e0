"""Documents of an agreement and what sources say of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.agreements import actions
from comity.agreements.forms import DocumentForm, ReasonForm, StatementForm
from comity.agreements.models import Document
from comity.agreements.views.opening import kept_agreement, tell
from comity.files.answers import UNKNOWN, to_be_saved
from comity.files.media import SUFFIXES
from comity.lib.visibility import Visibility


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, to be saved and never to be shown inside the site."""
    visible = Document.objects.visible_to(request.user).select_related("file", "agreement")
    document = get_object_or_404(visible, pk=pk)
    media_type = document.file.media_type
    return to_be_saved(
        document.file,
        name=document.name,
        media_type=media_type if media_type in SUFFIXES else UNKNOWN,
        is_public=document.agreement.visibility == Visibility.PUBLIC,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_document(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = kept_agreement(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        written = dict(form.cleaned_data)
        file = written.pop("file")
        try:
            actions.add_document(
                agreement=agreement, by=request.user, content=file.read(), name=file.name, **written
            )
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The document is kept."))
            return redirect(agreement)
    return render(request, "agreements/add_document.html", {"agreement": agreement, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_document(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Document.objects.visible_to(request.user)
    document = get_object_or_404(visible, pk=pk)
    agreement = kept_agreement(request, document.agreement_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.remove_document(document=document, by=request.user, reason=reason)
        messages.success(request, _("The document is removed from the agreement."))
        return redirect(agreement)
    context = {"agreement": agreement, "document": document, "form": form}
    return render(request, "agreements/remove_document.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_statement(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = kept_agreement(request, pk)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_statement(agreement=agreement, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The statement is added."))
            return redirect(agreement)
    return render(request, "agreements/add_statement.html", {"agreement": agreement, "form": form})
