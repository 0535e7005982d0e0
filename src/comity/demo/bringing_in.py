"""An example document becomes an agreement and its programme, as a coordinator would do it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comity.accounts.rules import Reader
from comity.agreements.actions import AgreementText, NewParty, create_agreement
from comity.agreements.models import Agreement, AgreementKind
from comity.demo.documents import ExampleDocument
from comity.directory.models import Organisation
from comity.intake.actions import choose_target, commit_import, keep_reading, read_document
from comity.intake.models import Import
from comity.lib.languages import LANGUAGES, said
from comity.lib.visibility import Visibility
from comity.programmes.models import Programme, ProgrammeKind
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
    draft = _read(document, by)
    draft = choose_target(
        document=draft,
        expected_version=draft.version,
        by=by,
        agreement=_agreement(draft, parties, by),
        values=_values(draft, document),
    )
    return commit_import(document=draft, expected_version=draft.version, by=by)


def _read(document: ExampleDocument, by: Reader) -> Import:
    with tempfile.NamedTemporaryFile(suffix=Path(document.file).suffix) as file:
        file.write(document.content())
        file.flush()
        return keep_reading(document=read_document(Path(file.name), document.file), by=by)


def _agreement(draft: Import, parties: Sequence[Territory | Organisation], by: Reader) -> Agreement:
    text: AgreementText = {
        "kind": AgreementKind.AGREEMENT,
        "title_be": _between(parties, "be"),
        "title_ru": _between(parties, "ru"),
        "title_en": _between(parties, "en"),
        "signed_on": draft.start,
        "in_force_from": draft.start,
        "until": draft.end,
        "is_example": True,
    }
    return create_agreement(by=by, parties=[NewParty(party) for party in parties], **text)


def _between(parties: Sequence[Territory | Organisation], language: str) -> str:
    named = " — ".join(said(party, "name", language).text for party in parties)
    return BETWEEN[language].format(parties=named)


def _values(draft: Import, document: ExampleDocument) -> dict[str, Any]:
    language = draft.language if draft.language in LANGUAGES else "en"
    return {
        f"title_{language}": draft.title or document.file,
        "language": language,
        "kind": ProgrammeKind.ACTION,
        "visibility": Visibility.PUBLIC,
        "start": draft.start,
        "end": draft.end,
        "is_example": True,
    }
