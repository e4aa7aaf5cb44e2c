"""Deleting one's account: the page, and what everybody sees from then on."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.actions import bury, leave
from accounts.models import User
from tests.factories import PASSWORD, make_reply, make_tweet, make_user
from tweets.actions import like_tweet
from web.side import _side

pytestmark = pytest.mark.django_db
PAGE = "/settings/delete/"


def log_in(client, **more):
    return client.post("/login/", {"login": "alice", "password": PASSWORD, **more}, follow=True)


def test_the_page_says_what_happens_and_asks_for_the_password(as_alice, alice):
    page = as_alice.get(PAGE).content.decode()
    day = timezone.now() + timedelta(days=settings.LEAVING_DAYS)
    assert f"For {settings.LEAVING_DAYS} days" in page
    assert f"{day:%-d %B %Y}" in page
    assert 'type="password"' in page
    assert PAGE in as_alice.get("/settings/account/").content.decode()


@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_right_password_nothing_happens(as_alice, alice, password):
    answer = as_alice.post(PAGE, {"password": password})
    assert answer.status_code == 422
    assert 'class="form-error"' in answer.content.decode()
    alice.refresh_from_db()
    assert alice.is_active


def test_guessing_the_password_has_a_limit(as_alice):
    answers = [as_alice.post(PAGE, {"password": "wrong"}).status_code for _ in range(11)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_asked_for_one_is_signed_out_everywhere(as_alice, alice, django_capture_on_commit_callbacks):
    phone = Client()
    log_in(phone)
    assert phone.get("/settings/account/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_alice.post(PAGE, {"password": PASSWORD}, follow=True)

    alice.refresh_from_db()
    assert answer.redirect_chain == [("/login/", 302)]
    assert f"deleted on {alice.leaves_at:%-d %B %Y}" in answer.content.decode()
    for browser in (as_alice, phone):
        assert browser.get("/settings/account/").status_code == 302


def test_a_second_click_leads_to_log_in(as_alice, alice):
    as_alice.post(PAGE, {"password": PASSWORD})
    answer = as_alice.post(PAGE, {"password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_who_leaves_is_out_of_sight_at_once(client, as_bob, alice, bob):
    tweet = make_tweet(alice, "still here #topic")
    his = make_tweet(bob, "his")
    like_tweet(alice, his)
    make_reply(alice, his, "her answer")
    pages = [
        "/",
        "/local/",
        "/tags/topic",
        his.path,
        f"{his.path}/likes",
        "/@bob/followers",
        "/notifications/",
    ]
    assert any("alice" in as_bob.get(page).content.decode() for page in pages)

    leave(alice)
    _side.cache_clear()  # who tweeted lately is kept for a minute
    for browser in (client, as_bob):
        for path in ("/@alice", "/@alice/replies", "/@alice/followers", "/@alice.rss", tweet.path):
            assert browser.get(path).status_code == 404, path
        for path in pages:
            assert "alice" not in browser.get(path).content.decode(), path


def test_logging_in_again_undoes_it_with_a_word(client, alice):
    tweet = make_tweet(alice, "back again")
    leave(alice)
    answer = log_in(client)
    assert "Welcome back, your account will not be deleted." in answer.content.decode()
    assert client.get("/settings/account/").status_code == 200
    alice.refresh_from_db()
    assert (alice.is_active, alice.leaves_at) == (True, None)
    assert Client().get(tweet.path).status_code == 200


def test_a_wrong_password_undoes_nothing(client, alice):
    leave(alice)
    log_in(client, password="wrong")
    alice.refresh_from_db()
    assert alice.is_leaving


def test_a_forgotten_password_is_no_reason_to_be_deleted(client, alice, events_happen, mailoutbox):
    leave(alice)
    with events_happen():
        client.post("/password/reset/", {"email": "alice@example.org"})
    assert "/password/reset/" in mailoutbox[-1].body


@pytest.fixture
def gone(alice):
    User.objects.filter(pk=alice.pk).update(state=User.State.GONE)
    alice.refresh_from_db()
    bury(alice)
    return alice


@pytest.mark.parametrize(
    "path", ["/@alice", "/@ALICE", "/@alice/replies", "/@alice/followers", "/@alice.rss"]
)
def test_a_gone_profile_says_so(client, gone, path):
    answer = client.get(path)
    assert answer.status_code == 410
    assert "left. The account and everything in it was deleted." in answer.content.decode()


def test_the_gone_cannot_log_in_and_nobody_gets_their_name(client, gone):
    assert "The name or the password is not right." in log_in(client).content.decode()
    answer = client.get("/register/username/", {"username": "Alice"})
    assert "This name is taken." in answer.content.decode()


def test_visitors_and_the_unconfirmed(client, as_person):
    assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"
    nora = make_user("nora", confirmed=False)
    as_person(nora).post(PAGE, {"password": PASSWORD})
    nora.refresh_from_db()
    assert nora.is_leaving


def test_staff_see_who_is_leaving_and_when(as_person, staff, alice):
    leave(alice)
    page = as_person(staff).get("/admin/accounts/user/?state__exact=leaving").content.decode()
    assert "@alice" in page
    assert f"{alice.leaves_at:%Y}" in page
    assert "@stella</a></th>" not in page
