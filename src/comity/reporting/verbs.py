"""What the acts of this room are called on the pages of the history."""

from django.utils.translation import gettext_noop

from comity.audit.verbs import VERBS
from comity.post.kinds import KINDS

VERBS.update(
    {
        "reporting.calendar_closed": gettext_noop("Calendar address taken away"),
        "reporting.calendar_renewed": gettext_noop("New calendar address"),
        "reporting.followed": gettext_noop("Followed"),
        "reporting.period_locked": gettext_noop("Reporting period locked"),
        "reporting.period_opened": gettext_noop("Reporting period opened"),
        "reporting.period_unlocked": gettext_noop("Reporting period opened again"),
        "reporting.unfollowed": gettext_noop("Followed no more"),
        "report.accepted": gettext_noop("Report accepted"),
        "report.continued": gettext_noop("Report continued"),
        "report.discarded": gettext_noop("Draft of a report thrown away"),
        "report.evidence_added": gettext_noop("Evidence added"),
        "report.evidence_taken_off": gettext_noop("Evidence taken off"),
        "report.link_ended": gettext_noop("One-time link taken away"),
        "report.link_made": gettext_noop("One-time link made"),
        "report.link_used": gettext_noop("One-time link used"),
        "report.reopened": gettext_noop("Report opened again"),
        "report.returned": gettext_noop("Report returned"),
        "report.saved": gettext_noop("Report written"),
        "report.settling_asked": gettext_noop("Sides asked to settle"),
        "report.sides_followed": gettext_noop("Other sides have to report"),
        "report.started": gettext_noop("Report begun"),
        "report.submitted": gettext_noop("Report submitted"),
        "report.taken_back": gettext_noop("Report taken back"),
    }
)
KINDS.update({"report_link": gettext_noop("One-time link to a report")})
