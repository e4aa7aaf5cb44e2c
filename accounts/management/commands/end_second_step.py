"""Turn off somebody's two-step sign-in from the command line: `manage.py end_second_step NAME`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import end_second_step
from accounts.models import User


class Command(BaseCommand):
    help = "For somebody who lost the app, the passkeys and the recovery codes: the password is enough again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].removeprefix("@")
        person = User.objects.named(name).local().first()
        if person is None:
            raise CommandError(f"There is nobody called {name} here.")
        if not end_second_step(person):
            raise CommandError(f"{person.handle} has no second step.")
        self.stdout.write(
            f"{person.handle} signs in with the password alone from now on, and is told by mail."
        )
