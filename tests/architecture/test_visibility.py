"""What may not be seen is seen nowhere: every reading route, tried by everybody who must not see it."""

import re

import pytest
from django.test import Client

from accounts.actions import restore_user, suspend_user
from tests.factories import make_image, make_quote, make_reply, make_tweet
from tweets.actions import bookmark_tweet, edit_tweet, hide_tweet, unhide_tweet
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Tweet
from web.urls import urlpatterns

WORD = "marmalade"
# Route -> address. A new route that takes a tweet, or lists some, has to be tried here.
ONE_TWEET = {
    "tweet": "/@alice/{id}",
    "tweet_history": "/@alice/{id}/history",
    "tweet_picture": "/@alice/{id}/picture/1",
    "edit_tweet": "/edit/{id}/",
    "delete_tweet": "/delete/{id}/",
    "tweet_likes": "/@alice/{id}/likes",
    "tweet_retweets": "/@alice/{id}/retweets",
    "tweet_quotes": "/@alice/{id}/quotes",
}
# The form that answers or quotes a tweet shows it.
COMPOSED = {"reply": "/create/?reply_to={id}", "quote": "/create/?quote={id}"}
# One-button gestures are a POST; by GET they lead to the tweet, or to log in, without looking at it.
GESTURES = {
    name: f"/@alice/{{id}}/{button}"
    for name, button in {
        "like": "like",
        "unlike": "unlike",
        "retweet": "retweet",
        "unretweet": "unretweet",
        "bookmark": "bookmark",
        "unbookmark": "unbookmark",
        "pin": "pin",
        "unpin": "unpin",
        "detach_quote": "detach",
        "mute_thread": "mute",
        "unmute_thread": "unmute",
    }.items()
}
LISTS = {
    "feed": "/",
    "local": "/local/",
    "profile": "/@alice",
    "profile_media": "/@alice/media",
    "profile_rss": "/@alice.rss",
    "tag": "/tags/breakfast",
}
NEEDS_LOGIN = {"edit_tweet", "delete_tweet", *COMPOSED}
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

    assert routes == set(ONE_TWEET) | set(GESTURES)


def test_the_word_is_found_while_it_may_be_seen(alice, reader):
    """Otherwise the tests below would be content with empty pages."""
    tweet = make_tweet(alice, f"{WORD} #breakfast", images=[make_image(alice)])

    for address in [*LISTS.values(), ONE_TWEET["tweet"].format(id=tweet.id)]:
        assert WORD in reader.get(address).content.decode(), address


@HIDDEN
@pytest.mark.parametrize("route", [*ONE_TWEET, *COMPOSED])
def test_unseen_tweet_answers_like_one_that_does_not_exist(unseen, reader, route):
    address = (ONE_TWEET | COMPOSED)[route]
    answer = reader.get(address.format(id=unseen.id))
    absent = reader.get(address.format(id=ABSENT_ID))

    if route in NEEDS_LOGIN and answer.status_code == 302:
        assert answer["Location"].startswith("/login/")
        assert answer["Location"].replace(str(unseen.id), str(ABSENT_ID)) == absent["Location"]
        return
    assert answer.status_code == absent.status_code == 404
    assert told(answer, unseen.id) == told(absent, ABSENT_ID)


@HIDDEN
@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize("route", GESTURES)
def test_no_gesture_tells_an_unseen_tweet_from_one_that_does_not_exist(unseen, reader, route, way):
    answer = getattr(reader, way)(GESTURES[route].format(id=unseen.id))
    absent = getattr(reader, way)(GESTURES[route].format(id=ABSENT_ID))

    assert answer.status_code == absent.status_code
    assert answer.status_code in (302, 404)
    assert answer.get("Location", "").replace(str(unseen.id), str(ABSENT_ID)) == absent.get("Location", "")
    assert told(answer, unseen.id) == told(absent, ABSENT_ID)


@HIDDEN
@pytest.mark.parametrize("place", ["above", "beneath", "quoted", "kept"])
def test_unseen_tweet_is_not_read_beside_another(unseen, carol, staff, as_person, place):
    """Visible once, it may be part of a thread, a quote or somebody's bookmarks."""
    unhide_tweet(staff, unseen)
    restore_user(staff, unseen.author)
    other = make_tweet(carol)
    address = {
        "above": lambda: make_reply(carol, unseen).path,
        "beneath": lambda: Tweet.objects.filter(pk=unseen.pk).update(reply_to=other) and other.path,
        "quoted": lambda: make_quote(carol, unseen).path,
        "kept": lambda: bookmark_tweet(carol, unseen) or "/bookmarks/",
    }[place]()
    reader = as_person(carol)
    assert WORD in reader.get(address).content.decode()
    hide_tweet(staff, unseen)
    assert WORD not in reader.get(address).content.decode()


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
