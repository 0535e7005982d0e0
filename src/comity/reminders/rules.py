from comity.accounts.models import Role
from comity.accounts.rules import Reader, whole_role


def can_see_letters(by: Reader) -> bool:
    """All that went out: administrators and auditors of the whole register."""
    return whole_role(by) in (Role.ADMINISTRATOR, Role.AUDITOR)


def can_send_again(by: Reader) -> bool:
    return whole_role(by) == Role.ADMINISTRATOR
