"""What was found, as a page shows it: each record in its place, the found words marked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeAlias, cast

from django.db.models import Exists, OuterRef
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.text import Truncator

from comity.accounts.rules import Reader
from comity.agreements import terms
from comity.agreements.models import Agreement, Amendment, Party
from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.languages import LANGUAGES, Said, in_three, reader_language, said, said_of
from comity.programmes.models import Measure, Programme, ProgrammeSide
from comity.programmes.queries.progress import MeasureState
from comity.programmes.standing import (
    standing_of_measure,
    state_from_today,
    told_from_today,
)
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


_ANY_ID = 123456789
#: What something is called, in `LANGUAGES`.
Names: TypeAlias = tuple[str, ...]


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
        self.user, self.query, self.day, self.language = user, query, day, reader_language()
        self.records = {
            kind: [pk % ROOM for pk in ids if KINDS[pk // ROOM - 1] is kind] for kind in KINDS
        }
        self.kinds = [kind for kind in KINDS if self.records[kind]]

    @cached_property
    def measures(self) -> list[Measure]:
        measures = Measure.objects.filter(pk__in=self.records[Kind.MEASURE])
        return list(
            told_from_today(measures.select_related("programme__agreement", "section")).annotate(
                agreement_is_seen=self._is_seen("programme__agreement")
            )
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
    def sides(self) -> dict[int, list[Names]]:
        """What the territories on the sides of each programme that shows are called."""
        shows = {programme.pk for programme in self.programmes}
        shows |= {measure.programme_id for measure in self.measures}
        sides = ProgrammeSide.objects.filter(programme__in=shows)
        found: dict[int, list[Names]] = defaultdict(list)
        for programme, *names in sides.values_list("programme", *in_three("territory__name")):
            found[programme].append(tuple(names))
        return found

    @cached_property
    def parties(self) -> dict[int, list[tuple[Names, str]]]:
        """What the parties to each agreement that shows are called, and who signed for them."""
        parties = Party.objects.filter(agreement__in=self.records[Kind.AGREEMENT])
        found: dict[int, list[tuple[Names, str]]] = defaultdict(list)
        for agreement, signatory, *names in parties.values_list(
            "agreement",
            "signatory_name",
            *in_three("territory__name"),
            *in_three("organisation__name"),
        ):
            ours = names[:3] if any(names[:3]) else names[3:]
            found[agreement].append((tuple(name or "" for name in ours), signatory))
        return found

    def said(self, names: Names) -> Said:
        """What the reader is told of names in three languages."""
        return said_of(names, self.language)

    def texts(self, names: Iterable[Names]) -> list[str]:
        """All the names, in the reader's language first."""
        named, at = list(names), LANGUAGES.index(self.language)
        order = sorted(range(len(LANGUAGES)), key=lambda place: place != at)
        return [one[place] for place in order for one in named]

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
    name = said(record, stem, sought.language)
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
    before, after = _around_the_id(kind, get_script_prefix())
    return f"{before}{record_id}{after}"


@lru_cache
def _around_the_id(kind: Kind, _prefix: str) -> tuple[str, str]:
    before, _id, after = reverse(_PAGES[kind], args=[_ANY_ID]).rpartition(str(_ANY_ID))
    return before, after


def _excerpt(texts: Iterable[str], query: Query) -> Pieces:
    """The first text with a found word, around it."""
    for text in texts:
        if any(is_found for _text, is_found in mark(text, query)):
            return snippet(text, query, EXCERPT)
    return []


def _measures(sought: Sought) -> Iterator[Draft]:
    for measure in sought.measures:
        programme, section = measure.programme, measure.section
        state, words = _standing(measure, sought.day)
        yield _draft(
            sought,
            Kind.MEASURE,
            measure,
            "title",
            [measure.expected_result, section.title if section else ""],
            number=measure.number,
            thread=(*_thread(measure, programme), _place(Kind.PROGRAMME, programme)),
            places=tuple(map(sought.said, sought.sides[programme.pk])),
            when=deadline(measure.due),
            state=state,
            state_words=words,
            is_example=programme.is_example,
        )


def _standing(measure: Any, day: date) -> tuple[MeasureState, str]:
    """Where a measure stands; of an earlier day only its occurrences can tell."""
    if day >= timezone.localdate():
        return state_from_today(measure, day)
    standing = standing_of_measure(measure, day)
    return standing.state, standing.words


def _programmes(sought: Sought) -> Iterator[Draft]:
    for programme in sought.programmes:
        sides = sought.sides[programme.pk]
        yield _draft(
            sought,
            Kind.PROGRAMME,
            programme,
            "title",
            sought.texts(sides),
            what=programme.get_kind_display(),
            thread=_thread(programme, programme),
            places=tuple(map(sought.said, sides)),
            when=wording.period(programme.start, programme.end),
            is_example=programme.is_example,
        )


def _agreements(sought: Sought) -> Iterator[Draft]:
    later = Amendment.objects.filter(agreement=OuterRef("pk"), in_force_from__gt=sought.day)
    agreements = Agreement.objects.filter(pk__in=sought.records[Kind.AGREEMENT])
    for agreement in agreements.annotate(is_amended_later=Exists(later)):
        parties = sought.parties[agreement.pk]
        names = [names for names, _signatory in parties]
        status = _status(agreement, sought.day)
        yield _draft(
            sought,
            Kind.AGREEMENT,
            agreement,
            "title",
            [
                agreement.number,
                *sought.texts(names),
                agreement.signed_at,
                *(signatory for _names, signatory in parties),
            ],
            number=agreement.number,
            what=agreement.get_kind_display(),
            places=tuple(map(sought.said, names)),
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
            [*short, organisation.website, *sought.texts(_names([seat, seat.parent]))],
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
            [territory.code, *sought.texts(_names([parent, parent and parent.parent]))],
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


def _names(places: Iterable[Territory | None]) -> list[Names]:
    return [(place.name_be, place.name_ru, place.name_en) for place in places if place]


def _place(kind: Kind, record: Any) -> Place:
    name = record.said_name if kind in (Kind.ORGANISATION, Kind.TERRITORY) else record.said_title
    if len(name.text) > LINK:
        name = replace(name, text=Truncator(name.text).chars(LINK))
    return Place(name, address(kind, record.pk))


def _thread(record: Any, programme: Programme) -> tuple[Place, ...]:
    agreement = programme.agreement
    return (_place(Kind.AGREEMENT, agreement),) if agreement and record.agreement_is_seen else ()
