"""What the pages of the room fetch alike."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.programmes.models import Measure, Programme
from comity.programmes.queries.lists import SIDES
from comity.programmes.sides import OtherSides, changing_parties, other_sides


def visible_programme(request: HttpRequest, pk: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).prefetch_related(SIDES)
    return get_object_or_404(
        programmes.select_related("agreement", "owner").annotate(
            agreement_is_seen=_is_seen(request.user, "agreement"),
            deadlines_moved=Exists(
                Measure.objects.filter(programme=OuterRef("pk"), former_dues__isnull=False)
            ),
            reader_has_a_part=Exists(
                Programme.objects.belonging_to(request.user).filter(pk=OuterRef("pk"))
            ),
            parties_changed=Exists(changing_parties().filter(agreement=OuterRef("agreement"))),
        ),
        pk=pk,
    )


def visible_measure(request: HttpRequest, pk: int) -> Measure:
    measures = Measure.objects.visible_to(request.user).select_related(
        "programme__agreement", "programme__owner", "section"
    )
    return get_object_or_404(
        measures.annotate(agreement_is_seen=_is_seen(request.user, "programme__agreement")), pk=pk
    )


def _is_seen(user: Reader, agreement: str) -> Exists:
    return Exists(Agreement.objects.visible_to(user).filter(pk=OuterRef(agreement)))


def seen_agreement(record: Programme | Measure) -> Agreement | None:
    """The agreement behind a record fetched above, if its reader may see it too."""
    programme = record.programme if isinstance(record, Measure) else record
    return programme.agreement if getattr(record, "agreement_is_seen", False) else None


def offered_sides(programme: Programme) -> OtherSides | None:
    """What of its agreement's parties a programme fetched above does not follow yet."""
    if not getattr(programme, "parties_changed", False) or not seen_agreement(programme):
        return None
    return other_sides(programme, timezone.localdate())
