from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query gives; counted once, beside rows that have nothing to do with it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
