from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from comity.accounts.rules import Reader
from comity.audit.actions import Trail
from comity.forum.models import Edition, Source, StatedFigure
from comity.forum.rules import must_record_editions
from comity.lib.partial_dates import Precision
from comity.territories.models import Territory


@dataclass(frozen=True, slots=True)
class NewFigure:
    """One figure as sources state it, with their addresses."""

    subject: str
    as_stated: str
    status: str
    sources: Sequence[str]
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition of the forum; `place` and `theme` by language."""

    number: int
    start: date
    end: date
    host: Territory
    place: dict[str, str]
    theme: dict[str, str] = field(default_factory=dict)
    precision: str = Precision.DAY
    sources: Sequence[str] = ()
    figures: Sequence[NewFigure] = ()


@transaction.atomic
def record_edition(*, edition: NewEdition, by: Reader) -> Edition:
    """Records an edition with what sources say of it; conflicting figures all stand."""
    must_record_editions(by)
    kept = Edition.objects.create(
        number=edition.number,
        start=edition.start,
        end=edition.end,
        precision=edition.precision,
        host=edition.host,
        **{f"place_{language}": text for language, text in edition.place.items()},
        **{f"theme_{language}": text for language, text in edition.theme.items()},
    )
    sources = [Source.objects.create(edition=kept, url=url) for url in edition.sources]
    figures = [
        StatedFigure.objects.create(
            edition=kept,
            subject=figure.subject,
            as_stated=figure.as_stated,
            status=figure.status,
            sources=list(figure.sources),
            amount=figure.amount,
            currency=figure.currency,
        )
        for figure in edition.figures
    ]
    trail = Trail("forum.edition_recorded", by)
    trail.created(kept, *sources, *figures)
    trail.record()
    return kept
