"""undo_deed: the opposite of what stands in the audit log."""

import pytest

from accounts.actions import give_role, limit_user, suspend_user, unlimit_user
from accounts.models import User
from accounts.roles import Role
from audit.models import AuditEntry
from common.errors import Conflict, NotAllowed
from moderation.actions import assign_report, close_report, file_report, note_report, take_measure, undo_deed
from moderation.models import Measure
from server.actions import add_rule
from server.queries import rules
from tests.factories import make_tweet
from tweets.actions import hide_tag, hide_tweet
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


def test_undoing_an_undo_does_it_again(staff, alice):
    suspend_user(staff, alice)
    undo_deed(staff, last())
    undo_deed(staff, last())
    assert not User.objects.get(pk=alice.pk).is_active


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
