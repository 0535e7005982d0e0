"""A measure as somebody hands it in: from a form, or from a document that was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comity.lib.languages import LANGUAGES, in_three
from comity.programmes.due import DueKind, DueRule, check
from comity.territories.models import Territory

UNSCHEDULED = DueRule(kind=DueKind.UNSCHEDULED)


_TITLES = tuple(zip(LANGUAGES, in_three("title"), strict=True))


@dataclass(frozen=True, slots=True)
class NewBody:
    """A responsible body as written; its side by ISO 3166-1, its organisation if it is known."""

    text: str
    country: str = ""
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What a measure says. `titles` by language; `position` None puts it after the last one."""

    titles: Mapping[str, str]
    number: str = ""
    section: str = ""
    due: DueRule = UNSCHEDULED
    due_text: str = ""
    expected_result: str = ""
    funding_text: str = ""
    funding_amount: Decimal | None = None
    funding_currency: str = ""
    bodies: tuple[NewBody, ...] = field(default=())
    position: int | None = None

    def columns(self) -> dict[str, str | date | Decimal | None]:
        """The columns of a measure, but for its programme, section and position."""
        return {
            **{column: self.titles.get(code, "") for code, column in _TITLES},
            "number": self.number,
            "due_text": self.due_text,
            "due_kind": str(self.due.kind),
            "due_start": self.due.start,
            "due_end": self.due.end,
            "due_recurrence": str(self.due.recurrence or ""),
            "due_season": self.due.season or "",
            "expected_result": self.expected_result,
            "funding_text": self.funding_text,
            "funding_amount": self.funding_amount,
            "funding_currency": self.funding_currency,
        }


def check_rows(rows: Sequence[NewMeasure]) -> None:
    """Raises ValidationError, naming the measure, if a row cannot become one as it stands."""
    for place, row in enumerate(rows, 1):
        try:
            _check_row(row)
        except ValidationError as problem:
            which = row.number or place
            raise ValidationError(
                _("Measure %(which)s: %(problem)s")
                % {"which": which, "problem": " ".join(problem.messages)}
            ) from problem
    _check_countries({body.country for row in rows for body in row.bodies if body.country})


def _check_row(row: NewMeasure) -> None:
    if not any(row.titles.get(code) for code in LANGUAGES):
        raise ValidationError(_("Say in at least one language what is to be done."))
    if len(row.number) > 40:
        raise ValidationError(_("A number has at most 40 characters."))
    if len(row.section) > 1000:
        raise ValidationError(_("The title of a section has at most 1,000 characters."))
    if len(row.funding_currency) not in (0, 3):
        raise ValidationError(_("Write a currency by its three letters, such as EUR."))
    if row.funding_amount is not None and not 0 <= row.funding_amount < 10**18:
        raise ValidationError(_("An amount of money is not below zero and below 10^18."))
    check(row.due)


def _check_countries(codes: set[str]) -> None:
    if not codes:
        return
    known = Territory.objects.countries().filter(code__in=codes).values_list("code", flat=True)
    unknown = sorted(codes - set(known))
    if unknown:
        raise ValidationError(
            _("Not the code of a known country: %(codes)s.") % {"codes": ", ".join(unknown)}
        )
