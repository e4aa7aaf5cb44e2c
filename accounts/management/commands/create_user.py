"""Make an account from the command line: `manage.py create_user NAME --email E --password P`."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions import confirm_email, register_user
from accounts.models import User
from accounts.queries import is_taken, owner_of
from accounts.usernames import check_form
from common.errors import Invalid


class Command(BaseCommand):
    help = "Make an account of this server, with its e-mail address confirmed unless --unverified is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="1 to 30 letters, digits or underscores")
        parser.add_argument("--email", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--staff", action="store_true", help="may use the admin")
        parser.add_argument(
            "--unverified", action="store_true", help="may read, but not write until confirmed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name, email, password = options["name"].removeprefix("@"), options["email"], options["password"]
        _check(name, email, password)
        try:
            with transaction.atomic():
                user = register_user(name, email, password, staff=options["staff"])
                if not options["unverified"]:
                    confirm_email(user)
        except Invalid as error:
            raise CommandError(f"{name}: {error.message}") from None
        state = "not confirmed" if options["unverified"] else "confirmed"
        self.stdout.write(f"Made {user.full_handle} with the address {user.email}, {state}.")


def _check(name: str, email: str, password: str) -> None:
    """Say what is wrong before anything is written. Raises CommandError."""
    try:
        check_form(name)
        validate_email(email)
        validate_password(password, User(username=name, email=email))
    except Invalid as error:
        raise CommandError(f"The name “{name}” cannot be used. {error.message}") from None
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    if is_taken(name):
        raise CommandError(f"There is already a person called {name}.")
    if owner_of(email):
        raise CommandError(f"The address {email} already belongs to {owner_of(email)}.")
