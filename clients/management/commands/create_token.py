"""Make a token from the command line: `manage.py create_token NAME --scopes "read write"`; prints it once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from clients import scopes
from clients.actions import register_app, save_token
from clients.keys import new_key
from clients.redirects import OUT_OF_BAND
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
        key = new_key()
        try:
            with transaction.atomic():
                granted = scopes.parse(options["scopes"]) or scopes.DEFAULT
                app, _ = register_app(options["app"], [OUT_OF_BAND], granted)
                save_token(app, person, key, granted)
        except Invalid as error:
            raise CommandError(error.message) from None
        self.stdout.write(key)
