"""Every operation that is served gives what the public description says, with every attribute it names."""

import pytest
from django.db import transaction

from tests.api import household
from tests.api.calls import ELSEWHERE, EMPTY, KNOWN, alike, ask
from tests.api.operations import served
from tests.api.public import operations
from tests.api.shape import faults

pytestmark = pytest.mark.django_db

_ENDLESS = "/api/v1/streaming/"


def test_every_documented_attribute_is_there(settings):
    settings.RATE_LIMITS = False
    house = household.build()
    elsewhere, empty = ({alike(name) for name in names} for names in (ELSEWHERE, EMPTY))
    wrong = {}
    for method, path, operation in operations():
        name = f"{method} {path}"
        if alike(name) in elsewhere or path.startswith(_ENDLESS):
            continue
        with transaction.atomic():
            answer = ask(house, name)
            transaction.set_rollback(True)
        found = list(_faults(method, path, operation, answer))
        if alike(name) not in empty and answer.content == b"[]":
            found.append("nothing is there to look at")
        if found:
            wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())


def test_what_is_asked_is_served():
    assert set(served()) >= KNOWN


def _faults(method, path, operation, answer):
    """What the answer has not, by the code it came with."""
    code = str(answer.status_code)
    said = operation["responses"].get(code)
    if said is None or code[0] != "2":
        yield f"{code}: {answer.content.decode()[:200]}"
    elif "application/json" in said.get("content", {}):
        place = (path.replace("/", "~1"), method.lower(), "responses", code, "content", "application~1json")
        yield from faults(f"/paths/{'/'.join(place)}/schema", answer.json())
