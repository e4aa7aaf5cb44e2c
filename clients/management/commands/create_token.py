"""Make a token from the command line: `manage.py create_token NAME --scopes "read write"`; prints it once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from clients.actions import make_token
from common.errors import Invalid


class Command(BaseCommand):
    help = "Print a token with which an app or script acts for a person of this server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="of the person")
        parser.add_argument("--scopes", default="read write follow push", help="what it may do")
        parser.add_argument("--app", default="Command line", help="how it is called under Settings, Apps")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].removeprefix("@")
        person = User.objects.local().named(name).first()
        if person is None or not person.is_active:
            raise CommandError(f"There is nobody called {name} here, or they cannot log in.")
        try:
            self.stdout.write(make_token(person, options["app"], options["scopes"]))
        except Invalid as error:
            raise CommandError(error.message) from None
