"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "agreement.amended": gettext_noop("Amendment recorded"),
        "agreement.amendment_removed": gettext_noop("Amendment removed"),
        "agreement.changed": gettext_noop("Record of the agreement corrected"),
        "agreement.created": gettext_noop("Agreement added"),
        "agreement.document_added": gettext_noop("Document added"),
        "agreement.document_removed": gettext_noop("Document removed"),
        "agreement.ended": gettext_noop("Agreement ended early"),
        "agreement.objected_to": gettext_noop("Objection recorded"),
        "agreement.party_moved": gettext_noop("Party moved to the seat of its organisation"),
        "agreement.statement_added": gettext_noop("Statement of a source added"),
    }
)
