"""Make the search index anew, while the site is in use."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from common.progress import Progress as ProgressBar
from search.actions import begin_rebuild, rebuild, rebuilt, walks


class Command(BaseCommand):
    help = (
        "Index all tweets, people and tags anew. Safe while the site is in use; goes on where it was stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        is_new = begin_rebuild()
        for walk in walks:
            total, before = walk.rows._default_manager.count(), 0 if is_new else rebuilt(walk)
            if before:
                self.stdout.write(
                    f"Going on where the last time stopped: {before:,} of {total:,} {walk.plural} are done."
                )
            bar, done = ProgressBar(sys.stderr, total), 0
            for number, last_id in rebuild(walk):
                done += number
                bar.show(before + done, f"{before + done:,} of {total:,}, up to {last_id}")
            bar.end()
            self.stdout.write(f"Indexed {done:,} rows: {walk.name}.")
