"""What was found, as a page shows it: each record in its place, the found words marked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.languages import LANGUAGES, Said, said
from comity.programmes.models import Measure, Programme
from comity.programmes.standing import standing_of
from comity.programmes.wording import deadline
from comity.search.documents import names_of_fields
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
    """The entries as hits, in their order; a fixed number of queries for each kind among them."""
    found: dict[int, Hit] = {}
    for kind in KINDS:
        records = [pk % ROOM for pk in ids if KINDS[pk // ROOM - 1] is kind]
        if records:
            found |= {hit.entry: hit for hit in _TELLERS[kind](user, records, query, day)}
    return [found[pk] for pk in ids if pk in found]


def _hit(
    kind: Kind, record: Any, stem: str, query: Query, texts: Iterable[str], **told: Any
) -> Hit:
    name = said(record, stem)
    title = snippet(name.text, query, TITLE)
    others = (getattr(record, f"{stem}_{language}") for language in LANGUAGES)
    elsewhere = (text for text in (*others, *texts) if text and text != name.text)
    return Hit(
        kind=kind,
        record_id=record.pk,
        name=name,
        url=address(kind, record.pk),
        title=title,
        excerpt=_excerpt(title, elsewhere, query),
        **told,
    )


def address(kind: Kind, record_id: int) -> str:
    """The page of a record."""
    return reverse(_PAGES[kind], args=[record_id])


def _excerpt(title: Pieces, texts: Iterable[str], query: Query) -> Pieces:
    """The first text with a found word, unless the title has as many as were asked for."""
    if sum(is_found for _text, is_found in title) >= len(query.groups):
        return []
    for text in texts:
        if any(is_found for _text, is_found in mark(text, query)):
            return snippet(text, query, EXCERPT)
    return []


def _measures(user: Reader, ids: list[int], query: Query, day: date) -> Iterator[Hit]:
    records = Measure.objects.filter(pk__in=ids).select_related("programme__agreement", "section")
    records = records.prefetch_related(
        "responsibilities", "occurrences", "programme__sides__territory"
    )
    seen = _agreements_seen(user, [measure.programme for measure in records])
    for measure in records:
        programme, section = measure.programme, measure.section
        standing = standing_of(measure.occurrences.all(), day)
        bodies = [body.text for body in measure.responsibilities.all()]
        yield _hit(
            Kind.MEASURE,
            measure,
            "title",
            query,
            [measure.expected_result, *([section.title] if section else []), *bodies],
            number=measure.number,
            thread=(*_thread(programme, seen), _place(Kind.PROGRAMME, programme)),
            places=tuple(side.territory.said_name for side in programme.sides.all()),
            when=deadline(measure.due),
            state=standing.state,
            state_words=standing.words,
            is_example=programme.is_example,
        )


def _programmes(user: Reader, ids: list[int], query: Query, _day: date) -> Iterator[Hit]:
    records = Programme.objects.filter(pk__in=ids).select_related("agreement")
    records = records.prefetch_related("sides__territory", "sections")
    seen = _agreements_seen(user, records)
    for programme in records:
        sides = [side.territory for side in programme.sides.all()]
        yield _hit(
            Kind.PROGRAMME,
            programme,
            "title",
            query,
            [
                *_names(sides),
                *(section.title for section in programme.sections.all()),
                *names_of_fields(section.field for section in programme.sections.all()),
            ],
            what=programme.get_kind_display(),
            thread=_thread(programme, seen),
            places=tuple(side.said_name for side in sides),
            when=wording.period(programme.start, programme.end),
            is_example=programme.is_example,
        )


def _agreements(_user: Reader, ids: list[int], query: Query, day: date) -> Iterator[Hit]:
    for agreement in Agreement.objects.filter(pk__in=ids).told_on_a_list():
        parties = [party.who for party in agreement.parties.all()]
        later = [amendment.title for amendment in agreement.amendments.all()]
        signed = [party.signatory_name for party in agreement.parties.all()]
        status = agreement.status_on(day)
        yield _hit(
            Kind.AGREEMENT,
            agreement,
            "title",
            query,
            [
                agreement.number,
                *_names(parties),
                *later,
                agreement.signed_at,
                *signed,
                *names_of_fields(one.field for one in agreement.cooperation_fields.all()),
            ],
            number=agreement.number,
            what=agreement.get_kind_display(),
            places=tuple(party.said_name for party in parties),
            when=wording.day(agreement.signed_on, agreement.signed_precision),
            state=status,
            state_words=str(status.label),
            is_example=agreement.is_example,
        )


def _organisations(_user: Reader, ids: list[int], query: Query, _day: date) -> Iterator[Hit]:
    records = Organisation.objects.filter(pk__in=ids).select_related("seat__parent")
    for organisation in records.prefetch_related("aliases", "identifiers"):
        short = [getattr(organisation, f"short_name_{language}") for language in LANGUAGES]
        aliases = [alias.text for alias in organisation.aliases.all()]
        known_as = [str(identifier) for identifier in organisation.identifiers.all()]
        seat = organisation.seat
        yield _hit(
            Kind.ORGANISATION,
            organisation,
            "name",
            query,
            [*short, *aliases, *known_as, organisation.website, *_names([seat, seat.parent])],
            what=organisation.get_kind_display(),
            places=(seat.said_name,),
            is_example=organisation.is_example,
        )


def _territories(_user: Reader, ids: list[int], query: Query, _day: date) -> Iterator[Hit]:
    for territory in Territory.objects.filter(pk__in=ids).select_related("parent__parent"):
        parent = territory.parent
        yield _hit(
            Kind.TERRITORY,
            territory,
            "name",
            query,
            [territory.code, *_names([parent, parent and parent.parent])],
            number=territory.code,
            what=territory.get_kind_display(),
            thread=(_place(Kind.TERRITORY, parent),) if parent else (),
        )


_TELLERS: dict[Kind, Callable[[Reader, list[int], Query, date], Iterator[Hit]]] = {
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


def _agreements_seen(user: Reader, programmes: Iterable[Programme]) -> set[int]:
    """Ids of the agreements of the programmes that the reader may see."""
    ids = {programme.agreement_id for programme in programmes if programme.agreement_id}
    seen = Agreement.objects.visible_to(user).filter(pk__in=ids).order_by()
    return set(seen.values_list("pk", flat=True)) if ids else set()


def _thread(programme: Programme, seen: set[int]) -> tuple[Place, ...]:
    agreement = programme.agreement
    return (_place(Kind.AGREEMENT, agreement),) if agreement and agreement.pk in seen else ()
