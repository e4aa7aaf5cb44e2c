"""Tags: looked at, followed, shown on a profile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.ids import new_id_at
from tests.api.shape import assert_is
from tests.factories import make_tweet
from timelines.models import TagFollow
from tweets.models import FeaturedTag, Tweet, TweetHashtag

pytestmark = pytest.mark.django_db
TAGS, FEATURED = "/api/v1/tags", "/api/v1/featured_tags"
NOT_THERE = (404, {"error": "Record not found"})


def told(answer):
    return answer.status_code, answer.json()


def test_how_often_it_was_used_lately(alices, nobodys, alice, bob):
    for author in (alice, alice, bob):
        make_tweet(author, "#Tea")
    make_tweet(bob, "#tea for few", visibility="followers")
    days_ago = make_tweet(bob, "#tea")
    moved = new_id_at(timezone.now() - timedelta(days=2))
    TweetHashtag.objects.filter(tweet=days_ago).delete()
    Tweet.objects.filter(pk=days_ago.pk).update(id=moved)
    TweetHashtag.objects.create(tweet_id=moved, hashtag=TweetHashtag.objects.first().hashtag)
    found = alices.get(f"{TAGS}/TEA").json()
    assert_is("Tag", found)
    assert (found["name"], found["url"]) == ("tea", "http://localhost:8000/tags/tea")
    assert (found["following"], found["featuring"]) == (False, False)
    assert [(day["uses"], day["accounts"]) for day in found["history"]] == [
        ("3", "2"),
        ("0", "0"),
        ("1", "1"),
        *[("0", "0")] * 4,
    ]
    assert int(found["history"][0]["day"]) % 86400 == 0
    assert "following" not in nobodys.get(f"{TAGS}/tea").json()


def test_followed_and_followed_no_more(alices, bobs):
    assert alices.post(f"{TAGS}/Tea/follow").json()["following"] is True
    assert alices.post(f"{TAGS}/tea/follow").json()["following"] is True
    alices.post(f"{TAGS}/milk/follow")
    rows = alices.get("/api/v1/followed_tags").json()
    assert [row["name"] for row in rows] == ["milk", "tea"]
    assert_is("Tag", rows[0])
    answer = alices.get("/api/v1/followed_tags?limit=1")
    following = answer.headers["Link"].partition(">")[0].removeprefix("<http://localhost:8000")
    assert [row["name"] for row in alices.get(following).json()] == ["tea"]
    assert alices.post(f"{TAGS}/tea/unfollow").json()["following"] is False
    assert bobs.get("/api/v1/followed_tags").json() == []
    assert TagFollow.objects.count() == 1


@pytest.mark.parametrize("name", ["1", "two%20words", "%E2%80%8B", "%00", "x" * 300])
def test_what_is_no_tag(alices, name):
    assert told(alices.get(f"{TAGS}/{name}")) == NOT_THERE
    for deed in ("follow", "unfollow", "feature", "unfeature"):
        assert told(alices.post(f"{TAGS}/{name}/{deed}")) == NOT_THERE


def test_no_more_than_so_many(alices, settings):
    settings.TAGS_FOLLOWED_MAX = settings.TAGS_FEATURED_MAX = 1
    for deed in ("follow", "feature"):
        assert alices.post(f"{TAGS}/tea/{deed}").status_code == 200
        assert alices.post(f"{TAGS}/milk/{deed}").status_code == 422


def test_a_tag_nobody_used_yet(alices):
    found = alices.get(f"{TAGS}/nowhere").json()
    assert (found["name"], found["history"]) == ("nowhere", [])


# --- On a profile


def test_shown_on_a_profile(alices, nobodys, bobs, alice):
    make_tweet(alice, "#tea")
    make_tweet(alice, "#tea #milk", visibility="followers")
    assert [row["name"] for row in alices.get(f"{FEATURED}/suggestions").json()] == ["tea"]
    made = alices.post(FEATURED, {"name": "#Tea"}).json()
    assert_is("FeaturedTag", made)
    assert (made["name"], made["statuses_count"]) == ("tea", "1")
    assert made["last_status_at"] == f"{timezone.now():%Y-%m-%d}"
    assert alices.post(FEATURED, form="name=tea").json() == made
    assert alices.get(FEATURED).json() == [made]
    assert nobodys.get(f"/api/v1/accounts/{alice.id}/featured_tags").json() == [made]
    assert alices.get(f"{TAGS}/tea").json()["featuring"] is True
    assert alices.get(f"{FEATURED}/suggestions").json() == []
    assert told(bobs.delete(f"{FEATURED}/{made['id']}")) == NOT_THERE
    assert told(alices.delete(f"{FEATURED}/{made['id']}")) == (200, {})
    assert told(alices.delete(f"{FEATURED}/{made['id']}")) == NOT_THERE
    assert nobodys.get(f"/api/v1/accounts/{alice.id}/featured_tags").json() == []


def test_by_the_buttons_of_a_tag(alices, alice):
    assert alices.post(f"{TAGS}/Tea/feature").json()["featuring"] is True
    assert alices.post(f"{TAGS}/tea/unfeature").json()["featuring"] is False
    assert not FeaturedTag.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"name": ""}, {"name": "two words"}, {"name": "1"}, {"name": {}}])
def test_what_cannot_be_shown_on_a_profile(alices, sent):
    assert alices.post(FEATURED, sent).status_code == 422


def test_the_profile_of_somebody_who_is_not_there(nobodys):
    assert told(nobodys.get("/api/v1/accounts/5/featured_tags")) == NOT_THERE
