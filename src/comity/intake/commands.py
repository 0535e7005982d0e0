"""Bringing documents in without a browser, for scripts: one file, or a folder of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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
from comity.intake.doubts import sentences
from comity.intake.models import Import, ImportState
from comity.intake.queries import figures_of
from comity.intake.safe_reading import CannotRead
from comity.lib.languages import LANGUAGES
from comity.programmes.models import Programme
from comity.territories.models import Territory

#: What a folder is searched for.
ENDINGS = {".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".pdf", ".csv", ".html", ".htm"}


class NotImported(Exception):
    """The file was not taken in and left no trace; the message says why and what to do.

    `doubts` are the sentences that `--yes` would answer; `is_bad_input` tells a file that cannot
    be read from one that a rule refuses.
    """

    def __init__(
        self, sentence: str, *, doubts: list[str] | None = None, bad: bool = False
    ) -> None:
        super().__init__(sentence)
        self.doubts = doubts or []
        self.is_bad_input = bad


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `done`, `already` (taken in before) or `refused`."""

    path: Path
    state: str
    sentence: str
    programme: Programme | None = None
    measures: int = 0
    doubts: list[str] = field(default_factory=list)


def import_file(
    *,
    path: Path,
    agreement: int | None,
    yes: bool,
    by: Reader,
    tell: Callable[[str], object] = lambda sentence: None,
) -> Outcome:
    """Takes a file in as a new programme under an agreement (by its number), in one step.

    Without `yes` a document in which something is in doubt is refused with `NotImported`, which
    lists the doubts; so is one that cannot be read. `tell` is told what was noticed on the way.
    """
    under = _agreement(agreement, by)
    try:
        document = read_document(path, path.name)
    except CannotRead as refusal:
        raise NotImported(str(refusal), bad=True) from refusal
    before = Import.objects.of_file(document.read.sha256).filter(state=ImportState.COMMITTED)
    if earlier := before.select_related("programme").first():
        return Outcome(path, "already", _("%(name)s was taken in before: %(programme)s.")
                       % {"name": path.name, "programme": earlier.programme},
                       earlier.programme)  # fmt: skip
    _refuse_impossible(document)
    doubts = list(_doubts(document))
    for sentence in doubts:
        tell(sentence)
    if doubts and not yes:
        raise NotImported(
            ngettext(
                "%(name)s was not taken in: %(n)s thing in it is in doubt. Look at it in the "
                "browser, or say --yes.",
                "%(name)s was not taken in: %(n)s things in it are in doubt. Look at them in the "
                "browser, or say --yes.",
                len(doubts),
            )
            % {"name": path.name, "n": len(doubts)},
            doubts=doubts,
        )
    return _taken_in(path, document, under, by, tell)


def import_folder(
    *,
    folder: Path,
    agreement: int | None,
    yes: bool,
    by: Reader,
    advance: Callable[[], object] = lambda: None,
) -> list[Outcome]:
    """Takes in every document of a folder, each on its own; `advance` is called after each."""
    outcomes = []
    for path in documents_in(folder):
        try:
            outcomes.append(import_file(path=path, agreement=agreement, yes=yes, by=by))
        except NotImported as refusal:
            outcomes.append(Outcome(path, "refused", str(refusal), doubts=refusal.doubts))
        advance()
    return outcomes


def documents_in(folder: Path) -> list[Path]:
    """The files of a folder that may be documents of measures, by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix.lower() in ENDINGS
        and not path.name.startswith(("~", "."))
    )


def _agreement(number: int | None, by: Reader) -> Agreement | None:
    if number is None:
        return None
    found = Agreement.objects.visible_to(by).filter(pk=number).first()
    if found is None:
        raise NotImported(
            _("There is no agreement with the number %s. Its page has it in the address.") % number,
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
    path: Path,
    document: Document,
    agreement: Agreement | None,
    by: Reader,
    tell: Callable[[str], object],
) -> Outcome:
    try:
        with transaction.atomic():
            draft = keep_reading(document=document, by=by)
            figures = figures_of(draft)
            draft = choose_target(
                document=draft,
                expected_version=draft.version,
                by=by,
                agreement=agreement,
                values=_values(draft, path),
            )
            programme = commit_import(document=draft, expected_version=draft.version, by=by)
    except (ValidationError, PermissionDenied) as problem:
        _forget(document.read.sha256)
        told = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
        raise NotImported(" ".join(told)) from problem
    if figures.open_bodies:
        tell(
            ngettext(
                "%(n)s body is not in the directory and stays as written.",
                "%(n)s bodies are not in the directory and stay as written.",
                figures.open_bodies,
            )
            % {"n": figures.open_bodies}
        )
    sentence = ngettext(
        "%(name)s: %(n)s measure taken in.", "%(name)s: %(n)s measures taken in.", figures.measures
    ) % {"name": path.name, "n": figures.measures}
    return Outcome(path, "done", sentence, programme, figures.measures)


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


def _forget(sha256: str) -> None:
    """The bytes of a file go too if nothing that refers to them was kept."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        stored_path(sha256).unlink(missing_ok=True)
