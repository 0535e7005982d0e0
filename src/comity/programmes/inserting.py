"""Many narrow rows in one go, past the field-by-field work that saving records costs.

For rows that no other code needs back: what a record's defaults and `save` would do is left to
the caller.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Inserts tuples of values, in the order of `fields`; the database's constraints hold."""
    quote = connection.ops.quote_name
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(column_of[name]) for name in fields)
    places = ", ".join("%s" for _name in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # names of our own models
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
