"""How large a database became: rows and bytes."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

_COUNTED = {
    "people": "accounts_user",
    "follows": "relationships_follow",
    "tweets": "tweets_tweet",
    "likes": "tweets_like",
    "entries": "timelines_timelineentry",
}


def sizes() -> dict[str, Any]:
    """`rows` of what there is most of, `database_bytes`, and on PostgreSQL `table_bytes` with indexes."""
    tables = sorted({model._meta.db_table for model in apps.get_models()})
    with connection.cursor() as cursor:
        rows = {}
        for name, table in _COUNTED.items():
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608  (a name of ours)
            rows[name] = cursor.fetchone()[0]
        if connection.vendor != "postgresql":
            whole = sum(file.stat().st_size for file in settings.DATA_DIR.glob("db.sqlite3*"))
            return {"rows": rows, "database_bytes": whole, "table_bytes": {}}
        cursor.execute("SELECT pg_database_size(current_database())")
        whole = cursor.fetchone()[0]
        found = {}
        for table in tables:
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
            found[table] = cursor.fetchone()[0]
    return {"rows": rows, "database_bytes": whole, "table_bytes": found}
