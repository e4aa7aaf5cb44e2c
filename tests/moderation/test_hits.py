"""Live rules at work: what they catch, what is done, once, and what staff say to that."""

import pytest
from django.utils import timezone

from accounts.models import User
from attachments.models import LinkCard
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from jobs.models import Job
from moderation.actions import (
    apply_rules,
    call_hit_right,
    call_hit_wrong,
    let_appear,
    stop_automatic_rule,
    take_down_held,
    take_measure,
    undo_deed,
)
from moderation.automatic import live
from moderation.models import Measure, Report, RuleHit
from moderation.queries import held_tweets, queue, report_for, told_in, waiting_counts, with_hits
from notifications.models import Notification
from relationships.actions import follow_user
from tests.factories import make_tweet
from tests.moderation.making import make_live_rule
from timelines.models import HomeTimeline, TimelineEntry
from tweets.actions import delete_tweet, edit_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(admin, events_happen):
    with events_happen():
        return make_live_rule(admin)


def test_a_live_rule_holds_what_it_catches_before_anybody_is_told(holding, alice, bob, carol, events_happen):
    with events_happen():
        follow_user(bob, alice)
    HomeTimeline.objects.create(pk=bob.pk, read_at=timezone.now())
    with events_happen():
        tweet = make_tweet(alice, "@carol my casino")
        other = make_tweet(alice, "@carol my garden")
    assert [row.pk for row in Tweet.objects.visible_to(bob)] == [other.pk]
    assert list(TimelineEntry.objects.filter(owner=bob).values_list("tweet_id", flat=True)) == [other.pk]
    assert list(Notification.objects.filter(recipient=carol).values_list("tweet_id", flat=True)) == [other.pk]
    hit = RuleHit.objects.get()
    assert (hit.rule, hit.tweet_id, hit.author, hit.text) == (holding, tweet.pk, alice, "@carol my casino")
    assert (hit.why, hit.outcome) == (["It says “casino”."], "hold")
    assert AuditEntry.objects.get(deed="hold_tweet").actor == "Rule “Casinos”"


def test_the_page_behind_a_held_link_is_not_asked_for(holding, alice, events_happen):
    with events_happen():
        make_tweet(alice, "my casino https://casino.example/")
    assert not LinkCard.objects.exists()


def test_without_a_live_rule_there_is_no_job_and_no_query(
    alice, admin, django_assert_num_queries, events_happen
):
    live.ask_anew()
    with events_happen():
        make_tweet(alice)
    Job.objects.all().delete()
    make_tweet(alice)
    assert not Job.objects.filter(task__contains="moderation").exists()
    with events_happen():
        rule = make_live_rule(admin)
    Job.objects.all().delete()
    make_tweet(alice)
    assert Job.objects.filter(task="moderation.reactions.look_at_tweet").count() == 1
    with events_happen():
        stop_automatic_rule(admin, rule)
    Job.objects.all().delete()
    make_tweet(alice)
    assert not Job.objects.filter(task__contains="moderation").exists()


def test_each_tweet_is_hit_once_however_often_it_is_looked_at(holding, alice):
    tweet = make_tweet(alice, "my casino")
    assert len(apply_rules(tweet.pk)) == 1
    assert apply_rules(tweet.pk) == []
    assert RuleHit.objects.count() == 1
    assert AuditEntry.objects.filter(deed="hold_tweet").count() == 1


def test_one_that_was_let_appear_is_not_held_again_for_the_same_words(holding, moderator, alice):
    tweet = make_tweet(alice, "my casino")
    apply_rules(tweet.pk)
    let_appear(moderator, tweet)
    assert apply_rules(tweet.pk) == []
    assert Tweet.objects.get(pk=tweet.pk).held_at is None


def test_an_edit_is_looked_at_anew(holding, moderator, alice, events_happen):
    with events_happen():
        tweet = make_tweet(alice, "my garden")
    assert not RuleHit.objects.exists()
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("my casino"))
    let_appear(moderator, tweet)
    assert RuleHit.objects.get().was_right is False
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft("my big casino"))
    hit = RuleHit.objects.get()
    assert (hit.text, hit.was_right, hit.revision) == ("my big casino", None, 3)
    assert Tweet.objects.get(pk=tweet.pk).held_at is not None


def test_words_of_staff_and_messages_are_let_be(holding, admin, moderator, alice, bob):
    for tweet in (
        make_tweet(moderator, "my casino"),
        make_tweet(admin, "my casino"),
        make_tweet(alice, "@bob casino", visibility="direct"),
    ):
        assert apply_rules(tweet.pk) == []


def test_what_is_gone_meanwhile_is_no_trouble(holding, alice):
    tweet = make_tweet(alice, "my casino")
    delete_tweet(alice, tweet)
    assert apply_rules(tweet.pk) == []


def test_a_rule_that_is_off_or_a_draft_catches_nothing(holding, admin, alice):
    stop_automatic_rule(admin, holding)
    assert apply_rules(make_tweet(alice, "my casino").pk) == []


# --- Outcomes ---------------------------------------------------------------------------------------


def test_reporting_stands_in_the_queue_under_the_rules_name(admin, moderator, alice):
    rule = make_live_rule(admin, "report")
    first, second = make_tweet(alice, "my casino"), make_tweet(alice, "our casino")
    apply_rules(first.pk)
    apply_rules(second.pk)
    report = report_for(moderator, Report.objects.get().pk)
    assert (report.automatic_rule, report.reporter, report.target) == (rule, None, alice)
    assert report.comment == "It says “casino”."
    assert [one.tweet.tweet_id for one in told_in(report)] == [second.pk, first.pk]
    assert list(queue(moderator, "waiting")) == [report]
    assert {hit.report_id for hit in RuleHit.objects.all()} == {report.pk}
    assert Tweet.objects.visible_to(moderator).count() == 2


def test_limiting_is_a_measure_with_a_reason_and_a_mail(admin, alice, mailoutbox, events_happen):
    rule = make_live_rule(admin, "limit")
    with events_happen():
        apply_rules(make_tweet(alice, "my casino").pk)
        apply_rules(make_tweet(alice, "our casino").pk)
    measure = Measure.objects.get()
    assert (measure.kind, measure.person, measure.taken_by) == ("limit", alice, None)
    assert (measure.automatic_rule, measure.reason) == (rule, "You advertised.")
    assert User.objects.get(pk=alice.pk).is_limited
    assert [mail.to for mail in mailoutbox] == [[alice.email]]
    assert "You advertised." in mailoutbox[0].body
    assert [hit.measure_id for hit in RuleHit.objects.order_by("id")] == [measure.pk, None]


def test_several_rules_each_do_their_own(admin, alice):
    make_live_rule(admin, "report", keywords=("garden",))
    make_live_rule(admin, "hold")
    tweet = make_tweet(alice, "a casino in a garden")
    assert len(apply_rules(tweet.pk)) == 2
    assert Report.objects.count() == 1
    assert Tweet.objects.get(pk=tweet.pk).held_at is not None


# --- What staff say to it ---------------------------------------------------------------------------


@pytest.fixture
def held(holding, alice):
    tweet = make_tweet(alice, "my casino")
    apply_rules(tweet.pk)
    return tweet


def test_it_waits_among_what_is_held(held, holding, alice, staff):
    assert list(held_tweets()) == [held]
    assert waiting_counts(staff)["held"] == 1
    row = with_hits([held])[0]
    assert [hit.rule for hit in row.hits] == [holding]
    delete_tweet(alice, held)
    assert list(held_tweets()) == []


def test_letting_it_appear_calls_the_rule_wrong(held, moderator, bob):
    let_appear(moderator, held)
    hit = RuleHit.objects.get()
    assert (hit.was_right, hit.decided_by) == (False, moderator)
    assert list(Tweet.objects.visible_to(bob)) == [held]
    assert list(held_tweets()) == []


def test_taking_it_down_calls_the_rule_right_and_can_be_appealed(held, moderator, alice):
    with pytest.raises(Invalid):
        take_down_held(moderator, held, " ")
    measure = take_down_held(moderator, held, "Advertising.")
    assert RuleHit.objects.get().was_right
    assert (measure.kind, measure.may_be_appealed) == ("take_down", True)
    assert list(Tweet.objects.visible_to(alice)) == []
    assert list(held_tweets()) == []


def test_undoing_in_the_audit_log_lets_it_appear_too(held, admin, bob):
    undo_deed(admin, AuditEntry.objects.get(deed="hold_tweet"))
    assert list(Tweet.objects.visible_to(bob)) == [held]
    undo_deed(admin, AuditEntry.objects.get(deed="release_tweet"))
    assert list(held_tweets()) == [held]


def test_calling_a_hit_wrong_undoes_each_outcome_once(admin, moderator, alice, bob, carol):
    for author, outcome in ((alice, "hold"), (bob, "limit"), (carol, "report")):
        rule = make_live_rule(admin, outcome, keywords=(outcome,))
        apply_rules(make_tweet(author, f"I {outcome} it").pk)
        hit = RuleHit.objects.get(rule=rule)
        call_hit_wrong(moderator, hit)
        call_hit_wrong(moderator, hit)
        hit.refresh_from_db()
        assert (hit.was_right, hit.decided_by) == (False, moderator)
    assert Tweet.objects.visible_to(carol).count() == 3
    assert not User.objects.get(pk=bob.pk).is_limited
    assert not Measure.objects.get().is_in_force
    assert not Report.objects.get().is_open


def test_a_report_stays_open_while_something_else_stands_in_it(admin, moderator, alice):
    make_live_rule(admin, "report")
    for text in ("my casino", "our casino"):
        apply_rules(make_tweet(alice, text).pk)
    first, second = RuleHit.objects.order_by("id")
    call_hit_wrong(moderator, first)
    assert Report.objects.get().is_open
    call_hit_wrong(moderator, second)
    assert not Report.objects.get().is_open


def test_calling_a_hit_right_changes_nothing_else(admin, moderator, alice):
    make_live_rule(admin, "limit")
    apply_rules(make_tweet(alice, "my casino").pk)
    hit = RuleHit.objects.get()
    call_hit_right(moderator, hit)
    hit.refresh_from_db()
    assert (hit.was_right, Measure.objects.get().is_in_force) == (True, True)


def test_only_staff_decide(held, alice, bob):
    hit = RuleHit.objects.get()
    for deed in (
        lambda: let_appear(alice, held),
        lambda: take_down_held(bob, held, "No."),
        lambda: call_hit_wrong(alice, hit),
        lambda: call_hit_right(bob, hit),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert list(held_tweets()) == [held]


def test_a_tweet_that_was_held_can_be_taken_down_from_a_report_too(held, moderator, alice):
    take_measure(moderator, alice, "take_down", "Advertising.", tweet_ids=[held.pk])
    assert list(held_tweets()) == []
