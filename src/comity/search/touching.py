"""Which entries of the index an event of the audit trail touches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from comity.agreements.models import Agreement, Amendment, CooperationField, Party
from comity.audit.models import Note as Trace
from comity.directory.models import Alias, Identifier, Organisation
from comity.lib.languages import in_three
from comity.programmes.models import Measure, Programme, ProgrammeSide, Responsibility, Section
from comity.search.documents import facet_of_place
from comity.search.index import Within, index
from comity.search.language import Query
from comity.search.models import Entry, Kind, of_kinds
from comity.territories.models import Territory

#: Ids of records by kind.
Touched = dict[Kind, set[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """Records of a model are found with the record of `kind` that their column names."""

    model: type[Model]
    column: str
    kind: Kind


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


OWN = {
    _label(Agreement): Kind.AGREEMENT,
    _label(Programme): Kind.PROGRAMME,
    _label(Measure): Kind.MEASURE,
    _label(Organisation): Kind.ORGANISATION,
    _label(Territory): Kind.TERRITORY,
}
PARTS = {
    _label(part.model): part
    for part in (
        Part(Party, "agreement_id", Kind.AGREEMENT),
        Part(Amendment, "agreement_id", Kind.AGREEMENT),
        Part(CooperationField, "agreement_id", Kind.AGREEMENT),
        Part(ProgrammeSide, "programme_id", Kind.PROGRAMME),
        Part(Section, "programme_id", Kind.PROGRAMME),
        Part(Responsibility, "measure_id", Kind.MEASURE),
        Part(Alias, "organisation_id", Kind.ORGANISATION),
        Part(Identifier, "organisation_id", Kind.ORGANISATION),
    )
}
_NAMES = frozenset((*in_three("name"), *in_three("short_name")))
_DECIDES_FOR_MEASURES = frozenset(("visibility", "start", "end"))


def touched_by(traces: Sequence[Trace]) -> Touched:
    """The records whose entries an event may change: those it names, and those they are part of."""
    touched: Touched = defaultdict(set)
    for trace in traces:
        if trace.model in OWN:
            touched[OWN[trace.model]].add(trace.record_id)
        elif trace.model in PARTS:
            part = PARTS[trace.model]
            touched[part.kind].update(_named(trace, part.column))
    for part in PARTS.values():
        changed = _changed(traces, part.model)
        if changed:
            owners = part.model._default_manager.filter(pk__in=changed)
            touched[part.kind].update(owners.values_list(part.column, flat=True))
    _add_measures(traces, touched)
    _add_what_names_organisations(traces, touched)
    _add_what_is_in_territories(traces, touched)
    return touched


def _named(trace: Trace, column: str) -> Iterable[int]:
    """The owners that the trace itself tells: of a record that is new, gone or moved."""
    return filter(None, trace.changes.get(column, ()))


def _changed(
    traces: Iterable[Trace], model: type[Model], columns: Collection[str] = ()
) -> list[int]:
    """Ids of changed records of a model; only those where one of the columns changed, if named."""
    return [
        trace.record_id
        for trace in traces
        if trace.model == _label(model)
        and trace.kind == "changed"
        and (not columns or not trace.changes.keys().isdisjoint(columns))
    ]


def _add_measures(traces: Sequence[Trace], touched: Touched) -> None:
    programmes = set(_changed(traces, Programme, _DECIDES_FOR_MEASURES))
    for trace in traces:
        if trace.model == _label(ProgrammeSide):
            programmes.update(_named(trace, "programme_id"))
    sections = _changed(traces, Section)
    for owner, ids in (("programme", programmes), ("section", sections)):
        if ids:
            measures = Measure.objects.filter(**{f"{owner}__in": ids}).order_by()
            touched[Kind.MEASURE].update(measures.values_list("pk", flat=True))


def _add_what_names_organisations(traces: Sequence[Trace], touched: Touched) -> None:
    """Agreements name their parties; measures name bodies as written, so they stay."""
    renamed = _changed(traces, Organisation, _NAMES)
    if renamed:
        parties = Party.objects.filter(organisation__in=renamed)
        touched[Kind.AGREEMENT].update(parties.values_list("agreement", flat=True))


def _add_what_is_in_territories(traces: Sequence[Trace], touched: Touched) -> None:
    """All of it where a territory moved; what names the territory where it is called otherwise."""
    moved = _changed(traces, Territory, ["path"])
    renamed = set(_changed(traces, Territory, _NAMES)) - set(moved)
    naming = [kind for kind in Kind if kind is not Kind.MEASURE]
    for ids, kinds in ((moved, list(Kind)), (renamed, naming)):
        for code in Territory.objects.filter(pk__in=ids).values_list("code", flat=True):
            entries = Entry.objects.filter(of_kinds(kinds))
            inside = index().matching(Within(entries, [facet_of_place(code)]), Query())
            for entry in inside.only("pk"):
                touched[entry.kind].add(entry.record_id)
