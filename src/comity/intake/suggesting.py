"""Which agreement and which programme a document most likely speaks of."""

from collections.abc import Iterable

from django.db.models import Q
from rapidfuzz import fuzz, process, utils

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.intake.matching.names import stems, words_of
from comity.intake.models import Import
from comity.lib.languages import in_three
from comity.lib.matching import containing
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme

#: The newest of them are looked at, and so many proposed.
LOOKED_AT, PROPOSED, PROPOSED_PROGRAMMES = 2000, 25, 6
#: How much of the name of each party a title has to have to speak of an agreement.
NAMED = 0.66
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
    title = set(stems(words_of(document.title)))
    return sorted(agreements, key=lambda agreement: -_named(agreement, title))[:PROPOSED]


def names_its_parties(document: Import, agreement: Agreement) -> bool:
    """Whether the title of the document names every party, more or less by its name."""
    return _named(agreement, set(stems(words_of(document.title)))) >= NAMED


def _named(agreement: Agreement, title: set[str]) -> float:
    """How much of the name of the party that is named least stands in the title, from 0 to 1."""
    shares = [
        max(_share(getattr(party.who, name), title) for name in in_three("name"))
        for party in agreement.parties.all()
    ]
    return min(shares, default=0)


def _share(name: str, title: set[str]) -> float:
    words = set(stems(words_of(name)))
    return len(words & title) / len(words) if words else 0


def likely_programmes(document: Import, by: User, asked: str = "") -> list[Programme]:
    """Programmes that the person may change, those most like the document first."""
    seen = Programme.objects.visible_to(by)
    if asked:
        seen = seen.filter(containing(asked, *in_three("title")))
    programmes = {p.pk: p for p in seen.newest().prefetch_related("sides")[:LOOKED_AT]}
    titles = {pk: _title(programme, document.language) for pk, programme in programmes.items()}
    ranked = _ranked(document.title, titles) if not asked else [(pk, 0.0) for pk in programmes]
    found = [programmes[pk] for pk, _score in ranked]
    return [programme for programme in found if can_change_programme(by, programme)][
        :PROPOSED_PROGRAMMES
    ]


def earlier_version(
    document: Import, by: Reader, agreement: Agreement | None = None
) -> Programme | None:
    """The programme of which the document looks like another version, if there is one.

    Of the same period, with nearly the same title, and under the agreement if one is named.
    """
    seen = Programme.objects.visible_to(by).filter(start=document.start, end=document.end)
    if agreement is not None:
        seen = seen.filter(agreement=agreement)
    titles = {programme.pk: _title(programme, document.language) for programme in seen}
    best = next(iter(_ranked(document.title, titles)), None)
    found = None if best is None else seen.get(pk=best[0])
    return found if found is not None and is_new_version(document, found) else None


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
        title,
        texts,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=4 * PROPOSED,
    )
    return [(pk, score) for _text, score, pk in found]
