"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "contact.changed": gettext_noop("Contact changed"),
        "contact.created": gettext_noop("Contact added"),
        "contact.removed": gettext_noop("Contact removed"),
        "membership.granted": gettext_noop("Role in an organisation granted"),
        "membership.revoked": gettext_noop("Role in an organisation taken back"),
        "organisation.changed": gettext_noop("Organisation changed"),
        "organisation.created": gettext_noop("Organisation added"),
        "organisation.merged": gettext_noop("Organisations merged"),
        "zone.added": gettext_noop("Zone added"),
        "zone.changed": gettext_noop("Zone changed"),
        "zone.residency_ended": gettext_noop("Residency ended"),
        "zone.resident_added": gettext_noop("Resident added"),
        "zone.term_added": gettext_noop("Term of the legal regime added"),
        "zone.term_changed": gettext_noop("Term of the legal regime changed"),
    }
)
