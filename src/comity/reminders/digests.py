"""The words of a digest, in the language of whoever gets it."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.lib import wording
from comity.post.actions import Letter
from comity.programmes.models import Measure, MeasureAmendment, Programme
from comity.reminders.changes import Waiting
from comity.reminders.planning import Line, Plan
from comity.reminders.turns import Turn
from comity.reporting.sides import name_of_side

#: Lines of each group; whoever has more is told how many, and where they stand.
MOST = 30


def key_of(day: date, user: int) -> str:
    return f"digest:{day.isoformat()}:user:{user}"


def digest(user: User, made: Plan, measures: Mapping[int, Measure]) -> Letter:
    """One letter about all that is new to the person: late, due soon, and what waits for them."""
    day, lines = made.day, made.lines.get(user.pk, [])
    changes, decided = made.changes.get(user.pk, []), made.decided.get(user.pk, [])
    with translation.override(user.language):
        late = [line for line in lines if line.due_on < day]
        soon = [line for line in lines if line.due_on >= day]
        parts = [_("Good day, %s!") % user]
        turns = made.turns.get(user.pk, [])
        back = [one for one in turns if one.report.is_returned]
        waits = [one for one in turns if not one.report.is_returned]
        parts += group(_("Came back to you"), len(back), map(_turn, back))
        for title, some in ((_("Late"), late), (_("Due soon"), soon)):
            parts += group(title, len(some), (_line(one, measures, day) for one in some))
        parts += group(_("Waiting for your decision"), len(waits), map(_turn, waits))
        parts += group(_("Waiting for your consent"), len(changes), map(_change, changes))
        parts += group(_("Decided on your proposal"), len(decided), map(_decided, decided))
        parts.append(_("All that you have to do:") + f"\n{address('work')}")
        how_often = _("How often you are written to is up to you:")
        parts.append(f"{how_often}\n{address('reminders:mine')}")
        return Letter(
            key=key_of(day, user.pk),
            to=user.email,
            subject=subject(
                late=len(late),
                soon=len(soon),
                changes=len(changes),
                decided=len(decided),
                back=len(back),
                waits=len(waits),
            ),
            body="\n\n".join(parts) + "\n",
            language=user.language,
            kind="digest",
        )


def subject(**counted: int) -> str:
    """What there is, in the order of the letter."""
    words = {
        "back": _("reports that came back to you: %(n)d"),
        "late": _("reports that are late: %(n)d"),
        "soon": _("reports that are due soon: %(n)d"),
        "waits": _("reports that wait for your decision: %(n)d"),
        "changes": _("changes that wait for your consent: %(n)d"),
        "decided": _("your proposals that were decided: %(n)d"),
    }
    told = [text % {"n": counted[name]} for name, text in words.items() if counted.get(name)]
    text = "; ".join(told)
    return text[:1].upper() + text[1:]


def group(title: str, all_: int, told: Iterable[str], *, is_cut: bool = True) -> list[str]:
    if not all_:
        return []
    shown = [title.upper(), *islice(told, MOST if is_cut else None)]
    if is_cut and all_ > MOST:
        more = all_ - MOST
        shown.append(ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more})
    return shown


def _line(line: Line, measures: Mapping[int, Measure], day: date) -> str:
    where = address("reminders:form", line.occurrence, line.side or "-")
    return line_at(where, line, measures, day)


def line_at(where: str, line: Line, measures: Mapping[int, Measure], day: date) -> str:
    measure = measures[line.measure]
    what = f"{measure.number} {measure.title}".strip()
    side = _side(measure.programme, line.side)
    return (
        f"• {wording.day(line.due_on)} ({when(line.due_on, day)}){side}\n"
        f"  {cut(what)}\n  {cut(measure.programme.short_name)}\n  {where}"
    )


def _change(one: Waiting) -> str:
    by = _("%(day)s, proposed by %(who)s") % {
        "day": wording.day(one.proposed_on),
        "who": one.amendment.proposed_by_name,
    }
    return _about(one.amendment, by, one.amendment.reason)


def _decided(amendment: MeasureAmendment) -> str:
    assert amendment.decided_at is not None  # held by the database
    told = _("%(state)s on %(day)s, %(who)s") % {
        "state": amendment.get_state_display(),
        "day": wording.day(timezone.localdate(amendment.decided_at)),
        "who": amendment.decided_by_name,
    }
    return _about(amendment, told, amendment.decision_reason)


def _turn(turn: Turn) -> str:
    view = "reporting:write" if turn.report.is_returned else "reporting:report"
    return turn_at(address(view, turn.report.pk), turn)


def turn_at(where: str, turn: Turn) -> str:
    report, step = turn.report, turn.step
    told = _("%(state)s on %(day)s, %(who)s") % {
        "state": step.get_kind_display(),
        "day": wording.day(timezone.localdate(step.at)),
        "who": step.by_name,
    }
    side = _side(report.measure.programme, report.side)
    lines = [
        f"• {told}{side}",
        cut(f"{report.measure.number} {report.measure.title}".strip()),
        cut(report.measure.programme.short_name),
        *filter(None, [cut(step.reason)]),
        where,
    ]
    return "\n  ".join(lines)


def _side(programme: Programme, side: str) -> str:
    return f" · {name_of_side(programme, side)}" if side else ""


def _about(amendment: MeasureAmendment, told: str, reason: str) -> str:
    measure = amendment.measure
    lines = [
        f"• {told}",
        cut(f"{measure.number} {measure.title}".strip()),
        cut(amendment.programme.short_name),
        *filter(None, [cut(reason)]),
        address("programmes:amendment", amendment.pk),
    ]
    return "\n  ".join(lines)


def when(due_on: date, day: date) -> str:
    days = (due_on - day).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}


def cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def address(view: str, *args: object) -> str:
    return f"{settings.COMITY_ADDRESS}{reverse(view, args=args)}"
