"""What may not be seen is seen nowhere: every reading route, tried by everybody who must not see it."""

import re

import pytest
from django.test import Client

from accounts.actions import suspend_user
from tests.factories import make_image, make_tweet
from tweets.actions import edit_tweet, hide_tweet
from tweets.draft import DraftImage, TweetDraft
from web.urls import urlpatterns

WORD = "marmalade"
# Route -> address. A new route that takes a tweet, or lists some, has to be tried here.
ONE_TWEET = {
    "tweet": "/@alice/{id}",
    "tweet_history": "/@alice/{id}/history",
    "tweet_picture": "/@alice/{id}/picture/1",
    "edit_tweet": "/edit/{id}/",
    "delete_tweet": "/delete/{id}/",
}
LISTS = {"feed": "/", "profile": "/@alice", "profile_rss": "/@alice.rss", "tag": "/tags/breakfast"}
NEEDS_LOGIN = {"edit_tweet", "delete_tweet"}
ABSENT_ID = 1_234_567_890_123


@pytest.fixture
def unseen(alice, staff, request):
    """A tweet with a picture and a former version, made unseen in one of the ways there are."""
    image = make_image(alice)
    tweet = make_tweet(alice, f"{WORD} #breakfast", images=[image])
    edit_tweet(alice, tweet, TweetDraft(f"{WORD} and toast #breakfast", images=(DraftImage(image.id),)))
    if request.param == "hidden tweet":
        hide_tweet(staff, tweet)
    else:
        suspend_user(staff, alice)
    return tweet


@pytest.fixture(params=["visitor", "stranger"])
def reader(request, carol, as_person):
    return Client() if request.param == "visitor" else as_person(carol)


HIDDEN = pytest.mark.parametrize("unseen", ["hidden tweet", "suspended author"], indirect=True)


def test_every_route_to_a_tweet_is_tried():
    routes = {pattern.name for pattern in urlpatterns if "tweet_id" in str(pattern.pattern)}

    assert routes == set(ONE_TWEET)


def test_the_word_is_found_while_it_may_be_seen(alice, reader):
    """Otherwise the tests below would be content with empty pages."""
    tweet = make_tweet(alice, f"{WORD} #breakfast")

    for address in [*LISTS.values(), ONE_TWEET["tweet"].format(id=tweet.id)]:
        assert WORD in reader.get(address).content.decode(), address


@HIDDEN
@pytest.mark.parametrize("route", ONE_TWEET)
def test_unseen_tweet_answers_like_one_that_does_not_exist(unseen, reader, route):
    answer = reader.get(ONE_TWEET[route].format(id=unseen.id))
    absent = reader.get(ONE_TWEET[route].format(id=ABSENT_ID))

    if route in NEEDS_LOGIN and answer.status_code == 302:
        assert answer["Location"].startswith("/login/")
        assert answer["Location"].replace(str(unseen.id), str(ABSENT_ID)) == absent["Location"]
        return
    assert answer.status_code == absent.status_code == 404
    assert told(answer, unseen.id) == told(absent, ABSENT_ID)


@HIDDEN
@pytest.mark.parametrize("route", LISTS)
def test_unseen_tweet_is_in_no_list(unseen, reader, route):
    for address in (LISTS[route], f"{LISTS[route]}?newer=1", f"{LISTS[route]}?cursor={unseen.id + 1}"):
        assert WORD not in reader.get(address, headers={"HX-Request": "true"}).content.decode()
        assert WORD not in reader.get(address).content.decode()


@pytest.mark.parametrize("unseen", ["hidden tweet"], indirect=True)
def test_not_even_its_author_sees_a_hidden_tweet(unseen, as_alice):
    for route, address in ONE_TWEET.items():
        assert as_alice.get(address.format(id=unseen.id)).status_code == 404, route


def told(answer, tweet_id):
    """The page without the number asked for and without the tokens that differ every time."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^:]*: ?)"[^"]*"', "", answer.content.decode())
    return text.replace(str(tweet_id), "ID")
