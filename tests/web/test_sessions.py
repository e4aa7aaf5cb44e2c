"""Devices: where one is logged in, and ending it there."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from accounts.actions import suspend_user
from tests.factories import PASSWORD
from web.views.settings.sessions import browser_name

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(login: str = "alice", **more: str) -> Client:
    client = Client(**more)
    client.post("/login/", {"login": login, "password": PASSWORD})
    return client


def _key(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _is_in(client: Client) -> bool:
    return client.get("/").wsgi_request.user.is_authenticated


def test_each_device_is_listed_this_one_first(alice, bob):
    here = signed_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.7")
    signed_in(REMOTE_ADDR="198.51.100.9")
    signed_in("bob", REMOTE_ADDR="192.0.2.44")
    page = here.get("/settings/sessions/").content.decode()
    assert page.index("This device") < page.index("198.51.100.9")
    assert "Firefox on Linux" in page
    assert "203.0.113.7" in page
    assert "192.0.2.44" not in page


def test_a_revoked_device_is_out_at_once(alice):
    here, there = signed_in(), signed_in()
    there.get("/")  # the session is in the cache now
    row = UserSession.objects.get(session_key=_key(there))
    answer = here.post("/settings/sessions/", {"session": row.pk}, follow=True)
    assert "That device is logged out." in answer.content.decode()
    assert not _is_in(there)
    assert _is_in(here)


def test_all_others_at_once(alice):
    here, there, elsewhere = signed_in(), signed_in(), signed_in()
    here.post("/settings/sessions/", {"others": "yes"})
    assert [_is_in(client) for client in (here, there, elsewhere)] == [True, False, False]
    assert here.get("/settings/sessions/").content.decode().count("<b>Unknown browser</b>") <= 1


@pytest.mark.parametrize("wanted", ["", "nonsense", "0", "99999999999999999999"])
def test_a_device_that_is_not_there_changes_nothing(alice, wanted):
    here = signed_in()
    assert here.post("/settings/sessions/", {"session": wanted}).status_code == 302
    assert _is_in(here)


def test_nobody_ends_someone_elses_session(alice, bob):
    mine, theirs = signed_in(), signed_in("bob")
    row = UserSession.objects.get(session_key=_key(theirs))
    mine.post("/settings/sessions/", {"session": row.pk})
    assert _is_in(theirs)


def test_ending_this_device_is_logging_out(alice):
    here = signed_in()
    row = UserSession.objects.get(session_key=_key(here))
    here.post("/settings/sessions/", {"session": row.pk})
    assert not _is_in(here)


def test_the_list_costs_the_same_for_one_and_for_many(alice, django_assert_max_num_queries):
    here, costs = signed_in(), []
    for _ in range(2):
        with django_assert_max_num_queries(6) as counted:
            here.get("/settings/sessions/")
        costs.append(len(counted))
        for _ in range(12):
            signed_in()
    assert costs[0] == costs[1]


def test_a_suspended_person_is_out_at_once_and_stays_out(staff, alice, django_capture_on_commit_callbacks):
    here = signed_in()
    here.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        suspend_user(staff, alice)
    assert not _is_in(here)
    assert not UserSession.objects.filter(user=alice).exists()
    assert here.get("/create/").headers["Location"].startswith("/login/")
    type(alice).objects.filter(pk=alice.pk).update(state="active")
    assert not _is_in(here)


def test_visitors_are_sent_to_log_in(client):
    assert client.get("/settings/sessions/").headers["Location"] == "/login/?next=/settings/sessions/"


_LIKE = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_LIKE} Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {_LIKE} Safari/604.1", "Safari on iPhone"),
        (f"Mozilla/5.0 (Linux; Android 15) {_LIKE} Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "curl/8.0"),
        ("x" * 200, "x" * 40),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_named_as_people_know_them(user_agent, name):
    assert browser_name(user_agent) == name
