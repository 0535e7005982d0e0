"""What is kept as JSON of a document on its way, in the words of the pages of its history."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from comity.lib import wording


def corrections_in_words(corrected: Mapping[str, Any] | None) -> str:
    """What a person wrote into a row, one field after the other."""
    return "; ".join(_written(value) for value in (corrected or {}).values() if value)


def columns_in_words(columns: Mapping[str, Mapping[str, str]] | None) -> str:
    """What a person says that columns hold, counted from one as on the page."""
    from comity.intake.forms import role_in_words  # noqa: PLC0415  # it needs the models

    return "; ".join(
        _("table %(table)s, column %(column)s: %(role)s")
        % {"table": int(table) + 1, "column": int(column) + 1, "role": role_in_words(role)}
        for table, roles in (columns or {}).items()
        for column, role in roles.items()
    )


def target_in_words(target: Mapping[str, Any] | None) -> str:
    """The title and the period of the programme that is to be made."""
    said = target or {}
    titles = [said.get(f"title_{language}") for language in ("be", "ru", "en")]
    days = wording.period(*(parse_date(said.get(name) or "") for name in ("start", "end")))
    return "; ".join(filter(None, (*titles, days)))


def decisions_in_words(decisions: Mapping[str, bool] | None) -> str:
    """How many changes of a new version were taken over and how many declined."""
    said = list((decisions or {}).values())
    if not said:
        return ""
    taken = sum(said)
    return _("taken over: %(taken)s, declined: %(declined)s") % {
        "taken": taken,
        "declined": len(said) - taken,
    }


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"{body['side'] or ''} {body['text']}".strip() for body in value)
    if isinstance(value, Mapping) and "kind" in value:
        from comity.intake.becoming import due_rule  # noqa: PLC0415  # it needs the models
        from comity.intake.comparing import due_in_words  # noqa: PLC0415  # as above

        return f"{value['text']} ({due_in_words(due_rule(value))})".strip()
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    return str(value)
