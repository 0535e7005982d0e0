"""What the pages of the room fetch alike."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.programmes.models import Measure, Programme


def visible_programme(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).select_related("agreement", "owner")
    return get_object_or_404(programmes.prefetch_related("sides__territory"), pk=pk)


def visible_measure(request: HttpRequest, pk: int) -> Measure:
    measures = Measure.objects.visible_to(request.user)
    return get_object_or_404(
        measures.select_related("programme__agreement", "programme__owner", "section"), pk=pk
    )


def visible_agreement(user: Reader, programme: Programme) -> Agreement | None:
    """The agreement that the programme carries out, if the person may see it too."""
    if programme.agreement_id is None:
        return None
    return Agreement.objects.visible_to(user).filter(pk=programme.agreement_id).first()
