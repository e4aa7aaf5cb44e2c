"""Makes people in the database that the environment names, and prints how each of them signs in, as JSON.

Run as a program, with their names. Brings tables and static files up to date first.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402

from clients.actions import register_app, save_token  # noqa: E402
from clients.keys import new_key  # noqa: E402
from clients.redirects import OUT_OF_BAND  # noqa: E402
from tests.factories import make_user  # noqa: E402


def main(names: list[str]) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    keys = {}
    for name in names:
        person = make_user(name)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.LocalPeople"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        app, _ = register_app("Test app", [OUT_OF_BAND], "read write")
        token = new_key()
        save_token(app, person, token, "read write")
        keys[name] = {"session": session.session_key, "token": token}
    print(json.dumps(keys))


if __name__ == "__main__":
    main(sys.argv[1:])
