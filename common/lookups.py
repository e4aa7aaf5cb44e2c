"""A condition that both databases answer from an index: a column begins with these characters."""

from django.db import connection
from django.db.models import Q

_LAST = "\U0010ffff"  # sorts after every character that a word may go on with


def begins(column: str, text: str) -> Q:
    """`filter(begins("word", "al"))`, case and all as written. The column needs `db_index` or `unique`.

    For PostgreSQL Django makes an index of its own for such a LIKE. SQLite would read every row for it; the
    range it reads instead is none that PostgreSQL could use where its collation has another order.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": text})
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})
