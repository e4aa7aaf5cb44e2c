"""take_measure and lift_measure: from a warning to a suspension, each with its reason, mailed."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.actions import restore_user
from accounts.models import User
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from events.catalogue import MeasureLifted, MeasureTaken
from moderation.actions import (
    appeal_measure,
    erase_taken_down,
    file_report,
    lift_measure,
    refuse_appeal,
    take_measure,
)
from moderation.models import Measure
from moderation.queries import appeals_waiting
from tests.factories import make_tweet, make_user
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
STATES = {
    "mark": lambda person: person.is_sensitive,
    "limit": lambda person: person.is_limited,
    "freeze": lambda person: person.is_frozen,
    "suspend": lambda person: not person.is_active,
}


@pytest.mark.parametrize(("kind", "holds"), STATES.items())
def test_a_state_begins_with_the_measure_and_ends_with_it(moderator, alice, kind, holds, announced):
    with announced() as events:
        measure = take_measure(moderator, alice, kind, "Too much of it.")
    assert MeasureTaken(measure.pk) in events
    assert holds(User.objects.get(pk=alice.pk))
    with pytest.raises(Invalid):
        take_measure(moderator, User.objects.get(pk=alice.pk), kind, "Once more.")
    with announced() as events:
        lift_measure(moderator, measure, "Better now.")
        lift_measure(moderator, measure)
    assert events.count(MeasureLifted(measure.pk)) == 1
    assert not holds(User.objects.get(pk=alice.pk))
    assert (measure.is_in_force, measure.lifting_reason) == (False, "Better now.")
    reasons = [entry.reason for entry in AuditEntry.objects.order_by("id")]
    assert reasons == ["Too much of it.", "Better now."]


def test_a_warning_changes_nothing_and_is_written_down(moderator, alice):
    before = User.objects.filter(pk=alice.pk).values().get()
    measure = take_measure(moderator, alice, "warn", "Please be kind.")
    take_measure(moderator, alice, "warn", "I said please.")
    assert User.objects.filter(pk=alice.pk).values().get() == before
    lift_measure(moderator, measure)
    deeds = [entry.deed for entry in AuditEntry.objects.order_by("id")]
    assert deeds == ["warn_user", "warn_user", "lift_warning"]


def test_tweets_are_taken_down_at_once_and_erased_later(moderator, alice, bob):
    tweet, other, strange = make_tweet(alice, "rude"), make_tweet(alice, "nice"), make_tweet(bob)
    measure = take_measure(moderator, alice, "take_down", "Rude.", tweet_ids=[tweet.pk, strange.pk])
    assert set(Tweet.objects.visible_to(AnonymousUser())) == {other, strange}
    assert [(row.tweet_id, row.text) for row in measure.tweets.all()] == [(tweet.pk, "rude")]
    assert erase_taken_down() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert erase_taken_down() == 1
        assert erase_taken_down() == 0
        assert not Tweet.objects.filter(pk=tweet.pk).exists()
        with pytest.raises(NotAllowed):
            lift_measure(moderator, measure)


def test_lifting_brings_tweets_back(moderator, alice):
    tweet = make_tweet(alice, "rude")
    measure = take_measure(moderator, alice, "take_down", "Rude.", tweet_ids=[tweet.pk])
    lift_measure(moderator, measure)
    assert Tweet.objects.visible_to(AnonymousUser()).get() == tweet


@pytest.mark.parametrize("kind", ["warn", "limit", "suspend", "take_down"])
def test_lifting_answers_the_appeal_that_waits(moderator, admin, alice, kind):
    measure = take_measure(moderator, alice, kind, "Rude.", tweet_ids=[make_tweet(alice).pk])
    appeal_measure(alice, measure, "It was a quotation.")
    lift_measure(admin, measure, "You are right.")
    assert list(appeals_waiting()) == []
    assert (measure.answer, measure.decided_at) == ("You are right.", measure.lifted_at)
    with pytest.raises(NotAllowed):
        refuse_appeal(admin, measure)


def test_nothing_is_erased_while_an_appeal_waits(moderator, alice):
    tweet = make_tweet(alice, "rude")
    measure = take_measure(moderator, alice, "take_down", "Rude.", tweet_ids=[tweet.pk])
    appeal_measure(alice, measure, "It was a quotation.")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert erase_taken_down() == 0


def test_it_closes_the_report_that_led_to_it(moderator, alice, bob):
    report = file_report(bob, alice, category="spam")
    measure = take_measure(moderator, alice, "warn", "Please.", report=report)
    report.refresh_from_db()
    assert (report.is_open, measure.report) == (False, report)


@pytest.mark.parametrize(
    ("kind", "reason"), [("warn", ""), ("warn", " "), ("warn", "x" * 2001), ("", "x"), ("take_down", "x")]
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(moderator, alice, kind, reason):
    with pytest.raises(Invalid):
        take_measure(moderator, alice, kind, reason)
    assert not Measure.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", Measure.Kind.values)
def test_nobody_acts_on_their_equals_or_betters(kind, staff, admin, moderator, alice, bob):
    pairs = ((alice, bob), (moderator, admin), (moderator, make_user(role="moderator")), (admin, staff))
    for actor, person in (*pairs, (staff, staff)):
        tweet = make_tweet(person)
        with pytest.raises(NotAllowed):
            take_measure(actor, person, kind, "Because.", tweet_ids=[tweet.pk])
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("kind", Measure.Kind.values)
def test_nobody_lifts_what_they_could_not_take(kind, staff, moderator, alice, bob):
    tweet = make_tweet(alice)
    measure = take_measure(moderator, alice, kind, "Because.", tweet_ids=[tweet.pk])
    for person in (alice, bob):
        with pytest.raises(NotAllowed):
            lift_measure(person, measure)
    measure.refresh_from_db()
    assert measure.is_in_force


def test_the_person_is_mailed_the_reason_and_the_way_to_answer(moderator, alice, events_happen, mailoutbox):
    tweet = make_tweet(alice)
    for kind in Measure.Kind.values:
        with events_happen():
            measure = take_measure(moderator, alice, kind, "Rude words & more.", tweet_ids=[tweet.pk])
        mail = mailoutbox[-1]
        assert mail.to == ["alice@example.org"]
        assert "Rude words & more." in mail.body
        assert f"/measures/{measure.pk}:" in mail.body
        assert "mona" not in mail.body
        with events_happen():
            lift_measure(moderator, measure, "A mistake.")
        assert "A mistake." in mailoutbox[-1].body
    assert len(mailoutbox) == 2 * len(Measure.Kind.values)
    assert len({mail.subject for mail in mailoutbox}) > len(Measure.Kind.values)


def test_who_is_let_in_by_another_way_is_under_no_measure(staff, moderator, alice, events_happen, mailoutbox):
    measure = take_measure(moderator, alice, "suspend", "Spam.")
    with events_happen():
        restore_user(staff, User.objects.get(pk=alice.pk))
    measure.refresh_from_db()
    assert not measure.is_in_force
    assert "yours again" in mailoutbox[-1].subject
