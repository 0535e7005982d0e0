"""What is asked beside the rows of a query, in the same question to the database."""

from typing import Any

from django.db.models import IntegerField, JSONField, Subquery


class CountOf(Subquery):
    """How many rows a query gives; counted once, beside rows that have nothing to do with it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, queryset: Any) -> None:
        """Of a query that is cut, the first rows in its order; of others the order is dropped."""
        plain = queryset if queryset.query.is_sliced else queryset.order_by()
        super().__init__(plain.values("pk"))


class RowsOf(Subquery):
    """The rows of a query of plain values: a list of lists, or None if there are none."""

    template = "(SELECT %(rows)s(%(row)s(%(columns)s)) FROM (%(subquery)s) told)"
    output_field = JSONField()

    def __init__(self, queryset: Any, *columns: str) -> None:
        """`columns` are the names of the columns in the database, as `user_id`."""
        super().__init__(queryset.order_by().values(*columns), columns=columns)

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, **context: Any
    ) -> Any:
        names = [f"told.{connection.ops.quote_name(name)}" for name in self.extra["columns"]]
        is_postgres = connection.vendor == "postgresql"
        return super().as_sql(
            compiler,
            connection,
            template,
            rows="jsonb_agg" if is_postgres else "json_group_array",
            row="jsonb_build_array" if is_postgres else "json_array",
            columns=", ".join(names),
            **context,
        )
