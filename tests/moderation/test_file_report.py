"""file_report: telling staff of somebody."""

import pytest

from accounts.actions import freeze_user, suspend_user
from common.errors import Invalid, NotAllowed
from events.catalogue import ReportFiled
from moderation.actions import close_report, file_report
from moderation.models import Report
from moderation.queries import told_in
from relationships.actions import block_user
from server.actions import add_rule, withdraw_rule
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet, hide_tweet
from tweets.draft import PollDraft, TweetDraft

pytestmark = pytest.mark.django_db


def test_a_report_names_the_person_tweets_rules_and_words(staff, alice, bob, announced):
    rule, tweet = add_rule(staff, "Be kind."), make_tweet(bob, "You are all fools.")
    with announced() as events:
        report = file_report(
            alice, bob, category="violation", tweet_ids=[tweet.pk], rule_ids=[rule.pk], comment=" Look. "
        )
    assert events == [ReportFiled(report.pk)]
    assert (report.reporter, report.target, report.comment) == (alice, bob, "Look.")
    assert [row.text for row in report.tweets.all()] == ["You are all fools."]
    assert list(report.rules.all()) == [rule]


def test_tweets_are_kept_as_they_were(staff, alice, bob):
    image = make_image(bob, "A rude sign")
    poll = PollDraft(("Yes", "No"), 3600)
    gone = make_tweet(bob, "first", images=[image])
    changed, hidden = make_tweet(bob, "second", warning="Rude"), make_tweet(bob, "third")
    asked = make_tweet(bob, "fourth", poll=poll)
    ids = [gone.pk, changed.pk, hidden.pk, asked.pk]
    report = file_report(alice, bob, category="spam", tweet_ids=ids)
    delete_tweet(bob, gone)
    edit_tweet(bob, changed, TweetDraft("harmless"))
    hide_tweet(staff, hidden)
    told = told_in(report)
    assert [(one.tweet.text, one.since) for one in told] == [
        ("fourth", ""),
        ("third", "taken down"),
        ("second", "edited"),
        ("first", "gone"),
    ]
    assert told[0].tweet.choices == ["Yes", "No"]
    assert told[2].tweet.warning == "Rude"
    assert told[3].tweet.pictures == ["A rude sign"]


def test_one_report_waits_for_each_pair_and_takes_what_is_new(alice, bob, carol, staff):
    first, second = make_tweet(bob, "first"), make_tweet(bob, "second")
    report = file_report(alice, bob, category="spam", tweet_ids=[first.pk], comment="One.")
    again = file_report(alice, bob, category="other", tweet_ids=[first.pk, second.pk], comment="Two.")
    file_report(alice, bob, category="other", comment="Two.")
    again.refresh_from_db()
    assert again == report
    assert (again.category, again.comment, again.tweets.count()) == ("other", "One.\n\nTwo.", 2)
    assert file_report(carol, bob, category="spam") != report
    close_report(staff, report)
    assert file_report(alice, bob, category="spam") != report


def test_what_the_reporter_may_not_see_is_left_out_without_a_word(alice, bob, carol):
    unseen, strange = make_tweet(bob, "among us", visibility="followers"), make_tweet(carol, "mine")
    seen = make_tweet(bob, "hello")
    report = file_report(
        alice, bob, category="spam", tweet_ids=[unseen.pk, strange.pk, seen.pk, 1, -5, 2**70]
    )
    assert [row.tweet_id for row in report.tweets.all()] == [seen.pk]


def test_a_message_can_be_reported_by_who_got_it(alice, bob, carol):
    message = make_tweet(bob, "@alice I know where you live", visibility="direct")
    assert file_report(alice, bob, category="legal", tweet_ids=[message.pk]).tweets.count() == 1
    assert file_report(carol, bob, category="legal", tweet_ids=[message.pk]).tweets.count() == 0


def test_a_block_is_no_hindrance(alice, bob):
    block_user(bob, alice)
    assert file_report(alice, bob, category="other").target == bob


def test_rules_count_only_with_their_category_and_while_they_hold(staff, alice, bob):
    rule = add_rule(staff, "Be kind.")
    assert not file_report(alice, bob, category="spam", rule_ids=[rule.pk]).rules.exists()
    withdraw_rule(staff, rule)
    with pytest.raises(Invalid):
        file_report(alice, bob, category="violation", rule_ids=[rule.pk])


def test_what_makes_no_sense_is_refused(alice, bob):
    for words in ({"category": "boring"}, {"category": ""}, {"category": "spam", "comment": "x" * 1001}):
        with pytest.raises(Invalid):
            file_report(alice, bob, **words)
    assert not Report.objects.exists()


def test_not_oneself_nor_the_suspended_and_not_before_one_may_write(staff, alice, bob):
    frozen, new, away = make_user(), make_user(confirmed=False), make_user()
    freeze_user(staff, frozen)
    suspend_user(staff, away)
    for reporter, target in ((alice, alice), (frozen, bob), (new, bob), (alice, away), (away, bob)):
        with pytest.raises(NotAllowed):
            file_report(reporter, target, category="spam")
    assert not Report.objects.exists()
