"""`manage.py check_migrations`: may these migrations meet a site in use?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twitter_clone.migrating.checking import find_troubles
from twitter_clone.migrating.excuses import EXCUSED


class Command(BaseCommand):
    help = (
        "Refuse migrations that would lock a large table for long, or break the version that still runs "
        "beside the new one. Asks no database. docs/upgrading.md tells the other way."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found, needless = find_troubles(EXCUSED)
        lines = [str(trouble) for trouble in found]
        lines += [f"{name} is excused, and needs no excuse any more." for name in needless]
        if lines:
            place = "Excuses stand in twitter_clone/migrating/excuses.py."
            raise CommandError("\n".join([*lines, place]))
        self.stdout.write("Every migration may meet a site in use, or is excused.")
