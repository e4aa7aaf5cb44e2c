"""tell_staff_who_waits: a mail at most, and only when somebody new waits."""

import pytest

from joining.actions import refuse
from joining.models import JoinRequest
from moderation.actions import tell_staff_who_waits
from moderation.mails import tell_of_joiners
from tests.factories import make_user
from twitter_clone.schedule import SCHEDULE

pytestmark = pytest.mark.django_db


def ask(name: str, state: str = "waiting") -> JoinRequest:
    return JoinRequest.objects.create(user=make_user(name, confirmed=False), state=state, reason="I garden.")


@pytest.mark.usefixtures("moderator", "alice")
def test_those_who_may_decide_are_told_how_many_wait(admin, staff, events_happen, mailoutbox):
    ask("wanda")
    ask("willy")
    ask("ivy", "in")
    with events_happen():
        assert tell_staff_who_waits() == 2
    assert sorted(mail.to for mail in mailoutbox) == [[admin.email], [staff.email]]
    assert mailoutbox[0].subject.startswith("2 people ask to join")
    assert "/moderation/joining/" in mailoutbox[0].body
    assert "wanda" not in mailoutbox[0].body


def test_nobody_is_told_twice_of_the_same(admin, events_happen, mailoutbox):
    ask("wanda")
    with events_happen():
        tell_staff_who_waits()
        assert tell_staff_who_waits() == 0
    ask("willy")
    with events_happen():
        assert tell_staff_who_waits() == 1
    assert [mail.subject.partition(" ask")[0] for mail in mailoutbox] == ["Somebody", "Somebody"]


def test_nobody_is_told_of_who_was_decided_meanwhile(admin, events_happen, mailoutbox):
    refuse(admin, ask("wanda"))
    mailoutbox.clear()
    with events_happen():
        assert tell_staff_who_waits() == 0
    assert [mail for mail in mailoutbox if mail.to == [admin.email]] == []


def test_who_has_no_address_or_left_meanwhile_is_no_trouble(mailoutbox):
    tell_of_joiners(1, 2)
    tell_of_joiners(make_user("nina", role="admin", confirmed=False).pk, 2)
    assert mailoutbox == []


def test_the_clock_asks_once_an_hour():
    assert [every.seconds for every in SCHEDULE if every.name.endswith("tell_staff_who_waits")] == [3600]
