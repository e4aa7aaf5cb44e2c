"""How often an app may ask: the headers on every answer, the refusal, and who is counted apart."""

import time
from datetime import datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client

from api import pace
from tests.api.calling import Caller, caller_for
from tests.api.operations import served
from tests.factories import PASSWORD, make_tweet
from tweets.actions import post_tweet
from tweets.draft import TweetDraft

pytestmark = pytest.mark.django_db
LEFT = "X-RateLimit-Remaining"


@pytest.fixture(autouse=True)
def _numbers(settings):
    settings.RATES_READING = {**settings.RATES_READING, "api": "3/5 minutes", "api_visitors": "2/5 minutes"}
    settings.RATES_DEEDS = {**settings.RATES_DEEDS, "likes": "1/day", "apps": "1/hour"}


def test_every_answer_says_how_much_is_left(alices):
    first, second = alices.get("/api/v1/bookmarks"), alices.get("/api/v1/bookmarks")
    assert [answer.headers[LEFT] for answer in (first, second)] == ["2", "1"]
    assert first.headers["X-RateLimit-Limit"] == "3"
    reset = datetime.fromisoformat(first.headers["X-RateLimit-Reset"])
    assert 0 < reset.timestamp() - time.time() <= 300
    assert first.headers["X-RateLimit-Reset"].endswith(".000Z")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/v1/statuses/5"), ("GET", "/api/v1/nothing"), ("PATCH", "/api/v1/bookmarks"),
     ("GET", "/api/v1/timelines/home"), ("GET", "/api/v2/instance"), ("POST", "/oauth/token")],
)  # fmt: skip
def test_so_do_refusals(nobodys, method, path):
    answer = nobodys(method, path)
    assert answer.headers[LEFT] == "1"


def test_so_does_what_no_view_looks_at_and_what_broke(nobodys, alices, settings, monkeypatch):
    settings.REQUEST_MAX_BYTES = 10
    assert nobodys.post("/api/v1/statuses", {"status": "too long"}).headers[LEFT] == "1"
    assert nobodys.get("/api/v1/timelines/tag/%00").headers[LEFT] == "0"
    assert nobodys.get("/api/v1/timelines/tag/%00").status_code == 429
    monkeypatch.setattr("api.views.engaged.kept_page", lambda *given: 1 / 0)
    broken = Client(raise_request_exception=False)
    answer = broken.get("/api/v1/bookmarks", headers={"Authorization": f"Bearer {alices.token}"})
    assert (answer.status_code, answer.headers[LEFT]) == (500, "2")


def test_too_many_are_refused_with_the_time_to_wait(alices):
    for _ in range(3):
        assert alices.get("/api/v1/bookmarks").status_code == 200
    answer = alices.get("/api/v1/bookmarks")
    assert (answer.status_code, answer.json()) == (429, {"error": "Too many requests"})
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert answer.headers[LEFT] == "0"


def test_a_refusal_is_cheap(alices, django_assert_num_queries):
    for _ in range(3):
        alices.get("/api/v1/bookmarks")
    with django_assert_num_queries(1):  # whose token it is
        assert alices.get("/api/v1/bookmarks").status_code == 429


def test_a_person_is_counted_over_all_apps_and_others_apart(alice, bob):
    answers = [caller_for(alice).get("/api/v1/bookmarks") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert caller_for(bob).get("/api/v1/bookmarks").status_code == 200
    assert Caller().get("/api/v2/instance").status_code == 200


def test_visitors_are_counted_by_their_address(nobodys):
    for _ in range(2):
        assert nobodys.get("/api/v2/instance").status_code == 200
    assert nobodys.get("/api/v2/instance").status_code == 429
    assert nobodys._client.get("/api/v2/instance", REMOTE_ADDR="203.0.113.7").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/bookmarks", "/api/v1/nothing"])
def test_trying_tokens_and_addresses_counts_too(path):
    answers = [Caller(f"guess{number}").get(path) for number in range(3)]
    assert [answer.status_code for answer in answers][2] == 429


def test_whoever_is_allowed_for_is_not_counted(nobodys, settings):
    settings.RATE_LIMITS_ALLOW = ["127.0.0.0/8"]
    answers = [nobodys.get("/api/v2/instance") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    assert LEFT not in answers[0].headers


def test_a_load_test_can_switch_it_off(alices, settings):
    settings.RATE_LIMITS = False
    assert {alices.get("/api/v1/bookmarks").status_code for _ in range(5)} == {200}


def test_a_deed_has_one_number_for_pages_and_apps(alices, as_alice, bob):
    first, second = make_tweet(bob, "one"), make_tweet(bob, "two")
    assert as_alice.post(f"{first.path}/like").status_code == 302
    answer = alices.post(f"/api/v1/statuses/{second.pk}/favourite")
    assert answer.status_code == 429
    assert answer.json()["error"].startswith("That was a lot")
    assert int(answer.headers["Retry-After"]) > 3600
    assert alices.get(f"/api/v1/statuses/{second.pk}").json()["favourites_count"] == 0


def test_direct_tweets_count_as_messages(alices, bob, settings):
    settings.RATES_READING |= {"api": "100/5 minutes"}
    settings.RATES_DEEDS |= {"tweets": "1/day", "messages": "2/day"}
    asked = post_tweet(bob, TweetDraft("@alice what?", visibility="direct"))

    def said(**words):
        return alices.post("/api/v1/statuses", words)

    assert said(status="@bob psst", visibility="direct").status_code == 200
    assert said(status="@bob that", in_reply_to_id=str(asked.pk)).status_code == 200
    refused = said(status="@bob and that", visibility="direct")
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "2")
    assert said(status="good morning").status_code == 200
    refused = said(status="good night")
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "1")
    _ends_with_its_reset(refused)


DEAR = {
    "likes": ("POST", "/api/v1/statuses/5/favourite"),
    "follows": ("POST", "/api/v1/accounts/5/follow"),
    "reports": ("POST", "/api/v1/reports"),
    "pictures": ("POST", "/api/v2/media"),
    "search": ("GET", "/api/v2/search?q=tea"),
}


@pytest.mark.parametrize("rate", DEAR)
def test_a_refusal_speaks_of_the_rate_that_refused(alices, bobs, settings, rate):
    settings.RATES_READING |= {"api": "100/5 minutes", "search": "1/hour"}
    settings.RATES_DEEDS |= {name: "1/hour" for name in DEAR if name != "search"}
    method, path = DEAR[rate]
    first = alices(method, path)
    assert (first.status_code != 429, first.headers["X-RateLimit-Limit"], first.headers[LEFT]) == (
        True, "100", "99",
    )  # fmt: skip
    refused = alices(method, path)
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"], refused.headers[LEFT]) == (
        429, "1", "0",
    )  # fmt: skip
    _ends_with_its_reset(refused)
    assert int(refused.headers["Retry-After"]) > 3000
    after = alices.get("/api/v1/bookmarks")
    assert (after.headers["X-RateLimit-Limit"], after.headers[LEFT]) == ("100", "97")
    assert bobs(method, path).status_code != 429


def test_of_two_numbers_the_one_that_refused_is_told(alices, settings):
    settings.RATES_DEEDS |= {"reports": "5/day; 2/minute"}
    settings.RATES_READING |= {"api": "100/5 minutes"}
    *_, refused = [alices.post("/api/v1/reports") for _ in range(3)]
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "2")
    assert int(refused.headers["Retry-After"]) <= 61
    _ends_with_its_reset(refused)


def test_so_does_a_refusal_by_the_address(nobodys):
    wanted = {"client_name": "x", "redirect_uris": "https://app.example/"}
    _, refused = nobodys.post("/api/v1/apps", wanted), nobodys.post("/api/v1/apps", wanted)
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "1")
    _ends_with_its_reset(refused)


def test_of_all_requests_too(nobodys):
    *_, refused = [nobodys.get("/api/v2/instance") for _ in range(3)]
    assert (refused.status_code, refused.headers["X-RateLimit-Limit"]) == (429, "2")
    _ends_with_its_reset(refused)


def _ends_with_its_reset(answer):
    reset = datetime.fromisoformat(answer.headers["X-RateLimit-Reset"]).timestamp()
    assert abs(time.time() + int(answer.headers["Retry-After"]) - reset) <= 2


def test_apps_cannot_be_registered_without_end(nobodys):
    wanted = {"client_name": "x", "redirect_uris": "https://app.example/"}
    assert [nobodys.post("/api/v1/apps", wanted).status_code for _ in range(2)] == [200, 429]


def test_passwords_cannot_be_guessed_through_apps(alice, settings):
    """Ten tries for a name, as on the page; the right ones do not count; and it is one number for both."""
    settings.OAUTH_PASSWORD_GRANT = True
    settings.RATE_LIMITS_ALLOW = []
    settings.RATES_READING = django_settings.RATES_READING | {"api_visitors": "1000/5 minutes"}
    wanted = {"client_name": "x", "redirect_uris": "https://app.example/", "scopes": "read"}
    app = Caller().post("/api/v1/apps", wanted).json()

    def token(password):
        sent = {"grant_type": "password", "username": "alice", "password": password, "scope": "read",
                "client_id": app["client_id"], "client_secret": app["client_secret"]}  # fmt: skip
        return Caller().post("/oauth/token", sent)

    assert {token(PASSWORD).status_code for _ in range(12)} == {200}
    assert [token("wrong").status_code for _ in range(11)] == [400] * 10 + [429]
    stopped = token(PASSWORD)
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 60
    page = Caller()._client.post("/login/", {"login": "@Alice", "password": PASSWORD})
    assert page.status_code == 429


def test_every_dear_operation_has_a_rate_of_its_own():
    """What is served and named so counts for more than a request."""
    dear = {
        "POST /api/v1/statuses/{status_id}/reblog": "tweets",
        "POST /api/v1/statuses/{status_id}/favourite": "likes", "POST /api/v2/media": "pictures",
        "POST /api/v1/media": "pictures", "POST /api/v1/accounts/{account_id}/follow": "follows",
        "GET /api/v2/search": "search", "GET /api/v1/accounts/search": "search", "POST /api/v1/apps": "apps",
        "POST /api/v1/accounts": "sign_up", "POST /api/v1/polls/{poll_id}/votes": "likes",
        "PUT /api/v1/announcements/{announcement_id}/reactions/{name}": "likes",
        "POST /api/v1/reports": "reports", "POST /api/v1/emails/confirmations": "confirm_email",
    }  # fmt: skip
    counted = {
        f"{method} /{name.replace('<', '{').replace('>', '}')}": rate
        for (method, name), rate in {**pace._RATES, **pace._RATES_OF_ADDRESS}.items()
    }
    assert counted == dear
    assert len(set(dear) & set(served())) >= 6
