"""The words of a digest, in the language of whoever gets it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.accounts.models import User
from comity.lib import wording
from comity.lib.languages import LANGUAGES, READ_IN, reader_language
from comity.post.actions import Letter
from comity.programmes.models import Measure, MeasureAmendment, Programme
from comity.reminders.changes import Waiting
from comity.reminders.planning import Line, LineOfBody, Plan
from comity.reminders.turns import Turn
from comity.reporting.actions.links import LONGEST

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
        parts += _group(_("Came back to you"), len(back), map(_turn, back))
        for title, some in ((_("Late"), late), (_("Due soon"), soon)):
            parts += _group(title, len(some), (_line(one, measures, day) for one in some))
        parts += _group(_("Waiting for your decision"), len(waits), map(_turn, waits))
        parts += _group(_("Waiting for your consent"), len(changes), map(_change, changes))
        parts += _group(_("Decided on your proposal"), len(decided), map(_decided, decided))
        parts.append(_("All that you have to do:") + f"\n{_address('work')}")
        how_often = _("How often you are written to is up to you:")
        parts.append(f"{how_often}\n{_address('reminders:mine')}")
        return Letter(
            key=key_of(day, user.pk),
            to=user.email,
            subject=_subject(
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


def key_of_contact(day: date, email: str) -> str:
    return f"digest:{day.isoformat()}:contact:{email}"


def to_contact(
    email: str,
    lines: Sequence[LineOfBody],
    secrets: Sequence[str],
    day: date,
    measures: Mapping[int, Measure],
) -> Letter:
    """One letter to the contact of a body without an account; each line has a link of its own."""
    told = list(zip(lines, secrets, strict=True))
    first = lines[0].line
    with translation.override(_language(measures[first.measure].programme, first.side)):
        late = [one for one in told if one[0].line.due_on < day]
        soon = [one for one in told if one[0].line.due_on >= day]
        bodies = "; ".join(dict.fromkeys(_cut(one.body) for one in lines))
        parts = [
            _("Good day!"),
            _(
                "This address is kept in Comity, the register of cooperation between regions, for: "
                "%(bodies)s. A report is asked for on what stands below. Open the address under "
                "it, fill in the form and submit it; no account is needed."
            )
            % {"bodies": bodies},
        ]
        for title, some in ((_("Late"), late), (_("Due soon"), soon)):
            parts += _group(
                title, len(some), (_line_by_link(*one, measures, day) for one in some), is_cut=False
            )
        until = wording.day(timezone.localdate() + timedelta(days=LONGEST))
        parts.append(
            _(
                "Each address works once and until %(until)s. Do not pass it on. If this letter is "
                "not for you, tell whoever coordinates the programme."
            )
            % {"until": until}
        )
        return Letter(
            key=key_of_contact(day, email),
            to=email,
            subject=_subject(late=len(late), soon=len(soon)),
            body="\n\n".join(parts) + "\n",
            language=reader_language(),
            kind="digest",
            private=True,
        )


def _language(programme: Programme, side: str) -> str:
    """That of the programme's text, if it is read on that side; else the first one that is."""
    written = programme.language if programme.language in LANGUAGES else settings.LANGUAGE_CODE
    read = READ_IN.get(side, (written,))
    return written if written in read else read[0]


def _subject(**counted: int) -> str:
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


def _group(title: str, all_: int, told: Iterable[str], *, is_cut: bool = True) -> list[str]:
    if not all_:
        return []
    shown = [title.upper(), *islice(told, MOST if is_cut else None)]
    if is_cut and all_ > MOST:
        more = all_ - MOST
        shown.append(ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more})
    return shown


def _line(line: Line, measures: Mapping[int, Measure], day: date) -> str:
    address = _address("reminders:form", line.occurrence, line.side or "-")
    return _line_at(address, line, measures, day)


def _line_by_link(one: LineOfBody, secret: str, measures: Mapping[int, Measure], day: date) -> str:
    return _line_at(_address("reporting:by_link", secret), one.line, measures, day)


def _line_at(address: str, line: Line, measures: Mapping[int, Measure], day: date) -> str:
    measure = measures[line.measure]
    what = f"{measure.number} {measure.title}".strip()
    side = f" [{line.side}]" if line.side else ""
    return (
        f"• {wording.day(line.due_on)} ({_when(line.due_on, day)}){side}\n"
        f"  {_cut(what)}\n  {_cut(measure.programme.short_name)}\n  {address}"
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
    report, step = turn.report, turn.step
    told = _("%(state)s on %(day)s, %(who)s") % {
        "state": step.get_kind_display(),
        "day": wording.day(timezone.localdate(step.at)),
        "who": step.by_name,
    }
    view = "reporting:write" if report.is_returned else "reporting:report"
    side = f" [{report.side}]" if report.side else ""
    lines = [
        f"• {told}{side}",
        _cut(f"{report.measure.number} {report.measure.title}".strip()),
        _cut(report.measure.programme.short_name),
        *filter(None, [_cut(step.reason)]),
        _address(view, report.pk),
    ]
    return "\n  ".join(lines)


def _about(amendment: MeasureAmendment, told: str, reason: str) -> str:
    measure = amendment.measure
    lines = [
        f"• {told}",
        _cut(f"{measure.number} {measure.title}".strip()),
        _cut(amendment.programme.short_name),
        *filter(None, [_cut(reason)]),
        _address("programmes:amendment", amendment.pk),
    ]
    return "\n  ".join(lines)


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
