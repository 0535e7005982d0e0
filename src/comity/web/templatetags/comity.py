from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comity.audit.verbs import verb_in_words
from comity.lib import wording
from comity.lib.languages import Said

register = template.Library()
register.filter("day", wording.day)
register.filter("short_day", wording.short_day)
register.filter("moment", wording.moment)
register.filter("verb", verb_in_words)


@register.filter
def said(text: Said | str) -> SafeString | str:
    """A text in the reader's language, or visibly in the one it has: marked with its language."""
    if not isinstance(text, Said) or not text.is_fallback:
        return str(text)
    return format_html(
        '<span lang="{}">{}</span> <abbr class="lang" title="{}">{}</abbr>',
        text.language,
        text.text,
        _language_name(text.language),
        text.language,
    )


def _language_name(language: str) -> str:
    return {"be": "Беларуская", "ru": "Русский", "en": "English"}[language]


@register.simple_tag
def known_day(value: date | None, precision: str) -> str:
    return wording.day(value, precision)


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    return wording.period(start, end)


@register.simple_tag
def money(amount: Any, currency: str) -> str:
    return wording.money(amount, currency)


@register.filter
def domain(address: str) -> str:
    """The host of an address, as a link to a source is called."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.filter
def number(value: float) -> str:
    return wording.number(value)


@register.simple_tag(takes_context=True)
def same_page(context: dict[str, Any], **changed: object) -> str:
    """The query string of this page with some of its parameters changed; None takes one out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path


#: The look of each state: shape and colour by class, the word beside it.
LOOKS = {
    "done": "done", "in_force": "done",
    "due": "due", "notice": "due", "signed": "due",
    "overdue": "late",
    "not_yet": "idle", "draft": "idle", "expired": "idle", "ended": "idle", "none": "idle",
    "given_up": "gone", "struck": "gone",
}  # fmt: skip


@register.simple_tag
def state(value: Any, words: str = "") -> SafeString:
    """A state as shape, colour and word; `words` replaces its own label."""
    look = LOOKS.get(str(value), "idle")
    return format_html('<span class="state {}">{}</span>', look, words or str(value.label))


@register.inclusion_tag("web/components/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any) -> dict[str, Any]:
    return {"request": context["request"], "page": page}


@register.filter
def at(items: Any, key: Any) -> Any:
    """One value of a mapping or a list by its key."""
    try:
        return items[key]
    except (KeyError, IndexError, TypeError):
        return None
