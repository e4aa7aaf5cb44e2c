"""Shows a code for the first run of a server that has no owner: manage.py setup_code"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from common.errors import NotFound
from joining.founding import make_setup_code


class Command(BaseCommand):
    help = "Show the one-time code with which the owner is made in the browser; a former one stops working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at-start", action="store_true", help="say nothing when there is an owner")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = make_setup_code()
        except NotFound as error:
            if options["at_start"]:
                return
            raise CommandError(error.message) from None
        self.stdout.write(
            f"This server has no owner yet. Open {settings.SITE_URL}/setup/ and enter the code {code}"
        )
