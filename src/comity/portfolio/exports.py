"""The portfolio as an Excel workbook and as comma separated values."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from comity.lib import wording
from comity.lib.spreadsheets import Cell, Sheet
from comity.portfolio.rows import ProgrammeRow

WIDTHS = (60, 44, 16, 12, 12, 10, 10, 10, 10, 10, 10, 10, 10, 10, 12, 12, 12, 14, 20)


def table(rows: Iterable[ProgrammeRow], day: date) -> Sheet:
    title = _("Portfolio, %(day)s") % {"day": wording.day(day)}
    return Sheet(title, _("Portfolio"), _heading(), WIDTHS, map(_line, rows))


def _heading() -> list[str]:
    return [
        _("Programme"), _("Sides"), _("Kind"), _("from"), _("until"), _("All days"), _("Done"),
        _("of them late"), _("Not possible any more"), _("Overdue"), _("Put off"),
        _("Dropped after their day"), _("Due"),
        _("Not yet due"), _("Disputed"), _("On time, of those fallen due"), _("Fallen due"),
        _("Next deadline"), _("Note"),
    ]  # fmt: skip


def _line(row: ProgrammeRow) -> list[Cell]:
    one, programme = row.figures, row.programme
    return [
        programme.title,
        " × ".join(str(side.territory) for side in row.sides),
        str(programme.get_kind_display()),
        programme.start,
        programme.end,
        one.total,
        one.done,
        one.late,
        one.given_up,
        one.overdue,
        one.put_off,
        one.dropped,
        one.due,
        one.not_yet,
        one.disputed,
        one.on_time,
        one.fallen,
        one.next_due,
        _("example document") if programme.is_example else "",
    ]
