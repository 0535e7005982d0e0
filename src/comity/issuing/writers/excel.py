"""A report as a workbook that can be sorted and filtered: days are days, numbers are numbers."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from comity.issuing import cells
from comity.issuing.digest import STATES, Answer, Day, Digest, Row
from comity.issuing.telling import against_later, side_in_words
from comity.issuing.typography import quoted, typeset
from comity.issuing.writers import headings
from comity.issuing.writers.drawing import in_words, legend
from comity.issuing.writers.sheet_cells import Cell, Numbered, fitting, sortable
from comity.issuing.writers.tables import COLUMNS, figure_heading, groups, numbers

#: As in the chart of the other formats.
PAINTS = {
    "in_time": "#1f5f6f",
    "late": "#e0b25c",
    "overdue": "#b03a48",
    "open": "#dfe5e6",
    "impossible": "#8a8a8a",
}
#: A text is never taken for a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def written(digest: Digest) -> bytes:
    kept = io.BytesIO()
    with Workbook(kept, OPTIONS) as workbook:
        made_on = datetime.combine(digest.made_on, time())
        workbook.set_properties(
            {
                "title": headings.title(digest)[:255],
                "author": digest.made_by,
                "created": made_on,
            }
        )
        formats = _Formats(workbook)
        _Summary(workbook, digest, formats).write()
        _list(workbook, digest, "count_measures", _measures(digest), formats)
        if digest.overdue:
            _list(workbook, digest, "overdue_short", _overdue(digest), formats)
    return kept.getvalue()


class _Formats:
    def __init__(self, workbook: Any) -> None:
        top = {"valign": "top"}
        self.text = workbook.add_format({**top, "text_wrap": True})
        self.day = workbook.add_format({**top, "num_format": "dd.mm.yyyy", "align": "left"})
        self.number = workbook.add_format({**top, "num_format": "#,##0.##", "align": "right"})
        self.whole = workbook.add_format({**top, "num_format": "#,##0", "align": "right"})
        head = {**top, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#eef1f1"}
        self.plain = workbook.add_format({**top, "num_format": "0", "align": "left"})
        self.head = workbook.add_format(head)
        self.head_centred = workbook.add_format({**head, "align": "center"})
        self.centred = workbook.add_format({**top, "num_format": "#,##0", "align": "center"})
        self.group = workbook.add_format({**top, "italic": True, "bg_color": "#f4f4f4"})
        self.bold = workbook.add_format({**top, "bold": True})
        self.title = workbook.add_format({**top, "bold": True, "font_size": 14, "text_wrap": True})
        self.line = workbook.add_format({"bottom": 1})
        self.small = workbook.add_format({"font_size": 8, "align": "center", "valign": "top"})


#: Papers as Excel counts them, and from how many letters a table is printed on two of the larger.
A4, A3, WIDE = 9, 8, 300
#: The height of a line and the greatest of a row, in points.
LINE, HIGHEST = 15, 400


def _height(texts: Sequence[tuple[str, float]]) -> float:
    """Of a row with these texts in columns of these widths, in letters."""
    lines = [sum(1 + int(len(part) / width) for part in text.split("\n")) for text, width in texts]
    return min(HIGHEST, LINE * max(lines, default=1))


def _put(sheet: Any, place: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    if isinstance(cell, Numbered):
        sheet.write_number(*place, cell, formats.plain)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats.day)
    elif isinstance(cell, Decimal):
        sheet.write_number(*place, cell, formats.number)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, formats.whole)
    elif cell:
        sheet.write_string(*place, cell, formats.text)


class _Summary:
    """The first sheet: title block, summary, figures, chart, and where the sides sign."""

    def __init__(self, workbook: Any, digest: Digest, formats: _Formats) -> None:
        self.workbook, self.digest, self.formats = workbook, digest, formats
        self.name = digest.words["summary"][:31]
        self.sheet = workbook.add_worksheet(self.name)
        self.next = 0

    def write(self) -> None:
        self._set_page()
        self._title()
        first, last = self._figures()
        if self.digest.total.due and last >= first:
            self._chart(first, last)
        self._signatures()

    def _set_page(self) -> None:
        self.sheet.set_column(0, 0, 46)
        self.sheet.set_column(1, len(COLUMNS), 14)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)

    def _text(self, text: str, style: Any) -> None:
        text = typeset(text)
        self.sheet.merge_range(self.next, 0, self.next, len(COLUMNS), "", style)
        self.sheet.write_string(self.next, 0, text, style)
        large = 14 / 11 if style is self.formats.title else 1
        self.sheet.set_row(self.next, large * _height([(text, 150 / large)]))
        self.next += 1

    def _title(self) -> None:
        digest, words = self.digest, self.digest.words
        number = headings.number(digest)
        self._text(f"{words['report']} {digest.subject}", self.formats.title)
        self._text(quoted(digest.programme), self.formats.title)
        self._text(f"{digest.period}, {number}", self.formats.bold)
        if digest.is_example:
            self._text(words["example"], self.formats.group)
        for label, text in headings.facts(digest):
            self._text(f"{label}: {text}", self.formats.text)
        self.next += 1
        for sentence in digest.summary:
            self._text(sentence, self.formats.text)
        self.next += 1

    def _figures(self) -> tuple[int, int]:
        """The table of figures; gives the first and the last line that the chart is of."""
        charted = (0, -1)
        heading = figure_heading(self.digest)
        for column, text in enumerate(heading):
            style = self.formats.head_centred if column else self.formats.head
            self.sheet.write_string(self.next, column, text, style)
        self.sheet.set_row(self.next, _height([(text, 8) for text in heading[1:]]))
        self.next += 1
        for name, parts in groups(self.digest):
            if name:
                for column in range(len(heading)):
                    self.sheet.write_blank(self.next, column, None, self.formats.group)
                self.sheet.write_string(self.next, 0, name, self.formats.group)
                self.next += 1
            if parts[0] == self.digest.charted[0]:
                charted = (self.next, self.next + len(parts) - 1)
            for figures in parts:
                self.sheet.write_string(self.next, 0, typeset(figures.name), self.formats.text)
                self.sheet.write_row(self.next, 1, numbers(figures), self.formats.centred)
                self.sheet.set_row(self.next, _height([(figures.name, 44)]))
                self.next += 1
        return charted

    def _chart(self, first: int, last: int) -> None:
        chart = self.workbook.add_chart({"type": "bar", "subtype": "stacked"})
        places = [name for _word, name in COLUMNS]
        for state in STATES:
            column = 1 + places.index(state)
            chart.add_series(
                {
                    "name": legend(self.digest, state),
                    "categories": [self.name, first, 0, last, 0],
                    "values": [self.name, first, column, last, column],
                    "fill": {"color": PAINTS[state]},
                    "border": {"color": "#5a5a5a", "width": 0.5},
                    "gap": 60,
                }
            )
        chart.set_title({"name": self.digest.words["chart"], "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"reverse": True})
        most = max(figures.due for figures in self.digest.charted)
        chart.set_x_axis(
            {
                "major_gridlines": {"visible": True, "line": {"color": "#dddddd"}},
                "num_format": "0",
                "major_unit": 1 + most // 10,
                "min": 0,
            }
        )
        bars = last - first + 1
        chart.set_size({"width": 1000, "height": 150 + 34 * bars})
        options = {"description": in_words(self.digest), "object_position": 2}
        self.sheet.insert_chart(self.next + 1, 0, chart, options)
        self.next += 4 + (150 + 34 * bars) // 20

    def _signatures(self) -> None:
        words = self.digest.words
        self._text(words["signatures"], self.formats.bold)
        for side in self.digest.sides:
            self._text(side_in_words(side), self.formats.text)
            self.next += 1
            for columns, label in (
                ((0, 0), "post"), ((2, 3), "signature"), ((5, 7), "name"), ((9, 10), "date"),
            ):  # fmt: skip
                first, last = columns
                for column in range(first, last + 1):
                    self.sheet.write_blank(self.next, column, None, self.formats.line)
                if last > first:
                    self.sheet.merge_range(
                        self.next + 1, first, self.next + 1, last, words[label], self.formats.small
                    )
                else:
                    self.sheet.write_string(self.next + 1, first, words[label], self.formats.small)
            self.next += 3


Table = tuple[Sequence[tuple[str, int]], Iterator[list[Cell]]]


def _list(workbook: Any, digest: Digest, name: str, table: Table, formats: _Formats) -> None:
    """A sheet with one table: a filter on each column, the heading in sight and on each page."""
    columns, lines = table
    sheet = workbook.add_worksheet(digest.words[name][:31].capitalize())
    for column, (text, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, formats.head)
    sheet.set_row(0, _height([(text, width * 0.7) for text, width in columns]))
    last = 0
    for last, told in enumerate(lines, 1):  # the number of the last line is told on
        line = [fitting(cell, digest) for cell in told]
        for column, cell in enumerate(line):
            _put(sheet, (last, column), cell, formats)
        texts = [
            (cell, width)
            for cell, (_text, width) in zip(line, columns, strict=True)
            if isinstance(cell, str)
        ]
        sheet.set_row(last, _height(texts))
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    wide = sum(width for _text, width in columns) > WIDE
    sheet.set_paper(A3 if wide else A4)
    sheet.fit_to_pages(2 if wide else 1, 0)
    if wide:
        sheet.repeat_columns(0, 2)


def _measures(digest: Digest) -> Table:
    """One line for each day on which a measure had to show something, and for each news."""
    words = digest.words
    columns = [
        (words["number"], 7), (words["section"], 24), (words["measure"], 50),
        (words["result"], 30), *((words[name], width) for name, width in _TARGET if name in words),
        (words["deadline"], 20),
        *((words[name], 20) for name in _FORMER if name in words), (words["due_on"], 12),
        (words["state"], 22), (words["done_on"], 12), (words["days_late"], 11),
        (words["count_disputed"], 13),
        *((words[name].capitalize(), 13) for name in ("below_target",) if name in words),
        *((words["responsible_of"] % side.name, 30) for side in digest.sides),
        *(
            (f"{side.name}: {words[label].lower()}", width)
            for side in digest.sides
            for label, width in _OF_A_SIDE
        ),
        (words["registered"], 40), *_ordering(digest),
    ]  # fmt: skip
    return columns, _measure_lines(digest)


#: Columns that reports issued before do not have.
_TARGET = (("target", 11), ("unit", 16))
_FORMER = ("first_deadline", "days_late_first", "later_deadlines")
#: What there is to tell of each side, and how wide its column is.
_OF_A_SIDE = (
    ("outcome", 16), ("done_on", 13), ("told", 50), ("figure", 13), ("spent", 15),
    ("currency", 10), ("difficulties", 30), ("help_wanted", 30), ("accepted", 11), ("evidence", 24),
)  # fmt: skip


def _ordering(digest: Digest) -> list[tuple[str, int]]:
    """The column by which a sheet that was sorted comes back into the order of the programme."""
    return [(digest.words["order"], 12)] if "order" in digest.words else []


def _measure_lines(digest: Digest) -> Iterator[list[Cell]]:
    numbers, places = sortable(digest.rows), _places(digest)
    for row in digest.rows:
        measure: list[Cell] = [
            numbers[row.number], row.section, row.title, row.expected_result,
            *((row.target, row.unit) if "target" in digest.words else ()), row.deadline,
        ]  # fmt: skip
        between = "; ".join(
            against_later(one.deadline, one.days_late) for one in row.later_deadlines
        )
        former: tuple[Cell, ...] = (row.first_deadline, row.days_late_first or None, between)
        named = zip(_FORMER, former, strict=True)
        measure += [cell for name, cell in named if name in digest.words]
        for day in row.days:
            standing: list[Cell] = [
                day.due_on,
                legend(digest, day.state),
                day.done_on if day.done_on and day.done_on <= digest.as_of else None,
                day.days_late if day.state in ("late", "overdue") else None,
                digest.words["yes"] if day.is_disputed else "",
                *_below(digest, row, day.answers),
            ]
            yield [
                *measure, *standing, *_sides(digest, row, day.answers), _unsided(day),
                *places[id(row)],
            ]  # fmt: skip
        for news in row.news:
            told = digest.words["news"] % news.said_on.strftime("%d.%m.%Y")
            below = _below(digest, row, (news,))
            yield [
                *measure, None, told, None, None, "", *below, *_sides(digest, row, (news,)), "",
                *places[id(row)],
            ]  # fmt: skip


def _places(digest: Digest) -> dict[int, list[Cell]]:
    """What stands in the column of the order, by the measure; nothing where there is none."""
    if not _ordering(digest):
        return {id(row): [] for row in digest.rows}
    return {id(row): [place] for place, row in enumerate(digest.rows, 1)}


def _below(digest: Digest, row: Row, answers: Sequence[Answer]) -> list[Cell]:
    """The sides that report less than the target; no cell in a report issued before it was told."""
    if "below_target" not in digest.words:
        return []
    below = {answer.side for answer in answers if row.is_below_target(answer)}
    return [", ".join(side.name for side in digest.sides if side.country in below)]


def _unsided(day: Day) -> str:
    """What a coordinator registered, or somebody told for no side."""
    return "\n".join([day.registered, *(a.told for a in day.answers if not a.side)]).strip()


def _sides(digest: Digest, row: Row, answers: Sequence[Answer]) -> Iterator[Cell]:
    for side in digest.sides:
        yield row.bodies.get(side.country, "")
    for side in digest.sides:
        own = next((answer for answer in answers if answer.side == side.country), None)
        yield from _answer(digest, own) if own else [None] * len(_OF_A_SIDE)


def _answer(digest: Digest, own: Answer) -> list[Cell]:
    accepted = digest.words["yes" if own.is_accepted else "not"]
    return [
        own.outcome_in_words, own.done_on, own.told, own.figure, own.spent, own.currency,
        own.difficulties, own.help_wanted, accepted, "; ".join(own.evidence),
    ]  # fmt: skip


def _overdue(digest: Digest) -> Table:
    words = digest.words
    columns = [
        (words["number"], 7), (words["section"], 24), (words["measure"], 60),
        (words["due_on"], 12), (words["days_late"], 11), (words["responsible"], 50),
        (words["reasons"], 60), *_ordering(digest),
    ]  # fmt: skip
    numbers, places = sortable(digest.rows), _places(digest)
    lines: Iterator[list[Cell]] = (
        [
            numbers[row.number], row.section, row.title, day.due_on, day.days_late,
            "\n".join(line.whole for line in cells.responsible(digest, row)),
            "\n".join(line.whole for line in cells.reasons(digest, day)), *places[id(row)],
        ]
        for row, day in digest.overdue
    )  # fmt: skip
    return columns, lines
