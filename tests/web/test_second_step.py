"""After the password: a code or a recovery code, wherever one comes from."""

import re
import time

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from django.utils.http import urlencode

from accounts.actions import leave, make_codes
from accounts.models import User
from clients.actions import register_app
from tests.factories import PASSWORD
from tests.second_steps import code_of, set_up_app

pytestmark = pytest.mark.django_db
STEP = "/login/second-step/"


@pytest.fixture
def secret(alice) -> str:
    return set_up_app(alice)


def give_password(client: Client, login: str = "alice", way: str = "", **more: str):
    return client.post(f"/login/{way}", {"login": login, "password": PASSWORD, **more})


def is_in(client: Client) -> bool:
    return client.get("/").wsgi_request.user.is_authenticated


def test_the_password_alone_lets_nobody_in(client, alice, secret):
    assert give_password(client).headers["Location"] == STEP
    assert not is_in(client)
    assert client.get("/create/").headers["Location"].startswith("/login/")
    page = client.get(STEP).content.decode()
    assert "Type the code that your app shows for @alice." in page


def test_with_its_code_one_is_where_one_wanted_to_be(client, alice, secret):
    give_password(client, way="?next=/create/", remember="on")
    assert client.post(STEP, {"code": code_of(secret)}).headers["Location"] == "/create/"
    assert is_in(client)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == django_settings.SESSION_COOKIE_AGE


def test_a_wrong_code_is_said_and_the_step_stays(client, alice, secret):
    give_password(client)
    answer = client.post(STEP, {"code": "123"})
    assert answer.status_code == 422
    assert "This code is not right." in answer.content.decode()
    assert not is_in(client)
    assert client.post(STEP, {"code": code_of(secret)}).status_code == 302


def test_a_recovery_code_does_as_well(client, alice, secret):
    code = make_codes(alice)[0]
    give_password(client)
    client.post(STEP, {"code": code})
    assert is_in(client)
    other = Client()
    give_password(other)
    assert other.post(STEP, {"code": code}).status_code == 422


def test_without_the_password_there_is_no_second_step(client, alice, secret):
    assert client.get(STEP).headers["Location"] == "/login/"
    assert client.post(STEP, {"code": code_of(secret)}).headers["Location"] == "/login/"
    client.post("/login/", {"login": "alice", "password": "wrong"})
    assert client.post(STEP, {"code": code_of(secret)}).headers["Location"] == "/login/"
    assert not is_in(client)


def test_one_may_begin_again_as_somebody_else(client, alice, bob, secret):
    give_password(client)
    assert client.get("/login/").headers["Location"] == STEP
    client.post(STEP, {"cancel": "yes"})
    give_password(client, "bob")
    assert client.get("/").wsgi_request.user == bob


def test_the_first_step_is_forgotten_after_a_while(client, alice, secret):
    give_password(client)
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        assert client.post(STEP, {"code": code_of(secret)}).headers["Location"] == "/login/"


def test_the_admin_asks_for_it_too(client, staff):
    key = set_up_app(staff)
    *_, (way, _) = client.get(f"/{django_settings.ADMIN_PATH}/", follow=True).redirect_chain
    assert way.startswith("/login/")
    client.post(way, {"login": "stella", "password": PASSWORD})
    assert client.get(f"/{django_settings.ADMIN_PATH}/").status_code == 302
    assert client.post(STEP, {"code": code_of(key)}).headers["Location"] == f"/{django_settings.ADMIN_PATH}/"
    assert client.get(f"/{django_settings.ADMIN_PATH}/").status_code == 200


def test_the_page_that_lets_an_app_in_asks_for_it_too(client, alice, secret):
    app, _ = register_app("Tea", ["https://app.example/back"], "read", "")
    asked = "/oauth/authorize?" + urlencode(
        {"client_id": app.client_id, "redirect_uri": "https://app.example/back", "response_type": "code"}
    )
    way = client.get(asked).headers["Location"]
    client.post(way, {"login": "alice", "password": PASSWORD})
    assert client.get(asked).headers["Location"].startswith("/login/")
    assert client.post(STEP, {"code": code_of(secret)}).headers["Location"] == asked
    assert "Tea" in client.get(asked).content.decode()


def test_logged_in_as_somebody_else_one_changes_over_by_it(as_bob, alice, bob, secret):
    give_password(as_bob, way="?again=yes")
    assert as_bob.get("/").wsgi_request.user == bob
    as_bob.post(STEP, {"code": code_of(secret)})
    assert as_bob.get("/").wsgi_request.user == alice


def test_a_new_password_by_mail_does_not_go_around_it(client, alice, secret, events_happen, mailoutbox):
    with events_happen():
        client.post("/password/reset/", {"email": alice.email})
    way = re.search(r"http://\S+(/password/reset/\S+-\S+)", "".join(m.body for m in mailoutbox)).group(1)
    way = client.get(way).headers["Location"]
    client.post(way, {"password1": "another long password"})
    assert not is_in(client)
    answer = client.post("/login/", {"login": "alice", "password": "another long password"})
    assert answer.headers["Location"] == STEP


def test_an_app_that_takes_passwords_is_refused(client, alice, secret, settings):
    settings.OAUTH_PASSWORD_GRANT = True
    app, key = register_app("Script", ["urn:ietf:wg:oauth:2.0:oob"], "read", "")
    asked = {"grant_type": "password", "username": "alice", "password": PASSWORD, "scope": "read"}
    asked |= {"client_id": app.client_id, "client_secret": key}
    assert client.post("/oauth/token", asked).status_code == 400


def test_codes_cannot_be_guessed_from_many_addresses_and_a_known_device_gets_in(client, alice, secret):
    own = Client(REMOTE_ADDR="198.51.100.9")
    give_password(own)
    own.post(STEP, {"code": code_of(secret)})
    own.post("/logout/")
    answers = []
    for number in range(4):
        guesser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        give_password(guesser)
        answers += [guesser.post(STEP, {"code": "x"}).status_code for _ in range(11)]
    assert answers == [*([422] * 10 + [429]) * 2, *[422] * 9, *[429] * 13]
    stopped = guesser.post(STEP, {"code": code_of(secret, 1)})
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    give_password(own)
    assert own.post(STEP, {"code": code_of(secret, 1)}).status_code == 302


def test_who_is_leaving_comes_back_with_both_steps_only(client, alice, secret):
    leave(alice)
    give_password(client)
    assert User.objects.get(pk=alice.pk).is_leaving
    client.post(STEP, {"code": code_of(secret)})
    assert User.objects.get(pk=alice.pk).is_active


def test_suspended_people_do_not_get_as_far(client, alice, secret):
    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    assert "suspended" in give_password(client).content.decode()
    assert client.get(STEP).headers["Location"] == "/login/"


def test_who_is_suspended_between_the_steps_is_not_in(client, alice, secret):
    give_password(client)
    User.objects.filter(pk=alice.pk).update(state=User.State.SUSPENDED)
    client.post(STEP, {"code": code_of(secret)})
    assert not is_in(client)
