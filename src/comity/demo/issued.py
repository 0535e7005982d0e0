"""The report of the example that ministries would exchange, as issued."""

from datetime import date

from comity.audit.actions import Installation
from comity.issuing.actions import issue_report
from comity.issuing.models import IssuedReport
from comity.issuing.periods import latest_periods
from comity.programmes.models import Programme


def issue_example(programme: Programme, today: date) -> IssuedReport:
    """Of the last finished quarter of a programme, in the language of its signed text."""
    (period, *_others) = latest_periods(today, programme.period)
    return issue_report(
        programme=programme, period=period, language=programme.language, by=Installation()
    )
