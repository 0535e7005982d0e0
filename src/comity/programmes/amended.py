"""What an amendment changes, in the words of the forms: as it was, as it is to be, as it is now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comity.directory.models import Organisation
from comity.directory.queries import standing_for
from comity.lib.languages import LANGUAGES
from comity.lib.marking import Marked, marked
from comity.lib.periods import Period
from comity.lib.wording import money
from comity.programmes.due import occurrences
from comity.programmes.keeping import as_json, of_measure, rule_from_json
from comity.programmes.models import Measure, MeasureAmendment
from comity.programmes.models.amendment import CHANGING, STANDING, AmendmentKind
from comity.programmes.wording import deadline


@dataclass(frozen=True, slots=True)
class ToldField:
    """One field that differs; `now` is empty unless the measure was changed since."""

    label: str
    was: str
    new: str
    now: str = ""

    @property
    def marked(self) -> Marked:
        """As it was and as it is to be as HTML, with the words marked that only one of them has."""
        return marked(self.was, self.new)


@dataclass(frozen=True, slots=True)
class MovedDays:
    """The days on which something has to be shown that an amendment takes away, and that it adds.

    `gone` and `come` are the first of them; `more_gone` and `more_come` say how many follow.
    """

    gone: list[date]
    come: list[date]
    more_gone: int = 0
    more_come: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """A deadline that the register had wrong, as it was understood and written; and the change."""

    understood: str
    written: str
    by: MeasureAmendment


def corrected_deadlines(amendments: Iterable[MeasureAmendment]) -> list[Corrected]:
    """Of some amendments those that corrected a deadline, so that it is seen beside the right one.

    A correction holds no lateness against anybody: whoever reads it sees that it was made.
    """
    return [
        Corrected(deadline(rule_from_json(one.was["due"])), one.was["due_text"], one)
        for one in amendments
        if one.kind == AmendmentKind.CORRECT
        and one.state in STANDING
        and one.was["due"] != one.new["due"]
    ]


#: Days that are named of each; the others are counted.
NAMED = 4


def moved_days(amendment: MeasureAmendment, period: Period | None) -> MovedDays | None:
    """What a change of a deadline does to its days in the period of the programme.

    None if it changes no deadline.
    """
    if amendment.kind not in CHANGING or amendment.was["due"] == amendment.new["due"]:
        return None
    was, new = (
        {window.end for window in occurrences(rule_from_json(kept["due"]).within(period))}
        for kept in (amendment.was, amendment.new)
    )
    gone, come = sorted(was - new), sorted(new - was)
    return MovedDays(
        gone[:NAMED], come[:NAMED], max(len(gone) - NAMED, 0), max(len(come) - NAMED, 0)
    )


def told(amendment: MeasureAmendment) -> list[ToldField]:
    """What a change is to do, field by field; nothing for one that only strikes out."""
    if amendment.kind not in CHANGING:
        return []
    pairs = zip(*_all_in_words([amendment.was, amendment.new]), strict=True)
    return [ToldField(label, was, new) for (label, was), (_label, new) in pairs if was != new]


def told_beside(amendment: MeasureAmendment, measure: Measure) -> list[ToldField]:
    """All in which the proposed text, the one it was made from and the present one differ."""
    versions = [amendment.was, amendment.new, as_json(of_measure(measure))]
    return [
        ToldField(label, was, new, now)
        for (label, was), (_new, new), (_now, now) in zip(*_all_in_words(versions), strict=True)
        if len({was, new, now}) > 1
    ]


def _all_in_words(versions: Sequence[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
    known = standing_for(
        number for kept in versions for _text, _side, number in kept["bodies"] if number
    )
    return [list(_in_words(kept, known)) for kept in versions]


def _in_words(
    kept: Mapping[str, Any], known: Mapping[int, Organisation]
) -> Iterator[tuple[str, str]]:
    yield _field("number"), kept["number"]
    yield str(_("Section")), kept["section"]
    for code in LANGUAGES:
        yield _field(f"title_{code}"), kept["titles"].get(code, "")
    yield str(_("Deadline")), deadline(rule_from_json(kept["due"]))
    yield _field("due_text"), kept["due_text"]
    yield _field("expected_result"), kept["expected_result"]
    text, amount, currency = kept["funding"]
    yield str(_("Money")), "" if amount is None else money(Decimal(amount), currency)
    yield _field("funding_text"), text
    bodies = "; ".join(_body(body, known) for body in kept["bodies"])
    yield str(_("Responsible bodies")), bodies


def _body(body: list[Any], known: Mapping[int, Organisation]) -> str:
    """A body as written, and what the register knows it by if that is called otherwise."""
    text, side, number = body
    organisation = str(known.get(number or 0, ""))
    named = f" ({organisation})" if organisation not in ("", text) else ""
    return f"{side} {text}{named}".strip()


def _field(name: str) -> str:
    label = str(Measure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
    return f"{label[:1].upper()}{label[1:]}"
