"""A measure as plain values, to be kept until somebody wants it back, and back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from comity.directory.models import Organisation
from comity.lib.languages import LANGUAGES
from comity.programmes.due import DueRule
from comity.programmes.models import Measure
from comity.programmes.rows import NewBody, NewMeasure


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
        "due": rule_as_json(new.due),
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
    text, amount, currency = kept["funding"]
    return NewMeasure(
        titles=kept["titles"],
        number=kept["number"],
        section=kept["section"],
        due=rule_from_json(kept["due"]),
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


def rule_as_json(rule: DueRule) -> list[str | None]:
    return [
        str(rule.kind),
        rule.start.isoformat() if rule.start else None,
        rule.end.isoformat() if rule.end else None,
        str(rule.recurrence) if rule.recurrence else None,
        rule.season,
    ]


def rule_from_json(kept: list[str | None]) -> DueRule:
    kind, start, end, recurrence, season = kept
    return DueRule(str(kind), day_kept(start), day_kept(end), recurrence, season)


def day_kept(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
