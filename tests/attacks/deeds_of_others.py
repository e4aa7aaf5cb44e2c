"""What staff do, what people do to each other, and what goes with somebody who left; as deeds_of_authors."""

from datetime import timedelta

import time_machine
from django.conf import settings
from django.utils import timezone

from attachments.actions import discard_all_of
from conversations.actions import send_message
from moderation.actions import (
    appeal_measure,
    apply_rules,
    call_hit_wrong,
    erase_taken_down,
    file_report,
    grant_appeal,
    let_appear,
    lift_measure,
    take_measure,
)
from moderation.models import Measure, RuleHit
from relationships.actions import accept_follow, block_user, follow_user, remove_follows_of, unfollow_user
from tests.attacks.deeds_of_authors import crosswise, in_the_middle, pictures_of
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_live_rule
from timelines.actions import choose_lists, create_list
from tweets import actions
from tweets.draft import PollDraft, TweetDraft


def hiding(cast):
    tweet = in_the_middle(cast)
    return lambda: actions.hide_tweet(cast.staff, tweet)


def showing_again(cast):
    tweet = in_the_middle(cast)
    actions.hide_tweet(cast.staff, tweet)
    return lambda: actions.unhide_tweet(cast.staff, tweet)


def holding(cast):
    tweet = in_the_middle(cast)
    return lambda: actions.hold_tweet(cast.staff, tweet)


def letting_appear(cast):
    tweet = in_the_middle(cast)
    actions.hold_tweet(cast.staff, tweet)
    return lambda: let_appear(cast.staff, tweet)


def erasing(cast):
    tweet = in_the_middle(cast)
    actions.hide_tweet(cast.staff, tweet)
    return lambda: actions.erase_hidden(tweet.id)


def taking_down(cast):
    ids = [in_the_middle(cast).id, in_the_middle(cast).id]
    report = file_report(cast.bob, cast.alice, category="spam", tweet_ids=ids)
    return lambda: take_measure(
        cast.staff, cast.alice, Measure.Kind.TAKE_DOWN, "because", report=report, tweet_ids=ids
    )


def granting_an_appeal(cast):
    taking_down(cast)()
    measure = appeal_measure(cast.alice, Measure.objects.get(), "It was harmless.")
    return lambda: grant_appeal(cast.staff, measure)


def lifting_a_suspension(cast):
    measure = take_measure(cast.staff, cast.alice, Measure.Kind.SUSPEND, "because")
    return lambda: lift_measure(cast.staff, measure)


def erasing_what_was_taken_down(cast):
    taking_down(cast)()

    def when_it_is_time():
        with time_machine.travel(timezone.now() + timedelta(days=settings.TAKEN_DOWN_DAYS + 1)):
            erase_taken_down()

    return when_it_is_time


def rules_at_work(cast):
    for outcome in ("report", "limit", "hold"):
        make_live_rule(cast.staff, outcome)
    tweet = actions.post_tweet(cast.alice, crosswise(cast, "my casino"))
    return lambda: apply_rules(tweet.id)


def calling_a_rule_wrong(cast):
    rules_at_work(cast)()
    hit = RuleHit.objects.get(outcome="limit")
    return lambda: call_hit_wrong(cast.staff, hit)


STAFF = [
    hiding,
    showing_again,
    holding,
    letting_appear,
    erasing,
    taking_down,
    granting_an_appeal,
    lifting_a_suspension,
    erasing_what_was_taken_down,
    rules_at_work,
    calling_a_rule_wrong,
]


def following(cast):
    stranger = make_user()
    return lambda: follow_user(stranger, cast.alice)


def following_no_more(cast):
    choose_lists(cast.alice, cast.bob, [create_list(cast.alice, "one").id])
    return lambda: unfollow_user(cast.alice, cast.bob)


def blocking(cast):
    send_message(cast.alice, TweetDraft("hello", recipients=(cast.bob.id,)))
    return lambda: block_user(cast.bob, cast.alice)


def letting_in(cast):
    asking = make_user()
    follow_user(asking, make_locked(cast.alice))
    return lambda: accept_follow(cast.alice, asking)


def make_locked(person):
    person.is_locked = True
    person.save(update_fields=["is_locked"])
    return person


def tweets_of_who_left(cast):
    for _ in range(2):
        in_the_middle(cast)
    actions.retweet(cast.alice, cast.newer)
    return lambda: actions.remove_tweets_of(cast.alice, 20)


def likes_of_who_left(cast):
    for tweet in (cast.newer, cast.older):
        actions.like_tweet(cast.alice, tweet)
    return lambda: actions.remove_likes_of(cast.alice, 20)


def votes_of_who_left(cast):
    for asks in (cast.carol, cast.bob):
        actions.vote(cast.alice, make_tweet(asks, "Tea?", poll=PollDraft(("Yes", "No"), 3600)), [0])
    return lambda: actions.remove_votes_of(cast.alice, 20)


def follows_of_who_left(cast):
    return lambda: remove_follows_of(cast.alice, 20)


def pictures_of_who_left(cast):
    pictures_of(cast.alice, 3)
    return lambda: discard_all_of(cast.alice, 20)


BETWEEN_PEOPLE = [
    following,
    following_no_more,
    blocking,
    letting_in,
    tweets_of_who_left,
    likes_of_who_left,
    votes_of_who_left,
    follows_of_who_left,
    pictures_of_who_left,
]
