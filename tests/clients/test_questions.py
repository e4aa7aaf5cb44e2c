"""What an app may ask of a person, and where the answer may go."""

import pytest

from clients import protocol
from clients.actions import register_app
from clients.redirects import OUT_OF_BAND
from common.errors import Invalid
from tests.clients.conftest import CALLBACK, Registered
from tests.clients.flow import question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": CALLBACK + "/"},
        {"redirect_uri": CALLBACK + "?x=1"},
        {"redirect_uri": CALLBACK.upper()},
        {"redirect_uri": "https://app.example/callback/../x"},
        {"redirect_uri": OUT_OF_BAND},
        {"client_id": "nobody"},
        {"client_id": None},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_apps(registered, changes):
    with pytest.raises(Invalid):
        protocol.read_question(question(registered, **changes))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "code token"}, "unauthorized_client"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "read admin:read"}, "invalid_scope"),
    ],
)
def test_what_else_is_wrong_the_app_may_be_told(registered, changes, error):
    with pytest.raises(protocol.WrongQuestion) as wrong:
        protocol.read_question(question(registered, **changes))
    assert wrong.value.address.startswith(f"{CALLBACK}?error=")
    assert f"error={error}" in wrong.value.address or changes.get("response_type")
    assert "state=a+state+%26+more" in wrong.value.address


def test_an_app_never_gets_more_than_it_registered():
    reader = Registered(*register_app("Reader", [CALLBACK], "read:statuses"))
    for wanted in ("read", "write", "read:statuses write:statuses"):
        with pytest.raises(protocol.WrongQuestion):
            protocol.read_question(question(reader, scope=wanted))
    assert protocol.read_question(question(reader, scope="read:statuses")).scopes == "read:statuses"
    assert protocol.read_question(question(reader, scope=None)).scopes == "read:statuses"


def test_a_part_of_what_it_registered_is_fine(registered):
    assert protocol.read_question(question(registered, scope="read:lists")).scopes == "read:lists"
    assert protocol.read_question(question(registered, scope=None)).scopes == "read"


def test_the_address_stays_as_it_was_registered_to_the_letter():
    app, _ = register_app("Cubes", ["icecubesapp://"], "read")
    asked = protocol.Asked(app, "icecubesapp://", "read", "s", "")
    assert asked.address(code="c") == "icecubesapp://?code=c&state=s"
    assert (
        protocol.Asked(app, "https://a.example/?x=1", "read", None, "")
        .address(code="c")
        .endswith("?x=1&code=c")
    )
