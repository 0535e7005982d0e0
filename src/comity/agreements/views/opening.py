"""What the writing pages have in common: find, refuse, tell what was refused."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from comity.agreements.actions import must_keep
from comity.agreements.models import Agreement


def kept_agreement(request: HttpRequest, pk: int) -> Agreement:
    """The agreement, if the person may change it; not found if they may not even see it."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    must_keep(request.user, agreement)
    return agreement


def tell(form: forms.BaseForm, refused: ValidationError) -> None:
    """Puts the sentences of a refusal beside the fields they speak of, or on top."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, sentences in refused.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
