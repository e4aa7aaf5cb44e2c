"""What many care for just now, and whom one could follow."""

import pytest
from django.utils import timezone

from analytics.actions import recount_link_trends
from analytics.models import Trend, TweetTrend
from relationships.actions import block_user, follow_user
from tests.api.shape import assert_is
from tests.factories import make_page, make_tweet, make_user
from timelines.queries import people_to_meet
from tweets.actions import take_up_link
from tweets.models import Hashtag

pytestmark = pytest.mark.django_db


def trending(*names):
    for place, name in enumerate(names):
        tag = Hashtag.objects.create(name=name)
        Trend.objects.create(hashtag=tag, score=100 - place, people=5, updated_at=timezone.now())


def names(app, path):
    return [one["acct"] for one in app.get(path).json()]


@pytest.mark.parametrize("path", ["/api/v1/trends/tags", "/api/v1/trends"])
def test_tags(nobodys, path):
    trending("tea", "milk", "honey")
    found = nobodys.get(path).json()
    assert_is("Tag", {**found[0], "following": None, "featuring": None})
    assert [tag["name"] for tag in found] == ["tea", "milk", "honey"]
    assert len(found[0]["history"]) == 7
    assert [tag["name"] for tag in nobodys.get(f"{path}?limit=1&offset=1").json()] == ["milk"]
    assert nobodys.get(f"{path}?offset=x").status_code == 422


def test_tweets(alices, alice, bob):
    tweets = [make_tweet(bob), make_tweet(bob), make_tweet(bob, visibility="quiet")]
    for place, tweet in enumerate(tweets):
        TweetTrend.objects.create(tweet=tweet, score=place)
    found = alices.get("/api/v1/trends/statuses").json()
    assert [int(one["id"]) for one in found] == [tweets[1].id, tweets[0].id]
    assert_is("Status", found[0])
    (last,) = alices.get("/api/v1/trends/statuses?offset=1&limit=1").json()
    assert int(last["id"]) == tweets[0].id
    block_user(alice, bob)
    assert alices.get("/api/v1/trends/statuses").json() == []


def linked(url, people):
    make_page(url, title=url)
    for person in people:
        take_up_link(make_tweet(person, url).id)


def test_pages(nobodys, alice, bob, carol):
    linked("https://example.org/tea", [alice, bob, carol])
    linked("https://example.org/milk", [alice, bob, carol, make_user()])
    recount_link_trends()
    found = nobodys.get("/api/v1/trends/links").json()
    assert [page["url"] for page in found] == ["https://example.org/milk", "https://example.org/tea"]
    assert_is("TrendsLink", {**found[0], "missing_attribution": False})
    assert len(found[0]["history"]) == 7
    assert {name: found[0]["history"][0][name] for name in ("uses", "accounts")} == {
        "uses": "4",
        "accounts": "4",
    }
    (last,) = nobodys.get("/api/v1/trends/links?offset=1&limit=1").json()
    assert last["url"] == "https://example.org/tea"
    assert nobodys.get("/api/v1/trends/links?limit=x").status_code == 422


# --- People


def test_whom_one_could_follow(alices, alice, bob, carol):
    friend = make_user("friend")
    make_tweet(carol)
    follow_user(alice, bob)
    follow_user(bob, friend)
    found = alices.get("/api/v2/suggestions").json()
    assert [(one["account"]["acct"], one["sources"]) for one in found] == [
        ("friend", ["friends_of_friends"]),
        ("carol", ["most_followed"]),
    ]
    assert_is("Suggestion", found[0])
    assert names(alices, "/api/v1/suggestions") == ["friend", "carol"]
    assert names(alices, "/api/v1/suggestions?limit=1") == ["friend"]


def test_the_directory(alices, nobodys, alice, bob, carol):
    make_tweet(bob)
    make_tweet(alice)
    make_user("hidden", is_findable=False)
    assert names(nobodys, "/api/v1/directory") == ["alice", "bob"]
    assert names(nobodys, "/api/v1/directory?order=new&local=true") == ["carol", "bob", "alice"]
    assert names(nobodys, "/api/v1/directory?order=new&offset=1&limit=1") == ["bob"]
    block_user(bob, alice)
    assert names(alices, "/api/v1/directory") == ["alice"]
    for query in ("order=old", "offset=-1", "limit=x"):
        assert nobodys.get(f"/api/v1/directory?{query}").status_code == 422


def test_whom_one_does_not_want_is_suggested_no_more(alices, alice, bob, carol):
    make_tweet(carol)
    assert "carol" in names(alices, "/api/v1/suggestions")
    for _ in range(2):
        assert alices.delete(f"/api/v1/suggestions/{carol.id}").json() == {}
    assert "carol" not in names(alices, "/api/v1/suggestions")
    assert carol not in people_to_meet(alice, 10)
    assert carol in people_to_meet(bob, 10)
    assert alices.delete("/api/v1/suggestions/99").status_code == 404
