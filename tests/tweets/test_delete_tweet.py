"""Deleting a tweet."""

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotAllowed
from events.catalogue import TweetDeleted
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet, TweetEdit
from tweets.queries import images_of

pytestmark = pytest.mark.django_db


def test_the_tweet_and_its_former_versions_are_gone(alice):
    tweet = make_tweet(alice, "one")
    edit_tweet(alice, tweet, TweetDraft(text="two"))
    delete_tweet(alice, tweet)
    assert not Tweet.objects.exists()
    assert not TweetEdit.objects.exists()
    assert User.objects.get(pk=alice.pk).tweets_count == 0


def test_its_pictures_and_their_files_go_too(alice, events_happen):
    with events_happen():
        image = make_image(alice)
        tweet = make_tweet(alice, "look", [image])
    image.refresh_from_db()
    names = [image.thumb, image.card, image.full]
    assert all(default_storage.exists(name) for name in names if name)
    with events_happen():
        delete_tweet(alice, tweet)
    assert not Attachment.objects.exists()
    assert not any(default_storage.exists(name) for name in names if name)


def test_it_announces_itself_and_twice_is_harmless(alice, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        delete_tweet(alice, Tweet.objects.get(pk=tweet.pk))
        delete_tweet(alice, tweet)
    assert events == [TweetDeleted(tweet.id, alice.id, "public", [])]
    assert User.objects.get(pk=alice.pk).tweets_count == 0


def test_somebody_elses_tweet_stays(alice, bob):
    tweet = make_tweet(alice)
    with pytest.raises(NotAllowed, match="only delete your own"):
        delete_tweet(bob, tweet)
    assert Tweet.objects.filter(pk=tweet.pk).exists()


def test_one_may_take_words_back_before_the_new_address_is_confirmed(alice):
    tweet = make_tweet(alice)
    alice.email_confirmed_at = None
    delete_tweet(alice, tweet)
    assert not Tweet.objects.exists()


def test_a_suspended_person_changes_nothing(db):
    mallory = make_user("mallory")
    tweet = make_tweet(mallory)
    mallory.state = User.State.SUSPENDED
    with pytest.raises(NotAllowed):
        delete_tweet(mallory, tweet)
    assert Tweet.objects.exists()


def test_its_pictures_may_be_used_once_more_if_the_author_wants(alice, events_happen):
    image = make_image(alice, "a cup")
    tweet = make_tweet(alice, "look", images=[image])
    with events_happen():
        delete_tweet(alice, tweet, keeps_pictures=True)
    again = make_tweet(alice, "look again", images=[image])
    assert [one.description for one in images_of(again)] == ["a cup"]
