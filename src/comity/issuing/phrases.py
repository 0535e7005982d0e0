"""The fixed words of a report, in the language that is being spoken."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comity.lib.languages import reader_language
from comity.programmes.models import ProgrammeKind


def fixed() -> dict[str, str]:
    """Headings and labels by the names that the writers and the template know them by."""
    return {
        "language": reader_language(),
        "report": _("Report"),
        "draft": _("draft, not issued"),
        "no": _("No. %s"),
        "of_day": pgettext("the day of a paper", "of %s"),
        "parties": _("Parties"),
        "agreement": _("Agreement"),
        "period": _("Reporting period"),
        "as_of": _("As of"),
        "made_on": _("Drawn up on"),
        "summary": _("Summary"),
        "figures": pgettext("of a report", "Figures"),
        "chart": _("Deadlines of the period by status"),
        "measures": _("Implementation of the measures"),
        "overdue": _("Not done by the deadline, with the reasons"),
        "disputed": _("Differences between the reports of the sides"),
        "signatures": _("Signatures"),
        "number": _("No."),
        "measure": _("Measure"),
        "section": _("Section"),
        "result": _("Expected result"),
        "deadline": _("Deadline"),
        "first_deadline": _("Deadline agreed first"),
        "days_late_first": _("Days late against the first deadline"),
        "later_deadlines": _("Deadlines agreed after that"),
        "responsible": _("Responsible"),
        "responsible_of": _("Responsible: %s"),
        "did": _("What was done"),
        "did_by": _("What was done: %s"),
        "state": _("State"),
        "side": _("Side"),
        "total": _("Total"),
        "by_side": _("By side"),
        "by_section": _("By section"),
        "count_measures": _("Measures"),
        "count_due": _("Deadlines"),
        "count_done": _("Done"),
        "in_time": _("done in time"),
        "late": _("done late"),
        "overdue_short": _("not done by the deadline"),
        "open": _("deadline to come"),
        "impossible": pgettext("of a report", "not possible any more"),
        "count_disputed": _("Disputed"),
        "overdue_before": _("Overdue from earlier periods"),
        "due_on": _("Due on"),
        "done_on": _("Done on"),
        "days_late": _("Days late"),
        "reasons": _("Reasons given by the sides"),
        "no_reasons": _("No reasons were given."),
        "nothing_overdue": _("Nothing is overdue."),
        "nothing_disputed": _("There are no differences."),
        "no_measures": _("No measure had a deadline in this period."),
        "outcome": _("Status as reported"),
        "told": _("Text"),
        "target": _("Target"),
        "unit": _("Unit"),
        "figure": _("Figure reached"),
        "reached_of": _("%(figure)s of %(target)s (%(unit)s)"),
        "reached_share": _("%(figure)s of %(target)s"),
        "below_target": _("below the target"),
        "spent": _("Money spent"),
        "currency": _("Currency"),
        "difficulties": _("Difficulties"),
        "help_wanted": _("What would help"),
        "evidence": _("Evidence"),
        "accepted": _("Accepted"),
        "yes": _("yes"),
        "not": _("no"),
        "registered": _("Registered by the coordinator"),
        "not_accepted": _("not accepted yet"),
        "news": _("news of %s"),
        "post": pgettext("of a signatory", "post"),
        "signature": _("signature"),
        "name": pgettext("of a signatory", "name"),
        "date": _("date"),
        "page": _("Page"),
        "example": _("Example: nothing here is a document in force."),
    }


def subject(kind: str) -> str:
    """What the report is on, as its title goes on: “on the plan of measures”."""
    return {
        ProgrammeKind.ACTION: _("on the implementation of the programme of measures"),
        ProgrammeKind.STATE: _("on the implementation of the state programme"),
        ProgrammeKind.JOINT: _("on the implementation of the joint programme"),
    }[ProgrammeKind(kind)]
