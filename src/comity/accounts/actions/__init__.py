from comity.accounts.actions.accounts import (
    AccountRefused,
    choose_language,
    create_account,
    grant_whole_role,
)
from comity.accounts.actions.invitations import (
    accept_invitation,
    invite,
    opened_invitation,
    send_invitation,
    send_invitation_again,
    sign_up_by_invitation,
    withdraw_invitation,
)
from comity.accounts.actions.leaving import (
    alone_anywhere,
    deactivate_account,
    hand_over,
    successors,
    unanswered,
)
from comity.accounts.actions.roles import change_role, give_role

__all__ = [
    "AccountRefused",
    "accept_invitation",
    "alone_anywhere",
    "change_role",
    "choose_language",
    "create_account",
    "deactivate_account",
    "give_role",
    "grant_whole_role",
    "hand_over",
    "invite",
    "opened_invitation",
    "send_invitation",
    "send_invitation_again",
    "sign_up_by_invitation",
    "successors",
    "unanswered",
    "withdraw_invitation",
]
