"""undo_deed: the opposite of what stands in the audit log."""

import pytest

from accounts.actions import give_role, limit_user, restore_user, suspend_user, unlimit_user
from accounts.models import User
from accounts.roles import Role
from audit.models import AuditEntry
from common.errors import Conflict, Invalid, NotAllowed
from moderation.actions import (
    appeal_measure,
    assign_report,
    close_report,
    erase_taken_down,
    file_report,
    lift_measure,
    note_report,
    take_measure,
    undo_deed,
)
from moderation.models import Measure
from server.actions import add_rule
from server.queries import rules
from tests.factories import make_tweet
from tweets.actions import edit_tweet, hide_tag, hide_tweet, unhide_tweet
from tweets.draft import TweetDraft
from tweets.models import Hashtag, Tweet

pytestmark = pytest.mark.django_db


def last() -> AuditEntry:
    return AuditEntry.objects.order_by("-id")[0]


@pytest.mark.parametrize("kind", ["mark", "limit", "freeze", "suspend", "warn"])
def test_undoing_a_measure_lifts_it(kind, moderator, admin, alice):
    take_measure(moderator, alice, kind, "Because.")
    entry = last()
    undo_deed(admin, entry)
    assert not Measure.objects.get().is_in_force
    person = User.objects.get(pk=alice.pk)
    assert (person.is_active, person.is_limited, person.is_frozen, person.is_sensitive) == (
        True,
        False,
        False,
        False,
    )
    assert (last().undoes, last().actor) == (entry, "@ada")


@pytest.mark.parametrize("kind", ["mark", "limit", "freeze", "suspend", "warn"])
def test_a_lifting_that_is_undone_is_a_measure_again(
    kind, moderator, admin, alice, travel_on, events_happen, mailoutbox
):
    lift_measure(moderator, take_measure(moderator, alice, kind, "Too much of it."), "A mistake.")
    entry = last()
    travel_on(minutes=2)
    with events_happen():
        undo_deed(admin, entry)
    measure = Measure.objects.in_force().get()
    assert (measure.kind, measure.reason, measure.taken_by) == (kind, "Too much of it.", admin)
    assert (last().undoes, last().actor, last().reason) == (entry, "@ada", "Too much of it.")
    (mail,) = (mail for mail in mailoutbox if f"/measures/{measure.pk}:" in mail.body)
    assert "Too much of it." in mail.body
    assert appeal_measure(alice, measure, "Not again.").appeal_waits
    with pytest.raises(Conflict):
        undo_deed(admin, entry)


def test_undoing_an_undo_does_it_again(staff, alice):
    take_measure(staff, alice, "suspend", "Spam.")
    undo_deed(staff, last())
    undo_deed(staff, last())
    assert not User.objects.get(pk=alice.pk).is_active
    assert Measure.objects.in_force().get().reason == "Spam."


@pytest.mark.parametrize(("said", "told"), [("Spam.", "Spam."), ("", "It was lifted by mistake.")])
def test_what_was_done_without_a_measure_becomes_one(staff, alice, said, told):
    suspend_user(staff, alice, said)
    restore_user(staff, alice)
    undo_deed(staff, last())
    assert Measure.objects.in_force().get().reason == told


def test_a_measure_that_is_in_force_again_is_not_taken_twice(staff, alice):
    lift_measure(staff, take_measure(staff, alice, "limit", "Spam."))
    entry = last()
    take_measure(staff, User.objects.get(pk=alice.pk), "limit", "More spam.")
    with pytest.raises(Invalid, match="in force already"):
        undo_deed(staff, entry)
    assert not AuditEntry.objects.filter(undoes=entry).exists()


def test_whoever_could_not_take_it_does_not_undo_its_lifting(staff, admin, alice):
    lift_measure(staff, take_measure(staff, alice, "freeze", "Spam."))
    entry = last()
    give_role(staff, User.objects.get(pk=alice.pk), "admin")
    with pytest.raises(NotAllowed):
        undo_deed(admin, entry)
    assert not Measure.objects.in_force().exists()


def test_undoing_a_take_down_lifts_the_measure_and_nothing_is_erased(
    moderator, admin, alice, travel_on, events_happen, mailoutbox
):
    tweets = [make_tweet(alice), make_tweet(alice)]
    ids = [tweet.pk for tweet in tweets]
    measure = take_measure(moderator, alice, "take_down", "Rude.", tweet_ids=ids)
    appeal_measure(alice, measure, "It was a quotation.")
    entry = AuditEntry.objects.get(deed="hide_tweet", subject_id=ids[0])
    with events_happen():
        undo_deed(admin, entry)
    measure.refresh_from_db()
    assert (measure.is_in_force, measure.appeal_waits) == (False, False)
    assert set(Tweet.objects.filter(hidden_at=None)) == set(tweets)
    assert entry.undone_by.subject_id == ids[0]
    assert "are back" in mailoutbox[-1].subject
    with pytest.raises(Conflict):
        undo_deed(admin, AuditEntry.objects.get(deed="hide_tweet", subject_id=ids[1]))
    travel_on(days=31)
    assert erase_taken_down() == 0
    assert Tweet.objects.filter(pk__in=ids).count() == 2


def test_undoing_that_takes_all_of_them_down_again_but_what_was_edited(moderator, admin, alice, travel_on):
    tweets = [make_tweet(alice) for _ in range(3)]
    ids = [tweet.pk for tweet in tweets]
    lift_measure(moderator, take_measure(moderator, alice, "take_down", "Rude.", tweet_ids=ids))
    first, _, third = AuditEntry.objects.filter(deed="show_tweet").order_by("id")
    travel_on(seconds=10)
    edit_tweet(alice, Tweet.objects.get(pk=third.subject_id), TweetDraft("Better now."))
    with pytest.raises(Conflict, match="edited since"):
        undo_deed(admin, third)
    undo_deed(admin, first)
    again = Measure.objects.in_force().get()
    assert (again.kind, again.reason) == ("take_down", "Rude.")
    assert {row.tweet_id for row in again.tweets.all()} == set(ids) - {third.subject_id}
    assert list(Tweet.objects.filter(hidden_at=None)) == [Tweet.objects.get(pk=third.subject_id)]


def test_a_tweet_that_was_brought_back_without_a_measure_goes_with_one(staff, admin, alice):
    tweet = make_tweet(alice)
    hide_tweet(staff, tweet, "Rude.")
    unhide_tweet(staff, tweet)
    entry = last()
    undo_deed(admin, entry)
    assert Measure.objects.in_force().get().reason == "Rude."
    assert last().undoes == entry


def test_nothing_is_undone_twice_or_when_it_is_so_no_more(staff, alice):
    limit_user(staff, alice)
    entry = last()
    unlimit_user(staff, alice)
    with pytest.raises(Conflict):
        undo_deed(staff, entry)
    limit_user(staff, alice)
    again = last()
    undo_deed(staff, again)
    with pytest.raises(Conflict):
        undo_deed(staff, again)


def test_tweets_tags_rules_roles_and_reports(staff, admin, alice, bob):
    tweet = make_tweet(alice, "tea #tea")
    tag = Hashtag.objects.get(name="tea")
    report = file_report(alice, bob, category="spam")
    for deed in (
        lambda: hide_tweet(staff, tweet),
        lambda: hide_tag(staff, tag),
        lambda: add_rule(staff, "Be kind."),
        lambda: give_role(staff, alice, "moderator"),
        lambda: assign_report(staff, report, admin),
        lambda: close_report(staff, report),
    ):
        deed()
        undo_deed(staff, last())
    tag.refresh_from_db()
    report.refresh_from_db()
    assert Tweet.objects.get(pk=tweet.pk).hidden_at is None
    assert not tag.is_unlisted
    assert rules() == []
    assert User.objects.get(pk=alice.pk).staff_role == Role.MEMBER
    assert (report.assigned_to, report.is_open) == (None, True)


def test_what_is_gone_is_not_brought_back(staff, alice):
    tweet = make_tweet(alice)
    hide_tweet(staff, tweet)
    Tweet.objects.filter(pk=tweet.pk).delete()
    with pytest.raises(Conflict):
        undo_deed(staff, last())


def test_some_deeds_have_no_opposite(staff, alice, bob, moderator):
    note_report(moderator, file_report(alice, bob, category="spam"), "Hm.")
    with pytest.raises(Conflict):
        undo_deed(staff, last())


def test_only_who_reads_the_log_undoes_and_only_what_they_might_do(staff, admin, moderator, alice):
    suspend_user(staff, alice)
    for person in (alice, moderator):
        with pytest.raises(NotAllowed):
            undo_deed(person, last())
    suspend_user(staff, admin)
    entry = last()
    other = User.objects.get(pk=admin.pk)
    with pytest.raises(NotAllowed):
        undo_deed(other, entry)
    assert not User.objects.get(pk=admin.pk).is_active
