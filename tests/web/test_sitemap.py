"""What search engines are told about: everybody who wishes to be found, and what they say to everybody."""

import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import suspend_user
from accounts.models import User
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import edit_tweet, hide_tweet, retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://localhost:8000"


def part(kind: str) -> str:
    return f"/sitemap/{kind}-{timezone.now():%Y-%m}.xml"


def addresses(client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return [
        (found.text or "").removeprefix(SITE) for found in ET.fromstring(answer.content).iter(f"{SPACE}loc")
    ]


def test_robots_are_told_where_it_is(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_an_empty_server_has_an_empty_list(client, db):
    assert addresses(client, "/sitemap.xml") == []


def test_it_lists_every_month_since_the_first(client):
    with time_machine.travel("2026-09-30T23:59:00Z"):
        make_tweet(make_user("first"))
    with time_machine.travel("2026-11-01T00:00:30Z"):
        assert addresses(client, "/sitemap.xml") == [
            f"/sitemap/{kind}-{month}.xml"
            for kind in ("people", "tweets")
            for month in ("2026-11", "2026-10", "2026-09")
        ]
        assert addresses(client, "/sitemap/people-2026-09.xml") == ["/@first"]
        assert addresses(client, "/sitemap/people-2026-10.xml") == []


def test_people_and_what_they_say_to_everybody(client, alice, bob):
    said = make_tweet(alice, "hello")
    answer = make_reply(bob, said)
    for visibility in ("quiet", "followers"):
        make_tweet(alice, visibility, visibility=visibility)
    retweet(bob, said)
    assert addresses(client, part("people")) == ["/@bob", "/@alice"]
    assert addresses(client, part("tweets")) == [answer.path, said.path]


def test_who_does_not_wish_to_be_found_is_not_named(client, alice):
    tweet = make_tweet(alice)
    User.objects.update(is_findable=False)
    assert addresses(client, part("people")) == addresses(client, part("tweets")) == []
    for page in (tweet.path, "/@alice"):
        assert '<meta name="robots" content="noindex">' in client.get(page).content.decode()
    User.objects.update(is_findable=True)
    for page in (tweet.path, "/@alice"):
        assert "noindex" not in client.get(page).content.decode()


def test_the_hidden_the_suspended_and_the_unconfirmed_are_not_named(client, alice, bob, staff):
    hide_tweet(staff, make_tweet(alice, "hidden"))
    make_tweet(bob, "said before")
    suspend_user(staff, bob)
    make_user("unproved", confirmed=False)
    assert addresses(client, part("tweets")) == []
    assert addresses(client, part("people")) == [staff.path, "/@alice"]


def test_it_says_when_a_tweet_was_edited(client, alice):
    with time_machine.travel("2027-11-03T10:00:00Z"):
        tweet = make_tweet(alice, "before")
        assert "<lastmod>2027-11-03T10:00:00Z</lastmod>" in client.get(part("tweets")).content.decode()
    with time_machine.travel("2027-11-04T11:30:00Z"):
        edit_tweet(alice, tweet, TweetDraft("after"))
        assert "<lastmod>2027-11-04T11:30:00Z</lastmod>" in client.get(part("tweets")).content.decode()


def test_no_more_than_so_many_stand_in_a_part(client, alice, monkeypatch):
    monkeypatch.setattr("web.views.sitemap._MOST", 2)
    tweets = [make_tweet(alice) for _ in range(3)]
    assert addresses(client, part("tweets")) == [tweets[2].path, tweets[1].path]


@pytest.mark.parametrize("month", ["2026-13", "2026-0", "0-1", "1969-12", "99999-1", f"{10**30}-1"])
def test_what_is_no_month_is_not_found(client, db, month):
    assert client.get(f"/sitemap/tweets-{month}.xml").status_code == 404
    assert client.get(f"/sitemap/people-{month}.xml").status_code == 404


def test_a_part_costs_one_query_however_much_it_holds(client, alice, django_assert_num_queries):
    for number in (1, 10):
        for _ in range(number):
            make_tweet(alice)
        with django_assert_num_queries(1):
            client.get(part("tweets"))
        with django_assert_num_queries(2):
            client.get("/sitemap.xml")
