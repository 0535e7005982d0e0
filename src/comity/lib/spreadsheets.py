"""Tables as an Excel workbook and as comma separated values, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from xlsxwriter import Workbook

Cell = str | date | Decimal | int | float | None

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet takes for the beginning of a formula, full width letters too.
ACTED_ON = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what it is called, its columns with their widths in characters, and its lines."""

    title: str
    name: str
    heading: Sequence[str]
    widths: Sequence[int]
    lines: Iterable[Sequence[Cell]]


def excel(table: Sheet) -> bytes:
    """A workbook with one sheet; a text is never taken for a formula, a link or a number."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(kept, options) as workbook:
        workbook.set_properties({"title": table.title[:255]})
        _sheet(workbook, table)
    return kept.getvalue()


def _sheet(workbook: Any, table: Sheet) -> None:
    sheet = workbook.add_worksheet(table.name[:31])
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    amount = workbook.add_format({"num_format": "#,##0.##", "valign": "top"})
    for column, (text, width) in enumerate(zip(table.heading, table.widths, strict=False)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for number, cells in enumerate(table.lines, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, Decimal | int | float):
                sheet.write_number(number, column, cell, amount)
            elif cell:
                sheet.write_string(number, column, cell, wrapped)


def comma_separated(table: Sheet) -> str:
    """The same table as text; a cell that a spreadsheet would take for a formula gets a '."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    writer.writerow(table.heading)
    for cells in table.lines:
        writer.writerow([_plain(cell) for cell in cells])
    return kept.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(ACTED_ON) else text


def excel_answer(table: Sheet, name: str) -> HttpResponse:
    return _answer(excel(table), EXCEL, f"{name}.xlsx")


def csv_answer(table: Sheet, name: str) -> HttpResponse:
    """With a byte order mark, by which spreadsheets know UTF-8."""
    content = comma_separated(table).encode("utf-8-sig")
    return _answer(content, "text/csv; charset=utf-8", f"{name}.csv")


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
