"""An example document becomes an agreement and its programme of measures."""

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from comity.accounts.rules import Reader
from comity.agreements.actions import AgreementText, NewParty, create_agreement
from comity.agreements.models import AgreementKind
from comity.demo.documents import ExampleDocument
from comity.directory.models import Organisation
from comity.directory.queries import known_names
from comity.intake.reading import Reading, read_programme
from comity.lib.languages import LANGUAGES, said
from comity.lib.matching import folded
from comity.programmes.actions import add_measures, create_programme
from comity.programmes.due import DueRule
from comity.programmes.models import Programme
from comity.programmes.rows import NewBody, NewMeasure
from comity.territories.models import Territory

BETWEEN = {
    "be": "Прыклад пагаднення: {parties}",
    "ru": "Пример соглашения: {parties}",
    "en": "Example of an agreement: {parties}",
}


def bring_in(
    document: ExampleDocument, parties: Sequence[Territory | Organisation], by: Reader
) -> Programme:
    """The programme as read from the document, under an agreement between its parties."""
    reading = _read(document)
    start, end = reading.period or (None, None)
    text: AgreementText = {
        "kind": AgreementKind.AGREEMENT,
        "title_be": _between(parties, "be"),
        "title_ru": _between(parties, "ru"),
        "title_en": _between(parties, "en"),
        "signed_on": start,
        "in_force_from": start,
        "until": end,
        "is_example": True,
    }
    agreement = create_agreement(by=by, parties=[NewParty(party) for party in parties], **text)
    language = reading.language if reading.language in LANGUAGES else "en"
    values: dict[str, Any] = {
        "agreement": agreement,
        "start": start,
        "end": end,
        "language": language,
        "is_example": True,
        f"title_{language}": reading.title or document.file,
    }
    programme = create_programme(by=by, **values)
    add_measures(programme=programme, rows=_rows(reading, language), by=by)
    return programme


def _between(parties: Sequence[Territory | Organisation], language: str) -> str:
    named = " — ".join(said(party, "name", language).text for party in parties)
    return BETWEEN[language].format(parties=named)


def _read(document: ExampleDocument) -> Reading:
    with tempfile.NamedTemporaryFile(suffix=Path(document.file).suffix) as file:
        file.write(document.content())
        file.flush()
        return read_programme(Path(file.name), name=document.file)


def _rows(reading: Reading, language: str) -> list[NewMeasure]:
    known = known_names()
    countries = set(Territory.objects.countries().values_list("code", flat=True))
    return [
        NewMeasure(
            titles={language: measure.title},
            number=measure.number or "",
            section=measure.section or "",
            due=DueRule(
                kind=measure.due.kind,
                start=measure.due.start,
                end=measure.due.end,
                recurrence=measure.due.recurrence,
                season="/".join(measure.due.season) if measure.due.season else None,
            ),
            due_text=measure.due.text,
            expected_result=measure.expected_result or "",
            funding_text=measure.funding.text if measure.funding else "",
            funding_amount=_amount(measure.funding),
            funding_currency=(measure.funding.currency or "") if measure.funding else "",
            bodies=tuple(
                NewBody(
                    text=body.text,
                    country=body.side if body.side in countries else "",
                    organisation=_only(known.get(folded(body.text), frozenset())),
                )
                for body in measure.responsible
            ),
        )
        for measure in reading.measures
    ]


def _amount(funding: object) -> Decimal | None:
    amount = getattr(funding, "amount", None)
    return None if amount is None else Decimal(str(amount))


def _only(ids: frozenset[int]) -> int | None:
    return next(iter(ids)) if len(ids) == 1 else None
