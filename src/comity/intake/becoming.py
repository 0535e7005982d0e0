"""What a row of a document becomes: a measure as the room of programmes takes it, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from comity.directory.models import Organisation
from comity.lib.languages import LANGUAGES
from comity.programmes.due import DueRule
from comity.programmes.models import Measure
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
        start=_day(due["start"]),
        end=_day(due["end"]),
        recurrence=due["recurrence"] or None,
        season=due.get("season") or None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def what_is_wrong(values: Mapping[str, Any]) -> list[str]:
    """Why a row cannot become a measure as it stands; its bodies' countries are not looked at."""
    try:
        check_rows([as_measure({**values, "number": values["number"], "responsible": []}, "en")])
    except ValidationError as problem:
        return list(problem.messages)
    return []


def of_measure(measure: Measure) -> NewMeasure:
    """A measure of the register as it would have to be handed in to stand as it does."""
    return NewMeasure(
        titles={code: getattr(measure, f"title_{code}") for code in LANGUAGES},
        number=measure.number,
        section=measure.section.title if measure.section else "",
        due=measure.due,
        due_text=measure.due_text,
        expected_result=measure.expected_result,
        funding_text=measure.funding_text,
        funding_amount=measure.funding_amount,
        funding_currency=measure.funding_currency,
        bodies=tuple(
            NewBody(body.text, body.side, body.organisation_id)
            for body in measure.responsibilities.all()
        ),
        position=measure.position,
    )


def as_json(new: NewMeasure) -> dict[str, Any]:
    """A measure to be kept until somebody wants it back."""
    return {
        "titles": dict(new.titles),
        "number": new.number,
        "section": new.section,
        "due": [
            str(new.due.kind),
            new.due.start and new.due.start.isoformat(),
            new.due.end and new.due.end.isoformat(),
            new.due.recurrence and str(new.due.recurrence),
            new.due.season,
        ],
        "due_text": new.due_text,
        "expected_result": new.expected_result,
        "funding": [
            new.funding_text,
            None if new.funding_amount is None else str(new.funding_amount),
            new.funding_currency,
        ],
        "bodies": [[body.text, body.country, body.organisation] for body in new.bodies],
        "position": new.position,
    }


def from_json(kept: Mapping[str, Any], now: Mapping[int, Organisation]) -> NewMeasure:
    """The measure that `as_json` kept; `now` has the organisations by the numbers they had."""
    kind, start, end, recurrence, season = kept["due"]
    text, amount, currency = kept["funding"]
    return NewMeasure(
        titles=kept["titles"],
        number=kept["number"],
        section=kept["section"],
        due=DueRule(kind, _day(start), _day(end), recurrence, season),
        due_text=kept["due_text"],
        expected_result=kept["expected_result"],
        funding_text=text,
        funding_amount=None if amount is None else Decimal(amount),
        funding_currency=currency,
        bodies=tuple(
            NewBody(text, country, now[number].pk if number in now else None)
            for text, country, number in kept["bodies"]
        ),
        position=kept["position"],
    )


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
