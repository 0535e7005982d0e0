"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS

VERBS.update(
    {
        "territory.changed": gettext_noop("Territory changed"),
        "territory.loaded": gettext_noop("Loaded from ISO 3166"),
        "territory.municipality_added": gettext_noop("Municipality added"),
    }
)
