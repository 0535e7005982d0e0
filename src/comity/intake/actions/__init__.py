from comity.intake.actions.amending import apply_amendment, decide_changes
from comity.intake.actions.bodies import (
    accept_likely,
    create_body,
    keep_body_as_text,
    match_body,
    reopen_body,
)
from comity.intake.actions.committing import commit_import
from comity.intake.actions.rows import (
    change_row,
    leave_out_row,
    settle_doubt,
    take_row_back,
)
from comity.intake.actions.starting import (
    choose_columns,
    drop_import,
    keep_reading,
    read_document,
    start_again,
    start_import,
)
from comity.intake.actions.targets import choose_target
from comity.intake.actions.undoing import undo_import

__all__ = [
    "accept_likely",
    "apply_amendment",
    "change_row",
    "choose_columns",
    "choose_target",
    "commit_import",
    "create_body",
    "decide_changes",
    "drop_import",
    "keep_body_as_text",
    "keep_reading",
    "leave_out_row",
    "match_body",
    "read_document",
    "reopen_body",
    "settle_doubt",
    "start_again",
    "start_import",
    "take_row_back",
    "undo_import",
]
