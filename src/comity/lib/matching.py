"""Names found by a part of them, in any case, on databases that fold only Latin letters."""

from django.db.models import CharField, Expression, F, Q, Value
from django.db.models.functions import Coalesce, NullIf

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
    first = reader_language()
    order = sorted(in_three(stem), key=lambda field: not field.endswith(first))
    filled = [NullIf(F(field), Value("", output_field=CharField())) for field in order]
    return Coalesce(*filled, output_field=CharField())
