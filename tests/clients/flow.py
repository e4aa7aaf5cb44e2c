"""Asking, saying yes, redeeming: the steps of the tests about OAuth."""

import json

from clients import protocol
from tests.clients.conftest import CALLBACK


def question(registered, **changes):
    wanted = {
        "response_type": "code",
        "client_id": registered.app.client_id,
        "redirect_uri": CALLBACK,
        "scope": "read write",
        "state": "a state & more",
        **changes,
    }
    return [(name, value) for name, value in wanted.items() if value is not None]


def code_of(alice, registered, **changes):
    return protocol.allow(alice, protocol.read_question(question(registered, **changes)))


def redeem(registered, code, **changes):
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        **registered.credentials,
        **changes,
    }
    return ask([(name, value) for name, value in sent.items() if value is not None])


def ask(parameters, authorization=""):
    _, body, status = protocol.answer_token_request(parameters, authorization)
    return status, json.loads(body)
