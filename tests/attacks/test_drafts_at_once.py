"""Saving, posting and scheduling one form at the same moment: one outcome, nothing twice, nothing stuck."""

import pytest
from django.utils import timezone

from attachments.models import Attachment
from tests.attacks.crowd import at_once
from tests.factories import make_image, make_user
from tests.tweets.test_save_draft import draft_of
from tests.tweets.test_schedule import ahead
from tweets.actions import (
    cancel_scheduled,
    post_due,
    post_scheduled_now,
    post_tweet,
    save_draft,
    schedule_tweets,
    throw_away_draft,
)
from tweets.draft import SavedAs
from tweets.models import SavedDraft, ScheduledTweet, Tweet

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 8


def save(author, turn, image, writer="one", key="form"):
    saved_as = SavedAs(key, writer, turn)
    return save_draft(author, [draft_of(f"turn {turn}", images=[image])], saved_as, place="tweet")


def test_what_is_posted_while_it_is_saved_is_no_draft(alice):
    for number in range(TRIES):
        image, key = make_image(alice), f"form{number}"
        draft = draft_of("said", SavedAs(key, "one", 1), [image], key=f"{key}-hash")
        broken = at_once(
            lambda image=image, key=key: save(alice, 1, image, key=key),
            lambda draft=draft: post_tweet(alice, draft),
        )
        assert broken == []
        said = Tweet.objects.filter(author=alice).count() == number + 1
        assert SavedDraft.objects.filter(key=key).exists() is not said
        if not said:  # the picture was held in just that moment: sent again, it goes
            post_tweet(alice, draft)
    assert not SavedDraft.objects.exists()
    assert not Attachment.objects.filter(claimed_at=None).exists()


def test_many_savings_of_one_form_are_one_draft(alice):
    image = make_image(alice)
    deeds = [lambda turn=turn: save(alice, turn, image) for turn in range(1, 9)]
    assert at_once(*deeds) == []
    assert SavedDraft.objects.get().turn == 8


def test_two_windows_at_once_keep_one_of_them_unharmed(alice):
    image = make_image(alice)
    assert (
        at_once(
            lambda: save(alice, 1, image, writer="one"),
            lambda: save(alice, 2, image, writer="two"),
        )
        == []
    )
    draft = SavedDraft.objects.get()
    assert {"one": 1, "two": 2}[draft.writer] == draft.turn


def test_no_more_drafts_than_there_is_room_for(alice, settings):
    settings.DRAFTS_MAX = 3
    image = make_image(alice)
    deeds = [lambda number=number: save(alice, 1, image, key=f"form{number}") for number in range(8)]
    assert at_once(*deeds) == []
    save(alice, 1, image, key="last")
    assert SavedDraft.objects.count() == 3


def test_one_form_is_scheduled_once(alice):
    draft = draft_of("later", SavedAs("form", "one"), [make_image(alice)])
    moment = ahead()
    assert at_once(lambda: schedule_tweets(alice, [draft], moment), times=6) == []
    assert Attachment.objects.get().holder == ScheduledTweet.objects.get().holder


def test_no_more_is_scheduled_than_a_day_may_have(alice, settings):
    settings.SCHEDULED_PER_DAY = 3
    moment = ahead(days=2)
    assert at_once(lambda: schedule_tweets(alice, [draft_of("later")], moment), times=8) == []
    assert ScheduledTweet.objects.count() == 3


def test_posted_by_hand_by_the_clock_and_cancelled_at_once(alice):
    outcomes = set()
    for number in range(TRIES):
        author = make_user()
        row = schedule_tweets(author, [draft_of(f"{number}", images=[make_image(author)])], ahead())
        now = timezone.now()
        ScheduledTweet.objects.update(post_at=now, try_at=now)
        broken = at_once(
            post_due,
            lambda author=author, row=row: post_scheduled_now(author, row.id),
            lambda author=author, row=row: cancel_scheduled(author, row.id),
        )
        assert broken == []
        outcomes.add(Tweet.objects.filter(author=author).count())
    assert outcomes <= {0, 1}
    assert not ScheduledTweet.objects.exists()


def test_thrown_away_while_it_is_posted(alice):
    for number in range(TRIES):
        image, key = make_image(alice), f"form{number}"
        draft = save(alice, 1, image, key=key)
        said = draft_of("said", SavedAs(key, "one", 2), [image], key=f"{key}-hash")
        assert (
            at_once(
                lambda draft=draft: throw_away_draft(alice, draft), lambda said=said: post_tweet(alice, said)
            )
            == []
        )
        assert not SavedDraft.objects.exists()
