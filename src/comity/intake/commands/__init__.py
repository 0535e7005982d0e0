"""Bringing documents in without a browser, for scripts: one file, or a folder of them."""

from comity.intake.commands.files import Wanted, import_file
from comity.intake.commands.folders import documents_in, import_folder
from comity.intake.commands.outcomes import NotImported, Outcome, summary
from comity.intake.commands.versions import AUTO, NONE

__all__ = [
    "AUTO",
    "NONE",
    "NotImported",
    "Outcome",
    "Wanted",
    "documents_in",
    "import_file",
    "import_folder",
    "summary",
]
