"""Reports that were accepted on a day that is still open: their side may go on with them."""

from comity.reporting.models import Report, Stage
from comity.reporting.models.report import ENDED


def may_be_gone_on_with(report: Report) -> bool:
    """Whether it was accepted, says that more is to come, and its day is still open."""
    return (
        report.stage == Stage.ACCEPTED
        and report.outcome not in ENDED
        and report.occurrence is not None
        and report.occurrence.done_on is None
        and not report.occurrence.withdrawn
    )
