"""Moderation, Joining: requests, the policy, invites of everybody, and what is turned away."""

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AuditEntry
from joining.actions import add_block, approve, join, make_invite
from joining.models import Invite, JoinBlock
from joining.queries import policy, waiting_of
from tests.joining.test_join import REASON, wish

pytestmark = pytest.mark.django_db
AT = "/moderation/joining/"


@pytest.fixture
def desk(staff, proved) -> Client:
    return proved(staff)


@pytest.fixture
def nora(set_joining) -> User:
    set_joining(mode="approval")
    return join(wish(reason=REASON))


def test_who_waits_is_let_in(desk, nora):
    page = desk.get(AT).content.decode()
    assert REASON in page
    assert "nora@example.org" in page
    assert '<a class="tab" href="/moderation/joining/" aria-current="page"><span>Requests</span></a>' in page
    answer = desk.post(f"{AT}{waiting_of(nora).pk}/decide", {"decision": "in"}, follow=True)
    assert "@nora is in." in answer.content.decode()
    assert "Nobody waits" in answer.content.decode()
    assert AuditEntry.objects.filter(deed="let_in", person_id=nora.pk, actor="@stella").exists()


def test_who_waits_is_turned_away_with_a_word(desk, nora, events_happen, mailoutbox):
    with events_happen():
        desk.post(f"{AT}{waiting_of(nora).pk}/decide", {"decision": "away", "words": "We know each other."})
    assert not User.objects.filter(username="nora").exists()
    assert "We know each other." in mailoutbox[-1].body
    assert AuditEntry.objects.get(deed="turn_away").reason == "We know each other."


def test_what_was_decided_meanwhile_is_not_decided_again(desk, nora):
    way = f"{AT}{waiting_of(nora).pk}/decide"
    desk.post(way, {"decision": "in"})
    assert desk.post(way, {"decision": "away"}).status_code == 404
    assert desk.post(f"{AT}99/decide", {"decision": "in"}).status_code == 404
    assert User.objects.filter(username="nora").exists()


def test_nobody_is_turned_away_by_a_form_that_lost_its_button(desk, nora):
    for sent in ({}, {"decision": ""}, {"decision": "no"}):
        answer = desk.post(f"{AT}{waiting_of(nora).pk}/decide", sent)
        assert answer.status_code == 400
        assert "Go back and choose" in answer.content.decode()
    assert User.objects.filter(username="nora").exists()


@pytest.mark.parametrize("decision", ["in", "away"])
def test_of_two_who_decide_at_once_the_second_is_told(desk, staff, nora, monkeypatch, decision):
    asked = waiting_of(nora)
    monkeypatch.setattr("web.views.moderation.joining.request_by_id", lambda _: asked)
    approve(staff, asked)
    answer = desk.post(f"{AT}{asked.pk}/decide", {"decision": decision}, follow=True)
    assert "Somebody decided about @nora already." in answer.content.decode()
    assert User.objects.filter(username="nora").exists()


def test_too_many_words_are_refused(desk, nora):
    way = f"{AT}{waiting_of(nora).pk}/decide"
    assert desk.post(way, {"decision": "away", "words": "x" * 501}).status_code == 400
    assert User.objects.filter(username="nora").exists()


@pytest.mark.parametrize(
    "field", ["least_seconds", "new_for_hours", "new_links_max", "new_strangers_max", "new_tweets_per_hour"]
)
def test_a_number_that_would_stop_everybody_is_refused(desk, field):
    """The hours are added to a date: beyond what dates can say, no tweet could be posted."""
    form = desk.get(f"{AT}policy").context["form"]
    sent = {name: str(form[name].value()) for name in form.fields} | {"closed_words": ""}
    answer = desk.post(f"{AT}policy", {**sent, field: "32767"})
    assert answer.status_code == 422
    assert "Use at most" in answer.context["form"].errors[field][0]
    assert policy().new_for_hours == 0


def test_the_policy_is_changed_and_written_down(desk, django_capture_on_commit_callbacks):
    form = desk.get(f"{AT}policy").context["form"]
    sent = {name: str(form[name].value()) for name in form.fields} | {
        "mode": "closed",
        "closed_words": "",
        "new_for_hours": 48,
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(f"{AT}policy", sent).status_code == 302
    assert (policy().mode, policy().new_for_hours) == ("closed", 48)
    entry = AuditEntry.objects.get(deed="change_joining")
    assert (entry.before["mode"], entry.after["mode"]) == ("open", "closed")
    desk.post(f"{AT}policy", sent)
    assert AuditEntry.objects.filter(deed="change_joining").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"mode": "ajar"}, {"mode": ""}, {"new_for_hours": -1}, {"least_seconds": "x"}]
)
def test_a_policy_that_makes_no_sense_is_refused(desk, wrong):
    form = desk.get(f"{AT}policy").context["form"]
    sent = {name: str(form[name].value()) for name in form.fields} | wrong
    assert desk.post(f"{AT}policy", sent).status_code == 422
    assert policy().mode == "open"


def test_invites_of_everybody_are_seen_and_ended(desk, staff, alice, set_joining):
    set_joining(people_invite=True)
    invite = make_invite(alice, limit=3, days=7, note="the choir")
    join(wish(invite=invite.code))
    page = desk.get(f"{AT}invites").content.decode()
    assert "the choir" in page
    assert "@nora" in page
    desk.post(f"{AT}invites", {"end": invite.pk})
    assert "No open invites" in desk.get(f"{AT}invites").content.decode()
    assert AuditEntry.objects.get(deed="end_invite").subject == "an invite of @alice"
    assert desk.post(f"{AT}invites", {"end": "x"}).status_code == 302


def test_blocks_are_written_and_removed(desk):
    desk.post(f"{AT}blocks", {"kind": "network", "value": "192.0.2.9/24", "note": "waves"})
    (made,) = JoinBlock.objects.all()
    assert (made.value, made.made_by.username) == ("192.0.2.0/24", "stella")
    assert "192.0.2.0/24" in desk.get(f"{AT}blocks").content.decode()
    desk.post(f"{AT}blocks", {"remove": made.pk})
    assert not JoinBlock.objects.exists()
    assert desk.post(f"{AT}blocks", {"remove": made.pk}).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"kind": "moon", "value": "x"},
        {"kind": "network", "value": "moon"},
        {"kind": "email", "value": " "},
    ],
)
def test_a_block_that_makes_no_sense_is_said(desk, wrong):
    assert desk.post(f"{AT}blocks", wrong).status_code == 422
    assert not JoinBlock.objects.exists()


def test_the_same_block_twice_is_said(desk, staff):
    add_block(staff, JoinBlock(kind="email", value="spam.example"))
    answer = desk.post(f"{AT}blocks", {"kind": "email", "value": "@SPAM.example"})
    assert answer.status_code == 422
    assert "turned away already" in answer.content.decode()


def test_pages_cost_the_same_for_few_and_for_many(desk, staff, set_joining, django_assert_max_num_queries):
    costs = []
    for number, count in enumerate((2, 12)):
        set_joining(mode="approval", people_invite=True)
        for one in range(count):
            join(wish(f"w{number}{one}", reason=REASON))
            block = JoinBlock(kind="username", value=f"b{number}{one}")
            add_block(staff, block)
        Invite.objects.filter(made_by=staff).update(expires_at="2020-01-01T00:00:00Z")
        invites = [make_invite(staff, limit=2, days=0) for _ in range(count)]
        join(wish(f"guest{number}", invite=invites[0].code))
        for page in ("", "policy", "invites", "blocks"):
            desk.get(AT + page)
            with django_assert_max_num_queries(9) as counted:
                assert desk.get(AT + page).status_code == 200
            costs.append((page, len(counted)))
    assert costs[:4] == costs[4:]
