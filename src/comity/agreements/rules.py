"""Who may do what with agreements. The installation itself may do everything."""

from collections.abc import Iterable

from comity.accounts.models import WRITING
from comity.accounts.rules import Reader, coordinates_everything
from comity.agreements.models import Agreement
from comity.directory.models import Organisation
from comity.directory.rules import authority_seats, writes_for
from comity.territories.models import Territory


def can_add_agreements(by: Reader) -> bool:
    """Coordinators: of the whole, or of any organisation, for what it is a party to."""
    return coordinates_everything(by) or bool(writes_for(by))


def can_agree_for(by: Reader, parties: Iterable[Territory | Organisation]) -> bool:
    """Whether they write for one of the parties, or for an authority of its territory."""
    return coordinates_everything(by) or any(_speaks_for(by, party) for party in parties)


def can_change_agreement(by: Reader, agreement: Agreement) -> bool:
    """Coordinators of the whole, and those who write for a party."""
    if coordinates_everything(by):
        return True
    return Agreement.objects.kept_by(by).filter(pk=agreement.pk).exists()


def _speaks_for(user: Reader, party: Territory | Organisation) -> bool:
    if isinstance(party, Organisation):
        return party.pk in writes_for(user)
    return party.pk in authority_seats(user, WRITING)
