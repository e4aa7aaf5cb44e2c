"""Scheduling: checked when it is written down, changed, cancelled, posted at once; its author's alone."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.actions import set_time_zone, suspend_user
from attachments.models import Attachment
from common.errors import Invalid, NotAllowed, NotFound
from events.catalogue import TweetPosted
from jobs.models import Job
from relationships.actions import block_user
from tests.factories import make_image, make_tweet, make_user
from tests.tweets.test_save_draft import draft_of, save
from tweets.actions import (
    cancel_scheduled,
    change_scheduled,
    make_draft_of_scheduled,
    post_scheduled_now,
    schedule_tweets,
)
from tweets.draft import SavedAs, from_plain
from tweets.models import PostingKey, SavedDraft, ScheduledTweet, Tweet

pytestmark = pytest.mark.django_db


def ahead(**time):
    return timezone.now().replace(second=0, microsecond=0) + timedelta(**time or {"hours": 3})


def text_of(row):
    return from_plain(row.what)[0].text


def test_it_waits_and_nothing_is_posted(alice, bob, announced):
    parent = make_tweet(bob)
    promised = Job.objects.count()
    with announced() as events:
        row = schedule_tweets(alice, [draft_of("later", reply_to_id=parent.id)], ahead())
    parent.refresh_from_db()
    alice.refresh_from_db()
    assert (row.state, text_of(row)) == ("waiting", "later")
    assert (parent.replies_count, alice.tweets_count) == (0, 0)
    assert not Tweet.objects.filter(author=alice).exists()
    assert events == []
    assert Job.objects.count() == promised
    assert not PostingKey.objects.exists()


def test_the_same_form_twice_schedules_once(alice):
    draft = draft_of("later", SavedAs("form", "one"), [make_image(alice)])
    assert schedule_tweets(alice, [draft], ahead()) == schedule_tweets(alice, [draft], ahead())
    assert ScheduledTweet.objects.count() == 1


def test_the_draft_goes_and_its_pictures_come_along(alice):
    image = make_image(alice)
    save(alice, "later", images=[image])
    row = schedule_tweets(alice, [draft_of("later", SavedAs("form", "one", 1), [image])], ahead())
    assert not SavedDraft.objects.exists()
    assert Attachment.objects.get().holder == row.holder


@pytest.mark.parametrize("minutes", [-5, 0, 3])
def test_too_soon_is_refused(alice, minutes):
    with pytest.raises(Invalid, match="at least 5 minutes"):
        schedule_tweets(alice, [draft_of("x")], ahead(minutes=minutes))


def test_five_minutes_and_a_year_are_taken(alice):
    schedule_tweets(alice, [draft_of("x")], ahead(minutes=5))
    schedule_tweets(alice, [draft_of("x")], ahead(days=365))
    with pytest.raises(Invalid, match="within a year"):
        schedule_tweets(alice, [draft_of("x")], ahead(days=367))


def test_what_posting_refuses_is_refused_now(alice, bob):
    with pytest.raises(Invalid, match="too long"):
        schedule_tweets(alice, [draft_of("x" * 281)], ahead())
    with pytest.raises(Invalid, match="Write something"):
        schedule_tweets(alice, [draft_of("")], ahead())
    with pytest.raises(Invalid, match="no longer there"):
        schedule_tweets(alice, [draft_of("", images=[make_image(bob)])], ahead())
    tweet = make_tweet(bob)
    block_user(bob, alice)
    with pytest.raises(Invalid, match="may not see it"):
        schedule_tweets(alice, [draft_of("x", reply_to_id=tweet.id)], ahead())
    with pytest.raises(NotAllowed):
        schedule_tweets(make_user(confirmed=False), [draft_of("x")], ahead())
    assert not ScheduledTweet.objects.exists()


def test_as_many_as_there_is_room_for(alice, bob, settings):
    settings.SCHEDULED_MAX = 2
    for number in range(2):
        schedule_tweets(alice, [draft_of(f"{number}")], ahead(days=number + 1))
    with pytest.raises(Invalid, match="2 scheduled tweets"):
        schedule_tweets(alice, [draft_of("x")], ahead(days=4))
    schedule_tweets(bob, [draft_of("x")], ahead(days=4))


def test_as_many_as_a_day_may_have_where_its_author_lives(alice, settings):
    settings.SCHEDULED_PER_DAY = 2
    set_time_zone(alice, "Asia/Tokyo")
    day = (timezone.now() + timedelta(days=10)).date()
    evening = datetime.fromisoformat(f"{day}T13:00+00:00")  # 22:00 in Tokyo
    for minute in range(2):
        schedule_tweets(alice, [draft_of("x")], evening + timedelta(minutes=minute))
    with pytest.raises(Invalid, match="that day"):
        schedule_tweets(alice, [draft_of("x")], evening + timedelta(minutes=119))
    schedule_tweets(alice, [draft_of("x")], evening + timedelta(minutes=120))  # midnight in Tokyo


def test_words_and_time_can_change(alice):
    first, second = make_image(alice), make_image(alice)
    row = schedule_tweets(alice, [draft_of("x", images=[first])], ahead())
    later = ahead(days=2)
    change_scheduled(alice, row.id, drafts=[draft_of("y", images=[second])])
    change_scheduled(alice, row.id, at=later)
    row.refresh_from_db()
    assert (text_of(row), row.post_at, row.try_at) == ("y", later, later)
    assert dict(Attachment.objects.values_list("id", "holder")) == {first.id: "", second.id: row.holder}


def test_a_change_is_checked_like_the_first_words(alice):
    row = schedule_tweets(alice, [draft_of("x")], ahead())
    with pytest.raises(Invalid, match="too long"):
        change_scheduled(alice, row.id, drafts=[draft_of("x" * 281)])
    with pytest.raises(Invalid, match="at least 5 minutes"):
        change_scheduled(alice, row.id, at=ahead(minutes=1))
    row.refresh_from_db()
    assert text_of(row) == "x"


def test_what_failed_waits_again_when_it_gets_a_new_time(alice):
    row = schedule_tweets(alice, [draft_of("x")], ahead())
    ScheduledTweet.objects.update(state="failed", reason="gone", tries=3, post_at=ahead(days=-1))
    with pytest.raises(Invalid):
        change_scheduled(alice, row.id, drafts=[draft_of("y")])
    changed = change_scheduled(alice, row.id, at=ahead())
    assert (changed.state, changed.reason, changed.tries) == ("waiting", "", 0)


def test_cancelling_throws_it_away(alice, events_happen):
    row = schedule_tweets(alice, [draft_of("x", images=[make_image(alice)])], ahead())
    with events_happen():
        cancel_scheduled(alice, row.id)
    assert not ScheduledTweet.objects.exists()
    assert not Attachment.objects.exists()
    with pytest.raises(NotFound):
        cancel_scheduled(alice, row.id)


def test_taken_off_the_clock_it_is_a_draft(alice):
    image = make_image(alice)
    row = schedule_tweets(alice, [draft_of("x", images=[image])], ahead())
    draft = make_draft_of_scheduled(alice, row.id, "fresh")
    assert (text_of(draft), draft.place) == ("x", "tweet")
    assert not ScheduledTweet.objects.exists()
    assert Attachment.objects.get().holder == "draft:fresh"


def test_posted_at_once_it_waits_no_longer(alice, announced):
    image = make_image(alice)
    row = schedule_tweets(alice, [draft_of("x", images=[image])], ahead())
    with announced() as events:
        tweet = post_scheduled_now(alice, row.id)
    assert events == [TweetPosted(tweet.id, alice.id)]
    assert [shown.attachment for shown in tweet.images.all()] == [image]
    assert not ScheduledTweet.objects.exists()
    with pytest.raises(NotFound):
        post_scheduled_now(alice, row.id)


def test_what_cannot_be_posted_at_once_goes_on_waiting(alice, staff):
    row = schedule_tweets(alice, [draft_of("x")], ahead())
    suspend_user(staff, alice)
    alice.refresh_from_db()
    with pytest.raises(NotAllowed):
        post_scheduled_now(alice, row.id)
    assert ScheduledTweet.objects.get() == row


@pytest.mark.parametrize("an_id", [None, 0, -1, 2**63, 2**90])
def test_nobody_touches_what_is_somebody_elses(alice, bob, an_id):
    row = schedule_tweets(alice, [draft_of("hers")], ahead())
    an_id = row.id if an_id is None else an_id
    for deed in (
        lambda: change_scheduled(bob, an_id, drafts=[draft_of("his")]),
        lambda: cancel_scheduled(bob, an_id),
        lambda: post_scheduled_now(bob, an_id),
        lambda: make_draft_of_scheduled(bob, an_id, "fresh"),
    ):
        with pytest.raises(NotFound):
            deed()
    row.refresh_from_db()
    assert text_of(row) == "hers"
    assert not SavedDraft.objects.exists()


def test_only_zones_that_exist(alice):
    with pytest.raises(Invalid, match="no such time zone"):
        set_time_zone(alice, "Middle/Earth")
    set_time_zone(alice, "Europe/Berlin")
    set_time_zone(alice, "")
