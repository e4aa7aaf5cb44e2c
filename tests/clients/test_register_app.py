"""Registering an app: nobody else keeps its secret, and its addresses are safe to send people to."""

import pytest

from clients.actions import register_app
from clients.keys import checksum_of
from clients.redirects import OUT_OF_BAND
from common.errors import Invalid

pytestmark = pytest.mark.django_db


def test_the_secret_is_not_kept():
    app, secret = register_app("Tusk", ["https://app.example/callback"], "read")
    assert secret not in {str(value) for value in vars(app).values()}
    assert app.secret_checksum == checksum_of(secret)


def test_without_scopes_it_may_read():
    app, _ = register_app("Tusk", [OUT_OF_BAND])
    assert app.scopes == "read"


@pytest.mark.parametrize("wanted", ["admin:read", "read:everything", "read write root"])
def test_unknown_scopes_are_refused(wanted):
    with pytest.raises(Invalid):
        register_app("Tusk", [OUT_OF_BAND], wanted)


@pytest.mark.parametrize(
    "address",
    [
        "https://app.example/callback",
        "https://app.example:8443/callback?kind=web",
        "http://127.0.0.1:5000/",
        "http://localhost/x",
        "icecubesapp://",
        "com.example.app:/oauth",
        "tusky://com.example/login",
        OUT_OF_BAND,
    ],
)
def test_addresses_of_web_pages_and_native_apps_are_taken(address):
    app, _ = register_app("Tusk", [address])
    assert app.redirect_uris == [address]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//x",
        "data:text/html,hello",
        "file:///etc/passwd",
        "vbscript:x",
        "blob:https://app.example/1",
        "about:blank",
        "ws://app.example/",
        "urn:something:else",
        "//app.example/callback",
        "/callback",
        "app.example",
        "https:",
        "https://",
        "https://app.example/#part",
        "https://user@app.example/",
        "https://app.example/a b",
        "https://app.example\\@evil.example/",
        "https://app.example;evil.example/",
        "https://app.example:0/",
        "https://[::1/",
        "myapp:",
        "https://app.example/\x00",
        "https://app.example/" + "x" * 2000,
        "https://аpp.example/",
    ],
)
def test_addresses_that_browsers_act_on_and_damaged_ones_are_refused(address):
    with pytest.raises(Invalid):
        register_app("Tusk", [address])


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "Tu\x07sk", "Tusk\u202e"])
def test_an_app_has_a_name(name):
    with pytest.raises(Invalid):
        register_app(name, [OUT_OF_BAND])


@pytest.mark.parametrize("website", ["javascript:alert(1)", "app.example", "https://" + "x" * 2000])
def test_a_website_is_an_address_of_the_web(website):
    with pytest.raises(Invalid):
        register_app("Tusk", [OUT_OF_BAND], website=website)
