"""A real server, and people who joined it by the libraries and programs of others."""

from collections.abc import Callable, Iterator

import pytest
from mastodon import Mastodon

from tests.serving import RunningServer

PASSWORD = "correct horse battery"
_SCOPES = ["read", "write", "follow", "push", "profile"]


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[RunningServer]:
    running = RunningServer(
        tmp_path_factory.mktemp("site"),
        variables={
            "API_REGISTRATIONS": "open",
            "API_REGISTRATIONS_CONFIRM": "no",
            "OAUTH_PASSWORD_GRANT": "yes",
            "RATE_LIMITS": "off",
            "OUTSIDE_ALLOWS_LOOPBACK": "yes",
        },
        first_page="/healthz",
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def site(server) -> str:
    return f"http://localhost:{server.port}"


@pytest.fixture(scope="package")
def join(site) -> Callable[[str], Mastodon]:
    """`join("alice")`: somebody joins by Mastodon.py, and it acts for them."""
    app_id, secret = Mastodon.create_app("Walk", api_base_url=site, scopes=_SCOPES)

    def joined(name: str) -> Mastodon:
        app = Mastodon(client_id=app_id, client_secret=secret, api_base_url=site)
        token = app.create_account(
            name, PASSWORD, f"{name}@example.org", agreement=True, scopes=_SCOPES, return_detailed_error=False
        )
        return Mastodon(client_id=app_id, client_secret=secret, access_token=token, api_base_url=site)

    return joined
