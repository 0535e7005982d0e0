"""Many rows in one go, past the field-by-field work that saving records one by one costs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import connection, models

#: Rows, and values in all, that one statement takes; each database takes more.
MOST_ROWS, MOST_VALUES = 500, 30_000
#: Fields whose values a database takes as records hold them.
_TEXTS = (models.CharField, models.TextField)
_AS_THEY_ARE = (
    models.IntegerField, models.BooleanField, models.ForeignKey,
)  # fmt: skip


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Inserts tuples of values, in the order of `fields`; the database's constraints hold.

    For rows that no other code needs back: what a record's defaults and `save` would do is left
    to the caller.
    """
    column_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    places = ", ".join("%s" for _name in fields)
    sql = f"{_insert_into(model, [column_of[name] for name in fields])} VALUES ({places})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))


def insert_records(records: Sequence[models.Model]) -> None:
    """Saves new records of one model, of which each gets its key; none may have one yet.

    As `bulk_create` does, without what it can do besides: fields that fill themselves in when
    they are saved, models that inherit a table.
    """
    if not records:
        return
    shape = _shape(type(records[0]))
    many = min(MOST_ROWS, MOST_VALUES // len(shape.columns))
    begin = _insert_into(type(records[0]), shape.columns)
    one = f"({', '.join(['%s'] * len(shape.columns))})"
    returning = f" RETURNING {connection.ops.quote_name(shape.key)}"
    with connection.cursor() as cursor:
        for some in _in_turn(records, many):
            values = list(chain.from_iterable(map(shape.row, some)))
            places = ", ".join([one] * len(some))
            cursor.execute(f"{begin} VALUES {places}{returning}", values)
            for record, (pk,) in zip(some, cursor.fetchall(), strict=True):
                record.pk = pk
                record._state.adding = False
                record._state.db = connection.alias


def update_records(records: Sequence[models.Model], fields: Sequence[str] = ()) -> None:
    """Saves what standing records of one model hold in `fields`, or in all, by their keys.

    One prepared statement for all of them; the database's constraints hold.
    """
    if not records:
        return
    model = type(records[0])
    shape = _shape(model, tuple(fields))
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(column)} = %s" for column in shape.columns)
    table = quote(model._meta.db_table)
    sql = f"UPDATE {table} SET {places} WHERE {quote(shape.key)} = %s"  # noqa: S608  # own names
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*shape.row(record), record.pk) for record in records])


@dataclass(frozen=True, slots=True)
class _Shape:
    """How records of a model become rows: what has to be turned into what a database takes."""

    key: str
    columns: list[str]
    read: Callable[[models.Model], tuple[Any, ...]]
    turned: list[tuple[int, Callable[[Any], Any]]]

    def row(self, record: models.Model) -> list[Any]:
        values = list(self.read(record))
        for place, turn in self.turned:
            values[place] = turn(values[place])
        return values


@lru_cache
def _shape(model: type[models.Model], named: tuple[str, ...] = ()) -> _Shape:
    stored = [field for field in model._meta.concrete_fields if not field.primary_key]
    fields = [field for field in stored if not named or field.name in named]
    turns = [_turning(field) for field in fields]
    return _Shape(
        key=str(model._meta.pk.column),
        columns=[str(field.column) for field in fields],
        read=_reading([field.attname for field in fields]),
        turned=[(place, turn) for place, turn in enumerate(turns) if turn],
    )


def _reading(names: Sequence[str]) -> Callable[[models.Model], tuple[Any, ...]]:
    if len(names) == 1:
        return lambda record: (getattr(record, names[0]),)
    return attrgetter(*names)


def _turning(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, _TEXTS):
        return _text if field.choices else None
    if isinstance(field, _AS_THEY_ARE) or type(field) is models.DateField:
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _text(choice: Any) -> Any:
    """Plain text of a choice, which is text of a kind of its own."""
    return None if choice is None else str(choice)


def _insert_into(model: type[models.Model], columns: Sequence[str]) -> str:
    quote = connection.ops.quote_name
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"


def _in_turn(records: Sequence[models.Model], many: int) -> Iterator[list[models.Model]]:
    going = iter(records)
    while some := list(islice(going, many)):
        yield some
