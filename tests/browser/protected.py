"""Petra, who protects her account by every means: what the pages about signing in need to be shown."""

import json
import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from accounts.actions import add_passkey
from accounts.models import User
from accounts.queries import second_step_of
from joining.actions import join, make_invite
from joining.models import JoinBlock, JoiningPolicy
from joining.queries import POLICY_KEY
from joining.wish import Wish
from tests.factories import PASSWORD
from tests.second_steps import SoftPasskey, code_of, set_up_app

_UNPROTECTED = ("percy", "pia", "paul", "paula")  # who do it while the tests watch
_LONG_SECONDS = 24 * 60 * 60  # longer than any run of the tests


def protect() -> tuple[dict[str, str], dict[str, str]]:
    """Make her; returns paths of what the tests visit, and sessions: hers, and one between two steps."""
    for name in ("petra", *_UNPROTECTED):
        call_command("create_user", name, "--email", f"{name}@example.org", "--password", PASSWORD)
    petra = User.objects.get(username="petra")
    key = set_up_app(petra)
    for name in ("Phone", "Blue key on the ring"):
        asked = {"user": {"id": "cA"}, "challenge": "cA"}
        add_passkey(petra, name, json.loads(SoftPasskey().make(json.dumps({"publicKey": asked}))))
    between, client = _at_the_door(), _at_the_door()
    client.post("/login/second-step/", {"code": code_of(key)})
    prove_for_long(client)
    passkey = second_step_of(petra).passkeys[0].id
    _ask_to_join()
    invites = [
        make_invite(petra, limit=limit, days=7, note=note) for limit, note in ((1, "Ida"), (30, "The choir"))
    ]
    paths = {"invite": invites[1].path, "passkey": f"/settings/security/passkeys/{passkey}/remove/"}
    return paths, {"petra": client.cookies["session"].value, "between": between.cookies["session"].value}


def _ask_to_join() -> None:
    """Somebody waits for a yes, something is turned away, and everybody may invite."""
    policy = JoiningPolicy(pk=1, mode=JoiningPolicy.Mode.APPROVAL, people_invite=True)
    policy.save()
    cache.delete(POLICY_KEY)
    why = "I keep bees above the harbour, and would like to tell of them and hear of others."
    join(Wish("wanda", "wanda@example.org", PASSWORD, "192.0.2.7", "Wanda Weaver", reason=why))
    policy.mode = JoiningPolicy.Mode.OPEN
    policy.save()
    cache.delete(POLICY_KEY)
    JoinBlock.objects.create(kind=JoinBlock.Kind.EMAIL, value="spam.example", note="waves of spam in May")
    JoinBlock.objects.create(kind=JoinBlock.Kind.NETWORK, value="192.0.2.0/24")


def prove_for_long(client: Client) -> None:
    """Whoever is signed in there has proved it for the whole run: no page asks in the middle of it."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() + _LONG_SECONDS
    session.save()


def _at_the_door() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.post("/login/", {"login": "petra", "password": PASSWORD})
    session = client.session
    session["account_login"]["initiated_at"] = time.time() + _LONG_SECONDS
    session.save()
    return client
