"""hold_tweet and release_tweet: nobody but the author sees it until somebody looked at it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from analytics.actions import recount_tweet_trends
from analytics.models import TweetTrend
from audit.models import AuditEntry
from common.errors import NotAllowed
from events.catalogue import TweetHeld, TweetHidden, TweetReleased, TweetRestored
from notifications.models import Notification
from relationships.actions import follow_user
from tests.factories import make_quote, make_reply, make_tweet, make_user
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import (
    delete_tweet,
    detach_quote,
    edit_tweet,
    hide_tweet,
    hold_tweet,
    post_tweet,
    release_tweet,
    retweet,
    unhide_tweet,
)
from tweets.cards import card_of
from tweets.draft import TweetDraft
from tweets.models import Tweet
from tweets.queries import history_of, tweets_count, unseen_quotes_of
from tweets.queries.recount import wrong_people, wrong_tweets

pytestmark = pytest.mark.django_db


def seen_by(viewer: User | AnonymousUser) -> list[Tweet]:
    return list(Tweet.objects.visible_to(viewer))


def counters_of(tweet: Tweet) -> tuple[int, int]:
    row = Tweet.objects.get(pk=tweet.pk)
    return row.replies_count, row.quotes_count


def count(person: User) -> int:
    return User.objects.get(pk=person.pk).tweets_count


def test_it_is_there_for_its_author_alone_and_then_for_all(alice, bob, staff, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        assert hold_tweet(staff, tweet)
        assert hold_tweet(staff, tweet)
        assert [seen_by(one) for one in (alice, bob, staff, AnonymousUser())] == [[tweet], [], [], []]
        release_tweet(staff, tweet)
        release_tweet(staff, tweet)
    assert seen_by(bob) == [tweet]
    assert events == [TweetHeld(tweet.id, alice.id), TweetReleased(tweet.id, alice.id)]


def test_each_is_written_down_once(alice, staff):
    tweet = make_tweet(alice, "Buy marmalade")
    hold_tweet(staff, tweet, "Looks like spam.")
    hold_tweet(staff, tweet)
    release_tweet(staff, tweet)
    release_tweet(staff, tweet)
    held, released = AuditEntry.objects.order_by("id")
    assert (held.deed, held.reason, held.person_id) == ("hold_tweet", "Looks like spam.", alice.pk)
    assert (held.before, held.after) == ({"held": False}, {"held": True})
    assert released.deed == "release_tweet"


def test_counts_follow_through_every_order_of_holding_hiding_and_deleting(alice, staff):
    kept = make_tweet(alice)
    for steps in (
        (hold_tweet, release_tweet),
        (hold_tweet, hide_tweet, unhide_tweet),
        (hide_tweet, hold_tweet, unhide_tweet),
        (hide_tweet, hold_tweet, release_tweet, unhide_tweet),
        (hold_tweet, hide_tweet, release_tweet, unhide_tweet),
        (hold_tweet, hide_tweet),
        (hold_tweet,),
        (hide_tweet, hold_tweet, release_tweet),
    ):
        tweet = make_tweet(alice)
        for step in steps:
            step(staff, tweet)
        assert list(wrong_people()) == [], steps
        row = Tweet.objects.get(pk=tweet.pk)
        assert count(alice) == 1 + row.is_counted, steps
        delete_tweet(alice, row)
        assert count(alice) == 1, steps
    assert seen_by(AnonymousUser()) == [kept]
    assert tweets_count(AnonymousUser()) == 1


def test_counts_of_what_it_answers_and_quotes_follow_through_every_order(alice, bob, staff):
    told, said = make_tweet(bob), make_tweet(bob)
    for steps in (
        (hold_tweet,),
        (hold_tweet, hold_tweet, release_tweet, release_tweet),
        (hide_tweet, hide_tweet),
        (hide_tweet, unhide_tweet, unhide_tweet),
        (hold_tweet, hide_tweet),
        (hold_tweet, hide_tweet, release_tweet),
        (hold_tweet, hide_tweet, unhide_tweet),
        (hide_tweet, hold_tweet, release_tweet, unhide_tweet),
    ):
        tweet = post_tweet(alice, TweetDraft("Look", reply_to_id=told.id, quote_of_id=said.id))
        make_reply(alice, told)
        for step in steps:
            step(staff, tweet)
        row = Tweet.objects.get(pk=tweet.pk)
        others = Tweet.objects.filter(reply_to=told).exclude(pk=tweet.pk).count()
        assert counters_of(told) == (others + row.is_counted, 0), steps
        assert counters_of(said) == (0, row.is_counted), steps
        assert list(wrong_tweets()) == [], steps
        delete_tweet(alice, row)
        assert (counters_of(told), counters_of(said)) == ((others, 0), (0, 0)), steps


def test_a_quote_that_is_detached_while_it_is_held_is_taken_away_once(alice, bob, staff):
    said = make_tweet(bob)
    make_quote(alice, said)
    held = make_quote(alice, said)
    hold_tweet(staff, held)
    detach_quote(bob, Tweet.objects.get(pk=held.pk))
    assert counters_of(said) == (0, 1)
    release_tweet(staff, held)
    assert counters_of(said) == (0, 1)


def test_the_answer_to_a_tweet_that_is_gone_is_let_through(alice, bob, staff):
    told = make_tweet(bob)
    answer = make_reply(alice, told)
    hold_tweet(staff, answer)
    delete_tweet(bob, told)
    release_tweet(staff, answer)
    assert seen_by(bob) == [answer]


def test_a_retweet_that_staff_hid_counts_for_nobody(alice, bob, staff):
    tweet = make_tweet(bob)
    spread = retweet(alice, tweet)
    retweet(staff, tweet)
    hide_tweet(staff, spread)
    assert Tweet.objects.get(pk=tweet.pk).retweets_count == 1
    assert list(wrong_tweets()) == []
    delete_tweet(alice, Tweet.objects.get(pk=spread.pk))
    assert Tweet.objects.get(pk=tweet.pk).retweets_count == 1


def test_what_is_held_makes_nothing_a_trend(alice, bob, staff, settings):
    settings.TRENDS_MIN_PEOPLE = 2
    said, other = make_tweet(bob), make_tweet(bob)
    make_quote(alice, other)
    hold_tweet(staff, make_quote(alice, said))
    recount_tweet_trends()
    assert [trend.tweet_id for trend in TweetTrend.objects.all()] == [other.id]


def test_showing_again_what_was_held_before_lets_it_appear(alice, staff, announced):
    tweet = make_tweet(alice)
    with announced() as events:
        hold_tweet(staff, tweet)
        hide_tweet(staff, tweet)
        assert seen_by(alice) == []
        unhide_tweet(staff, tweet)
    assert [type(event) for event in events] == [TweetHeld, TweetHidden, TweetRestored, TweetReleased]
    assert seen_by(AnonymousUser()) == [tweet]


def test_a_moderator_holds_no_words_of_staff_and_nobody_else_holds_any(alice, bob, staff):
    moderator, hers = make_user("mona", role="moderator"), make_tweet(alice)
    for person, tweet in ((bob, hers), (moderator, make_tweet(staff)), (moderator, make_tweet(moderator))):
        with pytest.raises(NotAllowed):
            hold_tweet(person, tweet)
    hold_tweet(moderator, hers)
    with pytest.raises(NotAllowed):
        release_tweet(bob, hers)
    with pytest.raises(NotAllowed):
        release_tweet(alice, hers)


def test_messages_and_retweets_are_not_held(alice, bob, staff):
    message = make_tweet(alice, "@bob hello", visibility="direct")
    spread = retweet(alice, make_tweet(bob))
    for tweet in (message, spread):
        with pytest.raises(NotAllowed):
            hold_tweet(staff, tweet)


def test_what_is_gone_is_not_held(alice, staff):
    tweet = make_tweet(alice)
    Tweet.objects.filter(pk=tweet.pk).delete()
    assert not hold_tweet(staff, tweet)
    release_tweet(staff, tweet)
    assert not AuditEntry.objects.exists()


def test_an_edit_does_not_let_it_appear(alice, bob, staff):
    tweet = make_tweet(alice)
    hold_tweet(staff, tweet)
    edit_tweet(alice, Tweet.objects.get(pk=tweet.pk), TweetDraft("Something else"))
    assert seen_by(bob) == []
    assert card_of(tweet, alice).is_held


def test_nobody_is_told_while_it_is_held_and_everybody_once_it_is_released(
    alice, bob, carol, staff, events_happen
):
    with events_happen():
        follow_user(bob, alice)
    HomeTimeline.objects.create(pk=bob.pk, read_at=timezone.now())
    with events_happen():
        tweet = make_tweet(alice, "@carol look at this marmalade")
        hold_tweet(staff, tweet)
    assert not TimelineEntry.objects.filter(owner=bob).exists()
    assert not Notification.objects.filter(recipient=carol).exists()
    with events_happen():
        release_tweet(staff, tweet)
    assert TimelineEntry.objects.filter(owner=bob, tweet=tweet).count() == 1
    assert Notification.objects.filter(recipient=carol, kind="mention", tweet=tweet).count() == 1
    with events_happen():
        hold_tweet(staff, tweet)
        release_tweet(staff, tweet)
    assert Notification.objects.filter(recipient=carol).count() == 1
    assert TimelineEntry.objects.filter(owner=bob).count() == 1


def test_an_answer_that_is_held_tells_nobody(alice, bob, staff, events_happen):
    tweet = make_tweet(bob)
    with events_happen():
        answer = make_reply(alice, tweet)
        hold_tweet(staff, answer)
    assert not Notification.objects.filter(recipient=bob).exists()
    with events_happen():
        release_tweet(staff, answer)
    assert Notification.objects.get(recipient=bob).kind == "reply"


def test_a_held_quote_is_no_unseen_quote(alice, bob, staff):
    tweet = make_tweet(bob)
    hold_tweet(staff, make_quote(alice, tweet))
    assert unseen_quotes_of(tweet, 10) == []


def test_open_pages_let_it_go_and_its_author_keeps_it(alice, staff, events_happen, pushed):
    tweet = make_tweet(alice)
    pushed.clear()
    with events_happen():
        hold_tweet(staff, tweet)
    told = [(push.kind, push.streams, push.more.get("held")) for push in pushed if push.id == tweet.pk]
    assert ("changed", (f"tweet:{tweet.pk}",), None) in told
    assert ("gone", ("changes",), True) in told


def told_by_history(tweet: Tweet) -> list[str]:
    row = Tweet.objects.get(pk=tweet.pk)
    return ["".join(part.text for part in one.segments if part.kind != "removed") for one in history_of(row)]


@pytest.mark.parametrize("letting", [release_tweet, unhide_tweet], ids=["release", "unhide"])
def test_what_was_held_never_stands_in_the_history(letting, alice, staff):
    tweet = make_tweet(alice, "First words")
    for words in ("Second words", "A scam"):
        edit_tweet(alice, tweet, TweetDraft(words))
    hold_tweet(staff, tweet)
    for words in ("Another scam", "Good morning"):
        edit_tweet(alice, tweet, TweetDraft(words))
    assert len(told_by_history(tweet)) == 5  # for its author and staff
    if letting is unhide_tweet:
        hide_tweet(staff, tweet)
    letting(staff, tweet)
    assert told_by_history(tweet) == ["First words", "Second words", "Good morning"]
    edit_tweet(alice, tweet, TweetDraft("Good evening"))
    assert told_by_history(tweet) == ["First words", "Second words", "Good morning", "Good evening"]


def test_the_history_of_what_was_not_edited_while_it_was_held_stays(alice, staff):
    tweet = make_tweet(alice, "First words")
    edit_tweet(alice, tweet, TweetDraft("Second words"))
    hold_tweet(staff, tweet)
    release_tweet(staff, tweet)
    assert told_by_history(tweet) == ["First words", "Second words"]
