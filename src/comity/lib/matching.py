"""Names found by a part of them, in any case, on databases that fold only Latin letters."""

from django.db.models import CharField, Expression, Func, Q
from django.db.models.functions import Coalesce

from comity.lib.languages import in_three, reader_language


def folded(name: str) -> str:
    """One spelling for names that differ only in case and spaces."""
    return " ".join(name.split()).casefold()


def containing(text: str, *fields: str) -> Q:
    """True where one of the fields contains the text as written, in small or capital letters."""
    text = " ".join(text.split())
    capitalised = text[:1].upper() + text[1:]
    spellings = dict.fromkeys((text, text.lower(), capitalised, text.title(), text.upper()))
    found = Q()
    for field in fields:
        for spelling in spellings:
            found |= Q(**{f"{field}__contains": spelling})
    return found


def name_in_reading_order(stem: str = "name") -> Expression:
    """What to sort by: the name that `said` gives the reader, with its fallbacks."""
    return name_order(stem, reader_language())


def name_order(stem: str, language: str) -> Expression:
    """The order for readers of one language; an index on it must be made of the very same."""
    order = sorted(in_three(stem), key=lambda field: not field.endswith(language))
    return Coalesce(*(EmptyAsNull(field) for field in order), output_field=CharField())


class EmptyAsNull(Func):
    """Without a parameter, so that the database knows the expression of its index again."""

    function = "NULLIF"
    template = "%(function)s(%(expressions)s, '')"
    output_field = CharField()
