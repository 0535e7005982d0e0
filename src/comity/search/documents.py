"""What the index takes in of each record: few queries for many records."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override

from comity.agreements import terms
from comity.agreements.models import Agreement, Amendment, CooperationField, Party
from comity.directory.models import Alias, Identifier, Organisation
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.lib.languages import LANGUAGES, in_three
from comity.lib.matching import folded
from comity.lib.visibility import Visibility
from comity.programmes.models import Measure, Programme, ProgrammeSide, Responsibility, Section
from comity.search.language import index_terms, name_trigrams
from comity.search.models import Document, Kind, entry_id
from comity.territories.models import Territory

#: Terms of a title and of the rest of a record beyond these are not indexed.
MOST_IN_TITLE, MOST_IN_BODY = 1000, 3000
LONGEST_TERM = 100
#: What has no end counts as going on until then.
LAST_YEAR = 2100
#: Begins every facet: no word that can be typed has this letter, and FTS5 takes it for one.
_MARK = "\ue000"


def facet_of_place(code: str) -> str:
    """The facet of what is in a territory, or below it."""
    return f"{_MARK}t{code.lower().replace('-', _MARK)}"


def facet_of_field(field: str) -> str:
    return f"{_MARK}f{field.replace('_', '')}"


def facet_of_year(year: int) -> str:
    return f"{_MARK}y{year}"


def _facets(
    paths: Iterable[str] = (),
    fields: Iterable[str] = (),
    start: date | None = None,
    end: date | None = None,
) -> str:
    found = [facet_of_place(code) for path in paths for code in path.split("/") if code]
    found += [facet_of_field(field) for field in fields]
    if start and end:
        years = range(start.year, min(end.year, LAST_YEAR) + 1)
        found += [facet_of_year(year) for year in years]
    return " ".join(dict.fromkeys(found))


def names_of_fields(fields: Iterable[str]) -> list[str]:
    """What the fields of cooperation are called in each language; “other” says nothing."""
    return [name for field in dict.fromkeys(fields) if field for name in _names_of_field(field)]


@lru_cache(maxsize=len(FieldOfCooperation))
def _names_of_field(field: str) -> tuple[str, ...]:
    if field == FieldOfCooperation.OTHER:
        return ()
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append(str(FieldOfCooperation(field).label))
    return tuple(names)


def _document(
    kind: Kind,
    record_id: int,
    *,
    titles: Sequence[str],
    body: Iterable[str] = (),
    names: Sequence[str] = (),
    number: str = "",
    facets: str = "",
    dated: date | None = None,
    is_public: bool = True,
    programme: int | None = None,
    agreement: int | None = None,
) -> Document:
    titled = "\n".join(filter(None, titles))
    named = "\n".join(dict.fromkeys(filter(None, names)))
    in_title = _terms(f"{number}\n{titled}\n{named}", MOST_IN_TITLE)
    in_body = _terms("\n".join(filter(None, body)), MOST_IN_BODY, in_title)
    return Document(
        entry_id(kind, record_id),
        is_public,
        programme,
        agreement,
        connection.ops.adapt_datefield_value(dated),
        number,
        "\n".join(map(folded, filter(None, titles))),
        named,
        facets,
        name_trigrams(named) if named else "",
        " ".join(in_title),
        " ".join(in_body),
    )


def _terms(text: str, most: int, known: Iterable[str] = ()) -> list[str]:
    """The terms of a text, each once and without those known already."""
    found = dict.fromkeys(index_terms(text).split())
    for term in known:
        found.pop(term, None)
    return [term for term in found if len(term) <= LONGEST_TERM][:most]


def _gathered(rows: Iterable[Sequence[Any]]) -> dict[int, list[str]]:
    """Texts by the id that stands before them."""
    found: dict[int, list[str]] = defaultdict(list)
    for owner, *texts in rows:
        found[owner] += [text for text in texts if text]
    return found


def measures(ids: Sequence[int]) -> Iterator[Document]:
    """A measure is found by its number and title; then by its section, result and bodies.

    Bodies count as the document writes them, so a new name of an organisation changes no measure.
    """
    rows = list(
        Measure.objects.filter(pk__in=ids)
        .order_by()
        .values_list(
            "pk", "number", *in_three("title"), "expected_result", "due_start", "due_end",
            "section__title", "section__field", "programme", "programme__visibility",
            "programme__start", "programme__end",
        )
    )  # fmt: skip
    bodies = _gathered(_of(Responsibility, "measure", ids).values_list("measure", "text"))
    sides = _gathered(
        _of(ProgrammeSide, "programme", {row[10] for row in rows})
        .values_list("programme", "territory__path")
    )  # fmt: skip
    for row in rows:
        pk, number, be, ru, en, result, start, end, section, field, programme, seen_by = row[:12]
        start, end = start or end or row[12], end or row[13]
        yield _document(
            Kind.MEASURE,
            pk,
            titles=(be, ru, en),
            body=(section or "", result, *bodies[pk]),
            number=number,
            facets=_facets(sides[programme], [field] if field else [], start, end),
            dated=end,
            is_public=seen_by == Visibility.PUBLIC,
            programme=programme,
        )


def programmes(ids: Sequence[int]) -> Iterator[Document]:
    """A programme is found by its titles; then by its sides, sections and their fields."""
    sides = _of(ProgrammeSide, "programme", ids).values_list(
        "programme", "territory__path", *_prefixed("territory", "name")
    )
    paths = _gathered((owner, path) for owner, path, *_names in sides)
    names = _gathered((owner, *names) for owner, _path, *names in sides)
    sections = _of(Section, "programme", ids).values_list("programme", "title", "field")
    titles = _gathered((owner, title) for owner, title, _field in sections)
    fields = _gathered((owner, field) for owner, _title, field in sections)
    for programme in Programme.objects.filter(pk__in=ids):
        pk = programme.pk
        yield _document(
            Kind.PROGRAMME,
            pk,
            titles=_said(programme, "title"),
            body=names[pk] + titles[pk] + names_of_fields(fields[pk]),
            facets=_facets(paths[pk], fields[pk], programme.start, programme.end),
            dated=programme.start,
            is_public=programme.visibility == Visibility.PUBLIC,
            programme=pk,
        )


def agreements(ids: Sequence[int]) -> Iterator[Document]:
    """An agreement is found by its number and titles; then by its parties, fields and changes."""
    parties = Party.objects.filter(agreement__in=ids).order_by()
    paths = _gathered(parties.values_list("agreement", "place__path"))
    names = _gathered(
        parties.values_list(
            "agreement", *_prefixed("territory", "name"), *_prefixed("organisation", "name"),
            *_prefixed("organisation", "short_name"), "signatory_name",
        )
    )  # fmt: skip
    later = _of(Amendment, "agreement", ids)
    amended = _gathered(later.values_list("agreement", "number", *in_three("title")))
    fields = _gathered(_of(CooperationField, "agreement", ids).values_list("agreement", "field"))
    for agreement in Agreement.objects.filter(pk__in=ids):
        pk = agreement.pk
        yield _document(
            Kind.AGREEMENT,
            pk,
            titles=_said(agreement, "title"),
            body=(
                *names[pk],
                *amended[pk],
                agreement.signed_at,
                *names_of_fields(fields[pk]),
            ),
            number=agreement.number,
            facets=_facets(paths[pk], fields[pk], agreement.signed_on, _last_day(agreement)),
            dated=agreement.signed_on,
            is_public=agreement.visibility == Visibility.PUBLIC,
            agreement=pk,
        )


def _last_day(agreement: Agreement) -> date:
    ends = (agreement.ended_on, terms.last_day(agreement.terms, timezone.localdate()))
    return min((end for end in ends if end), default=date.max)


def organisations(ids: Sequence[int]) -> Iterator[Document]:
    """An organisation is found by each of its names; then by identifiers and by its seat."""
    aliases = _gathered(_of(Alias, "organisation", ids).values_list("organisation", "text"))
    known_as = _gathered(_of(Identifier, "organisation", ids).values_list("organisation", "value"))
    current = Organisation.objects.current().filter(pk__in=ids).select_related("seat__parent")
    for organisation in current:
        pk, seat = organisation.pk, organisation.seat
        yield _document(
            Kind.ORGANISATION,
            pk,
            titles=_said(organisation, "name"),
            names=(
                *_said(organisation, "name"), *_said(organisation, "short_name"), *aliases[pk],
            ),
            body=(*known_as[pk], organisation.website, *_place_names(seat)),
            facets=_facets([seat.path]),
        )  # fmt: skip


def territories(ids: Sequence[int]) -> Iterator[Document]:
    """A territory is found by its names and its code; then by the names of what it lies in."""
    for territory in Territory.objects.filter(pk__in=ids).select_related("parent__parent"):
        yield _document(
            Kind.TERRITORY,
            territory.pk,
            titles=_said(territory, "name"),
            names=_said(territory, "name"),
            number=territory.code,
            body=_place_names(territory.parent) if territory.parent else (),
            facets=_facets([territory.path]),
        )


def _of(model: type[Model], owner: str, ids: Iterable[int]) -> Any:
    return model._default_manager.filter(**{f"{owner}__in": ids}).order_by()


def _said(record: Model, stem: str) -> tuple[str, ...]:
    return tuple(getattr(record, name) for name in in_three(stem))


def _prefixed(relation: str, stem: str) -> list[str]:
    return [f"{relation}__{name}" for name in in_three(stem)]


def _place_names(place: Territory) -> tuple[str, ...]:
    return _said(place, "name") + (_said(place.parent, "name") if place.parent else ())


@dataclass(frozen=True, slots=True)
class Source:
    """Where entries of a kind come from."""

    model: type[Model]
    documents: Callable[[Sequence[int]], Iterator[Document]]


SOURCES = {
    Kind.TERRITORY: Source(Territory, territories),
    Kind.ORGANISATION: Source(Organisation, organisations),
    Kind.AGREEMENT: Source(Agreement, agreements),
    Kind.PROGRAMME: Source(Programme, programmes),
    Kind.MEASURE: Source(Measure, measures),
}
