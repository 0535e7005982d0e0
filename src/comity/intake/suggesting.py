"""Which agreement and which programme a document most likely speaks of."""

from collections.abc import Iterable

from django.db.models import Q
from rapidfuzz import fuzz, process, utils

from comity.accounts.models import User
from comity.agreements.models import Agreement
from comity.intake.models import Import
from comity.lib.languages import LANGUAGES, in_three
from comity.lib.matching import containing
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme

#: The newest of them are looked at, and so many proposed.
LOOKED_AT, PROPOSED = 2000, 12
#: How alike (of 100) a title of the same period makes a document a new version of a programme.
NEW_VERSION = 90


def likely_agreements(document: Import, by: User, asked: str = "") -> list[Agreement]:
    """Agreements that the person keeps, those whose parties the title names first."""
    kept = Agreement.objects.kept_by(by) & Agreement.objects.visible_to(by)
    if asked:
        parties = Q()
        for who in ("parties__territory", "parties__organisation"):
            parties |= containing(asked, *(f"{who}__{name}" for name in in_three("name")))
        kept = kept.filter(containing(asked, *in_three("title")) | parties).distinct()
    agreements = list(kept.newest_first().told_on_a_list()[:LOOKED_AT])
    ranked = _ranked(document.title, {a.pk: _said_of(a) for a in agreements})
    by_pk = {agreement.pk: agreement for agreement in agreements}
    first = [by_pk[pk] for pk, _score in ranked]
    rest = [agreement for agreement in agreements if agreement not in first]
    return (first + rest)[:PROPOSED]


def _said_of(agreement: Agreement) -> str:
    names = [getattr(party.who, f"name_{c}") for party in agreement.parties.all() for c in LANGUAGES]
    return " ".join([*names, *(getattr(agreement, name) for name in in_three("title"))])


def likely_programmes(document: Import, by: User, asked: str = "") -> list[Programme]:
    """Programmes that the person may change, those most like the document first."""
    seen = Programme.objects.visible_to(by)
    if asked:
        seen = seen.filter(containing(asked, *in_three("title")))
    programmes = {p.pk: p for p in seen.newest().prefetch_related("sides")[:LOOKED_AT]}
    titles = {pk: _title(programme, document.language) for pk, programme in programmes.items()}
    ranked = _ranked(document.title, titles) if not asked else [(pk, 0.0) for pk in programmes]
    found = [programmes[pk] for pk, _score in ranked]
    return [programme for programme in found if can_change_programme(by, programme)][:PROPOSED]


def is_new_version(document: Import, programme: Programme) -> bool:
    """Whether the document looks like another version of the programme: its title and period."""
    title = utils.default_process(_title(programme, document.language))
    alike = fuzz.token_sort_ratio(utils.default_process(document.title), title)
    same_years = (document.start, document.end) == (programme.start, programme.end)
    return alike >= NEW_VERSION and same_years


def _title(programme: Programme, language: str) -> str:
    return getattr(programme, f"title_{language}", "") or programme.title


def _ranked(title: str, texts: dict[int, str]) -> Iterable[tuple[int, float]]:
    found = process.extract(
        title, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=PROPOSED
    )
    return [(pk, score) for _text, score, pk in found]
