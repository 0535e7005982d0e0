"""Who issues reports on a programme, and who reads them."""

from comity.accounts.rules import Reader
from comity.programmes.models import Programme
from comity.programmes.rules import can_change_programme


def can_issue(by: Reader, programme: Programme) -> bool:
    """Whoever may change the programme."""
    return can_change_programme(by, programme)
