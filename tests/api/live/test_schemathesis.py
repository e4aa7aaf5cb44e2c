"""schemathesis reads the API's own description, and asks what nobody thought of: no operation may break."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

_EXAMPLES = 3  # of each operation
_HASTY = settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# They end what all other questions need.
_LAST = {"/oauth/revoke"}
_ENDLESS = "/api/v1/streaming/"  # answers of these do not end


@pytest.fixture(scope="module")
def description(site):
    return requests.get(f"{site}/api/schema", timeout=60).json()


def test_every_answer_is_one_of_those_described(site, join, description):
    somebody = join("fuzz")
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {somebody.access_token}"
    wrong = []

    def told(case, documented):
        answer = case.call(base_url=site, session=session, timeout=60)
        if str(answer.status_code) not in documented:
            wrong.append((case.operation.label, answer.status_code, answer.text[:200], case.body))

    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        operation = found.ok()
        if operation.path in _LAST or operation.path.startswith(_ENDLESS):
            continue
        documented = set(description["paths"][operation.path][operation.method]["responses"])
        _ask(operation, lambda case, documented=documented: told(case, documented))
    assert wrong == []


def _ask(operation, look):
    """Some cases that fit the description, each looked at."""

    @_HASTY
    @given(case=operation.as_strategy())
    def several(case):
        look(case)

    several()
