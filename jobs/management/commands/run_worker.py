"""`manage.py run_worker`: the worker as a process of its own, beside any web server."""

import sys
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jobs.engines.embedded import Worker

_CELERY = "jobs.engines.celery"  # not imported without a broker: it takes memory


class Command(BaseCommand):
    help = (
        "Do the work that was put off: pictures, clean-up and everything else in the table of jobs."
        " With CELERY_BROKER_URL it hears by Celery what waits, else it looks at the table."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing is due any more")
        parser.add_argument("--queue", action="append", default=[], help="only this queue; may be repeated")
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when standard input closes (for bin/run)"
        )
        parser.add_argument(
            "--beside-celery",
            action="store_true",
            help="look after the table only (for Celery's worker)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        queues, with_parent = options["queue"], options["with_parent"]
        if options["beside_celery"]:
            import_module(_CELERY).work_beside(with_parent=with_parent)
        elif settings.CELERY_BROKER_URL and not options["until_empty"]:
            sys.exit(import_module(_CELERY).run(queues, with_parent=with_parent))
        else:
            self._empty_the_table(queues, with_parent=with_parent, until_empty=options["until_empty"])

    def _empty_the_table(self, queues: list[str], *, with_parent: bool, until_empty: bool) -> None:
        worker = Worker(queues)
        worker.heed_signals()
        if with_parent:
            worker.heed_parent()
        worker.run(until_empty=until_empty)
