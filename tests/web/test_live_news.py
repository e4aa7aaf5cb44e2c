"""Pages that ask by themselves: the same news as by the socket, cheap while there are none."""

import json

import pytest

from accounts.models import User
from conversations.actions import send_message
from relationships.actions import block_user, follow_user, mute_user
from tests.factories import make_reply, make_tweet, make_user
from timelines.actions import keep_home
from tweets.actions import delete_tweet, like_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db


def news(client, place="", since=0, tweets=(), **headers):
    query = {"place": place, "since": since, "tweets": ",".join(map(str, tweets))}
    return client.get("/live/news", query, headers=headers)


def ids(answer) -> list[int]:
    return [int(entry["id"]) for entry in json.loads(answer.content)["new"]]


@pytest.fixture
def bob_reads_alice(alice, bob) -> User:
    follow_user(bob, alice)
    bob.refresh_from_db()
    keep_home(bob)
    return bob


def test_home_tells_what_came_since(alice, carol, bob_reads_alice, as_bob, events_happen):
    with events_happen():
        first, _, second = make_tweet(alice), make_tweet(carol), make_tweet(alice)

    assert ids(news(as_bob, "home")) == [second.id, first.id]


def test_a_visitor_has_local_and_no_home(alice, client, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "Good morning #tea")

    assert ids(news(client, "local")) == ids(news(client, "tag:tea")) == [tweet.id]
    assert json.loads(news(client, "home").content) == {}


def test_a_little_more_is_told_than_is_asked_for_because_tweets_come_late(alice, client, events_happen):
    with events_happen():
        late, newest = make_tweet(alice), make_tweet(alice)

    assert ids(news(client, "local", since=newest.id)) == [newest.id, late.id]
    assert ids(news(client, "local", since=newest.id + (180_000 << 16))) == []


def test_only_so_many_are_told(alice, client, settings, events_happen):
    settings.LIVE_MOST_NEW = 3
    with events_happen():
        tweets = [make_tweet(alice) for _ in range(5)]

    assert ids(news(client, "local")) == [tweet.id for tweet in tweets[:1:-1]]
    page = client.get("/live/tweets", {"place": "local", "from": tweets[0].id}).content.decode()
    assert page.count("data-entry") == 3


def test_while_nothing_changes_the_answer_is_empty(alice, client, events_happen):
    with events_happen():
        tweet = make_tweet(alice)
    first = news(client, "local", tweets=[tweet.id])
    again = news(client, "local", tweets=[tweet.id], **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    like_tweet(alice, tweet)

    assert news(client, "local", tweets=[tweet.id], **{"If-None-Match": first["ETag"]}).status_code == 200


def test_counts_of_what_is_on_the_screen_and_what_is_gone(alice, bob, client, events_happen):
    liked, deleted, secret = make_tweet(alice), make_tweet(alice), make_tweet(alice, visibility="followers")
    like_tweet(bob, liked)
    delete_tweet(alice, deleted)
    told = json.loads(news(client, tweets=[liked.id, deleted.id, secret.id, 7]).content)

    assert told["counts"] == {str(liked.id): ["", "", "1"]}
    assert told["gone"] == [str(deleted.id), str(secret.id), "7"]  # alike, whether or not there was one


def test_who_wants_no_counts_gets_none(alice, bob, as_bob):
    tweet = make_tweet(alice)
    like_tweet(alice, tweet)
    bob.hides_counts = True
    bob.save(update_fields=["hides_counts"])

    assert "counts" not in json.loads(news(as_bob, f"tweet:{tweet.id}", tweets=[tweet.id]).content)


def test_a_thread_tells_its_new_replies(alice, bob, client):
    first = make_tweet(alice)
    replies = [make_reply(bob, first), make_reply(alice, first)]
    told = json.loads(news(client, f"tweet:{first.id}", since=first.id).content)["replies"]

    assert [(one["id"], one["parent"]) for one in told] == [(str(one.id), str(first.id)) for one in replies]


def test_the_numbers_of_the_badges_come_with_every_answer(alice, bob_reads_alice, as_bob, events_happen):
    with events_happen():
        make_tweet(alice, "Good morning @bob")
        send_message(alice, TweetDraft("A word", visibility="direct", recipients=(bob_reads_alice.id,)))

    assert json.loads(news(as_bob).content)["unread"] == ["1", "1", "2"]


def test_nothing_crosses_a_block_or_a_mute(alice, bob, carol, as_bob, as_person, events_happen):
    block_user(alice, bob)
    mute_user(carol, alice)
    with events_happen():
        make_tweet(alice, "Good morning #tea")

    for place in ("local", "tag:tea", "home"):
        assert ids(news(as_bob, place)) == ids(news(as_person(carol), place)) == []


# --- The cards behind the pill -----------------------------------------------------------------------


def test_the_cards_are_those_of_the_page(alice, bob_reads_alice, as_bob, events_happen):
    with events_happen():
        make_tweet(alice, "Good morning")
        tweet = make_tweet(alice, "Good evening")
    page = as_bob.get("/live/tweets", {"place": "home", "from": tweet.id}, headers={"HX-Request": "true"})

    assert page.content.decode().strip() in as_bob.get("/").content.decode()
    assert "Good evening" in page.content.decode()
    assert "Good morning" not in page.content.decode()


def test_what_a_followed_tag_brought_says_so(alice, bob_reads_alice, carol, as_bob, events_happen):
    with events_happen():
        make_tweet(carol, "First #tea")
    as_bob.post("/tags/tea/follow")
    with events_happen():
        tweet = make_tweet(carol, "More #tea")

    page = as_bob.get("/live/tweets", {"place": "home", "from": tweet.id}).content.decode()
    assert "Because you follow" in page


@pytest.mark.parametrize(
    "address", ["/live/news?since=x", "/live/tweets?from=-1", "/live/news?since=" + "9" * 30]
)
def test_a_damaged_address_gets_a_sentence(client, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "Reload the page" in answer.content.decode()


@pytest.mark.parametrize("place", ["list:1", "tweet:1", "tweet:", "home:2", "x", "local:\0"])
def test_a_place_that_is_none_has_no_news(client, place):
    assert json.loads(news(client, place).content) == {}
    assert client.get("/live/tweets", {"place": place}).content.strip() == b""


# --- What it costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "most"), [("home", 9), ("local", 9)])
def test_it_costs_the_same_for_few_and_for_many(
    place, most, alice, bob_reads_alice, as_bob, events_happen, django_assert_max_num_queries
):
    with events_happen():
        tweets = [make_tweet(alice) for _ in range(3)]
    news(as_bob, place)
    with django_assert_max_num_queries(most) as few:
        news(as_bob, place, tweets=[tweet.id for tweet in tweets])
    with events_happen():
        tweets += [make_tweet(alice) for _ in range(27)]
    with django_assert_max_num_queries(most) as many:
        news(as_bob, place, tweets=[tweet.id for tweet in tweets])

    assert len(few) == len(many)


def test_a_visitor_without_a_place_costs_nothing(client, django_assert_num_queries):
    make_user()
    with django_assert_num_queries(0):
        news(client)
