"""`manage.py run_worker`: the worker as a process of its own, beside any web server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobs.engines.embedded import Worker


class Command(BaseCommand):
    help = "Do the work that was put off: pictures, clean-up and everything else in the table of jobs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing is due any more")
        parser.add_argument("--queue", action="append", default=[], help="only this queue; may be repeated")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when standard input closes (for bin/run)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(queues=options["queue"])
        worker.heed_signals()
        if options["with_parent"]:
            worker.heed_parent()
        worker.run(until_empty=options["until_empty"])
