"""The table of figures, alike in all formats."""

from comity.issuing.digest import Digest, Figures
from comity.issuing.typography import typeset
from comity.lib import wording

#: The columns of the table of figures: the name of the word, and of the figure.
COLUMNS = (
    ("count_measures", "measures"),
    ("count_due", "due"),
    ("count_done", "done"),
    ("in_time", "in_time"),
    ("late", "late"),
    ("overdue_short", "overdue"),
    ("open", "open"),
    ("impossible", "impossible"),
    ("count_disputed", "disputed"),
    ("overdue_before", "overdue_before"),
)


def figure_heading(digest: Digest) -> list[str]:
    return ["", *(typeset(digest.words[word]) for word, _figure in COLUMNS)]


def numbers(figures: Figures) -> list[int]:
    return [getattr(figures, name) for _word, name in COLUMNS]


def groups(digest: Digest) -> list[tuple[str, tuple[Figures, ...]]]:
    """The lines of the table: the whole, then its parts, each group under its name."""
    parts = [("by_side", digest.by_side), ("by_section", digest.by_section)]
    named = [(digest.words[word], figures) for word, figures in parts if figures]
    return [("", (digest.total,)), *named]


def figure_cells(digest: Digest) -> list[list[str]]:
    """Lines of the table in words; the name of a group stands alone in its line."""
    lines: list[list[str]] = []
    for name, parts in groups(digest):
        if name:
            lines.append([name])
        lines += [[typeset(one.name), *map(wording.number, numbers(one))] for one in parts]
    return lines
