"""Spreading a tweet with the button under it."""

import pytest

from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from tests.web import gestures
from tests.web.gestures import press
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "spread me")


def counted(tweet):
    tweet.refresh_from_db()
    return (tweet.retweets_count, Tweet.objects.filter(retweet_of=tweet).count())


def test_retweeting_and_taking_it_back_twice_each(as_bob, tweet):
    for _ in range(2):
        assert press(as_bob, tweet, "retweet").status_code == 302
        assert counted(tweet) == (1, 1)
    assert f'{tweet.path}/unretweet" aria-pressed="true"' in as_bob.get(tweet.path).content.decode()
    for _ in range(2):
        assert press(as_bob, tweet, "unretweet").status_code == 302
        assert counted(tweet) == (0, 0)
    assert f'{tweet.path}/retweet" aria-pressed="false"' in as_bob.get(tweet.path).content.decode()


def test_the_ways_back_of_each_reader(as_bob, client, tweet):
    gestures.leads_back_to_the_card(as_bob, tweet, "retweet")
    gestures.leads_visitors_to_log_in_and_back(client, tweet, "retweet")
    html = gestures.answers_only_the_row(as_bob, tweet, "unretweet")
    assert f'formaction="{tweet.path}/retweet" aria-pressed="false"' in html
    assert 'aria-pressed="true"' in gestures.answers_only_the_row(as_bob, tweet, "retweet")


def test_what_is_for_few_is_not_spread_and_has_no_button(alice, bob, as_bob):
    follow_user(bob, alice)
    tweet = make_tweet(alice, "among us", visibility="followers")
    assert f"{tweet.path}/retweet" not in as_bob.get(tweet.path).content.decode()
    answer = press(as_bob, tweet, "retweet")
    assert answer.status_code == 403
    assert "Only public tweets can be retweeted." in answer.content.decode()
    assert counted(tweet) == (0, 0)


def test_unconfirmed_people_do_not_retweet_yet(as_person, tweet):
    assert press(as_person(make_user("new", confirmed=False)), tweet, "retweet").status_code == 403
    assert counted(tweet) == (0, 0)


def test_a_retweet_says_who_spread_it(as_bob, client, bob, tweet):
    press(as_bob, tweet, "retweet")
    row = Tweet.objects.get(retweet_of=tweet)
    page = client.get("/@bob").content.decode()
    assert "</bdi></a> retweeted" in page
    assert "spread me" in page
    assert client.get(f"/@bob/{row.id}").url == tweet.path
