"""`manage.py record_tables`: write down what all migrations make on SQLite, for servers that begin."""

from typing import Any

from django.core.management.base import BaseCommand

from twitter_clone.crowd.scratch import scratch
from twitter_clone.tables import RECORD, describe_tables


class Command(BaseCommand):
    help = (
        "Run all migrations in an empty SQLite file, one after the other, and write what they made to "
        "twitter_clone/tables.sql. Call it now and then after new migrations: whatever the record lacks is "
        "made by its migration, so that an old record costs a first start some time, and nothing else."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        RECORD.write_text(record())
        self.stdout.write(f"Wrote {RECORD.name}.")


def record() -> str:
    """What tables.sql should say. Takes half a minute."""
    with scratch() as place:
        place.run(
            "manage.py", "migrate", "contenttypes", "-v0"
        )  # no longer empty: the rest goes the long way
        place.run("manage.py", "migrate", "-v0")
        return describe_tables(place.folder / "db.sqlite3")
