"""Several counts in one query."""

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """How many rows a query set has, as a value within another query; slice it to stop counting there."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
