"""Emoji under announcements."""

import pytest
from django.conf import settings

from accounts.actions import freeze_user
from common.errors import Invalid, NotAllowed, NotFound
from server.actions import announce, end_announcement, react, stop_reacting
from server.models import Announcement, Reaction
from server.queries import current_announcements, with_reactions
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(staff) -> Announcement:
    return announce(staff, "We move.")


def seen_by(person):
    (told,) = with_reactions(current_announcements(person), person)
    return list(map(tuple, told.reactions))


def test_an_emoji_is_put_there_and_taken_away(told, alice, bob, pushed):
    pushed.clear()
    react(alice, told.pk, "👍")
    react(alice, told.pk, "👍")
    react(alice, told.pk, "👩🏽‍🚀")
    react(bob, told.pk, "👍")
    assert seen_by(alice) == [("👍", 2, True), ("👩🏽‍🚀", 1, True)]
    assert seen_by(bob) == [("👍", 2, True), ("👩🏽‍🚀", 1, False)]
    stop_reacting(alice, told.pk, "👍")
    stop_reacting(alice, told.pk, "👍")
    assert seen_by(alice) == [("👩🏽‍🚀", 1, True), ("👍", 1, False)]


def test_only_what_changes_something_is_told(told, alice, pushed, django_capture_on_commit_callbacks):
    pushed.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for deed in (react, react, stop_reacting, stop_reacting):
            deed(alice, told.pk, "👍")
    assert [(push.kind, push.id, push.more) for push in pushed] == [("reaction", told.pk, {"name": "👍"})] * 2


def test_different_emoji_have_an_end_and_people_do_not(told, alice, bob):
    emoji = "😀😁😂😃😄😅😆😇😈"
    for one in emoji[: settings.ANNOUNCEMENT_REACTIONS_MAX]:
        react(alice, told.pk, one)
    with pytest.raises(Invalid, match="enough"):
        react(bob, told.pk, emoji[-1])
    react(bob, told.pk, emoji[0])
    assert Reaction.objects.count() == settings.ANNOUNCEMENT_REACTIONS_MAX + 1


@pytest.mark.parametrize("odd", ["", "\0", "\0👍", "x" * 1000])
def test_what_nobody_could_put_there_is_taken_away_quietly(told, alice, odd):
    react(alice, told.pk, "👍")
    stop_reacting(alice, told.pk, odd)
    assert seen_by(alice) == [("👍", 1, True)]


@pytest.mark.parametrize("odd", ["", "a", "1", "👍👍", "x👍", ":smile:", "<b>", "👍" * 50])
def test_what_is_no_emoji_is_refused(told, alice, odd):
    with pytest.raises(Invalid):
        react(alice, told.pk, odd)


def test_what_has_ended_takes_no_more(told, staff, alice):
    end_announcement(staff, told)
    for deed in (react, stop_reacting):
        with pytest.raises(NotFound):
            deed(alice, told.pk, "👍")


def test_who_may_not_write_does_not_react(told, staff, alice):
    freeze_user(staff, alice)
    alice.refresh_from_db()
    for person in (alice, make_user("newcomer", confirmed=False)):
        for deed in (react, stop_reacting):
            with pytest.raises(NotAllowed):
                deed(person, told.pk, "👍")
    assert not Reaction.objects.exists()
