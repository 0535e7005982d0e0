"""A new version of a programme beside what stands: measure by measure, what differs."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from comity.intake.becoming import Known, as_measure
from comity.intake.models import Import, ImportRow
from comity.intake.pairing import paired
from comity.intake.queries import known_bodies
from comity.lib import wording
from comity.lib.languages import LANGUAGES
from comity.programmes.due import DueKind, DueRule, Recurrence
from comity.programmes.keeping import of_measure
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.occurrences import built_upon
from comity.programmes.rows import NewBody, NewMeasure


class ChangeKind(models.TextChoices):
    ADDED = "added", "added"
    CHANGED = "changed", "changed"
    REMOVED = "removed", "removed"
    SAME = "same", "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in which a measure of the new version differs."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the new version does to one measure."""

    kind: str
    row: ImportRow | None = None
    measure: Measure | None = None
    new: NewMeasure | None = None
    fields: Sequence[FieldChange] = ()
    is_held: bool = False
    """Something was built on the measure, so it cannot be removed."""

    @property
    def key(self) -> str:
        """By which a form says that the change is wanted."""
        return (
            f"row{self.row.pk}" if self.row else f"measure{self.measure.pk if self.measure else ''}"
        )


@dataclass(slots=True)
class Comparison:
    """All changes in the order of the new document, what is removed last."""

    changes: list[Change] = field(default_factory=list)
    state: str = ""
    """Stands for how the programme and the draft stood when they were compared."""

    def of_kind(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def is_addition(self) -> bool:
        """The document names so few of the standing measures that it hardly replaces them."""
        met = len(self.of_kind(ChangeKind.SAME)) + len(self.of_kind(ChangeKind.CHANGED))
        return met < len(self.of_kind(ChangeKind.REMOVED))

    @property
    def differs(self) -> bool:
        return any(change.kind != ChangeKind.SAME for change in self.changes)

    @property
    def choices(self) -> list[Change]:
        """What can be taken over or declined: changed ones, added ones, those to be removed."""
        order = (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED)
        return [change for kind in order for change in self.of_kind(kind)]

    @property
    def proposed(self) -> set[str]:
        """Keys of the changes that are made unless a person decides otherwise."""
        return {
            change.key
            for change in self.choices
            if not change.is_held and not (self.is_addition and change.kind == ChangeKind.REMOVED)
        }

    def wanted(self, decisions: Mapping[str, bool]) -> set[str]:
        """Keys of the changes to make: as proposed, unless `decisions` say otherwise."""
        proposed = self.proposed
        return {
            change.key
            for change in self.choices
            if not change.is_held and decisions.get(change.key, change.key in proposed)
        }


def compare(document: Import, programme: Programme) -> Comparison:
    """What the draft adds to the programme, changes in it and no longer has."""
    rows = list(document.rows.taken())
    standing = list(
        programme.measures.select_related("section")
        .prefetch_related("responsibilities")
        .order_by("position", "pk")
    )
    known, language = known_bodies(document), programme.language
    new = {row.pk: as_measure(row.values, language, known) for row in rows}
    pairs = paired(
        {row.pk: new[row.pk] for row in rows},
        {measure.pk: of_measure(measure) for measure in standing},
        language,
    )
    by_pk = {measure.pk: measure for measure in standing}
    changes = [_change(row, new[row.pk], by_pk.get(pairs.get(row.pk, 0)), language) for row in rows]
    gone = [measure for measure in standing if measure.pk not in set(pairs.values())]
    held = held_measures(gone)
    changes += [
        Change(ChangeKind.REMOVED, measure=measure, is_held=measure.pk in held) for measure in gone
    ]
    return Comparison(changes, _state(known, rows, standing))


def sentence(comparison: Comparison) -> str:
    """How many measures the new version adds, changes and no longer has; what is none is unsaid."""
    added, changed, removed = (
        len(comparison.of_kind(kind))
        for kind in (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED)
    )
    parts = [
        (ngettext("adds %(n)s measure", "adds %(n)s measures", added), added),
        (ngettext("changes %(n)s measure", "changes %(n)s measures", changed), changed),
        (ngettext("no longer has %(n)s measure", "no longer has %(n)s measures", removed), removed),
    ]
    said = ", ".join(part % {"n": number} for part, number in parts if number)
    return _("The new version %(changes)s.") % {"changes": said}


def _change(row: ImportRow, new: NewMeasure, measure: Measure | None, language: str) -> Change:
    if measure is None:
        return Change(ChangeKind.ADDED, row=row, new=new)
    old = of_measure(measure)
    merged = merged_into(old, new, language)
    fields = differing(old, merged, language)
    kind = ChangeKind.CHANGED if fields else ChangeKind.SAME
    return Change(kind, row=row, measure=measure, new=merged, fields=fields)


def merged_into(old: NewMeasure, new: NewMeasure, language: str) -> NewMeasure:
    """The new version in the place of the old one; titles in other languages stay.

    A body that the old one knew by the same words stays known.
    """
    known = {(body.text, body.country): body.organisation for body in old.bodies}
    bodies = tuple(
        replace(body, organisation=body.organisation or known.get((body.text, body.country)))
        for body in new.bodies
    )
    titles = {**dict.fromkeys(LANGUAGES, ""), **old.titles, language: new.titles[language]}
    return replace(new, titles=titles, bodies=bodies, position=old.position)


def differing(old: NewMeasure, new: NewMeasure, language: str) -> list[FieldChange]:
    """The fields in which two versions of a measure differ, in words."""
    before, after = _in_words(old, language), _in_words(new, language)
    return [
        FieldChange(_(label), before[label], text)
        for label, text in after.items()
        if before[label] != text
    ]


def _in_words(measure: NewMeasure, language: str) -> dict[str, str]:
    """Each field by its label, which is translated only where it is shown."""
    amount = wording.money(measure.funding_amount, measure.funding_currency)
    return {
        gettext_noop("Number"): measure.number,
        gettext_noop("Section"): measure.section,
        gettext_noop("Measure"): measure.titles.get(language, ""),
        gettext_noop("Deadline as written"): measure.due_text,
        gettext_noop("Deadline"): due_in_words(measure.due),
        gettext_noop("Bodies"): "; ".join(_body(body) for body in measure.bodies),
        gettext_noop("Expected result"): measure.expected_result,
        gettext_noop("Money as written"): measure.funding_text,
        gettext_noop("Amount"): amount,
    }


def _body(body: NewBody) -> str:
    return f"{body.country} {body.text}".strip()


def due_in_words(due: DueRule) -> str:
    """When something has to be shown: the kind, the days, and how often."""
    if due.kind == DueKind.UNSCHEDULED:
        return _("no date can be told")
    days = wording.period(due.start, due.end)
    if due.kind == DueKind.CONTINUOUS:
        return _("all the time, %s") % days if days else _("all the time")
    often = str(Recurrence(due.recurrence).label) if due.recurrence else ""
    return ", ".join(part for part in (often, due.season or "", days) if part)


def held_measures(measures: Sequence[Measure]) -> set[int]:
    """Ids of those with an occurrence that was settled, or that another record refers to."""
    occurrences = list(Occurrence.objects.filter(measure__in=measures))
    return {occurrence.measure_id for occurrence in built_upon(occurrences)}


def _state(known: Known, rows: list[ImportRow], standing: list[Measure]) -> str:
    versions = [
        *sorted(known.items()),
        *((row.pk, row.version) for row in rows),
        *((measure.pk, measure.version) for measure in standing),
    ]
    return hashlib.sha256(repr(versions).encode()).hexdigest()[:16]
