"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "measure.added": gettext_noop("Measure added"),
        "measure.amendment_agreed": gettext_noop("Consent to a change given"),
        "measure.amendment_declined": gettext_noop("Change declined"),
        "measure.amendment_made": gettext_noop("Change made with its reason"),
        "measure.amendment_proposed": gettext_noop("Change proposed"),
        "measure.amendment_withdrawn": gettext_noop("Proposed change withdrawn"),
        "measure.changed": gettext_noop("Measure changed"),
        "measure.corrected": gettext_noop("Measure corrected"),
        "measure.removed": gettext_noop("Measure removed"),
        "measure.restored": gettext_noop("Measure put back in force"),
        "measure.struck": gettext_noop("Measure struck out"),
        "occurrence.reopened": gettext_noop("Counted as open again"),
        "occurrence.settled": gettext_noop("Registered as done"),
        "programme.changed": gettext_noop("Programme changed"),
        "programme.created": gettext_noop("Programme added"),
        "programme.fields_named": gettext_noop("Fields of the sections chosen"),
        "programme.removed": gettext_noop("Programme removed"),
        "programme.role_granted": gettext_noop("Role in the programme granted"),
        "programme.role_revoked": gettext_noop("Role in the programme taken back"),
    }
)
