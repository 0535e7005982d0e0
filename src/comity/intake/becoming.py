"""What a row of a document becomes: a measure as the room of programmes takes it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from comity.programmes.due import DueRule
from comity.programmes.keeping import day_kept
from comity.programmes.rows import NewBody, NewMeasure, check_rows

#: Organisations by what the document writes and on which side.
Known = Mapping[tuple[str, str], int | None]


def as_measure(values: Mapping[str, Any], language: str, known: Known | None = None) -> NewMeasure:
    """The measure that a row's values (see the reading contract) make, with its known bodies."""
    money = values["funding"] or {}
    amount = money.get("amount")
    return NewMeasure(
        titles={language: values["title"]},
        number=values["number"] or "",
        section=values["section"] or "",
        due=due_rule(values["due"]),
        due_text=values["due"]["text"],
        expected_result=values["expected_result"] or "",
        funding_text=money.get("text") or "",
        funding_amount=None if amount is None else round(Decimal(str(amount)), 2),
        funding_currency=money.get("currency") or "",
        bodies=tuple(
            NewBody(body["text"], body["side"] or "", (known or {}).get(key_of(body)))
            for body in values["responsible"]
        ),
    )


def key_of(body: Mapping[str, Any]) -> tuple[str, str]:
    return (body["text"], body["side"] or "")


def due_rule(due: Mapping[str, Any]) -> DueRule:
    """The rule that a deadline of the reading contract says."""
    return DueRule(
        kind=due["kind"],
        start=day_kept(due["start"]),
        end=day_kept(due["end"]),
        recurrence=due["recurrence"] or None,
        season=due.get("season") or None,
    )


def what_is_wrong(values: Mapping[str, Any]) -> list[str]:
    """Why a row cannot become a measure as it stands; its bodies' countries are not looked at."""
    try:
        check_rows([as_measure({**values, "number": values["number"], "responsible": []}, "en")])
    except ValidationError as problem:
        return list(problem.messages)
    return []


def written_words(values: Mapping[str, Any]) -> str:
    """All that a row says, as one text: for the list of what was not placed."""
    money = values["funding"] or {}
    parts: Iterable[str | None] = (
        values["number"],
        values["title"],
        values["due"]["text"],
        *(body["text"] for body in values["responsible"]),
        values["expected_result"],
        money.get("text"),
    )
    return " · ".join(part for part in parts if part)
