"""Deciding about joining in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from joining.actions import join, make_invite
from joining.models import JoinBlock, JoiningPolicy, JoinRequest
from joining.queries import policy
from tests.factories import make_user
from tests.joining.test_join import REASON, wish

pytestmark = pytest.mark.django_db
PLACES = ("joiningpolicy", "joinrequest", "invite", "joinblock")


@pytest.fixture
def desk(staff, as_person) -> Client:
    return as_person(staff)


def place(name: str) -> str:
    return reverse(f"admin:joining_{name}_changelist")


def test_the_policy_is_one_page(desk, django_capture_on_commit_callbacks):
    page = desk.get(place("joiningpolicy"), follow=True)
    assert page.status_code == 200
    assert JoiningPolicy.objects.count() == 1
    sent = {
        name: page.context["adminform"].form[name].value() for name in page.context["adminform"].form.fields
    }
    sent |= {"mode": "closed", "people_invite": ""}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page.redirect_chain[-1][0], sent).status_code == 302
    assert policy().mode == "closed"


def test_requests_are_let_in_and_turned_away(desk, set_joining):
    set_joining(mode="approval")
    people = [join(wish(name, reason=REASON)) for name in ("nora", "ida")]
    page = desk.get(place("joinrequest")).content.decode()
    assert page.count(REASON) == 2
    rows = [JoinRequest.objects.get(user=person).pk for person in people]
    desk.post(place("joinrequest"), {"action": "let_in", "_selected_action": [rows[0]]})
    desk.post(place("joinrequest"), {"action": "turn_away", "_selected_action": [rows[1]]})
    assert JoinRequest.objects.get(pk=rows[0]).state == "in"
    assert not User.objects.filter(username="ida").exists()


def test_blocks_are_written_and_removed(desk):
    desk.post(
        reverse("admin:joining_joinblock_add"), {"kind": "network", "value": "192.0.2.9/24", "note": "waves"}
    )
    (made,) = JoinBlock.objects.all()
    assert made.value == "192.0.2.0/24"
    answer = desk.post(
        reverse("admin:joining_joinblock_add"), {"kind": "network", "value": "moon", "note": ""}, follow=True
    )
    assert "Write an address" in answer.content.decode()
    desk.post(reverse("admin:joining_joinblock_delete", args=[made.pk]), {"post": "yes"})
    assert not JoinBlock.objects.exists()


def test_invites_are_seen_and_ended(desk, staff):
    invite = make_invite(staff, limit=3, days=7, note="the choir")
    assert "the choir" in desk.get(place("invite")).content.decode()
    desk.post(place("invite"), {"action": "end", "_selected_action": [invite.pk]})
    invite.refresh_from_db()
    assert not invite.works_at(invite.expires_at)


@pytest.mark.parametrize("name", PLACES)
def test_staff_without_the_permission_see_none_of_it(as_person, name):
    assert as_person(make_user("sam", is_staff=True)).get(place(name)).status_code == 403


def test_lists_cost_the_same_for_few_and_for_many(desk, set_joining, django_assert_max_num_queries):
    set_joining(mode="approval")
    costs = []
    for names in (("a1", "a2"), [f"b{n}" for n in range(20)]):
        for name in names:
            join(wish(name, reason=REASON))
        with django_assert_max_num_queries(20) as counted:
            desk.get(place("joinrequest"))
        costs.append(len(counted))
    assert costs[0] == costs[1]
