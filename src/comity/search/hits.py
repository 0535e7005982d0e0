"""What was found, as a page shows it: each record in its place, the found words marked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, cast

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.text import Truncator

from comity.accounts.rules import Reader
from comity.agreements import terms
from comity.agreements.models import Agreement, Amendment, Party
from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.languages import LANGUAGES, Said, said
from comity.programmes.models import Measure, Programme, ProgrammeSide
from comity.programmes.standing import standing_of
from comity.programmes.wording import deadline
from comity.search.excerpts import texts_beside
from comity.search.language import Pieces, Query, mark, snippet
from comity.search.models import KINDS, ROOM, Kind, entry_id
from comity.territories.models import Territory

#: Characters of a title, and of the text around a found word.
TITLE, EXCERPT = 260, 180
#: Characters of the name of what a hit belongs to.
LINK = 80
_PAGES = {
    Kind.MEASURE: "programmes:measure",
    Kind.PROGRAMME: "programmes:detail",
    Kind.AGREEMENT: "agreements:detail",
    Kind.ORGANISATION: "directory:detail",
    Kind.TERRITORY: "territories:detail",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a hit belongs to, with its page."""

    name: Said
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Kind
    record_id: int
    name: Said
    url: str
    title: Pieces
    #: Text of the record in which words were found that its title does not have.
    excerpt: Pieces = field(default_factory=list)
    number: str = ""
    #: What it is, in a word or two: “memorandum”, “enterprise”.
    what: str = ""
    #: What it belongs to, from the top down.
    thread: tuple[Place, ...] = ()
    places: tuple[Said, ...] = ()
    when: str = ""
    state: Any = None
    state_words: str = ""
    is_example: bool = False
    #: The name that is like what was typed, where no word was met.
    near: str = ""

    @property
    def entry(self) -> int:
        """The entry of the index that it was found by."""
        return entry_id(self.kind, self.record_id)


def shown(user: Reader, ids: Sequence[int], query: Query, day: date) -> list[Hit]:
    """The entries as hits, in their order; a fixed number of queries for the kinds among them."""
    sought = Sought(user, ids, query, day)
    drafts = {draft.hit.entry: draft for kind in sought.kinds for draft in _TELLERS[kind](sought)}
    lacking: dict[Kind, list[int]] = defaultdict(list)
    for draft in drafts.values():
        if not draft.is_told and not draft.hit.excerpt:
            lacking[draft.hit.kind].append(draft.hit.record_id)
    beside = texts_beside(lacking)
    return [_finished(drafts[pk], beside.get(pk, ()), query) for pk in ids if pk in drafts]


class Sought:
    """The records to show, and what several kinds of them need."""

    def __init__(self, user: Reader, ids: Sequence[int], query: Query, day: date) -> None:
        self.user, self.query, self.day = user, query, day
        self.records = {
            kind: [pk % ROOM for pk in ids if KINDS[pk // ROOM - 1] is kind] for kind in KINDS
        }
        self.kinds = [kind for kind in KINDS if self.records[kind]]

    @cached_property
    def measures(self) -> list[Measure]:
        measures = Measure.objects.filter(pk__in=self.records[Kind.MEASURE])
        return list(
            measures.select_related("programme__agreement", "section")
            .prefetch_related("occurrences")
            .annotate(agreement_is_seen=self._is_seen("programme__agreement"))
        )

    @cached_property
    def programmes(self) -> list[Programme]:
        programmes = Programme.objects.filter(pk__in=self.records[Kind.PROGRAMME])
        return list(
            programmes.select_related("agreement").annotate(
                agreement_is_seen=self._is_seen("agreement")
            )
        )

    @cached_property
    def sides(self) -> dict[int, list[Territory]]:
        """The territories on the sides of each programme that shows."""
        shows = {programme.pk for programme in self.programmes}
        shows |= {measure.programme_id for measure in self.measures}
        found: dict[int, list[Territory]] = defaultdict(list)
        for side in ProgrammeSide.objects.filter(programme__in=shows).select_related("territory"):
            found[side.programme_id].append(side.territory)
        return found

    def _is_seen(self, agreement: str) -> Exists:
        """Whether the reader may see the agreement that something belongs to."""
        return Exists(Agreement.objects.visible_to(self.user).filter(pk=OuterRef(agreement)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A hit, and whether its title has every word that was asked for."""

    hit: Hit
    is_told: bool


def _draft(
    sought: Sought, kind: Kind, record: Any, stem: str, texts: Iterable[str], **told: Any
) -> Draft:
    name = said(record, stem)
    title = snippet(name.text, sought.query, TITLE)
    is_told = sum(is_found for _text, is_found in title) >= len(sought.query.groups)
    others = (getattr(record, f"{stem}_{language}") for language in LANGUAGES)
    elsewhere = (text for text in (*others, *texts) if text and text != name.text)
    hit = Hit(
        kind=kind,
        record_id=record.pk,
        name=name,
        url=address(kind, record.pk),
        title=title,
        excerpt=[] if is_told else _excerpt(elsewhere, sought.query),
        **told,
    )
    return Draft(hit, is_told)


def _finished(draft: Draft, texts: Iterable[str], query: Query) -> Hit:
    if draft.is_told or draft.hit.excerpt:
        return draft.hit
    return replace(draft.hit, excerpt=_excerpt(texts, query))


def address(kind: Kind, record_id: int) -> str:
    """The page of a record."""
    return reverse(_PAGES[kind], args=[record_id])


def _excerpt(texts: Iterable[str], query: Query) -> Pieces:
    """The first text with a found word, around it."""
    for text in texts:
        if any(is_found for _text, is_found in mark(text, query)):
            return snippet(text, query, EXCERPT)
    return []


def _measures(sought: Sought) -> Iterator[Draft]:
    for measure in sought.measures:
        programme, section = measure.programme, measure.section
        standing = standing_of(measure.occurrences.all(), sought.day)
        yield _draft(
            sought,
            Kind.MEASURE,
            measure,
            "title",
            [measure.expected_result, section.title if section else ""],
            number=measure.number,
            thread=(*_thread(measure, programme), _place(Kind.PROGRAMME, programme)),
            places=tuple(side.said_name for side in sought.sides[programme.pk]),
            when=deadline(measure.due),
            state=standing.state,
            state_words=standing.words,
            is_example=programme.is_example,
        )


def _programmes(sought: Sought) -> Iterator[Draft]:
    for programme in sought.programmes:
        sides = sought.sides[programme.pk]
        yield _draft(
            sought,
            Kind.PROGRAMME,
            programme,
            "title",
            _names(sides),
            what=programme.get_kind_display(),
            thread=_thread(programme, programme),
            places=tuple(side.said_name for side in sides),
            when=wording.period(programme.start, programme.end),
            is_example=programme.is_example,
        )


def _agreements(sought: Sought) -> Iterator[Draft]:
    later = Amendment.objects.filter(agreement=OuterRef("pk"), in_force_from__gt=sought.day)
    parties = Party.objects.select_related("territory", "organisation")
    agreements = Agreement.objects.filter(pk__in=sought.records[Kind.AGREEMENT])
    for agreement in agreements.annotate(is_amended_later=Exists(later)).prefetch_related(
        Prefetch("parties", parties)
    ):
        signing = agreement.parties.all()
        status = _status(agreement, sought.day)
        yield _draft(
            sought,
            Kind.AGREEMENT,
            agreement,
            "title",
            [
                agreement.number,
                *_names(party.who for party in signing),
                agreement.signed_at,
                *(party.signatory_name for party in signing),
            ],
            number=agreement.number,
            what=agreement.get_kind_display(),
            places=tuple(party.who.said_name for party in signing),
            when=wording.day(agreement.signed_on, agreement.signed_precision),
            state=status,
            state_words=str(status.label),
            is_example=agreement.is_example,
        )


def _status(agreement: Any, day: date) -> terms.Status:
    """The status on a day; only few have an amendment still to come, which has to be read."""
    if agreement.is_amended_later:
        return cast("terms.Status", agreement.status_on(day))
    return terms.status_on(agreement.terms, day)


def _organisations(sought: Sought) -> Iterator[Draft]:
    records = Organisation.objects.filter(pk__in=sought.records[Kind.ORGANISATION])
    for organisation in records.select_related("seat__parent"):
        short = [getattr(organisation, f"short_name_{language}") for language in LANGUAGES]
        seat = organisation.seat
        yield _draft(
            sought,
            Kind.ORGANISATION,
            organisation,
            "name",
            [*short, organisation.website, *_names([seat, seat.parent])],
            what=organisation.get_kind_display(),
            places=(seat.said_name,),
            is_example=organisation.is_example,
        )


def _territories(sought: Sought) -> Iterator[Draft]:
    records = Territory.objects.filter(pk__in=sought.records[Kind.TERRITORY])
    for territory in records.select_related("parent__parent"):
        parent = territory.parent
        yield _draft(
            sought,
            Kind.TERRITORY,
            territory,
            "name",
            [territory.code, *_names([parent, parent and parent.parent])],
            number=territory.code,
            what=territory.get_kind_display(),
            thread=(_place(Kind.TERRITORY, parent),) if parent else (),
        )


_TELLERS: dict[Kind, Callable[[Sought], Iterator[Draft]]] = {
    Kind.MEASURE: _measures,
    Kind.PROGRAMME: _programmes,
    Kind.AGREEMENT: _agreements,
    Kind.ORGANISATION: _organisations,
    Kind.TERRITORY: _territories,
}


def _names(named: Iterable[Any]) -> list[str]:
    return [getattr(one, f"name_{language}") for one in named if one for language in LANGUAGES]


def _place(kind: Kind, record: Any) -> Place:
    name = record.said_name if kind in (Kind.ORGANISATION, Kind.TERRITORY) else record.said_title
    shortened = replace(name, text=Truncator(name.text).chars(LINK))
    return Place(shortened, address(kind, record.pk))


def _thread(record: Any, programme: Programme) -> tuple[Place, ...]:
    agreement = programme.agreement
    return (_place(Kind.AGREEMENT, agreement),) if agreement and record.agreement_is_seen else ()
