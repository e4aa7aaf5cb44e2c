"""Posting a tweet."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from attachments.models import Attachment
from common.errors import Invalid, NotAllowed
from events.catalogue import TweetPosted
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import post_tweet
from tweets.draft import DraftImage, TweetDraft
from tweets.models import FeedBlock, Hashtag, Mention, Tweet, TweetImage

pytestmark = pytest.mark.django_db


def test_the_tweet_is_there_with_its_finished_html(alice):
    tweet = post_tweet(alice, TweetDraft(text="  Hello <b>world</b>\r\n"))
    tweet.refresh_from_db()
    assert tweet.author == alice
    assert tweet.text == "Hello <b>world</b>"
    assert "&lt;b&gt;" in tweet.html
    assert "<b>" not in tweet.html


def test_words_of_an_earlier_day_take_their_place_in_time(alice):
    now = make_tweet(alice)
    moment = timezone.now() - timedelta(days=3)
    earlier = post_tweet(alice, TweetDraft("said before"), at=moment)
    assert abs(earlier.created_at - moment) < timedelta(milliseconds=2)
    assert list(Tweet.objects.newest_first()) == [now, earlier]


def test_words_of_an_earlier_day_are_counted_in_their_block(alice):
    first, last = make_tweet(alice), make_tweet(alice)
    FeedBlock.objects.create(first_id=1, last_id=first.id, count=1)
    post_tweet(alice, TweetDraft("said before"), at=last.created_at - timedelta(days=3))
    post_tweet(alice, TweetDraft("said now"), at=timezone.now())
    assert FeedBlock.objects.get().count == 2


def test_nobody_speaks_from_the_future(alice):
    with pytest.raises(Invalid, match="future"):
        post_tweet(alice, TweetDraft("not yet said"), at=timezone.now() + timedelta(minutes=1))
    assert not Tweet.objects.exists()


def test_it_counts_for_its_author(alice):
    make_tweet(alice)
    make_tweet(alice)
    assert User.objects.get(pk=alice.pk).tweets_count == 2


def test_it_announces_itself_once(alice, announced):
    with announced() as events:
        tweet = make_tweet(alice)
    assert events == [TweetPosted(tweet_id=tweet.id, author_id=alice.id)]


def test_tags_and_mentions_are_noted(alice, bob):
    tweet = make_tweet(alice, "Good morning @Bob and @nobody #Django #django #日本")
    assert set(Hashtag.objects.values_list("name", flat=True)) == {"django", "日本"}
    assert [mention.person for mention in Mention.objects.filter(tweet=tweet)] == [bob]
    assert 'href="/tags/django"' in tweet.html


def test_pictures_keep_their_order_and_descriptions(alice):
    images = [make_image(alice), make_image(alice)]
    draft = TweetDraft(
        text="", images=(DraftImage(images[1].id, "a lake"), DraftImage(images[0].id, "a hill"))
    )
    tweet = post_tweet(alice, draft)
    shown = TweetImage.objects.filter(tweet=tweet).order_by("position")
    assert [row.attachment_id for row in shown] == [images[1].id, images[0].id]
    assert [row.attachment.description for row in shown] == ["a lake", "a hill"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b", "\x00\x00"])
def test_an_empty_tweet_is_refused(alice, text):
    with pytest.raises(Invalid, match="Write something"):
        post_tweet(alice, TweetDraft(text=text))
    assert not Tweet.objects.exists()


def test_280_are_held_and_281_are_refused_with_the_number_over(alice):
    post_tweet(alice, TweetDraft(text="a" * 280))
    with pytest.raises(Invalid, match="1 character too long"):
        post_tweet(alice, TweetDraft(text="a" * 281))
    with pytest.raises(Invalid, match="2 characters too long"):
        post_tweet(alice, TweetDraft(text="語" * 141))
    assert Tweet.objects.count() == 1


def test_links_weigh_little_but_are_not_endless(alice):
    post_tweet(alice, TweetDraft(text="https://example.org/" + "a" * 3000))
    with pytest.raises(Invalid, match="far too long"):
        post_tweet(alice, TweetDraft(text=" ".join(["https://example.org/" + "a" * 2500] * 2)))


def test_five_pictures_are_refused(alice):
    images = tuple(DraftImage(make_image(alice).id) for _ in range(5))
    with pytest.raises(Invalid, match="at most 4 pictures"):
        post_tweet(alice, TweetDraft(text="look", images=images))


def test_somebody_elses_picture_is_refused_and_stays_theirs(alice, bob):
    image = make_image(bob)
    with pytest.raises(Invalid):
        post_tweet(alice, TweetDraft(text="mine now", images=(DraftImage(image.id),)))
    assert not Tweet.objects.exists()
    assert Attachment.objects.get(pk=image.pk).owner == bob


def test_a_picture_serves_one_tweet_only(alice):
    image = make_image(alice)
    make_tweet(alice, "first", [image])
    with pytest.raises(Invalid):
        make_tweet(alice, "second", [image])
    assert Tweet.objects.count() == 1


def test_who_has_not_confirmed_may_not_write(db):
    with pytest.raises(NotAllowed, match="Confirm your e-mail"):
        make_tweet(make_user("newcomer", confirmed=False))


def test_a_suspended_person_may_not_write(db):
    with pytest.raises(NotAllowed):
        make_tweet(make_user("loud", state=User.State.SUSPENDED))


def test_the_same_key_gives_the_same_tweet(alice):
    first = post_tweet(alice, TweetDraft(text="once", key="k1"))
    again = post_tweet(alice, TweetDraft(text="once", key="k1"))
    other = post_tweet(alice, TweetDraft(text="once", key="k2"))
    assert again == first != other
    assert Tweet.objects.count() == 2


def test_a_key_belongs_to_its_author(alice, bob):
    assert post_tweet(alice, TweetDraft(text="a", key="k")) != post_tweet(bob, TweetDraft(text="b", key="k"))


@pytest.mark.parametrize("key", ["k" * 101, "a\0b", "a\nb"])
def test_a_damaged_key_is_refused(alice, key):
    with pytest.raises(Invalid, match="damaged"):
        post_tweet(alice, TweetDraft(text="hello", key=key))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_the_same_moment_post_once():
    alice = make_user("alice")
    found: list[int] = []

    def send() -> None:
        try:
            found.append(post_tweet(alice, TweetDraft(text="once", key="same")).id)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert User.objects.get(pk=alice.pk).tweets_count == 1


def test_a_warning_a_cover_and_a_language_stay_with_the_words(alice):
    draft = TweetDraft(text="The captain", warning=" Ending\nof it ", is_sensitive=True, language="DE")
    tweet = Tweet.objects.get(pk=post_tweet(alice, draft).pk)
    assert (tweet.warning, tweet.is_sensitive, tweet.language) == ("Ending of it", True, "de")


def test_a_warning_takes_up_room(alice):
    with pytest.raises(Invalid, match="1 character too long"):
        post_tweet(alice, TweetDraft(text="a" * 270, warning="b" * 11))
    assert post_tweet(alice, TweetDraft(text="a" * 270, warning="b" * 10)).pk


def test_an_unknown_language_is_refused(alice):
    with pytest.raises(Invalid, match="language"):
        post_tweet(alice, TweetDraft(text="Hello", language="klingon"))
