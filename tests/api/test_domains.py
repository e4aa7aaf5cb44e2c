"""Servers that one blocks for oneself."""

import pytest

from relationships.models import BlockedDomain, Follow
from tests.api.calling import caller_for
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PATH = "/api/v1/domain_blocks"


@pytest.fixture
def app(alice):
    return caller_for(alice)


def test_block_read_and_unblock(app, bob):
    for domain in ("loud.example", "Bücher.example.", "loud.example"):
        assert app.post(PATH, {"domain": domain}).json() == {}
    assert app.get(PATH).json() == ["xn--bcher-kva.example", "loud.example"]
    assert caller_for(bob).get(PATH).json() == []
    for _ in range(2):
        assert app.delete(PATH, {"domain": "LOUD.example"}).json() == {}
    assert app.delete(f"{PATH}?domain=bücher.example").json() == {}
    assert app.get(PATH).json() == []


def test_pages_in_both_directions(app):
    for number in range(5):
        app.post(PATH, form=f"domain=s{number}.example")
    answer = app.get(f"{PATH}?limit=2")
    assert answer.json() == ["s4.example", "s3.example"]
    older = answer.headers["Link"].partition(";")[0].strip("<>").removeprefix("http://localhost:8000")
    assert app.get(older).json() == ["s2.example", "s1.example"]


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "localhost",
        "a b.example",
        "https://loud.example/x",
        "x" * 64 + ".example",
        ".example",
        "10.0.0.1",
        "-a.example",
        None,
        "a..example",
    ],
)
def test_what_is_no_server_is_refused(app, domain):
    assert app.post(PATH, {"domain": domain}).status_code == 422
    assert app.delete(PATH, {"domain": domain}).status_code == 422
    assert not BlockedDomain.objects.exists()


def test_whom_one_would_lose(app, alice, bob):
    dave, erin = make_user("dave@loud.example"), make_user("erin@veryloud.example")
    for follower, followed in ((alice, dave), (alice, erin), (alice, bob), (dave, alice)):
        Follow.objects.create(follower=follower, followed=followed)
    found = app.get(f"{PATH}/preview?domain=LOUD.example")
    assert found.json() == {"following_count": 1, "followers_count": 1}
    nobody = app.get(f"{PATH}/preview?domain=other.example")
    assert nobody.json() == {"following_count": 0, "followers_count": 0}
    for odd in ("?domain=a%20b", "?domain=", ""):
        assert app.get(f"{PATH}/preview{odd}").status_code == 422


def test_not_the_server_one_is_on_and_not_endlessly_many(app, settings):
    settings.SITE_HOST, settings.BLOCKED_DOMAINS_MAX = "chirp.example", 1
    assert app.post(PATH, {"domain": "chirp.example"}).status_code == 422
    assert app.post(PATH, {"domain": "one.example"}).status_code == 200
    assert app.post(PATH, {"domain": "two.example"}).status_code == 422
    assert app.post(PATH, {"domain": "one.example"}).status_code == 200
