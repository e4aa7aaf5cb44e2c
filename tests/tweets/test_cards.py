"""Cards: what a reader sees of a tweet."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser

from common.ids import id_at, moment_of
from relationships.actions import follow_user
from tests.factories import make_image, make_tweet
from tweets.actions import edit_tweet, hide_tweet
from tweets.ages import age_of
from tweets.cards import card_of, cards_for
from tweets.draft import TweetDraft
from tweets.policies import may_quote
from tweets.queries import tweet_for

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_cards_come_in_the_order_asked_for_without_the_hidden(alice, bob, staff):
    first, second, third = make_tweet(alice), make_tweet(bob), make_tweet(alice)
    hide_tweet(staff, second)
    cards = cards_for([third.id, second.id, first.id, 12345], VISITOR)
    assert [card.id for card in cards] == [third.id, first.id]
    assert cards[0].author.handle == "@alice"


@pytest.mark.parametrize("number", [3, 30])
def test_a_page_of_cards_takes_two_queries_whatever_it_holds(alice, number, django_assert_num_queries):
    ids = [make_tweet(alice, images=[make_image(alice)]).id for _ in range(number)]
    with django_assert_num_queries(2):
        cards = cards_for(ids, alice)
        assert all(card.images[0].url and card.author.avatar_url and card.path for card in cards)
    assert len(cards) == number


@pytest.mark.parametrize("quoters", ["everyone", "followers", "nobody"])
def test_quoting_is_offered_to_those_who_may(alice, bob, carol, quoters):
    follow_user(bob, alice)
    follow_user(alice, carol)
    tweet = make_tweet(alice, quoters=quoters)
    for person in (alice, bob, carol):
        assert card_of(tweet, person).is_quotable == may_quote(person, tweet)
    assert card_of(tweet, VISITOR).is_quotable == (quoters == "everyone")


def test_no_ids_take_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert cards_for([], VISITOR) == []


def test_it_knows_whose_it_is_and_whether_it_was_edited(alice, bob):
    tweet = make_tweet(alice, "one")
    edit_tweet(alice, tweet, TweetDraft(text="two"))
    card = card_of(tweet_for(alice, tweet.id), alice)
    assert card.is_mine
    assert card.edited
    assert "two" in card.html
    assert not card_of(tweet_for(bob, tweet.id), bob).is_mine
    assert card.path == f"/@alice/{tweet.id}"


def test_long_texts_are_known_to_be_long(alice):
    short, long = make_tweet(alice, "a\nb"), make_tweet(alice, "\n".join("abcdefghijklmno"))
    assert [card.is_long for card in cards_for([short.id, long.id], VISITOR)] == [False, True]


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "now"), (-20, "now"), (61, "1m"), (3599, "59m"), (7300, "2h"), (86399, "23h")]
)
def test_ages_are_short(seconds, words):
    now = time.time()
    assert age_of(moment_of(id_at(moment_of(int((now - seconds) * 1000) << 16))), now) == words


def test_older_tweets_show_their_day():
    noon = 1_773_316_800.0  # 12 March 2026, 12:00 UTC
    assert age_of(moment_of(int((noon - 86_400 * 3) * 1000) << 16), noon) == "9 Mar"
    assert age_of(moment_of(int((noon - 86_400 * 100) * 1000) << 16), noon) == "2 Dec 2025"
