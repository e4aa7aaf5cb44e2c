"""What /developers/ shows as examples are real answers, and still those of today.

`RECORD_EXAMPLES=yes pytest tests/api/test_examples.py` writes api/examples.json anew; it needs the public
description beside the project, which knows what Mastodon calls the things that answers are made of.
"""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import transaction

from api import examples
from tests.api import household
from tests.api.calls import ELSEWHERE, alike, ask, body_of, parts_of, query_of, sends_a_picture
from tests.api.operations import served
from tests.api.public import operations

pytestmark = pytest.mark.django_db

_FILE = Path(examples.__file__).with_name("examples.json")
_MOMENT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
_ENDLESS = "/api/v1/streaming/"
_SECRETS = {"client_id", "client_secret", "access_token", "server_key", "public_key", "p256dh", "auth"}
# What schemas and pages are no examples of.
_SOMETIMES = {"pinned", "text", "partial_accounts"}  # of one's own tweets, after deleting, where asked for
_NOTHING = ("", False)
_ADDRESSES = {
    "http://localhost:8000": "https://social.example",
    "ws://localhost:8000": "wss://social.example",
    "localhost:8000": "social.example",
}
_LEFT_OUT = {"GET /api/schema", *ELSEWHERE}


@pytest.fixture
def answers(settings, db):
    """Every operation's answer, read as JSON, by its name; those that are no JSON are None."""
    settings.RATE_LIMITS = False
    with time_machine.travel(_MOMENT, tick=True):
        house = household.build()
        found = {}
        for name in served():
            if name in _LEFT_OUT or _ENDLESS in name:
                continue
            with transaction.atomic():
                answer = ask(house, name)
                transaction.set_rollback(True)
            assert answer.status_code < 300, (name, answer.content)
            is_json = answer.headers["Content-Type"].startswith("application/json")
            found[name] = _asked(name, house), answer.json() if is_json else None
    return found


def test_answers_still_look_like_the_recorded_ones(answers):
    if os.environ.get("RECORD_EXAMPLES"):
        _record(answers)
        pytest.skip("recorded anew")
    recorded, known = examples.examples(), examples.entities()
    assert set(answers) == set(recorded), "record the examples anew: see the first lines of this file"
    changed = {
        name: difference
        for name, (_, answer) in answers.items()
        if (difference := (_names(answer) ^ _names(_shown(recorded[name], known))) - _SOMETIMES)
    }
    assert changed == {}, "record the examples anew: see the first lines of this file"


def test_no_key_stands_in_them():
    text = _FILE.read_text()
    for name in _SECRETS:
        assert set(re.findall(rf'"{name}": ("[^"]*"|[^",\s]+)', text)) <= {'"…"', "true", "false"}, name


def _asked(name, house):
    _, _, path = name.partition(" ")
    query = query_of(name, house)
    asked = {"path": path.format(**parts_of(path, house)) + (f"?{query}" if query else "")}
    if (body := body_of(name, house)) is not None:
        asked["body"] = body
    if sends_a_picture(name):
        asked["is_upload"] = True
    return asked


def _shown(example, known):
    value = known[example.entity] if example.entity else example.answer
    return [value] if example.is_list else value


def _names(value):
    """The names of the first level; of a list those of its first entry."""
    if isinstance(value, list):
        return _names(value[0]) if value else set()
    return set(value) if isinstance(value, dict) else set()


# --- Recording


def _record(answers):
    named = {alike(f"{method} {path}"): _entity(operation) for method, path, operation in operations()}
    entities, told = {}, {}
    single_first = sorted(answers, key=lambda name: named.get(alike(name), _NOTHING)[1])
    for name in single_first:
        (asked, answer), (entity, is_list) = answers[name], named.get(alike(name), _NOTHING)
        if entity and answer not in ([], {}):
            entities.setdefault(entity, answer[0] if is_list else answer)
            told[name] = {**asked, "entity": entity, "is_list": is_list}
        else:
            told[name] = {**asked, "answer": answer[:1] if isinstance(answer, list) else answer}
    told = {name: told[name] for name in answers}
    found = {"entities": _hidden(entities), "operations": _hidden(told)}
    text = json.dumps(found, indent=1, ensure_ascii=False)
    for ours, shown in _ADDRESSES.items():
        text = text.replace(ours, shown)
    _FILE.write_text(f"{text}\n")


def _entity(operation):
    """The name of what it gives, and whether it gives several."""
    content = operation["responses"].get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    schema = schema.get("anyOf", [schema])[0]  # a status, or one for later
    is_list = schema.get("type") == "array"
    reference = (schema.get("items", {}) if is_list else schema).get("$ref", "")
    return reference.rpartition("/")[2], is_list


def _hidden(value):
    """Without keys."""
    if isinstance(value, dict):
        return {
            name: "…" if name in _SECRETS and isinstance(inner, str) else _hidden(inner)
            for name, inner in value.items()
        }
    return [_hidden(inner) for inner in value] if isinstance(value, list) else value
