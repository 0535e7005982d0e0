"""Bringing one document in without a browser, for scripts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.rules import Reader
from comity.agreements.models import Agreement
from comity.files.models import StoredFile, stored_path
from comity.intake.actions import choose_target, commit_import, keep_reading, read_document
from comity.intake.actions.starting import Document
from comity.intake.becoming import what_is_wrong
from comity.intake.commands.outcomes import ALREADY, DONE, NotImported, Outcome, refuse_doubts
from comity.intake.commands.versions import AUTO, NONE, bring_version
from comity.intake.doubts import sentences
from comity.intake.models import Import, ImportState
from comity.intake.queries import figures_of
from comity.intake.safe_reading import CannotRead
from comity.intake.suggesting import earlier_version
from comity.lib.languages import LANGUAGES
from comity.lib.versions import Stale
from comity.programmes.models import Programme
from comity.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was asked to do with each document.

    `agreement` is the number of the agreement that new programmes carry out. `amends` is the
    number of a programme, of which the document is a new version; or `auto` (of the one that it
    looks like a new version of), `none` (of none), or nothing: then a document that looks like a
    new version is refused. `yes` answers every doubt.
    """

    by: Reader
    agreement: int | None = None
    amends: str = ""
    yes: bool = False
    reason: str = ""
    #: On what the consent of the other side rests, where the programme asks for it.
    rests_on: str = ""


def import_file(
    *, path: Path, wanted: Wanted, tell: Callable[[str], object] = lambda sentence: None
) -> Outcome:
    """Takes a file in as a new programme, or as a new version of one, in one step.

    Raises `NotImported` where something is in doubt and `yes` was not said, where a rule refuses
    it or where the file cannot be read. `tell` is told what was noticed and changed on the way.
    """
    under = _agreement(wanted)
    amended = _amended(wanted)
    try:
        document = read_document(path, path.name)
    except CannotRead as refusal:
        raise NotImported(str(refusal), bad=True) from refusal
    before = Import.objects.of_file(document.read.sha256).filter(state=ImportState.COMMITTED)
    if earlier := before.select_related("programme").first():
        return Outcome(path, ALREADY, _("%(name)s was taken in before: %(programme)s.")
                       % {"name": path.name, "programme": earlier.programme},
                       earlier.programme)  # fmt: skip
    _refuse_impossible(document)
    doubts = list(_doubts(document))
    for sentence in doubts:
        tell(sentence)
    try:
        with transaction.atomic():
            return _taken_in(
                path=path, document=document, agreement=under, amended=amended, wanted=wanted,
                doubts=doubts, tell=tell,
            )  # fmt: skip
    except (ValidationError, PermissionDenied) as problem:
        told = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
        raise NotImported(" ".join(told)) from problem
    except Stale as problem:
        raise NotImported(
            _("%s: somebody changed the programme meanwhile. Bring it in again.") % path.name
        ) from problem
    finally:
        _forget_unless_kept(document.read.sha256)


def _agreement(wanted: Wanted) -> Agreement | None:
    if wanted.agreement is None:
        return None
    found = Agreement.objects.visible_to(wanted.by).filter(pk=wanted.agreement).first()
    if found is None:
        raise NotImported(
            _("There is no agreement with the number %s. Its page has it in the address.")
            % wanted.agreement,
            bad=True,
        )
    return found


def _amended(wanted: Wanted) -> Programme | None:
    """The programme that was named; None if none was, or it is to be found."""
    if wanted.amends in ("", AUTO, NONE):
        return None
    number = wanted.amends
    seen = Programme.objects.visible_to(wanted.by)
    found = seen.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise NotImported(
            _("There is no programme with the number %s. Its page has it in the address.") % number,
            bad=True,
        )
    return found


def _refuse_impossible(document: Document) -> None:
    """What no `--yes` can answer: nothing was found, or a row or a side cannot be kept."""
    measures = document.read.measures
    if not measures:
        raise NotImported(
            _(
                "No measures were found in %s. Bring it in by the browser and say what its "
                "columns hold."
            )
            % document.name,
            bad=True,
        )
    for place, measure in enumerate(measures, 1):
        if problems := what_is_wrong(measure):
            raise NotImported(
                _("Row %(row)s of %(name)s cannot be kept: %(problem)s")
                % {"row": place, "name": document.name, "problem": " ".join(problems)}
            )
    sides = {body["side"] for measure in measures for body in measure["responsible"]} - {None}
    known = Territory.objects.countries().filter(code__in=sides).values_list("code", flat=True)
    if unknown := sorted(sides - set(known)):
        raise NotImported(
            _("The register does not have these countries yet: %(codes)s. Load them first: "
              "comity territories load %(listed)s")
            % {"codes": ", ".join(unknown), "listed": " ".join(unknown)}
        )  # fmt: skip


def _doubts(document: Document) -> Iterator[str]:
    yield from sentences(document.read.doubts)
    for place, measure in enumerate(document.read.measures, 1):
        for sentence in sentences(measure["warnings"]):
            yield f"{measure['number'] or place}: {sentence}"


def _taken_in(
    *,
    path: Path,
    document: Document,
    agreement: Agreement | None,
    amended: Programme | None,
    wanted: Wanted,
    doubts: list[str],
    tell: Callable[[str], object],
) -> Outcome:
    draft = keep_reading(document=document, by=wanted.by)
    figures = figures_of(draft)
    if wanted.amends != NONE and amended is None:
        amended = earlier_version(draft, wanted.by, agreement)
        if amended and wanted.amends != AUTO:
            raise NotImported(
                _("%(name)s looks like a new version of the programme %(number)s, “%(title)s”. Say "
                  "--amends %(number)s to bring it in as that, or --amends none to add another "
                  "programme.")
                % {"name": path.name, "number": amended.pk, "title": amended}
            )  # fmt: skip
    if amended is not None:
        outcome = bring_version(
            path=path, document=draft, programme=amended, by=wanted.by, yes=wanted.yes,
            doubts=doubts, reason=wanted.reason or _("from %s") % path.name,
            rests_on=wanted.rests_on, tell=tell,
        )  # fmt: skip
        if outcome.state == ALREADY:
            transaction.set_rollback(True)
            return outcome
    else:
        refuse_doubts(path, doubts, yes=wanted.yes)
        outcome = _new_programme(path, draft, agreement, wanted.by)
    if figures.open_bodies:
        tell(
            ngettext(
                "%(n)s body is not in the directory and stays as written.",
                "%(n)s bodies are not in the directory and stay as written.",
                figures.open_bodies,
            )
            % {"n": figures.open_bodies}
        )
    return outcome


def _new_programme(path: Path, draft: Import, agreement: Agreement | None, by: Reader) -> Outcome:
    draft = choose_target(
        document=draft,
        expected_version=draft.version,
        by=by,
        agreement=agreement,
        values=_values(draft, path),
    )
    programme = commit_import(document=draft, expected_version=draft.version, by=by)
    count = draft.rows.taken().count()
    sentence = ngettext(
        "%(name)s: %(n)s measure taken in.", "%(name)s: %(n)s measures taken in.", count
    ) % {"name": path.name, "n": count}
    return Outcome(path, DONE, sentence, programme, count)


def _values(draft: Import, path: Path) -> dict[str, object]:
    language = draft.language if draft.language in LANGUAGES else "en"
    return {
        f"title_{language}": draft.title or path.stem,
        "language": language,
        "kind": "action",
        "visibility": "public",
        "start": draft.start,
        "end": draft.end,
    }


def _forget_unless_kept(sha256: str) -> None:
    """The bytes of a file go too if nothing that refers to them was kept."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        stored_path(sha256).unlink(missing_ok=True)
