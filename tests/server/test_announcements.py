"""Announcements: seen until they are put away, or end."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import AuditEntry
from common.errors import Conflict, Invalid, NotAllowed
from moderation.actions import undo_deed
from server.actions import announce, change_announcement, dismiss, end_announcement
from server.models import Dismissal
from server.queries import current_announcements, unread
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def seen_by(person):
    return [told.id for told in current_announcements(person)]


def test_each_person_puts_it_away_for_themselves(staff, alice, bob):
    first, second = announce(staff, "One."), announce(staff, "**Two.**")
    assert seen_by(alice) == [second.id, first.id]
    dismiss(alice, second)
    dismiss(alice, second)
    assert seen_by(alice) == [first.id]
    assert seen_by(bob) == [second.id, first.id]
    assert [told.is_read for told in current_announcements(alice, with_read=True)] == [True, False]
    assert list(unread(alice, timezone.now())) == [first]
    assert Dismissal.objects.count() == 1


def test_it_ends_by_itself_or_by_hand(staff, alice):
    short = announce(staff, "One.", timezone.now() + timedelta(hours=1))
    long = announce(staff, "Two.")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert seen_by(alice) == [long.id]
    end_announcement(staff, long)
    end_announcement(staff, long)
    assert seen_by(alice) == [short.id]
    assert AuditEntry.objects.filter(deed="end_announcement").count() == 1


def test_who_read_it_is_not_told_again_when_it_changes(staff, alice, bob):
    row = announce(staff, "One.")
    dismiss(alice, row)
    change_announcement(staff, row, "One.")
    change_announcement(staff, row, "Two.")
    assert seen_by(alice) == []
    assert current_announcements(bob)[0].html == "<p>Two.</p>"
    entry = AuditEntry.objects.get(deed="change_announcement")
    assert (entry.before["text"], entry.after["text"]) == ("One.", "Two.")


def test_announcing_can_be_undone(staff, alice):
    announce(staff, "Oops.")
    entry = AuditEntry.objects.get()
    undo_deed(staff, entry)
    assert seen_by(alice) == []
    with pytest.raises(Conflict):
        undo_deed(staff, entry)


def test_what_makes_no_sense_is_refused(staff):
    for text, ends_at in (("", None), ("x" * 2001, None), ("x", timezone.now())):
        with pytest.raises(Invalid):
            announce(staff, text, ends_at)


def test_the_same_is_not_announced_twice_at_a_time(staff):
    row = announce(staff, "One.")
    with pytest.raises(Invalid):
        announce(staff, " One. ")
    end_announcement(staff, row)
    assert announce(staff, "One.").pk != row.pk


def test_only_administrators_announce(staff, alice):
    row = announce(staff, "One.")
    for person in (alice, make_user(role="moderator")):
        for deed in (
            lambda who: announce(who, "Two."),
            lambda who: change_announcement(who, row, "Two."),
            lambda who: end_announcement(who, row),
        ):
            with pytest.raises(NotAllowed):
                deed(person)
    assert seen_by(alice) == [row.id]
