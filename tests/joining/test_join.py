"""join: by an open door, with a reason, by invite, or not at all; and what is turned away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid, NotAllowed
from jobs.engines.embedded import run_pending
from joining.actions import (
    add_block,
    approve,
    end_invite,
    join,
    make_invite,
    prove_email,
    refuse,
    remove_block,
    set_policy,
)
from joining.models import Invite, JoinBlock, JoiningPolicy, JoinRequest
from joining.queries import policy, waiting_of
from joining.wish import Wish
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
REASON = "I keep bees and would like to tell of them."


def wish(name: str = "nora", **more: str) -> Wish:
    return Wish(
        **{"username": name, "email": f"{name}@example.org", "password": PASSWORD, "address": "203.0.113.7"}
        | more
    )


def block(staff: User, kind: str, value: str) -> JoinBlock:
    made = JoinBlock(kind=kind, value=value)
    add_block(staff, made)
    return made


def test_without_a_policy_everybody_may_come_in(db):
    assert join(wish()).username == "nora"
    assert not JoinRequest.objects.exists()


def test_a_policy_counts_at_once_although_it_is_kept(set_joining):
    assert policy().mode == "open"
    set_joining(mode="closed", closed_words="Back in May.")
    with pytest.raises(NotAllowed, match="Back in May"):
        join(wish())
    set_joining(mode="open")
    assert join(wish())


def test_only_staff_with_the_permission_change_it(alice):
    for person in (alice, make_user("sam", is_staff=True)):
        with pytest.raises(NotAllowed):
            set_policy(person, JoiningPolicy(mode="closed"))
    assert policy().mode == "open"


def test_who_needs_a_yes_reads_until_then_and_writes_after_it(set_joining, staff, events_happen):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    assert waiting_of(nora).reason == REASON
    assert prove_email(nora) is False
    assert not User.objects.get(pk=nora.pk).may_write
    with events_happen():
        approve(staff, waiting_of(nora))
    assert User.objects.get(pk=nora.pk).may_write
    assert waiting_of(nora) is None
    assert mail.outbox[-1].subject == "Welcome to Twitter Clone"
    assert "/login/" in mail.outbox[-1].body


def test_a_yes_before_the_proof_waits_for_the_proof(set_joining, staff, events_happen):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    with events_happen():
        approve(staff, waiting_of(nora))
    run_pending()
    assert not User.objects.get(pk=nora.pk).may_write
    assert any("/confirm-email/" in sent.body for sent in mail.outbox)
    assert prove_email(nora) is True
    assert User.objects.get(pk=nora.pk).may_write


def test_the_proof_of_another_address_does_not_count(set_joining, staff):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    prove_email(nora, "other@example.org")
    approve(staff, waiting_of(nora))
    assert not User.objects.get(pk=nora.pk).is_confirmed


def test_a_no_is_told_and_leaves_nothing(set_joining, staff, events_happen):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    with events_happen():
        refuse(staff, waiting_of(nora), "We know each other here.")
    assert not User.objects.filter(username="nora").exists()
    assert not JoinRequest.objects.exists()
    assert mail.outbox[-1].to == ["nora@example.org"]
    assert "We know each other here." in mail.outbox[-1].body
    assert join(wish(reason=REASON))


def test_deciding_twice_is_harmless(set_joining, staff, announced):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    request = waiting_of(nora)
    with announced() as events:
        approve(staff, request)
        approve(staff, request)
        refuse(staff, request)
    assert len(events) == 1
    assert User.objects.filter(pk=nora.pk).exists()


def test_nobody_else_decides(set_joining, alice):
    set_joining(mode="approval")
    nora = join(wish(reason=REASON))
    for decide in (approve, refuse):
        with pytest.raises(NotAllowed):
            decide(alice, waiting_of(nora))


@pytest.mark.parametrize("reason", ["", "  ", "let me in", "x" * 501])
def test_a_reason_says_something(set_joining, reason):
    set_joining(mode="approval")
    with pytest.raises(Invalid) as error:
        join(wish(reason=reason))
    assert error.value.field == "reason"
    assert not User.objects.filter(username="nora").exists()


def test_an_invite_lets_so_many_in_and_says_who_invited_whom(set_joining, staff):
    set_joining(mode="invite")
    invite = make_invite(staff, limit=2, days=7)
    with pytest.raises(NotAllowed, match="by invite"):
        join(wish())
    nora, ida = join(wish(invite=invite.code)), join(wish("ida", invite=invite.code))
    with pytest.raises(Invalid, match="does not work any more"):
        join(wish("otto", invite=invite.code))
    assert {row.user for row in JoinRequest.objects.filter(invite__made_by=staff)} == {nora, ida}
    assert prove_email(nora) is True


def test_an_invite_needs_no_approval_and_opens_no_closed_door(set_joining, staff):
    invite = make_invite(staff, limit=5, days=0)
    set_joining(mode="approval")
    assert waiting_of(join(wish(invite=invite.code))) is None
    set_joining(mode="closed")
    with pytest.raises(NotAllowed, match="just now"):
        join(wish("ida", invite=invite.code))


def test_an_invite_ends_by_its_day_or_by_hand(set_joining, staff, alice):
    invite = make_invite(staff, limit=5, days=1)
    Invite.objects.filter(pk=invite.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    other = make_invite(staff, limit=5, days=0)
    end_invite(alice, other.pk)  # not hers
    assert join(wish(invite=other.code))
    end_invite(staff, other.pk)
    for code in (invite.code, other.code, "nonsense", "\0", "x" * 500):
        with pytest.raises(Invalid):
            join(wish("ida", invite=code))


def test_a_taken_name_uses_up_no_invite(staff, alice):
    invite = make_invite(staff, limit=1, days=0)
    with pytest.raises(Invalid, match="taken"):
        join(wish("alice", invite=invite.code))
    invite.refresh_from_db()
    assert invite.used == 0


def test_people_invite_where_the_policy_says_so(set_joining, alice):
    with pytest.raises(NotAllowed):
        make_invite(alice, limit=1, days=1)
    set_joining(people_invite=True)
    assert make_invite(alice, limit=1, days=1, note="  for \n ida ").note == "for ida"
    with pytest.raises(NotAllowed):
        make_invite(make_user("uma", confirmed=False), limit=1, days=1)


@pytest.mark.parametrize(("limit", "days"), [(0, 1), (1001, 1), (1, -1), (1, 366)])
def test_an_invite_has_its_bounds(staff, limit, days):
    with pytest.raises(Invalid):
        make_invite(staff, limit=limit, days=days)


def test_open_invites_of_one_person_are_not_too_many(staff, settings):
    settings.INVITES_OPEN_MAX = 2
    first = make_invite(staff, limit=1, days=0)
    make_invite(staff, limit=1, days=0)
    with pytest.raises(Invalid, match="2 open invites"):
        make_invite(staff, limit=1, days=0)
    end_invite(staff, first.pk)
    assert make_invite(staff, limit=1, days=0)


@pytest.mark.parametrize(
    ("kind", "value", "refused", "fine"),
    [
        ("email", " @Spam.example ", {"email": "a@mail.spam.example"}, {"email": "a@notspam.example"}),
        ("network", "198.51.100.0/24", {"address": "198.51.100.9"}, {"address": "198.51.101.9"}),
        ("network", "2001:db8::/32", {"address": "2001:db8::1"}, {"address": "2001:db9::1"}),
        ("network", "192.0.2.7", {"address": "192.0.2.7"}, {"address": ""}),
        ("username", "*bot*", {"username": "TheBot9"}, {"username": "bo"}),
    ],
)
def test_what_is_turned_away(staff, kind, value, refused, fine):
    made = block(staff, kind, value)
    with pytest.raises((Invalid, NotAllowed)):
        join(wish(**refused))
    join(wish("other", **fine) if "username" not in fine else wish(**fine))
    remove_block(staff, made)
    assert join(wish(**refused))


@pytest.mark.parametrize(
    ("kind", "value"),
    [("network", "nonsense"), ("network", "1.2.3.4/99"), ("email", " "), ("username", "\0")],
)
def test_a_block_that_makes_no_sense_is_refused(staff, kind, value):
    with pytest.raises(Invalid):
        block(staff, kind, value)


def test_only_staff_block(alice, staff):
    with pytest.raises(NotAllowed):
        block(alice, "username", "x")
    made = block(staff, "username", "x")
    with pytest.raises(NotAllowed):
        remove_block(alice, made)
