"""Who may do what with agreements. The installation itself may do everything."""

from collections.abc import Iterable

from comity.accounts.models import User
from comity.accounts.rules import coordinates_everything
from comity.agreements.models import Agreement
from comity.audit.actions import Actor, Installation
from comity.directory.models import Organisation
from comity.directory.rules import authority_seats, writes_for
from comity.territories.models import Territory


def can_add_agreements(by: Actor) -> bool:
    """Coordinators: of the whole, or of any organisation, for what it is a party to."""
    return _does_everything(by) or (isinstance(by, User) and bool(writes_for(by)))


def can_agree_for(by: Actor, parties: Iterable[Territory | Organisation]) -> bool:
    """Whether they write for one of the parties, or for an authority of its territory."""
    if _does_everything(by):
        return True
    return isinstance(by, User) and any(_speaks_for(by, party) for party in parties)


def can_change_agreement(by: Actor, agreement: Agreement) -> bool:
    """Coordinators of the whole, and those who write for a party."""
    if _does_everything(by):
        return True
    return isinstance(by, User) and Agreement.objects.kept_by(by).filter(pk=agreement.pk).exists()


def _does_everything(by: Actor) -> bool:
    return isinstance(by, Installation) or (isinstance(by, User) and coordinates_everything(by))


def _speaks_for(user: User, party: Territory | Organisation) -> bool:
    if isinstance(party, Organisation):
        return party.pk in writes_for(user)
    return party.pk in authority_seats(user, writing=True)
