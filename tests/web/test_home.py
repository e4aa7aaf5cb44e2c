"""Home, and Local beside it, of somebody signed in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relationships.actions import block_user, follow_user, mute_user
from tests.factories import make_image, make_tweet, make_user
from timelines.models import HomeTimeline
from tweets.actions import post_tweet, retweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


def ids_shown(response) -> list[int]:
    return [card.entry_id for card in response.context["page"].cards]


@pytest.fixture
def follower(alice, bob, events_happen):
    """Alice follows Bob and has read her home before."""
    HomeTimeline.objects.create(owner=alice, read_at=timezone.now())
    with events_happen():
        follow_user(alice, bob)
    return alice


def test_it_shows_whom_one_follows_and_local_shows_everybody(as_alice, follower, bob, carol, events_happen):
    with events_happen():
        by_bob, by_carol = make_tweet(bob), make_tweet(carol)
    assert ids_shown(as_alice.get("/")) == [by_bob.id]
    assert ids_shown(as_alice.get("/local/")) == [by_carol.id, by_bob.id]


def test_a_first_visit_fills_it(as_alice, alice, bob, events_happen):
    with events_happen():
        follow_user(alice, bob)
        tweet = make_tweet(bob)
    assert ids_shown(as_alice.get("/")) == [tweet.id]


def test_while_one_follows_nobody_it_shows_what_is_said_here(as_alice, alice, bob):
    tweet = make_tweet(bob, "good morning everybody")
    response = as_alice.get("/")
    page = response.content.decode()
    assert ids_shown(response) == [tweet.id]
    assert "While you find people to follow" in page
    assert 'formaction="/@bob/follow"' in page
    assert 'name="text"' in page


def test_whom_to_follow_leaves_out_the_known(as_alice, alice, bob, carol, staff):
    dora = make_user("dora")
    for person in (alice, bob, carol, staff, dora):
        make_tweet(person)
    block_user(bob, alice)
    mute_user(alice, carol)
    staff.is_locked = True
    staff.save()
    follow_user(alice, staff)
    people = as_alice.get("/").context["meeting"].people
    assert [row.person.username for row in people] == ["dora"]


def test_ones_own_words_for_few_stand_there_also_while_one_follows_nobody(
    as_alice, alice, bob, events_happen
):
    with events_happen():
        older, quiet = make_tweet(bob), post_tweet(alice, TweetDraft(text="quietly", visibility="quiet"))
        newer = make_tweet(bob)
    assert ids_shown(as_alice.get("/")) == [newer.id, quiet.id, older.id]
    assert ids_shown(as_alice.get(f"/?cursor={newer.id}")) == [quiet.id, older.id]
    assert ids_shown(as_alice.get("/local/")) == [newer.id, older.id]


def test_an_empty_server_asks_for_the_first_tweet(as_alice):
    assert "Write the first tweet" in as_alice.get("/").content.decode()


def test_an_empty_home_leads_to_local(as_alice, follower):
    page = as_alice.get("/").content.decode()
    assert "Nobody you follow has said anything yet" in page
    assert "While you find people" not in page


@pytest.mark.parametrize("address", ["/", "/local/"])
def test_pages_by_number_and_by_cursor(as_alice, follower, bob, events_happen, address):
    with events_happen():
        tweets = [make_tweet(bob).id for _ in range(25)][::-1]
    first = as_alice.get(address)
    assert f'href="{address}?page=2"' in first.content.decode()
    second, third = as_alice.get(f"{address}?page=2"), as_alice.get(f"{address}?page=3")
    assert ids_shown(first) + ids_shown(second) + ids_shown(third) == tweets
    assert third.context["page"].older_url == ""
    assert ids_shown(as_alice.get(f"{address}?page=99")) == tweets[20:]
    for nonsense in ("0", "x", "-1", "9" * 40):
        assert ids_shown(as_alice.get(f"{address}?page={nonsense}")) == tweets[:10]
    rest = as_alice.get(first.context["page"].next_url, headers={"HX-Request": "true"})
    assert ids_shown(rest) == tweets[10:20]
    assert "<html" not in rest.content.decode()
    assert ids_shown(as_alice.get(f"{address}?newer={tweets[15]}")) == tweets[5:15]


def test_local_leaves_out_the_muted_and_the_blocked(as_alice, alice, bob, carol):
    make_tweet(bob)
    make_tweet(carol)
    mute_user(alice, bob)
    block_user(carol, alice)
    assert ids_shown(as_alice.get("/local/")) == []
    assert ids_shown(as_alice.get("/local/?cursor=9223372036854775806")) == []


def test_a_visitor_reads_local_at_both_addresses(client, bob):
    tweet = make_tweet(bob)
    for address in ("/", "/local/"):
        assert ids_shown(client.get(address)) == [tweet.id]


@pytest.mark.parametrize("number", [3, 30])
def test_it_takes_five_queries_whatever_it_holds(
    as_alice, follower, bob, carol, events_happen, settings, number
):
    settings.FEED_PAGE_SIZE = 100
    with events_happen():
        for _ in range(number // 3):
            tweet = make_tweet(carol, "#hello", [make_image(carol)])
            post_tweet(bob, TweetDraft(text="look", quote_of_id=tweet.id))
            retweet(bob, post_tweet(carol, TweetDraft(text="see", quote_of_id=make_tweet(carol).id)))
            make_tweet(bob)
    as_alice.get("/")  # the side column is counted once a minute, the visit noted once an hour
    with CaptureQueriesContext(connection) as counted:
        response = as_alice.get("/")
    assert len(ids_shown(response)) == number
    assert len(counted) == 5  # reader, entries, cards, pictures, bell


@pytest.mark.parametrize("number", [3, 30])
def test_while_one_follows_nobody_it_takes_six(as_alice, bob, number, settings):
    settings.FEED_PAGE_SIZE = 100
    for _ in range(number):
        tweet = make_tweet(bob, "#hello", [make_image(bob)] if number < 10 else None)
    post_tweet(bob, TweetDraft(text="look", quote_of_id=tweet.id))
    as_alice.get("/")
    with CaptureQueriesContext(connection) as counted:
        response = as_alice.get("/")
    assert len(ids_shown(response)) == number + 1
    assert len(counted) == 6


def test_a_visit_is_noted_once_an_hour(as_alice, alice):
    as_alice.get("/")
    HomeTimeline.objects.filter(pk=alice.pk).delete()
    as_alice.get("/")
    assert not HomeTimeline.objects.filter(pk=alice.pk).exists()
