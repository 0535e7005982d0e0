"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "intake.started": gettext_noop("Document brought in"),
        "intake.columns_chosen": gettext_noop("Columns of the document corrected"),
        "intake.row_changed": gettext_noop("Row corrected"),
        "intake.doubt_settled": gettext_noop("Doubt settled"),
        "intake.row_left_out": gettext_noop("Row left out"),
        "intake.row_taken_back": gettext_noop("Row taken after all"),
        "intake.body_matched": gettext_noop("Body found in the directory"),
        "intake.body_kept_as_text": gettext_noop("Body kept as written"),
        "intake.body_reopened": gettext_noop("Body opened again"),
        "intake.bodies_accepted": gettext_noop("Bodies accepted"),
        "intake.target_chosen": gettext_noop("Programme of the document chosen"),
        "intake.changes_decided": gettext_noop("Changes of the new version decided about"),
        "intake.committed": gettext_noop("Document taken in"),
        "intake.amended": gettext_noop("New version taken in"),
        "intake.undone": gettext_noop("Import undone"),
        "intake.dropped": gettext_noop("Document put aside"),
    }
)
