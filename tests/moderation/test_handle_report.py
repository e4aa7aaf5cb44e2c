"""Assigning, noting, closing and opening again: what staff do with a report."""

import pytest

from accounts.roles import Permission
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed, NotFound
from moderation.actions import assign_report, close_report, file_report, note_report, open_report, undo_deed
from moderation.models import Report
from moderation.queries import (
    CLOSED,
    MINE,
    WAITING,
    notes_on,
    past_of,
    queue,
    report_for,
    team,
    waiting_counts,
    who_may,
)
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(alice, bob) -> Report:
    return file_report(alice, bob, category="spam")


def test_a_report_goes_through_the_queue(report, moderator, staff):
    assert list(queue(moderator, WAITING)) == [report]
    assert list(queue(moderator, MINE)) == []
    assign_report(moderator, report, moderator)
    assign_report(moderator, report, moderator)
    assert list(queue(moderator, MINE)) == [report]
    assert list(queue(staff, MINE)) == []
    close_report(moderator, report)
    close_report(staff, report)
    assert list(queue(moderator, WAITING)) == list(queue(moderator, MINE)) == []
    assert list(queue(moderator, CLOSED)) == [report]
    assert report.closed_by == moderator
    open_report(staff, report)
    assert list(queue(moderator, WAITING)) == [report]
    told = [(entry.actor, entry.deed) for entry in AuditEntry.objects.order_by("id")]
    assert told == [("@mona", "assign_report"), ("@mona", "close_report"), ("@stella", "open_report")]


def test_the_queue_says_how_many_wait_about_the_same_person(report, moderator, bob, carol):
    file_report(carol, bob, category="spam", tweet_ids=[make_tweet(bob).pk, make_tweet(bob).pk])
    assert [(row.tweets_count, row.waiting_count) for row in queue(moderator, WAITING)] == [(2, 2), (0, 2)]


def test_a_note_that_is_sent_twice_stands_once(report, moderator, staff, travel_on):
    first = note_report(moderator, report, "I wrote to them.")
    assert note_report(moderator, report, " I wrote to them. ") == first
    note_report(staff, report, "I wrote to them.")
    travel_on(minutes=2)
    note_report(moderator, report, "I wrote to them.")
    assert [note.author for note in notes_on(report)] == [moderator, staff, moderator]
    assert AuditEntry.objects.filter(deed="note_report").count() == 3


def test_notes_are_for_the_others(report, moderator, staff):
    note_report(moderator, report, "I wrote to them.")
    note_report(staff, report, "Thanks.")
    assert [(note.author, note.text) for note in notes_on(report)] == [
        (moderator, "I wrote to them."),
        (staff, "Thanks."),
    ]
    for text in ("", "  ", "x" * 2001):
        with pytest.raises(Invalid):
            note_report(staff, report, text)


def test_a_closed_one_stays_closed_while_a_newer_one_waits(report, moderator, alice, bob):
    close_report(moderator, report)
    file_report(alice, bob, category="other")
    with pytest.raises(Invalid):
        open_report(moderator, report)
    report.refresh_from_db()
    assert not report.is_open


def test_nobody_else_touches_it(report, alice, bob, moderator):
    for person in (alice, bob, make_user()):
        for deed in (
            lambda who: assign_report(who, report, who),
            lambda who: assign_report(who, report, None),
            lambda who: note_report(who, report, "hm"),
            lambda who: close_report(who, report),
            lambda who: open_report(who, report),
        ):
            with pytest.raises(NotAllowed):
                deed(person)
    with pytest.raises(NotAllowed):
        assign_report(moderator, report, alice)
    assert not AuditEntry.objects.exists()


def test_the_team_is_everybody_with_a_role(staff, moderator, admin, alice):
    assert team() == [staff, admin, moderator]
    assert who_may(Permission.DECIDE_APPEALS) == [staff, admin]


def test_nobody_handles_or_reads_a_report_about_themselves_but_an_owner(alice, moderator, admin, staff):
    about_her, other = (
        file_report(alice, moderator, category="spam"),
        file_report(alice, admin, category="spam"),
    )
    for deed in (
        lambda who: assign_report(who, about_her, who),
        lambda who: note_report(who, about_her, "hm"),
        lambda who: close_report(who, about_her),
        lambda who: open_report(who, about_her),
    ):
        with pytest.raises(NotAllowed, match="Somebody else"):
            deed(moderator)
    with pytest.raises(NotAllowed):
        assign_report(admin, about_her, moderator)
    with pytest.raises(NotFound):
        report_for(moderator, about_her.pk)
    assert list(queue(moderator, WAITING)) == [other]
    assert waiting_counts(moderator)["reports"] == 1
    assert past_of(moderator, moderator).reports == []
    assert past_of(admin, moderator).reports == [about_her]
    assert report_for(admin, about_her.pk) == about_her
    about_owner = file_report(alice, staff, category="spam")
    assert list(queue(staff, WAITING)) == [about_owner, other, about_her]
    assert close_report(staff, about_owner)


def test_nobody_undoes_the_closing_of_a_report_about_themselves(alice, admin, staff):
    close_report(staff, file_report(alice, admin, category="spam"))
    with pytest.raises(NotAllowed):
        undo_deed(admin, AuditEntry.objects.get())
