"""Signing up by the policy of the server: reasons, invites, closed doors, traps; and making invites."""

import re
from html import unescape

import pytest
from django.core import signing
from django.test import Client

from accounts.models import User
from jobs.engines.embedded import run_pending
from joining.actions import add_block, approve, make_invite
from joining.models import Invite, JoinBlock, JoinRequest
from joining.queries import waiting_of
from tests.joining.test_join import REASON
from tests.web.test_register import FORM

pytestmark = pytest.mark.django_db
BY = "/settings/invites/"


def test_a_closed_door_says_so_to_readers_and_to_forms(client, set_joining):
    set_joining(mode="closed", closed_words="The village is full until May.")
    for answer in (client.get("/register/"), client.post("/register/", FORM)):
        assert answer.status_code == 403
        assert "The village is full until May." in answer.content.decode()
    assert not User.objects.filter(username="nora").exists()


def test_by_invite_only_with_one(client, set_joining, staff):
    set_joining(mode="invite")
    assert "by invite" in client.get("/register/").content.decode()
    assert "does not work any more" in client.get("/register/?invite=nonsense").content.decode()
    invite = make_invite(staff, limit=1, days=7)
    page = client.get(invite.path).content.decode()
    assert "stella (@stella) invites you." in page
    assert client.post(invite.path, FORM).headers["Location"] == "/confirm-email/"
    assert JoinRequest.objects.get().invite == invite
    assert Client().get(invite.path).status_code == 403


def test_asking_and_waiting_and_being_let_in(client, set_joining, staff, mailoutbox):
    set_joining(mode="approval")
    assert "Why would you like to join?" in client.get("/register/").content.decode()
    assert "Say in a sentence" in unescape(
        client.post("/register/", {**FORM, "reason": "please"}).content.decode()
    )
    assert client.post("/register/", {**FORM, "reason": REASON}).headers["Location"] == "/confirm-email/"
    run_pending()
    link = re.search(r"http://localhost:8000(/confirm-email/\S+)", mailoutbox[0].body).group(1)
    page = client.post(link, follow=True).content.decode()
    assert "Now the people who run this server decide." in page
    client.post("/login/", {"login": "nora", "password": FORM["password1"]})
    page = client.get("/").content.decode()
    assert "look at your request" in page
    assert "Confirm your e-mail to tweet" not in page
    refused = client.post("/create/", {"text": "hello"})
    assert refused.status_code == 403
    assert "look at your request" in refused.content.decode()
    approve(staff, waiting_of(User.objects.get(username="nora")))
    assert client.get("/create/").status_code == 200


def test_what_is_blocked_is_said_beside_the_field(client, staff):
    for kind, value in (("email", "example.org"), ("username", "no*")):
        add_block(staff, JoinBlock(kind=kind, value=value))
    page = client.post("/register/", FORM).content.decode()
    assert "Addresses of this provider" in page
    assert "This name cannot be used here" in page
    assert "cannot be used here" in client.get("/register/username/?username=nora").content.decode()


def test_a_blocked_network_is_told_why(staff):
    add_block(staff, JoinBlock(kind="network", value="203.0.113.0/24"))
    answer = Client(REMOTE_ADDR="203.0.113.7").post("/register/", FORM)
    assert answer.status_code == 403
    assert "from your network" in answer.content.decode()
    assert Client(REMOTE_ADDR="198.51.100.9").post("/register/", FORM).status_code == 302


def test_nobody_changes_to_a_blocked_address_either(staff, alice):
    add_block(staff, JoinBlock(kind="email", value="spam.example"))
    client = Client()
    client.post("/login/", {"login": "alice", "password": FORM["password1"]})
    answer = client.post("/settings/account/", {"email": "alice@spam.example"})
    assert answer.status_code == 422
    assert "Addresses of this provider" in answer.content.decode()


def test_who_fills_in_what_nobody_sees_is_a_machine(client):
    page = client.get("/register/").content.decode()
    assert 'class="trap" aria-hidden="true"' in page
    answer = client.post("/register/", {**FORM, "homepage": "https://spam.example"})
    assert answer.status_code == 200
    assert "as machines do it" in answer.content.decode()
    assert not User.objects.filter(username="nora").exists()


@pytest.fixture
def in_the_world(settings):
    """On a server that strangers reach."""
    settings.SITE_IS_LOCAL = False


def _begun(client: Client) -> str:
    return re.search(r'name="begun" value="([^"]+)"', client.get("/register/").content.decode()).group(1)


def test_who_answers_at_once_is_a_machine(client, in_the_world, monkeypatch):
    begun = _begun(client)
    answer = client.post("/register/", {**FORM, "begun": begun})
    assert "as machines do it" in answer.content.decode()
    monkeypatch.setattr("web.forms.traps.time.time", lambda: signing.loads(begun, salt="web.traps") + 3)
    assert client.post("/register/", {**FORM, "begun": begun}).status_code == 302


def test_a_form_of_yesterday_or_of_nobody_is_drawn_anew(client, in_the_world, monkeypatch):
    begun = _begun(client)
    for made_up in ("", "nonsense", signing.dumps(1, salt="other")):
        assert "as machines do it" in client.post("/register/", {**FORM, "begun": made_up}).content.decode()
    monkeypatch.setattr("web.forms.traps.time.time", lambda: signing.loads(begun, salt="web.traps") + 90_000)
    page = client.post("/register/", {**FORM, "begun": begun}).content.decode()
    assert "lay open for long" in page
    drawn = re.search(r'name="begun" value="([^"]+)"', page).group(1)
    later = signing.loads(drawn, salt="web.traps") + 3
    monkeypatch.setattr("web.forms.traps.time.time", lambda: later)
    assert client.post("/register/", {**FORM, "begun": drawn}).status_code == 302


def test_on_localhost_nobody_has_to_wait(client):
    assert client.post("/register/", FORM).status_code == 302


def test_people_make_invites_and_see_who_came(as_alice, alice, set_joining):
    assert "made by the people who run it" in as_alice.get(BY).content.decode()
    assert as_alice.post(BY, {"limit": 2, "days": 7, "note": "Ida"}).status_code == 403
    set_joining(people_invite=True)
    answer = as_alice.post(BY, {"limit": 2, "days": 7, "note": "Ida"}, follow=True)
    (invite,) = Invite.objects.all()
    assert invite.path in answer.content.decode()
    Client().post(invite.path, FORM)
    page = as_alice.get(BY).content.decode()
    assert "1 of 2 joined" in page
    assert "@nora" in page
    as_alice.post(BY, {"end": invite.pk})
    assert "Ended" in as_alice.get(BY).content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"limit": "x", "days": 1}, {"limit": 0, "days": 1}, {"limit": 10**30, "days": 1}]
)
def test_a_wrong_invite_is_said(as_alice, set_joining, sent):
    set_joining(people_invite=True)
    assert as_alice.post(BY, sent).status_code == 422
    assert not Invite.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 30])
def test_nobody_ends_what_is_not_theirs(as_bob, staff, sent):
    invite = make_invite(staff, limit=1, days=0)
    for number in (sent, invite.pk):
        assert as_bob.post(BY, {"end": number}).status_code == 302
    invite.refresh_from_db()
    assert invite.expires_at is None


def test_the_page_of_invites_costs_the_same_for_few_and_many(
    as_alice, alice, set_joining, django_assert_max_num_queries
):
    set_joining(people_invite=True)
    costs = []
    for _ in range(2):
        for _ in range(3):
            make_invite(alice, limit=1, days=0)
        as_alice.get(BY)
        with django_assert_max_num_queries(8) as counted:
            as_alice.get(BY)
        costs.append(len(counted))
    assert costs[0] == costs[1]
