"""The measures of a programme as an Excel workbook and as comma separated values."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from comity.lib.spreadsheets import Cell, Sheet
from comity.programmes.models import Measure, Programme
from comity.programmes.standing import MeasureRow, Standing
from comity.programmes.wording import deadline

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


def table(programme: Programme, rows: Sequence[MeasureRow]) -> Sheet:
    """All of it, for a workbook or as comma separated values."""
    return Sheet(
        title=programme.title,
        name=_("Measures"),
        heading=heading(programme),
        widths=WIDTHS,
        lines=_lines(programme, rows),
    )
