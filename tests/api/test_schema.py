"""The description of the API is that of what is served."""

import re

import pytest

from api.examples import schemas
from tests.api.calling import Caller
from tests.api.operations import served
from tests.visibility.api_needs import NEEDS, OPEN_TO_ALL

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def described(django_db_blocker):
    with django_db_blocker.unblock():
        answer = Caller().get("/api/schema")
    assert answer.status_code == 200
    return answer.json()


def operations(described):
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_every_operation_is_there_and_no_other(described):
    assert described["openapi"].startswith("3.1")
    assert set(operations(described)) == set(served())


def test_each_says_what_it_does_and_what_it_asks_of_a_token(described):
    for name, operation in operations(described).items():
        assert operation["summary"].strip(), name
        needs = NEEDS[name]
        scopes = {scope for way in operation["security"] for scope in way.get("OAuth2", [])}
        assert scopes == set(needs.scopes), name
        assert (operation["security"] == []) == (needs.who == OPEN_TO_ALL), name
    ids = [operation["operationId"] for operation in operations(described).values()]
    assert len(ids) == len(set(ids))


def test_what_it_takes_is_there(described):
    found = operations(described)
    body = found["POST /api/v1/statuses"]["requestBody"]["content"]["application/json"]["schema"]
    name = body["$ref"].rpartition("/")[2]
    assert {"status", "media_ids", "poll", "scheduled_at"} <= set(
        described["components"]["schemas"][name]["properties"]
    )
    asked = {parameter["name"] for parameter in found["GET /api/v1/notifications"]["parameters"]}
    assert {"max_id", "limit", "types[]", "exclude_types[]", "account_id"} <= asked
    assert "422" in found["GET /api/v1/notifications"]["responses"]


def test_whatever_it_refers_to_is_there(described):
    names = set(re.findall(r"#/components/schemas/(\w+)", str(described)))
    assert names <= set(described["components"]["schemas"])
    assert not any(name.startswith("_") for name in described["components"]["schemas"])


def test_everything_that_is_sent_is_explained(described):
    given = schemas()  # Mastodon's documentation explains what answers hold
    unsaid = {
        f"{name} {parameter['name']}"
        for name, operation in operations(described).items()
        for parameter in operation.get("parameters", ())
        if parameter["in"] != "path" and not parameter.get("description")
    }
    for name, kind in described["components"]["schemas"].items():
        if name not in {"Error", *given}:
            unsaid |= {
                f"{name}.{part}"
                for part, said in kind.get("properties", {}).items()
                if not said.get("description")
            }
    assert unsaid == set()


def test_what_is_said_when_something_is_taken_out_stands_in_the_address(described):
    found = operations(described)
    for name, part in (
        ("DELETE /api/v1/lists/{list_id}/accounts", "account_ids[]"),
        ("DELETE /api/v1/domain_blocks", "domain"),
        ("DELETE /api/v1/statuses/{status_id}", "delete_media"),
    ):
        assert part in {parameter["name"] for parameter in found[name]["parameters"]}
        assert "requestBody" not in found[name]
