"""schemathesis reads the API's own description and the public one, and asks a running server what nobody
thought of: no operation may break, and every answer is as it is described.
"""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.api.checks import faults
from tests.api.public import corrected

_EXAMPLES = 3  # of each operation
_HASTY = settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_ENDLESS = "/api/v1/streaming/"  # answers of these do not end


@pytest.fixture(scope="module")
def ours(site):
    return requests.get(f"{site}/api/schema", timeout=60).json()


@pytest.fixture(params=["ours", "public"])
def description(request, ours):
    return ours if request.param == "ours" else corrected()


def test_every_answer_is_as_it_is_described(site, join, description, request):
    somebody = join(f"fuzz{request.node.callspec.params['description']}")
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {somebody.access_token}"
    wrong = []

    def look(case):
        answer = case.call(base_url=site, session=session, timeout=60)
        if said := faults(case, answer):
            wrong.append((case.operation.label, answer.status_code, answer.text[:200], case.body, said))

    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        operation = found.ok()
        if not operation.path.startswith(_ENDLESS):
            _ask(operation, look)
    assert wrong == []
    assert session.get(f"{site}/api/v1/accounts/verify_credentials", timeout=60).status_code == 200


def test_giving_a_token_back_is_as_it_is_described(site, join, description, request):
    """Made for it, as it ends what all other questions need."""
    leaving = join(f"leaving{request.node.callspec.params['description']}")
    given = {
        "token": leaving.access_token,
        "client_id": leaving.client_id,
        "client_secret": leaving.client_secret,
    }
    operation = schemathesis.openapi.from_dict(description)["/oauth/revoke"]["POST"]
    for sent, status in (({**given, "client_secret": "wrong"}, 401), (given, 200), (given, 200)):
        case = operation.Case(body=sent, media_type="application/x-www-form-urlencoded")
        answer = case.call(base_url=site, timeout=60)
        assert (answer.status_code, faults(case, answer)) == (status, [])
    bearer = {"Authorization": f"Bearer {leaving.access_token}"}
    gone = requests.get(f"{site}/api/v1/accounts/verify_credentials", headers=bearer, timeout=60)
    assert gone.status_code == 401


def _ask(operation, look):
    """Some cases that fit the description, each looked at."""

    @_HASTY
    @given(case=operation.as_strategy())
    def several(case):
        look(case)

    several()
