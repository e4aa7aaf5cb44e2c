"""Several tweets at once: all or nothing, in order, once."""

import pytest
from django.utils import timezone

from common.errors import Invalid, NotAllowed
from events.bus import heard_by
from events.catalogue import TweetPosted
from notifications.models import Notification
from relationships.actions import block_user, follow_user
from search.models import TweetDocument
from tests.factories import make_image, make_tweet
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import delete_tweet, post_thread
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Tweet
from tweets.queries import images_of, thread_of

pytestmark = pytest.mark.django_db


def drafts(*texts, **first):
    return [TweetDraft(text=text, **(first if place == 0 else {})) for place, text in enumerate(texts)]


def test_each_answers_the_one_before_in_the_order_of_their_ids(alice):
    thread = post_thread(alice, drafts("one", "two", "three"))
    assert [tweet.text for tweet in Tweet.objects.order_by("id")] == ["one", "two", "three"]
    assert [tweet.reply_to_id for tweet in thread] == [None, thread[0].id, thread[1].id]
    assert {tweet.conversation_id for tweet in thread} == {thread[0].id}
    steps = thread_of(thread[1], alice, limit=10).steps
    assert [steps[tweet.id] for tweet in thread] == [(1, 3), (2, 3), (3, 3)]
    assert Tweet.objects.get(pk=thread[0].id).replies_count == 1
    alice.refresh_from_db()
    assert alice.tweets_count == 3


def test_each_has_its_own_pictures(alice):
    first, second = make_image(alice), make_image(alice)
    thread = post_thread(
        alice,
        [
            TweetDraft("one", (DraftImage(first.id),)),
            TweetDraft("two"),
            TweetDraft("", (DraftImage(second.id, "a hill"),)),
        ],
    )
    assert [[image.id for image in images_of(tweet)] for tweet in thread] == [[first.id], [], [second.id]]


@pytest.mark.parametrize(
    ("spoiled", "sentence"),
    [
        (TweetDraft(" "), "Tweet 3: Write something, or add a picture."),
        (TweetDraft("word " * 60), "Tweet 3: That is 19 characters too long; a tweet holds 280."),
        (TweetDraft("x", (DraftImage(7),)), "Tweet 3: One of the pictures is no longer there. Add it again."),
    ],
    ids=["empty", "too long", "a lost picture"],
)
def test_one_that_is_refused_stops_all_and_is_named(alice, spoiled, sentence):
    image = make_image(alice)
    thread = [TweetDraft("one", (DraftImage(image.id),)), TweetDraft("#two"), spoiled, TweetDraft("four")]
    with pytest.raises(Invalid) as refused:
        post_thread(alice, thread)
    assert refused.value.message == sentence
    assert not Tweet.objects.exists()
    alice.refresh_from_db()
    image.refresh_from_db()
    assert alice.tweets_count == 0
    assert image.claimed_at is None


def test_a_single_one_is_refused_without_a_number(alice):
    with pytest.raises(Invalid, match=r"^Write something"):
        post_thread(alice, drafts(""))


def test_nobody_is_heard_of_what_was_refused(alice, events_happen, bob):
    with events_happen(), pytest.raises(Invalid):
        post_thread(alice, drafts("hello @bob", ""))
    assert not Notification.objects.exists()


def test_no_more_than_the_limit(alice, settings):
    settings.THREAD_MAX_TWEETS = 3
    assert len(post_thread(alice, drafts("1", "2", "3"))) == 3
    with pytest.raises(Invalid, match="at most 3 tweets; this one has 2 too many"):
        post_thread(alice, drafts("1", "2", "3", "4", "5"))
    with pytest.raises(Invalid, match="Write something"):
        post_thread(alice, [])
    assert Tweet.objects.count() == 3


def test_twenty_five_at_once(alice):
    thread = post_thread(alice, drafts(*(f"number {number}" for number in range(1, 26))))
    assert [tweet.text for tweet in thread] == [f"number {number}" for number in range(1, 26)]
    assert list(Tweet.objects.order_by("id")) == thread


def test_the_first_has_the_place(alice, bob):
    parent, quoted = make_tweet(bob), make_tweet(bob)
    thread = post_thread(alice, drafts("a", "b", reply_to_id=parent.id, quote_of_id=quoted.id))
    assert [(tweet.reply_to_id, tweet.quote_of_id) for tweet in thread] == [
        (parent.id, quoted.id),
        (thread[0].id, None),
    ]
    assert thread[1].conversation_id == parent.id


def test_whoever_may_not_answer_posts_none_of_it(alice, bob):
    parent = make_tweet(bob, repliers="followers")
    with pytest.raises(NotAllowed, match=r"^Tweet 1: Its author chose"):
        post_thread(alice, drafts("a", "b", reply_to_id=parent.id))
    block_user(bob, alice)
    with pytest.raises(Invalid, match=r"^Tweet 1: The tweet you answer"):
        post_thread(alice, drafts("a", "b", reply_to_id=parent.id))


def test_a_thread_for_the_people_it_names_stays_with_them(alice, bob, carol):
    thread = post_thread(
        alice,
        [
            TweetDraft("only @bob", visibility="direct"),
            TweetDraft("and not @carol", visibility="direct"),
        ],
    )
    assert list(Tweet.objects.visible_to(bob).order_by("id")) == thread
    assert not Tweet.objects.visible_to(carol).exists()


def test_sent_twice_it_is_the_first_thread(alice):
    once = post_thread(alice, drafts("a", "b", "c", key="form"))
    assert post_thread(alice, drafts("a", "b", "c", key="form")) == once
    delete_tweet(alice, once[1])
    assert post_thread(alice, drafts("a", "b", "c", key="form")) == [once[0], once[2]]
    assert Tweet.objects.count() == 2


def test_the_same_key_of_another_is_another_thread(alice, bob):
    post_thread(alice, drafts("a", "b", key="form"))
    post_thread(bob, drafts("a", "b", key="form"))
    assert Tweet.objects.count() == 4


def test_it_reaches_homes_search_and_those_it_names(alice, bob, carol, events_happen):
    for person in (bob, carol):
        HomeTimeline.objects.create(owner=person, read_at=timezone.now())
    with events_happen():
        follow_user(bob, alice, notifies=True)
        thread = post_thread(alice, drafts("hello zebra", "and @carol", "bye zebra"))
    at_bobs = TimelineEntry.objects.filter(owner=bob).order_by("tweet_id")
    assert [entry.tweet_id for entry in at_bobs] == [tweet.id for tweet in thread]
    assert not TimelineEntry.objects.filter(owner=carol).exists()
    assert set(TweetDocument.objects.values_list("tweet_id", flat=True)) == {tweet.id for tweet in thread}
    told = Notification.objects.filter(tweet__in=thread).order_by("recipient__username")
    assert [(one.recipient, one.kind, one.tweet_id) for one in told] == [
        (bob, "tweet", thread[0].id),  # the bell rings once
        (carol, "mention", thread[1].id),
    ]


def test_what_is_announced(alice):
    heard = []
    with heard_by(heard.append):
        thread = post_thread(alice, drafts("a", "b"))
    assert heard == [TweetPosted(tweet_id=tweet.id, author_id=alice.id) for tweet in thread]
