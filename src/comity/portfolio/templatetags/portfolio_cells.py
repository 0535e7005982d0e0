"""Cells of the portfolio, each written in one go: a hundred programmes may stand on a page."""

from typing import Any, cast

from django import template
from django.forms import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.lib import wording
from comity.portfolio.queries.changes import LOOKS, ChangeKind
from comity.portfolio.rows import ProgrammeRow
from comity.portfolio.wording import percent
from insight.calibration import Bin
from insight.shares import Share

register = template.Library()
register.filter("percent", percent)


@register.filter
def spread(one: Share | Bin) -> str:
    """“54–85 %”: where a share may well lie, or which forecasts a bin holds."""
    return wording.percents(one.low, one.high)


@register.filter
def look_of(kind: ChangeKind) -> str:
    return LOOKS[kind]


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """The name of a side by its code; anything else as it is."""
    return names.get(code, code)


@register.simple_tag
def choice(field: BoundField) -> SafeString:
    """A list to choose from, in one go: hundreds of territories may stand in it."""
    chosen, choices = str(field.value() or ""), cast(Any, field.field).choices
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if str(value) == chosen else ""}>'
        f"{escape(label)}</option>"
        for value, label in choices
    )
    return SafeString(
        f'<select name="{escape(field.html_name)}" id="{escape(field.auto_id)}">{options}</select>'
    )  # all of it is escaped above


@register.simple_tag
def progress(row: ProgrammeRow) -> SafeString:
    """A bar, and the same in words."""
    one = row.figures
    told = [
        (_("%(n)s of %(all)s done") % {"n": _n(one.done), "all": _n(one.total)}, True),
        (_("%(n)s due") % {"n": _n(one.due)}, one.due),
        (_("%(n)s given up") % {"n": _n(one.given_up)}, one.given_up),
    ]
    words = escape(", ".join(text for text, is_told in told if is_told))
    pieces = "".join(
        f'<rect class="piece-{piece.name}" x="{piece.x}" y="0" width="{piece.width}" height="4">'
        "</rect>"
        for piece in row.bar
    )
    return SafeString(  # numbers and our own words
        '<svg class="progress-bar" viewBox="0 0 100 4" width="100%" height="11" '
        f'preserveAspectRatio="none" aria-hidden="true" focusable="false">{pieces}</svg>'
        f"<small>{words}</small>"
    )


@register.simple_tag
def share_in_words(share: Share) -> SafeString:
    """“63 %”, and the interval and how many it rests on beneath it."""
    if not share.cases:
        return SafeString(f"<small>{escape(_('nothing fell due'))}</small>")
    rests = _("%(between)s, of %(all)s") % {"between": spread(share), "all": _n(share.cases)}
    return SafeString(
        f'<span class="num">{percent(share.share)}</span><br>'
        f'<small class="num">{escape(rests)}</small>'
    )  # numbers and our own words, escaped


def _n(number: int) -> str:
    return wording.number(number)
