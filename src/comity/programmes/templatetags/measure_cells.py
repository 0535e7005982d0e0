"""Cells of a measure's row, each written in one go: a hundred rows may stand on a page."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.lib.addresses import address
from comity.programmes.drawing import Timeline, Track
from comity.programmes.models import Measure, Responsibility

register = template.Library()


@register.simple_tag
def when(measure: Measure) -> SafeString:
    """The deadline as it was understood, and as it was written."""
    understood, written = measure.deadline, measure.due_text
    told = escape(understood)
    if not understood and not written:
        missing = escape(_("no deadline written"))
        return SafeString(f"<small>{missing}</small>")
    if written:
        told += SafeString(f"{'<br>' if understood else ''}<small>«{escape(written)}»</small>")
    return SafeString(told)  # both texts are escaped above


@register.simple_tag
def expected(result: str) -> SafeString:
    """What is to come of it, where that is told."""
    if not result:
        return SafeString("")
    told = escape(_("expected: %(result)s") % {"result": result})
    return SafeString(f"<br><small>{told}</small>")  # escaped above


@register.simple_tag
def who(bodies: Iterable[Responsibility], on_day: str = "") -> SafeString:
    """The responsible bodies, each beside its side; the second side looks otherwise.

    `on_day` leads to their pages of the day that the row is of.
    """
    named = list(bodies)
    if not named:
        return SafeString("")
    lines = "".join(_body(body, named[0].side, on_day) for body in named)
    return SafeString(f'<div class="sides">{lines}</div>')  # each line is escaped below


def _body(body: Responsibility, first_side: str, on_day: str) -> str:
    look = "side" if body.side == first_side else "side b"
    text = escape(body.text)
    if body.organisation_id:
        where = address("directory:detail", body.organisation_id)
        text = SafeString(f'<a href="{where}{escape(on_day)}">{text}</a>')
    return f'<span class="{look}">{escape(body.side) or "–"}</span><span>{text}</span>'


@register.simple_tag
def line(track: Track, timeline: Timeline) -> SafeString:
    """A measure along the years: its windows, today, and a mark for each of its days."""
    drawn = [f'<rect class="year" x="{year.x}%" y="0" width="1" height="24"></rect>'
             for year in timeline.years]  # fmt: skip
    drawn += [
        f'<rect class="window" x="{window.x}%" y="9" width="{window.width}%" height="6"></rect>'
        for window in track.windows
    ]
    if timeline.today is not None:
        drawn.append(
            f'<rect class="today" x="{timeline.today}%" y="0" width="2" height="24"></rect>'
        )
    drawn += [
        f'<use class="mark-{mark.state}" href="#mark-{mark.state}" x="{mark.x}%" y="12"></use>'
        for mark in track.marks
    ]
    look = "line dense" if track.is_dense else "line"
    return SafeString(
        f'<svg class="{look}" width="100%" height="24">{"".join(drawn)}</svg>'
    )  # numbers and our own words
