"""The words of a digest, in the language of whoever gets it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.lib import wording
from comity.post.actions import Letter
from comity.programmes.models import Measure
from comity.reminders.planning import Line

#: Lines of each group; whoever has more is told how many, and where they stand.
MOST = 30


def key_of(day: date, user: int) -> str:
    return f"digest:{day.isoformat()}:user:{user}"


def digest(user: User, lines: Sequence[Line], measures: Mapping[int, Measure], day: date) -> Letter:
    """One letter about everything that is new to the person: late first, then due soon."""
    with translation.override(user.language):
        late = [line for line in lines if line.due_on < day]
        soon = [line for line in lines if line.due_on >= day]
        parts = [_("Good day, %s!") % user]
        parts += _group(_("Late"), late, measures, day)
        parts += _group(_("Due soon"), soon, measures, day)
        parts.append(_("All that you have to do:") + f"\n{_address('work')}")
        how_often = _("How often you are written to is up to you:")
        parts.append(f"{how_often}\n{_address('reminders:mine')}")
        told = {"late": len(late), "soon": len(soon)}
        return Letter(
            key=key_of(day, user.pk),
            to=user.email,
            subject=_subject(told),
            body="\n\n".join(parts) + "\n",
            language=user.language,
            kind="digest",
        )


def _subject(told: dict[str, int]) -> str:
    if not told["soon"]:
        return _("Reports that are late: %(late)d") % told
    if not told["late"]:
        return _("Reports that are due soon: %(soon)d") % told
    return _("Reports that are late: %(late)d; due soon: %(soon)d") % told


def _group(
    title: str, lines: Sequence[Line], measures: Mapping[int, Measure], day: date
) -> list[str]:
    if not lines:
        return []
    shown = [_line(line, measures[line.measure], day) for line in lines[:MOST]]
    if len(lines) > MOST:
        more = len(lines) - MOST
        shown.append(ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more})
    return [title.upper(), *shown]


def _line(line: Line, measure: Measure, day: date) -> str:
    what = f"{measure.number} {measure.title}".strip()
    side = f" [{line.side}]" if line.side else ""
    return (
        f"• {wording.day(line.due_on)} ({_when(line.due_on, day)}){side}\n"
        f"  {_cut(what)}\n  {_cut(measure.programme.title)}\n"
        f"  {_address('reminders:form', line.occurrence, line.side or '-')}"
    )


def _when(due_on: date, day: date) -> str:
    days = (due_on - day).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def _address(view: str, *args: object) -> str:
    return f"{settings.COMITY_ADDRESS}{reverse(view, args=args)}"
