from django.conf import settings

from comity.accounts.models import Role
from comity.accounts.rules import Reader, whole_role


def can_see_letters(by: Reader) -> bool:
    """All that went out: administrators and auditors of the whole register."""
    return whole_role(by) in (Role.ADMINISTRATOR, Role.AUDITOR)


def can_read_secrets(by: Reader) -> bool:
    """What letters for their addressees alone say: in the example, its administrator."""
    return settings.LETTERS_ARE_EXAMPLES and whole_role(by) == Role.ADMINISTRATOR


def can_send_again(by: Reader) -> bool:
    return whole_role(by) == Role.ADMINISTRATOR
