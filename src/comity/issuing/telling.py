"""The sentences of a report, in the language that is being spoken."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comity.agreements.models import Agreement
from comity.issuing.digest import IMPOSSIBLE, IN_TIME, LATE, OVERDUE, Figures, Side
from comity.issuing.typography import quoted
from comity.lib import wording
from comity.lib.visibility import Visibility


def standing(state: str, done_on: date | None, days_late: int, as_of: date) -> str:
    """“done on 29 July 2026”, “12 days late”; and what became of it after the day of the report."""
    day = wording.day(done_on)
    if state == IN_TIME:
        return _("done on %(day)s") % {"day": day}
    if state == LATE:
        told = _("done on %(day)s") % {"day": day}
        return f"{told}, {_late_by(days_late)}"
    if state == IMPOSSIBLE:
        return _("not possible any more, as reported on %(day)s") % {"day": day}
    told = _("deadline to come")
    if state == OVERDUE:
        told = _overdue_by(days_late) if days_late else _("not done by the deadline")
    if done_on is not None and done_on > as_of:
        later = _("done after the day of this report, on %(day)s") % {"day": day}
        return f"{told}; {later}"
    return told


def _late_by(days: int) -> str:
    return ngettext("%(days)s day after the deadline", "%(days)s days after the deadline", days) % {
        "days": wording.number(days)
    }


def _overdue_by(days: int) -> str:
    return ngettext("%(days)s day late", "%(days)s days late", days) % {
        "days": wording.number(days)
    }


def against_first(deadline: str, days_late: int) -> str:
    """“Agreed first: May 2018; 12 days late against it”; nothing if the deadline stands."""
    return _against(_("Agreed first: %s") % deadline, days_late) if deadline else ""


def against_later(deadline: str, days_late: int) -> str:
    """“Then agreed: July 2018; 3 days late against it”."""
    return _against(_("Then agreed: %s") % deadline, days_late)


def _against(told: str, days_late: int) -> str:
    if not days_late:
        return told
    late = ngettext("%(days)s day late against it", "%(days)s days late against it", days_late)
    return f"{told}; {late % {'days': wording.number(days_late)}}"


def parties_in_words(sides: Sequence[Side]) -> str:
    return " — ".join(side_in_words(side) for side in sides)


def side_in_words(side: Side) -> str:
    """“Homiel Region (Belarus)”; the country alone if it is the side itself."""
    if not side.territories:
        return side.name
    return f"{', '.join(side.territories)} ({side.name})"


def agreement_in_words(agreement: Agreement | None) -> str:
    """Its title, day and number, if anybody may see it: a report has other readers than one."""
    if agreement is None or agreement.visibility != Visibility.PUBLIC:
        return ""
    told = quoted(agreement.title)
    if agreement.signed_on:
        day = wording.day(agreement.signed_on, agreement.signed_precision)
        told += " " + pgettext("the day of a paper", "of %s") % day
    return f"{told} {_('No. %s') % agreement.number}" if agreement.number else told


def summary_of(
    measures: int,
    total: Figures,
    *,
    missed_before: int,
    below_target: int,
    has_rows: bool,
    is_over: bool,
) -> tuple[str, ...]:
    sentences = [] if is_over else [_("The period is not over yet; the figures are interim.")]
    sentences += [
        _(
            "The programme has %(measures)s measures; %(due_measures)s of them had deadlines "
            "in the period (%(due)s deadlines in all)."
        )
        % _numbers(measures=measures, due_measures=total.measures, due=total.due)
    ]
    if total.due:
        sentences.append(
            _(
                "Done: %(done)s, of these in time: %(in_time)s, late: %(late)s. Not done by the "
                "deadline: %(overdue)s. Deadline to come: %(open)s. Not possible any more: "
                "%(impossible)s."
            )
            % _numbers(
                done=total.done,
                in_time=total.in_time,
                late=total.late,
                overdue=total.overdue,
                open=total.open,
                impossible=total.impossible,
            )
        )
    if total.overdue_before:
        sentences.append(
            _("Still not done from earlier periods: %(number)s.")
            % _numbers(number=total.overdue_before)
        )
    if missed_before:
        sentences.append(
            _("Measures with a moved deadline, late against an earlier one: %(number)s.")
            % _numbers(number=missed_before)
        )
    if below_target:
        sentences.append(
            _("Measures for which a side reports less than the target: %(number)s.")
            % _numbers(number=below_target)
        )
    if total.disputed:
        sentences.append(
            _("Deadlines on which the reports of the sides differ: %(number)s.")
            % _numbers(number=total.disputed)
        )
    if has_rows:
        sentences.append(
            _(
                "Implementation is shown as of the day named above; the reports of the sides, as "
                "they stood when this report was drawn up."
            )
        )
    return tuple(sentences)


def _numbers(**numbers: int) -> dict[str, str]:
    return {name: wording.number(number) for name, number in numbers.items()}
