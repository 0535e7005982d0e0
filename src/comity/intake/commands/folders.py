"""A folder of documents, each brought in on its own."""

import logging
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from comity.intake.commands.files import Wanted, import_file
from comity.intake.commands.outcomes import REFUSED, NotImported, Outcome, refused

#: What a folder is searched for.
ENDINGS = {
    *(".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".pdf", ".csv", ".html", ".htm"),
    *(".doc", ".xls", ".ods", ".rtf"),  # refused, but with a sentence that says what to do
}

log = logging.getLogger(__name__)


def import_folder(
    *, paths: list[Path], wanted: Wanted, done: Callable[[], object] = lambda: None
) -> list[Outcome]:
    """Takes in every document, whatever becomes of the others; `done` is called after each."""
    outcomes = []
    for path in paths:
        outcomes.append(_outcome(path, wanted))
        done()
    return outcomes


def documents_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that may be documents of measures, by name; and the others.

    Hidden ones and the lock files of office programs are neither.
    """
    files = [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(("~", "."))
    ]
    documents = [path for path in files if path.suffix.lower() in ENDINGS]
    return documents, [path for path in files if path not in documents]


def _outcome(path: Path, wanted: Wanted) -> Outcome:
    try:
        return import_file(path=path, wanted=wanted)
    except NotImported as refusal:
        return refused(path, refusal)
    except Exception as problem:  # the other files must not suffer from a fault of ours
        log.exception("Bringing in %s failed", path.name)
        sentence = _("%(name)s was not taken in because of a fault in Comity (%(fault)s); nothing "
                     "of it is kept.")  # fmt: skip
        return Outcome(path, REFUSED, sentence % {"name": path.name, "fault": repr(problem)})
