from comity.reporting.actions.drafts import (
    discard_report,
    save_report,
    start_news,
    start_report,
)
from comity.reporting.actions.evidence import add_file, add_link, take_off
from comity.reporting.actions.following import (
    close_calendar,
    follow,
    renew_calendar,
    stop_following,
)
from comity.reporting.actions.going_on import continue_report
from comity.reporting.actions.links import (
    begin_by_link,
    end_link,
    end_unsent,
    guest_with,
    let_report,
    make_link,
    opened_link,
    send_link,
    take_link_away,
)
from comity.reporting.actions.periods import lock_period, open_period, unlock_period
from comity.reporting.actions.steps import (
    accept_report,
    ask_to_settle,
    reopen_report,
    return_report,
    submit_report,
    take_back_report,
)

__all__ = [
    "accept_report",
    "add_file",
    "add_link",
    "ask_to_settle",
    "begin_by_link",
    "close_calendar",
    "continue_report",
    "discard_report",
    "end_link",
    "end_unsent",
    "follow",
    "guest_with",
    "let_report",
    "lock_period",
    "make_link",
    "open_period",
    "opened_link",
    "renew_calendar",
    "reopen_report",
    "return_report",
    "save_report",
    "send_link",
    "start_news",
    "start_report",
    "stop_following",
    "submit_report",
    "take_back_report",
    "take_link_away",
    "take_off",
    "unlock_period",
]
