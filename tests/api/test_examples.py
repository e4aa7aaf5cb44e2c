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
from tests.api.learning import Learner
from tests.api.operations import served
from tests.api.public import operations

pytestmark = pytest.mark.django_db

_FILE = Path(examples.__file__).with_name("examples.json")
_MOMENT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
_ENDLESS = "/api/v1/streaming/"
_SECRETS = {"client_id", "client_secret", "access_token", "server_key", "public_key", "p256dh", "auth"}
# What schemas and pages are no examples of.
_SOMETIMES = {"pinned", "text", "partial_accounts"}  # of one's own tweets, after deleting, where asked for
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
        assert set(re.findall(rf'"{name}": ("[^"]*"|[^",\s]+)', text)) <= {'"…"', "true", "false", "{"}, name


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
    given = {alike(f"{method} {path}"): _schema(operation) for method, path, operation in operations()}
    learner, entities, told = Learner(), {}, {}
    single_first = sorted(answers, key=lambda name: _entity(given.get(alike(name), {}))[1])
    for name in single_first:
        asked, answer = answers[name]
        schema = given.get(alike(name), {})
        entity, is_list, others = _entity(schema)
        learner.see(schema, answer)
        if entity and answer not in ([], {}):
            entities.setdefault(entity, answer[0] if is_list else answer)
            told[name] = {**asked, "entity": entity, "is_list": is_list, "others": others}
        else:
            told[name] = {**asked, "answer": answer[:1] if isinstance(answer, list) else answer}
    told = {name: told[name] for name in answers}
    found = {"entities": _hidden(entities), "operations": _hidden(told), "schemas": learner.schemas()}
    text = json.dumps(found, indent=1, ensure_ascii=False)
    for ours, shown in _ADDRESSES.items():
        text = text.replace(ours, shown)
    _FILE.write_text(f"{text}\n")


def _schema(operation):
    content = operation["responses"].get("200", {}).get("content", {})
    return content.get("application/json", {}).get("schema", {})


def _entity(schema):
    """The name of what it gives, whether it gives several, and what it may give instead."""
    first, *others = schema.get("anyOf", [schema])  # a status, or one for later
    is_list = first.get("type") == "array"
    reference = (first.get("items", {}) if is_list else first).get("$ref", "")
    return _name(reference), is_list, [_name(other["$ref"]) for other in others]


def _name(reference):
    return reference.rpartition("/")[2]


def _hidden(value):
    """Without keys."""
    if isinstance(value, dict):
        return {
            name: "…" if name in _SECRETS and isinstance(inner, str) else _hidden(inner)
            for name, inner in value.items()
        }
    return [_hidden(inner) for inner in value] if isinstance(value, list) else value
