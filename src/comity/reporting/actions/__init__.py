from comity.reporting.actions.drafts import (
    discard_report,
    save_report,
    start_news,
    start_report,
)
from comity.reporting.actions.evidence import add_file, add_link, take_off
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
    "discard_report",
    "reopen_report",
    "return_report",
    "save_report",
    "start_news",
    "start_report",
    "submit_report",
    "take_back_report",
    "take_off",
]
