"""How often a browser may ask: pages, deeds, and what has a number of its own; refused words are kept."""

import pytest
from django.test import Client

from accounts.models import User
from common import rates
from tests.factories import PASSWORD, make_tweet, picture_file
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
AWAY = "The server cannot count attempts just now"


@pytest.fixture
def numbers(settings):
    """`numbers(tweets="1/day")` changes these and leaves the others."""

    def change(**wanted):
        for name in ("RATES_WAY_IN", "RATES_DEEDS", "RATES_READING"):
            table = getattr(settings, name)
            setattr(settings, name, {**table, **{key: wanted[key] for key in wanted if key in table}})

    return change


def test_too_many_pages_are_refused_with_a_page_that_says_when(client, numbers):
    numbers(pages="2/5 minutes")
    assert [client.get("/about/").status_code for _ in range(2)] == [200, 200]
    answer = client.get("/about/")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "then go on." in answer.content.decode()
    assert "A little slower, please" in answer.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.7").get("/about/").status_code == 200


def test_people_behind_one_address_are_counted_apart(as_alice, as_bob, numbers):
    numbers(pages="2/5 minutes")
    for _ in range(2):
        as_alice.get("/about/")
    assert as_alice.get("/about/").status_code == 429
    assert as_bob.get("/about/").status_code == 200


def test_made_up_sessions_count_for_the_address(numbers, settings):
    numbers(pages="2/5 minutes")
    for number in range(3):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = f"made up {number}".replace(" ", "")
        status = browser.get("/about/").status_code
    assert status == 429


def test_pictures_in_pages_are_not_pages(client, numbers):
    numbers(pages="1/5 minutes")
    assert {client.get("/initials/10/A.svg").status_code for _ in range(3)} == {200}


@pytest.mark.parametrize("path", ["/robots.txt", "/manifest.webmanifest", "/oembed?url=x"])
def test_what_is_the_same_for_all_reads_no_cookie(as_alice, path):
    assert "Cookie" not in as_alice.get(path).headers.get("Vary", "")


def test_everything_sent_counts(as_alice, numbers):
    numbers(deeds="2/5 minutes")
    for _ in range(2):
        as_alice.post("/notifications/read")
    answer = as_alice.post("/notifications/read")
    assert answer.status_code == 429
    assert as_alice.get("/about/").status_code == 200


def test_a_script_gets_the_sentence_alone(as_alice, numbers):
    numbers(deeds="1/5 minutes")
    as_alice.post("/notifications/read")
    answer = as_alice.post("/notifications/read", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("That was a lot in a short time.")


def test_too_many_tweets_are_refused_and_the_words_are_kept(as_alice, numbers):
    numbers(tweets="1/3 hours")
    as_alice.post("/create/", {"text": "one"})
    answer = as_alice.post("/create/", {"text": "words I would miss"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 10_000
    page = answer.content.decode()
    assert "words I would miss" in page
    assert "Wait 3 hours, then go on." in page
    assert Tweet.objects.count() == 1


def test_a_thread_counts_as_many_as_it_has(as_alice, numbers):
    numbers(tweets="2/3 hours")
    as_alice.post("/create/", {"text": "one"})
    thread = {"text": "two", "text_2": "three"}
    assert as_alice.post("/create/", thread).status_code == 429
    assert as_alice.post("/create/", {"text": "two"}).status_code == 302
    assert Tweet.objects.count() == 2


def test_retweets_are_tweets(as_alice, bob, numbers):
    numbers(tweets="1/3 hours")
    first, second = make_tweet(bob, "one"), make_tweet(bob, "two")
    assert as_alice.post(f"{first.path}/retweet").status_code == 302
    assert as_alice.post(f"{second.path}/retweet").status_code == 429
    assert as_alice.post(f"{first.path}/unretweet").status_code == 302


def test_likes_have_a_number_and_taking_them_back_has_none(as_alice, bob, numbers):
    numbers(likes="1/day")
    first, second = make_tweet(bob, "one"), make_tweet(bob, "two")
    assert as_alice.post(f"{first.path}/like").status_code == 302
    answer = as_alice.post(f"{second.path}/like", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "86400")
    assert as_alice.post(f"{first.path}/unlike").status_code == 302
    second.refresh_from_db()
    assert second.likes_count == 0


def test_follows_have_a_number(as_alice, bob, carol, numbers):
    numbers(follows="1/day")
    assert as_alice.post("/@bob/follow").status_code == 302
    assert as_alice.post("/@carol/follow").status_code == 429
    assert User.objects.get(username="carol").followers_count == 0


def test_messages_have_a_number(as_alice, bob, numbers):
    numbers(messages="1/day")
    assert as_alice.post("/messages/new/", {"to": "bob", "text": "one"}).status_code == 302
    answer = as_alice.post("/messages/new/", {"to": "bob", "text": "two"})
    assert answer.status_code == 429
    assert "two" in answer.content.decode()


def test_pictures_have_a_number(as_alice, numbers):
    numbers(pictures="1/30 minutes")
    assert as_alice.post("/pictures/", {"picture": picture_file()}).status_code == 200
    answer = as_alice.post("/pictures/", {"picture": picture_file()})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 60
    answer = as_alice.post("/create/", {"text": "kept", "pictures": picture_file()})
    assert answer.status_code == 429
    assert "kept" in answer.content.decode()


def test_searching_has_a_number(client, numbers):
    numbers(search="1/5 minutes")
    assert client.get("/search/?q=a").status_code == 200
    assert client.get("/search/?q=b").status_code == 429
    assert client.get("/search/").status_code == 200


def test_names_are_not_read_out_of_us(client, numbers):
    numbers(names="1/minute")
    assert client.get("/register/username/?username=a").status_code == 200
    answer = client.get("/register/username/?username=b")
    assert answer.status_code == 429
    assert "You check names very quickly" in answer.content.decode()


def test_allowed_addresses_are_not_counted(client, numbers, settings):
    numbers(pages="1/5 minutes", login="1/minute")
    settings.RATE_LIMITS_ALLOW = ["127.0.0.1"]
    assert {client.get("/about/").status_code for _ in range(3)} == {200}
    assert {client.post("/login/", {"login": "a", "password": "b"}).status_code for _ in range(15)} == {200}


def test_the_way_out_says_when_to_come_back_to_the_second(alice, numbers):
    numbers(login_failed_name="2/5 minutes")
    client = Client()
    for _ in range(2):
        client.post("/login/", {"login": "alice", "password": "wrong"})
    answer = client.post("/login/", {"login": "alice", "password": PASSWORD})
    assert answer.status_code == 429
    assert 280 < int(answer.headers["Retry-After"]) <= 301


def test_a_name_and_its_mail_address_are_one_account_to_guess_at(alice, numbers):
    numbers(login_failed_name="2/5 minutes")
    client = Client()
    for login in ("alice", "Alice@example.org"):
        assert client.post("/login/", {"login": login, "password": "wrong"}).status_code == 200
    for login in ("@alice", "alice@example.org"):
        assert client.post("/login/", {"login": login, "password": PASSWORD}).status_code == 429
    assert client.post("/login/", {"login": "nobody@example.org", "password": "x"}).status_code == 200


def test_direct_tweets_count_as_messages_wherever_they_are_written(alice, as_alice, bob, numbers):
    numbers(tweets="1/day", messages="2/day")
    assert as_alice.post("/create/", {"text": "@bob psst", "visibility": "direct"}).status_code == 302
    asked = post_tweet(bob, TweetDraft("@alice what?", visibility="direct"))
    assert as_alice.post("/create/", {"text": "@bob that", "reply_to": asked.pk}).status_code == 302
    refused = as_alice.post("/create/", {"text": "@bob and that", "visibility": "direct"})
    assert refused.status_code == 429
    assert "and that" in refused.content.decode()
    assert as_alice.post("/create/", {"text": "good morning"}).status_code == 302
    assert as_alice.post("/create/", {"text": "good night"}).status_code == 429


# --- While nobody can count ------------------------------------------------------------------------


@pytest.fixture
def redis_away(settings, monkeypatch):
    """A Redis is named, and nothing listens there."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    rates._redis.cache_clear()
    yield
    rates._redis.cache_clear()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/login/", {"login": "alice", "password": PASSWORD}),
        ("/register/", {"username": "nora", "email": "nora@example.org", "password1": PASSWORD}),
        ("/password/reset/", {"email": "alice@example.org"}),
        ("/password/reset/1-nonsense/", {"password1": PASSWORD}),
    ],
)
def test_nobody_gets_in_and_is_told_why(alice, client, redis_away, path, sent):
    answer = client.post(path, sent)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert AWAY in answer.content.decode()
    assert client.get(path).status_code in (200, 410)
    assert User.objects.count() == 1


@pytest.mark.parametrize("path", ["/settings/password/", "/settings/account/", "/settings/delete/"])
def test_nor_changes_what_lets_them_in(as_alice, redis_away, path):
    answer = as_alice.post(path, {"password": PASSWORD, "oldpassword": PASSWORD, "email": "a@example.org"})
    assert answer.status_code == 503
    assert AWAY in answer.content.decode()


def test_whoever_is_in_goes_on(as_alice, bob, redis_away):
    theirs = make_tweet(bob, "hello")
    assert as_alice.get("/").status_code == 200
    assert as_alice.post("/create/", {"text": "still here"}).status_code == 302
    assert as_alice.post(f"{theirs.path}/like").status_code == 302
    assert as_alice.get("/search/?q=hello").status_code == 200
