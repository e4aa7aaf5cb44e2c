"""Taking back what was sent: nobody was told, everything comes back, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attachments.models import Attachment
from common.errors import Invalid, NotFound
from common.paging import Window
from conversations.actions import send_message
from conversations.models import Message, Participation
from conversations.queries import message_ids, unread
from jobs.engines.embedded import run_pending
from jobs.models import Job
from notifications.models import Notification
from relationships.actions import follow_user
from search.models import TweetDocument
from tests.factories import make_image, make_tweet
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import edit_tweet, post_thread, post_tweet, undo_posting
from tweets.draft import DraftImage, PollDraft, TweetDraft, from_plain
from tweets.models import PostingKey, Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower(alice, bob, events_happen):
    HomeTimeline.objects.create(owner=bob, read_at=timezone.now())
    with events_happen():
        follow_user(bob, alice, notifies=True)
    Notification.objects.all().delete()
    return bob


def delivered_to(person):
    """What the person was told of."""
    return [
        *TimelineEntry.objects.filter(owner=person).values_list("tweet_id", flat=True),
        *Notification.objects.filter(recipient=person).values_list("tweet_id", flat=True),
    ]


def time_passes(seconds=7):
    """For the jobs that wait, and for the author."""
    for job in Job.objects.all():
        job.run_at -= timedelta(seconds=seconds)
        job.save()
    for key in PostingKey.objects.filter(undo_until__isnull=False):
        key.undo_until -= timedelta(seconds=seconds)
        key.save()


def test_nobody_is_told_until_the_time_is_over(alice, follower, carol, events_happen):
    with events_happen():
        tweet = post_tweet(alice, TweetDraft("hello @carol", key="form"), undo_seconds=6)
    assert delivered_to(follower) == delivered_to(carol) == []
    assert TweetDocument.objects.filter(tweet=tweet).exists()  # finding does not wait
    time_passes()
    run_pending()
    assert delivered_to(follower) == [tweet.id, tweet.id]
    assert delivered_to(carol) == [tweet.id]


def test_what_no_form_sent_is_delivered_at_once(alice, follower, events_happen):
    with events_happen():
        tweet = post_tweet(alice, TweetDraft("hello", key="a program's"))
    assert delivered_to(follower) == [tweet.id, tweet.id]
    with pytest.raises(Invalid, match="sent already"):
        undo_posting(alice, tweet.id)


def test_undone_it_never_happened(alice, follower, carol, events_happen):
    image = make_image(alice, "a hill")
    draft = TweetDraft(
        "hello @carol #hill", (DraftImage(image.id, "a hill"),), visibility="quiet", warning="w"
    )
    with events_happen():
        tweet = post_tweet(alice, TweetDraft(**{**plain(draft), "key": "form"}), undo_seconds=6)
    with events_happen():
        assert from_plain(undo_posting(alice, tweet.id).what) == [draft]
    time_passes()
    run_pending()
    assert delivered_to(follower) == delivered_to(carol) == []
    assert not Tweet.objects.exists()
    assert not Job.objects.exists()
    image.refresh_from_db()
    assert image.claimed_at is None
    alice.refresh_from_db()
    assert alice.tweets_count == 0


def plain(draft):
    return {name: getattr(draft, name) for name in draft.__slots__}


def test_a_thread_goes_and_returns_as_a_whole(alice, follower, bob, events_happen):
    parent = make_tweet(bob, "the beginning")
    first, second = make_image(alice), make_image(alice, "a hill")
    drafts = [
        TweetDraft("one", (DraftImage(first.id),), reply_to_id=parent.id),
        TweetDraft("two", (DraftImage(second.id, "a hill"),)),
        TweetDraft("three"),
    ]
    keyed = [TweetDraft(**{**plain(drafts[0]), "key": "form"}), *drafts[1:]]
    with events_happen():
        thread = post_thread(alice, keyed, undo_seconds=6)
    with events_happen():
        saved = undo_posting(alice, thread[0].id)
    taken = from_plain(saved.what)
    assert taken == drafts
    time_passes()
    run_pending()
    assert delivered_to(follower) == [parent.id]  # their own
    assert list(Tweet.objects.all()) == [parent]
    parent.refresh_from_db()
    assert parent.replies_count == 0
    assert set(Attachment.objects.unclaimed().values_list("holder", flat=True)) == {f"draft:{saved.key}"}
    assert saved.place == f"reply:{parent.id}"


def test_twice_is_harmless(alice):
    tweet = post_tweet(alice, TweetDraft("hello", key="form"), undo_seconds=6)
    undo_posting(alice, tweet.id)
    with pytest.raises(NotFound):
        undo_posting(alice, tweet.id)


def test_too_late(alice, events_happen):
    with events_happen():
        thread = post_thread(alice, [TweetDraft("one", key="form"), TweetDraft("two")], undo_seconds=6)
    time_passes()
    with pytest.raises(Invalid, match="sent already"):
        undo_posting(alice, thread[0].id)
    assert Tweet.objects.count() == 2


def test_what_was_edited_meanwhile_stays(alice):
    tweet = post_tweet(alice, TweetDraft("hello", key="form"), undo_seconds=6)
    edit_tweet(alice, tweet, TweetDraft("hello @bob"))
    with pytest.raises(Invalid, match="sent already"):
        undo_posting(alice, tweet.id)


def test_a_strangers_tweet_is_not_taken_back(alice, bob):
    tweet = post_tweet(alice, TweetDraft("hello", key="form"), undo_seconds=6)
    with pytest.raises(NotFound):
        undo_posting(bob, tweet.id)
    assert Tweet.objects.filter(pk=tweet.id).exists()


def test_a_message_is_not_found_until_the_time_is_over(alice, bob, events_happen):
    draft = TweetDraft("psst", key="form", recipients=(bob.id,))
    follow_user(bob, alice)
    with events_happen():
        talk = send_message(alice, draft, undo_seconds=6)
    theirs = Participation.objects.get(conversation=talk, person=bob)
    mine = Participation.objects.get(conversation=talk, person=alice)
    tweet = Tweet.objects.get()
    assert message_ids(alice, mine, Window(limit=9)) == [tweet.id]
    assert message_ids(bob, theirs, Window(limit=9)) == []
    assert not unread(bob).exists()
    time_passes()
    run_pending()
    assert message_ids(bob, theirs, Window(limit=9)) == [tweet.id]
    assert unread(bob).count() == 1


def test_a_message_is_taken_back(alice, bob, events_happen):
    draft = TweetDraft("psst", key="form", recipients=(bob.id,))
    with events_happen():
        send_message(alice, draft, undo_seconds=6)
    with events_happen():
        saved = undo_posting(alice, Tweet.objects.get().id)
    taken = from_plain(saved.what)
    assert (saved.place, saved.to) == ("message", "bob")
    assert [(one.text, one.recipients, one.visibility) for one in taken] == [("psst", (bob.id,), "direct")]
    time_passes()
    run_pending()
    assert not Message.objects.exists()
    assert not Participation.objects.exclude(newest_id=0).exists()


def test_a_poll_comes_back_with_its_choices(alice):
    poll = PollDraft(("yes", "no"), 3600, is_multiple=True, hides_totals=True)
    tweet = post_tweet(alice, TweetDraft("well?", key="form", poll=poll), undo_seconds=6)
    assert from_plain(undo_posting(alice, tweet.id).what) == [TweetDraft("well?", poll=poll)]
