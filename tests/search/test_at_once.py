"""What was said can be found within a second, through a worker of its own, as the server has one."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser

from common.paging import Window
from events import bus
from search.queries import Asked, latest
from search.query_language import read_question
from tests.factories import make_user
from tests.jobs.conftest import eventually, start_worker  # noqa: F401  (fixtures)
from tweets.actions import delete_tweet, edit_tweet, post_tweet
from tweets.draft import TweetDraft
from twitter_clone.switchboard import PLANS

pytestmark = pytest.mark.django_db(transaction=True)


def ids(text: str) -> list[int]:
    return latest(Asked(read_question(text)), AnonymousUser(), Window(10)).ids


def seconds_until(true) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < 30, "never"
        time.sleep(0.05)
    return time.monotonic() - began


def test_posted_edited_deleted_and_found_within_a_second(start_worker):  # noqa: F811
    """The worker looks by itself every minute only: it is the bell that makes it quick."""
    bus.connect(PLANS)
    alice = make_user("alice")
    start_worker(WORKER_PLANS="product", WORKER_LOOK_SECONDS="60")
    first = post_tweet(alice, TweetDraft("overture"))
    seconds_until(lambda: ids("overture") == [first.id])  # the worker is there
    posted, edited = [], []
    for number in range(5):
        tweet = post_tweet(alice, TweetDraft(f"plum{number} jam"))
        posted.append(seconds_until(lambda n=number, t=tweet: ids(f"plum{n}") == [t.id]))
        edit_tweet(alice, tweet, TweetDraft(f"quince{number} jelly"))
        edited.append(seconds_until(lambda n=number, t=tweet: ids(f"quince{n}") == [t.id]))
        assert ids(f"plum{number}") == []
        delete_tweet(alice, tweet)
        assert ids(f"quince{number}") == []
    # The quickest: the others tell how busy the machine is. Without the bell none comes within a second.
    assert min(posted) < 1, posted
    assert min(edited) < 1, edited
