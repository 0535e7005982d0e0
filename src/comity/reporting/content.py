"""What a report says: checked, kept with each submission, and compared from one to the next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.audit.actions import plain
from comity.lib import wording
from comity.lib.currencies import is_currency
from comity.lib.languages import Language
from comity.lib.marking import Marked, marked
from comity.programmes.doing import before_it_began, too_early
from comity.reporting.models import Evidence, Outcome, Report, Stage

#: What may change of a report that was re-opened for its words only.
WORDS = ("told", "language", "difficulties", "help_wanted")


@dataclass(frozen=True, slots=True)
class Content:
    """What a body says of an occurrence, or as news of a measure."""

    outcome: str = ""
    done_on: date | None = None
    told: str = ""
    language: str = Language.ENGLISH
    figure: Decimal | None = None
    spent_amount: Decimal | None = None
    spent_currency: str = ""
    difficulties: str = ""
    help_wanted: str = ""

    def columns(self) -> dict[str, Any]:
        return {column.name: getattr(self, column.name) for column in fields(self)}


def content_of(report: Report) -> Content:
    return Content(**{column.name: getattr(report, column.name) for column in fields(Content)})


def kept(report: Report, evidence: Iterable[Evidence]) -> dict[str, Any]:
    """The whole of a report as JSON, with the pieces of evidence by their numbers."""
    told = {name: plain(value) for name, value in content_of(report).columns().items()}
    return {**told, "evidence": [piece.pk for piece in evidence]}


def must_be_complete(report: Report, today: date) -> None:
    """Raises ValidationError, by field, with what a report lacks to be submitted on a day."""
    problems: dict[str, str] = {}
    if not report.outcome:
        problems["outcome"] = _("Say how it stands.")
    if report.outcome == Outcome.DONE and report.done_on is None:
        problems["done_on"] = _("Say on which day it was done.")
    if report.outcome not in ("", Outcome.DONE) and report.done_on is not None:
        problems["done_on"] = _("There is a day only where it is done; take it out.")
    if report.done_on and report.done_on > today:
        problems["done_on"] = _("A thing cannot have been done on a day that is yet to come.")
    if report.done_on and (problem := _too_early(report, report.done_on)):
        problems["done_on"] = problem
    if report.spent_amount is not None and not is_currency(report.spent_currency):
        problems["spent_currency"] = _("Write the three letters of a currency, as BYN or RUB.")
    if report.outcome == Outcome.IMPOSSIBLE and not report.told.strip():
        problems["told"] = _("Say why it is not possible any more.")
    elif report.outcome != Outcome.NOT_STARTED and not report.told.strip():
        problems["told"] = _("Say in a few words what was done.")
    if problems:
        raise ValidationError(problems)


def _too_early(report: Report, day: date) -> str:
    if report.stage == Stage.TEXT_REOPENED:  # its day stands
        return ""
    if report.occurrence is None:
        return before_it_began(report.measure.programme, day)
    return too_early(report.occurrence, day)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that one submission says otherwise than the one before."""

    label: str
    before: str
    after: str

    @property
    def marked(self) -> Marked:
        """Both as HTML, with the words marked that only one of them has."""
        return marked(self.before, self.after)


def differences(before: dict[str, Any] | None, after: dict[str, Any]) -> list[Difference]:
    """What changed from one submission to the next; of the first one, all that it says.

    Of the evidence the pieces taken off and those added, each on a line of its own.
    """
    earlier = before or {}
    found = [
        Difference(label, _shown(name, earlier.get(name)), _shown(name, after.get(name)))
        for name, label in _labels()
        if (earlier.get(name) or "") != (after.get(name) or "")
    ]
    return found + _evidence(earlier.get("evidence") or [], after.get("evidence") or [])


def _evidence(earlier: list[int], later: list[int]) -> list[Difference]:
    taken_off = [key for key in earlier if key not in later]
    added = [key for key in later if key not in earlier]
    if not taken_off and not added:
        return []
    pieces = Evidence.objects.in_bulk([*taken_off, *added])
    told = ("\n".join(str(pieces[key]) for key in keys) for keys in (taken_off, added))
    return [Difference(str(Evidence._meta.verbose_name_plural), *told)]


def _labels() -> Iterator[tuple[str, str]]:
    for column in fields(Content):
        yield column.name, str(Report._meta.get_field(column.name).verbose_name)  # type: ignore[union-attr]  # none of them is a relation


#: How the values of columns that are no texts are shown.
_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "outcome": lambda value: str(Outcome(value).label),
    "language": lambda value: str(Language(value).label),
    "done_on": lambda value: wording.day(date.fromisoformat(value)),
    "figure": lambda value: wording.number(Decimal(value)),
    "spent_amount": lambda value: wording.number(Decimal(value)),
}


def _shown(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    return _IN_WORDS.get(name, str)(value)
