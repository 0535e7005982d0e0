"""The measures of a programme as an Excel workbook and as comma separated values."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from comity.programmes.models import Measure, Programme
from comity.programmes.standing import MeasureRow, Standing
from comity.programmes.wording import deadline

Cell = str | date | Decimal | None

#: Widths of the columns of the workbook, in characters.
WIDTHS = (8, 28, 60, 26, 12, 12, 26, 44, 44, 24, 14, 9, 14, 12, 12, 20)


def heading(programme: Programme) -> list[str]:
    """The columns; what is an example says so in one of its own."""
    columns = [
        _("No."), _("Section"), _("Measure"), _("Deadline"), _("from"), _("until"),
        _("Deadline as written"), _("Responsible"), _("Expected result"), _("Money as written"),
        _("Amount"), _("Currency"), _("State"), _("Next due on"), _("Done, of all"),
    ]  # fmt: skip
    return [*columns, _("Note")] if programme.is_example else columns


def line(measure: Measure, standing: Standing) -> list[Cell]:
    """One measure in the order of `heading`; days and amounts as what they are."""
    return [
        measure.number,
        measure.section.title if measure.section else "",
        measure.title,
        deadline(measure.due),
        measure.due_start,
        measure.due_end,
        measure.due_text,
        "; ".join(_body(body.text, body.side) for body in measure.responsibilities.all()),
        measure.expected_result,
        measure.funding_text,
        measure.funding_amount,
        measure.funding_currency,
        str(standing.state.label),
        standing.next.due_on if standing.next else None,
        f"{standing.done}/{standing.occurrences}",
    ]


def _body(text: str, country: str) -> str:
    return f"{text} ({country})" if country else text


def _lines(programme: Programme, rows: Sequence[MeasureRow]) -> Iterator[list[Cell]]:
    note = [_("example document")] if programme.is_example else []
    for row in rows:
        yield [*line(row.measure, row.standing), *note]


def excel(programme: Programme, rows: Sequence[MeasureRow]) -> bytes:
    """A workbook with one sheet; a text is never taken for a formula, a link or a number."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(kept, options) as workbook:
        workbook.set_properties({"title": programme.title[:255]})
        _sheet(workbook, programme, rows)
    return kept.getvalue()


def _sheet(workbook: Any, programme: Programme, rows: Sequence[MeasureRow]) -> None:
    sheet = workbook.add_worksheet(_("Measures")[:31])
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    amount = workbook.add_format({"num_format": "#,##0.##", "valign": "top"})
    for column, (text, width) in enumerate(zip(heading(programme), WIDTHS, strict=False)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, cells in enumerate(_lines(programme, rows), 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(number, column, cell, amount)
            elif cell:
                sheet.write_string(number, column, cell, wrapped)


def comma_separated(programme: Programme, rows: Sequence[MeasureRow]) -> str:
    """The same table as text; a cell that a spreadsheet would take for a formula gets a '."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow(heading(programme))
    for cells in _lines(programme, rows):
        writer.writerow([_plain(cell) for cell in cells])
    return kept.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    is_text = not isinstance(cell, Decimal)
    return f"'{text}" if is_text and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
