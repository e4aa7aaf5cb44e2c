"""Make the search index anew, while the site is in use."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from common.progress import Progress as ProgressBar
from search.actions import rebuild, walks


class Command(BaseCommand):
    help = "Index all tweets and people anew. Safe while the site is in use; goes on where it was stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        for walk in walks:
            total = walk.rows._default_manager.count()
            bar, done = ProgressBar(sys.stderr, total), 0
            for number, last_id in rebuild(walk):
                done += number
                bar.show(done, f"{done:,} of {total:,}, up to {last_id}")
            bar.end()
            self.stdout.write(f"Indexed {done:,} rows: {walk.name}.")
