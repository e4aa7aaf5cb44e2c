"""Look at everything the site needs, and say what mends what is wrong."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from server.actions import examine
from server.checks import State, Visit

_MARKS = {State.GOOD: "good   ", State.WARNING: "WARNING", State.BAD: "BAD    ", State.IDLE: "-      "}


class Command(BaseCommand):
    help = "Look at address, proxy, mail, clock, disk, database, workers, files. Ends with 1 if one is bad."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")
        mail = parser.add_mutually_exclusive_group()
        mail.add_argument("--mail", metavar="TO", default="", help="send a mail to this address")
        mail.add_argument("--no-mail", action="store_true", help="send none, as without --mail")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mail"]:
            try:
                validate_email(options["mail"])
            except ValidationError as error:
                raise CommandError(f"“{options['mail']}” is no mail address.") from error
        checkup = examine(Visit(mail_to=options["mail"]))
        if options["json"]:
            said = {
                "good": not _is_bad(checkup.results),
                "seconds": checkup.seconds,
                "checks": checkup.results,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            self._tell(checkup.results)
        if _is_bad(checkup.results):
            sys.exit(1)

    def _tell(self, results: list[dict[str, Any]]) -> None:
        for result in results:
            self.stdout.write(f"{_MARKS[State(result['state'])]}  {result['title']}: {result['found']}")
            if result["mend"]:
                self.stdout.write(f"         {result['mend']}")
        counts = [f"{sum(result['state'] == state for result in results)} {state}" for state in State]
        self.stdout.write(f"{', '.join(counts)}.")


def _is_bad(results: list[dict[str, Any]]) -> bool:
    return any(result["state"] == State.BAD for result in results)
