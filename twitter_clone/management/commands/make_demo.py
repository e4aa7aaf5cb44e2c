"""`manage.py make_demo`: people, pictures and talk on an empty server, to look around in."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jobs.engines.embedded import run_pending
from twitter_clone.demo import making

_LOCAL_PASSWORD = "just-looking"  # noqa: S105  on a laptop everyone may know it; elsewhere it is random


class Command(BaseCommand):
    help = (
        "Fill an empty server with a lively demo: people, pictures made on the spot, conversations. "
        "Changes nothing when it was made already, or when there are other people."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if person := making.guest():
            self.stdout.write("The demo is here already; nothing was changed.")
            if person.check_password(_LOCAL_PASSWORD):
                self._tell_login(_LOCAL_PASSWORD)
            return
        if making.strangers_are_here():
            self.stdout.write("There are people on this server, so no demo was made; nothing was changed.")
            return
        password = _LOCAL_PASSWORD if settings.SITE_IS_LOCAL else secrets.token_urlsafe(12)
        making.make(password, self.stdout.write)
        self._sharpen_pictures()
        self.stdout.write("The demo is ready.")
        self._tell_login(password)

    def _sharpen_pictures(self) -> None:
        """A worker would do this as well, but the first page should be sharp from the first moment."""
        try:
            run_pending(queues=["media"])
        except Exception:  # noqa: BLE001  (it is in the log, and the server should start)
            self.stderr.write("Some pictures could not be finished yet; the worker will try again.")

    def _tell_login(self, password: str) -> None:
        self.stdout.write(f"Log in as “demo” with the password “{password}”.")
