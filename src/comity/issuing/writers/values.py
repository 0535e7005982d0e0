"""What the placeholders of a Word template stand for; docs/report-template.md lists them."""

from collections.abc import Callable, Mapping, Sequence

from comity.issuing import cells
from comity.issuing.cells import Line
from comity.issuing.digest import Day, Digest, Figures, Row
from comity.issuing.telling import side_in_words
from comity.issuing.typography import quoted, typeset
from comity.issuing.writers import headings
from comity.issuing.writers.filling import Value
from comity.issuing.writers.tables import COLUMNS, groups, numbers
from comity.lib import wording

#: So many sides have columns of their own in a template.
MOST_SIDES = 9


def scalars(digest: Digest) -> dict[str, Value]:
    """Those that stand for one thing of the whole report."""
    words, facts = digest.words, headings.facts(digest)
    told: dict[str, Value] = {
        "report": words["report"],
        "subject": typeset(digest.subject),
        "programme": quoted(digest.programme),
        "period": typeset(digest.period),
        "period_days": typeset(digest.period_days),
        "as_of": typeset(wording.day(digest.as_of)),
        "number": typeset(headings.number(digest)),
        "made_on": typeset(wording.day(digest.made_on)),
        "made_by": digest.made_by,
        "made": "".join(text for label, text in facts if label == words["made_on"]),
        "parties": typeset(digest.parties),
        "agreement": typeset(digest.agreement),
        "example": words["example"] if digest.is_example else "",
        "summary": [Line("", typeset(sentence)) for sentence in digest.summary],
        "overdue_none": "" if digest.overdue else words["nothing_overdue"],
        "disputed_none": "" if digest.disputed else words["nothing_disputed"],
        "measures_none": "" if digest.rows else words["no_measures"],
    }
    for place in range(MOST_SIDES):
        side = digest.sides[place] if place < len(digest.sides) else None
        told[f"side{place + 1}"] = side.name if side else ""
    return told


class RepeatedRows:
    """The things that rows of tables are repeated for."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest

    def of(self, kind: str) -> Sequence[Mapping[str, Value]] | None:
        known: dict[str, Callable[[], Sequence[Mapping[str, Value]]]] = {
            "row": lambda: [self._measure(row) for row in self.digest.rows],
            "overdue": lambda: [self._overdue(row, day) for row, day in self.digest.overdue],
            "disputed": lambda: [self._disputed(row, day) for row, day in self.digest.disputed],
            "figure": self._figures,
            "signatory": self._signatories,
        }
        return known[kind]() if kind in known else None

    def _measure(self, row: Row) -> dict[str, Value]:
        own = [cells.did(self.digest, row, side.country) for side in self.digest.sides]
        together: list[Line] = cells.did_together(self.digest, row)
        alone = bool(together) and not any(own)
        if together and own:
            own[0] = [*own[0], *together]
        told: dict[str, Value] = {
            "section.title": typeset(row.section),
            "row.number": row.number,
            "row.title": typeset(row.title),
            "row.result": typeset(row.expected_result),
            "row.title_and_result": cells.title(self.digest, row),
            "row.deadline": cells.deadline(row),
            "row.responsible": cells.responsible(self.digest, row),
            "row.did": cells.did_by_all(self.digest, row),
            "row.state": cells.state(self.digest, row),
            "row.together": "yes" if alone and len(own) > 1 else "",
        }
        for place in range(MOST_SIDES):
            country = self._country(place)
            told[f"row.did{place + 1}"] = own[place] if place < len(own) else []
            told[f"row.responsible{place + 1}"] = (
                cells.responsible(self.digest, row, country) if country else []
            )
        return told

    def _overdue(self, row: Row, day: Day) -> dict[str, Value]:
        return {
            "section.title": typeset(row.section),
            "overdue.number": row.number,
            "overdue.title": typeset(row.title),
            "overdue.due_on": typeset(wording.day(day.due_on)),
            "overdue.days_late": cells.lateness(day),
            "overdue.responsible": cells.responsible(self.digest, row),
            "overdue.reasons": cells.reasons(self.digest, day),
        }

    def _disputed(self, row: Row, day: Day) -> dict[str, Value]:
        told: dict[str, Value] = {
            "section.title": typeset(row.section),
            "disputed.number": row.number,
            "disputed.title": typeset(row.title),
            "disputed.due_on": typeset(wording.day(day.due_on)),
        }
        everything: list[Line] = []
        for place in range(MOST_SIDES):
            country = self._country(place)
            own = cells.said_differently(self.digest, row, day, country) if country else []
            told[f"disputed.said{place + 1}"] = own
            if own:
                everything += [Line(f"{self.digest.sides[place].name}."), *own]
        return {**told, "disputed.said": everything}

    def _country(self, place: int) -> str | None:
        sides = self.digest.sides
        return sides[place].country if place < len(sides) else None

    def _figures(self) -> list[dict[str, Value]]:
        return [self._figure(one, name) for name, parts in groups(self.digest) for one in parts]

    def _figure(self, figures: Figures, group: str) -> dict[str, Value]:
        told: dict[str, Value] = {
            "section.title": typeset(group),
            "figure.name": typeset(figures.name),
        }
        counted = zip(COLUMNS, numbers(figures), strict=True)
        told |= {f"figure.{name}": wording.number(number) for (_word, name), number in counted}
        return told

    def _signatories(self) -> list[dict[str, Value]]:
        return [
            {"section.title": "", "signatory.side": typeset(side_in_words(side))}
            for side in self.digest.sides
        ]
