"""Who may call what: every operation without a token, for an app, and with every scope but the right ones."""

import re
from pathlib import Path

import pytest

from clients.scopes import WORDS
from tests.api.calling import Caller, caller_for
from tests.api.operations import address, served
from tests.visibility.api_needs import ANYONE, APP, NEEDS, OPEN_TO_ALL, PERSON
from tests.visibility.api_routes import LISTS, NAMING_A_STATUS, ONE_STATUS, SHOWS_NO_TWEETS

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"
OUTSIDE = "This action is outside the authorized scopes"
LEAVES = [scope for scope in WORDS if ":" in scope] + ["profile", "push"]
GUARDED = [name for name, needs in NEEDS.items() if needs.who in (APP, PERSON)]
SCOPED = [name for name, needs in NEEDS.items() if needs.scopes]


def who(operation):
    if operation.ignores_tokens:
        return OPEN_TO_ALL
    if operation.needs_person:
        return PERSON
    return APP if operation.needs_token else ANYONE


def test_every_operation_is_in_the_table():
    found = {name: (who(operation), operation.scopes) for name, operation in served().items()}
    assert found == {name: (needs.who, needs.scopes) for name, needs in NEEDS.items()}


def test_every_operation_that_reads_says_whether_it_shows_tweets():
    reads = {name for name in NEEDS if name.startswith("GET ")}
    shows = {row.operation for row in (*ONE_STATUS, *NAMING_A_STATUS)}
    lists = {f"GET {row.path.partition('?')[0]}" for row in LISTS}
    as_lists = {re.sub(r"\{\w+\}", "{}", path) for path in lists}
    shown = {name for name in reads if name in shows or re.sub(r"\{\w+\}", "{}", name) in as_lists}
    assert reads - shown - set(SHOWS_NO_TWEETS) == set(), "add it to tests/visibility/api_routes.py"
    assert set(SHOWS_NO_TWEETS) <= reads
    assert not shown & set(SHOWS_NO_TWEETS)


def test_every_operation_on_a_status_is_tried():
    takes_one = {name for name in NEEDS if "{status_id}" in name}
    assert takes_one <= {row.operation for row in ONE_STATUS}


@pytest.mark.parametrize("name", GUARDED)
def test_without_a_token_it_is_closed(name):
    method, path = address(name)
    answer = Caller()(method, path)
    assert (answer.status_code, answer.json()) == (401, {"error": "The access token is invalid"})


@pytest.mark.parametrize("name", [name for name, needs in NEEDS.items() if needs.who == PERSON])
def test_an_app_alone_is_nobody(name):
    method, path = address(name)
    assert caller_for(None, "read write follow push profile")(method, path).status_code == 401


@pytest.mark.parametrize("name", SCOPED)
def test_all_other_scopes_together_are_not_enough(name, alice):
    needs = NEEDS[name]
    others = " ".join(scope for scope in LEAVES if scope not in needs.scopes)
    method, path = address(name)
    answer = caller_for(alice, others)(method, path)
    assert (answer.status_code, answer.json()) == (403, {"error": OUTSIDE})


@pytest.mark.parametrize(
    ("name", "scope"), [(name, scope) for name in SCOPED for scope in NEEDS[name].scopes]
)
def test_one_of_the_scopes_is_enough(name, scope, alice):
    method, path = address(name)
    whole = scope.partition(":")[0]
    for granted in {scope, whole}:
        answer = caller_for(alice, granted)(method, path)
        assert answer.status_code not in (401, 405, 500)
        assert OUTSIDE not in answer.content.decode()


def test_the_papers_tell_the_truth():
    """docs/api.md names every operation there is as one that works, in whole or in part, and no other."""
    rows = re.findall(r"^\| `(\w+) ([^`]+)` \| (works|partly|not) \|", DOCS.read_text(), re.MULTILINE)
    told = {plain(f"{method} {path}") for method, path, state in rows if state != "not"}
    there = {plain(name) for name in served()} | {"GET /oauth/authorize"}
    assert there - told == set(), "these work; docs/api.md does not say so"
    assert told - there == set(), "docs/api.md says that these work"


def plain(name):
    return re.sub(r"\{\w+\}", "{}", name)
