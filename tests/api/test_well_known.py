"""Who is who, and what software this is."""

from xml.etree import ElementTree

import pytest

from accounts.actions import suspend_user
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db
FINGER = "/.well-known/webfinger?resource="


@pytest.mark.parametrize(
    "resource",
    [
        "acct:alice@localhost:8000",
        "acct:ALICE@localhost:8000",
        "alice@localhost:8000",
        "http://localhost:8000/@alice",
    ],
)
def test_a_person_of_this_server(nobodys, alice, resource):
    answer = nobodys.get(f"{FINGER}{resource}")
    assert answer.headers["Content-Type"].startswith("application/jrd+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found = answer.json()
    assert found["subject"] == "acct:alice@localhost:8000"
    assert found["links"][0]["href"] in found["aliases"] == ["http://localhost:8000/@alice"]


def test_others_are_not_there(nobodys, alice, staff):
    make_user("newcomer", confirmed=False)
    make_user("dave@other.example")
    suspend_user(staff, alice)
    for resource in (
        "acct:alice@localhost:8000",
        "acct:nobody@localhost:8000",
        "acct:newcomer@localhost:8000",
        "acct:dave@other.example",
        "acct:alice@other.example",
        "acct:alice",
        "http://localhost:8000/@alice/5",
        "mailto:x",
        "%00",
    ):
        assert nobodys.get(f"{FINGER}{resource}").status_code == 404, resource
    assert nobodys.get("/.well-known/webfinger").status_code == 400


def test_where_to_look(nobodys):
    answer = nobodys.get("/.well-known/host-meta")
    (link,) = ElementTree.fromstring(answer.content)
    assert link.get("template") == "http://localhost:8000/.well-known/webfinger?resource={uri}"
    assert answer.headers["Content-Type"].startswith("application/xrd+xml")


def test_what_software_this_is(nobodys, alice):
    make_tweet(alice)
    links = nobodys.get("/.well-known/nodeinfo").json()["links"]
    for link in links:
        version = link["rel"].rpartition("/")[2]
        found = nobodys.get(link["href"].removeprefix("http://localhost:8000")).json()
        assert found["version"] == version
        assert found["software"]["name"] == "twitter-clone"
        assert (found["usage"]["users"]["total"], found["usage"]["localPosts"]) == (1, 1)
    assert nobodys.get("/nodeinfo/9").status_code == 404


def test_it_says_whether_everybody_may_join(nobodys, set_joining):
    for mode, is_open in (("open", True), ("approval", False), ("invite", False), ("closed", False)):
        set_joining(mode=mode)
        assert nobodys.get("/nodeinfo/2.1").json()["openRegistrations"] is is_open


def test_health_asks_the_database(nobodys, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = nobodys.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "UP"})


def test_oembed_leads_to_where_it_is_answered(nobodys, alice):
    tweet = make_tweet(alice)
    address = f"http://localhost:8000/@alice/{tweet.pk}"
    answer = nobodys.get(f"/api/oembed?url={address}&maxwidth=300")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"http://localhost:8000/oembed?url={address}&maxwidth=300",
    )
