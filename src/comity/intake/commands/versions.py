"""A new version of a programme from a script: what it changes is told, then done."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.rules import Reader
from comity.intake.actions import apply_amendment, choose_target
from comity.intake.commands.outcomes import ALREADY, AMENDED, Outcome, refuse_doubts
from comity.intake.comparing import Change, ChangeKind, Comparison, compare
from comity.intake.models import Import
from comity.programmes.models import Programme

#: Besides the number of a programme: the one that the document looks like, or none at all.
AUTO, NONE = "auto", "none"
#: A title is told up to here.
TITLE = 120


def bring_version(
    *,
    path: Path,
    document: Import,
    programme: Programme,
    by: Reader,
    yes: bool,
    doubts: list[str],
    reason: str,
    rests_on: str,
    tell: Callable[[str], object],
) -> Outcome:
    """Amends the programme with what the draft says otherwise.

    What would be removed counts as a doubt. If nothing differs, nothing is to be kept: the outcome
    is `already`. Raises `NotImported` for doubts without a yes.
    """
    document = choose_target(
        document=document, expected_version=document.version, by=by, amends=programme
    )
    comparison = compare(document, programme)
    if not comparison.differs:
        return Outcome(path, ALREADY, _("%(name)s says what the programme says already: "
                       "%(programme)s.") % {"name": path.name, "programme": programme},
                       programme)  # fmt: skip
    for sentence in _told(comparison):
        tell(sentence)
    refuse_doubts(path, [*doubts, *_removals(comparison)], yes=yes)
    taken = comparison.proposed
    apply_amendment(
        document=document,
        wanted=taken,
        compared=comparison.state,
        expected_version=document.version,
        reason=reason,
        rests_on=rests_on,
        by=by,
    )
    return Outcome(path, AMENDED, _sentence(path, comparison), programme, len(taken))


def _told(comparison: Comparison) -> Iterator[str]:
    for change in comparison.of_kind(ChangeKind.ADDED):
        yield _("added: %s") % _title(change)
    for change in comparison.of_kind(ChangeKind.CHANGED):
        told = "; ".join(
            f"{field.label}: {field.before or '—'} → {field.after or '—'}"
            for field in change.fields
        )
        yield _("changed: %(title)s (%(fields)s)") % {"title": _title(change), "fields": told}
    for change in comparison.of_kind(ChangeKind.REMOVED):
        if change.is_held:
            yield _("stays, something was shown for it: %s") % _title(change)


def _removals(comparison: Comparison) -> list[str]:
    if comparison.is_addition:
        return [_("The document names few of the measures that stand, so it was taken for an "
                  "addition: nothing is removed.")]  # fmt: skip
    return [
        _("It is no longer in the document and would be removed: %s") % _title(change)
        for change in comparison.of_kind(ChangeKind.REMOVED)
        if not change.is_held
    ]


def _title(change: Change) -> str:
    if change.row:
        number, title = change.row.values["number"], change.row.values["title"]
    else:
        assert change.measure is not None
        number, title = change.measure.number, change.measure.title
    return " ".join(filter(None, (number, title[:TITLE])))


def _sentence(path: Path, comparison: Comparison) -> str:
    taken = comparison.proposed
    added, changed, removed = (
        len([change for change in comparison.of_kind(kind) if change.key in taken])
        for kind in (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.REMOVED)
    )
    parts = [
        ngettext("%(n)s measure added", "%(n)s measures added", added) % {"n": added},
        ngettext("%(n)s changed", "%(n)s changed", changed) % {"n": changed},
        ngettext("%(n)s removed", "%(n)s removed", removed) % {"n": removed},
    ]
    return f"{path.name}: {', '.join(parts)}."
