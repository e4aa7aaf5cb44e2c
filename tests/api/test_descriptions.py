"""schemathesis reads the public description of Mastodon's API, and our own, and asks what they allow and
what they forbid: whatever it asks of what is served here, the answer is one that the description knows.
"""

import contextlib

import orjson
import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.transport import Response

from api.schema import description
from tests.api import household
from tests.api.calls import parts_of
from tests.api.checks import faults
from tests.api.public import corrected

pytestmark = pytest.mark.django_db

_SITE = "http://localhost:8000"
_ENDLESS = "/api/v1/streaming/"  # nothing is kept open in this process: 501, as our own description says


def ours():
    return orjson.loads(description())


@pytest.mark.parametrize(
    "methods", [{"get"}, {"post"}, {"put", "patch", "delete"}], ids=["get", "post", "others"]
)
@pytest.mark.parametrize("read", [corrected, ours], ids=["public", "ours"])
def test_every_answer_is_as_it_is_described(settings, read, methods):
    settings.RATE_LIMITS = False
    house = household.build()
    wrong = {}

    def look(case):
        with transaction.atomic():
            answer = _answer(case, house.alices.token)
            transaction.set_rollback(True)  # the house is as it was for the next question
        if said := faults(case, answer):
            wrong.setdefault(case.operation.label, (answer.status_code, answer.text[:200], case.body, said))

    for found in schemathesis.openapi.from_dict(read()).get_all_operations():
        operation = found.ok()
        if operation.method in methods and not operation.path.startswith(_ENDLESS):
            _ask(operation, house, look)
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())


def _ask(operation, house, look):
    """For what is there, for what is not, and what no app should say."""
    there = parts_of(operation.path, house)
    _several(5, operation.as_strategy(path_parameters=there), look)
    if there:
        _several(1, operation.as_strategy(), look)
    _several(3, operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=there), look)


def _several(number, cases, look):
    @settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def ask(case):
        look(case)

    with contextlib.suppress(Unsatisfiable):  # nothing can be said wrongly there
        ask()


def _answer(case, token):
    """Through Django's own client: a server in this process would close the connection we are in."""
    asked = case.as_transport_kwargs(base_url=_SITE, headers={"Authorization": f"Bearer {token}"})
    names = {"method", "url", "headers", "files", "data", "json", "params", "cookies"}
    sent = requests.Request(**{name: value for name, value in asked.items() if name in names}).prepare()
    found = Client().generic(
        sent.method,
        sent.path_url,
        sent.body or b"",
        content_type=sent.headers.pop("Content-Type", ""),
        headers={name: value for name, value in sent.headers.items() if name != "Content-Length"},
    )
    headers = {name.lower(): [value] for name, value in found.headers.items()}
    return Response(found.status_code, headers, found.content, sent, elapsed=0.0, verify=False)
