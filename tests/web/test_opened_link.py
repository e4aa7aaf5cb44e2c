"""A link was followed: counted when a page of ours says so, and by nobody else's word."""

import pytest
import time_machine
from django.test import Client

from analytics.actions import write_views
from analytics.models import Kind, Sketch
from analytics.sketch import estimate
from common import rates
from tests.analytics.readers import BROWSER, NOON
from tests.factories import make_tweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates")]
OURS = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _it_is_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def tweet(alice):
    return make_tweet(alice, "read https://example.org/this")


def told(browser, tweet, origin=OURS, **headers):
    named = {"Origin": origin} if origin else {}
    return browser.post(f"{tweet.path}/opened", headers={"User-Agent": BROWSER, **named, **headers})


def clicks():
    write_views()
    return {(row.kind, row.thing): estimate(row.marks) for row in Sketch.objects.all()}


def test_people_and_visitors_are_counted_once_each(alice, tweet, as_bob):
    visitor = Client(enforce_csrf_checks=True)
    for browser in (as_bob, visitor, as_bob):
        answer = told(browser, tweet)
        assert (answer.status_code, answer.content) == (204, b"")
        assert "Set-Cookie" not in answer.headers

    assert clicks() == {(Kind.LINK, tweet.pk): 2, (Kind.LINKS, alice.pk): 2}


def test_oneself_is_not(tweet, as_alice):
    assert told(as_alice, tweet).status_code == 204
    assert clicks() == {}


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null", "http://localhost:9999"])
def test_no_other_site_may_tell(tweet, as_bob, origin):
    assert told(as_bob, tweet, origin).status_code == 403
    assert clicks() == {}


def test_it_is_never_a_link(tweet, as_bob):
    assert as_bob.get(f"{tweet.path}/opened").status_code == 405


def test_what_one_may_not_see_is_missing(alice, as_bob, client):
    secret = make_tweet(alice, "https://example.org", visibility=Tweet.Visibility.FOLLOWERS)
    assert told(as_bob, secret).status_code == told(client, secret).status_code == 404
    assert clicks() == {}


def test_messages_are_not_counted(alice, bob, as_bob):
    message = make_tweet(alice, "@bob https://example.org", visibility=Tweet.Visibility.DIRECT)
    assert told(as_bob, message).status_code == 204
    assert clicks() == {}


def test_whoever_asks_not_to_be_counted_is_not(tweet, as_bob):
    assert told(as_bob, tweet, **{"Sec-GPC": "1"}).status_code == 204
    assert clicks() == {}


def test_it_has_a_pace_of_its_own(tweet, as_bob, settings):
    settings.RATES_READING = {**settings.RATES_READING, "clicks": "2/5 minutes", "pages": "9/5 minutes"}
    settings.RATES_DEEDS = {**settings.RATES_DEEDS, "deeds": "1/5 minutes"}
    rates._parsed.cache_clear()
    assert [told(as_bob, tweet).status_code for _ in range(3)] == [204, 204, 429]
    rates._parsed.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_pages_that_are_kept_stay(tweet, client, settings, tmp_path, django_assert_num_queries):
    settings.VISITOR_PAGES_SECONDS, settings.SINGLE_PROCESS, settings.DATA_DIR = 3600, True, tmp_path
    client.get("/local/")
    told(client, tweet)
    with django_assert_num_queries(0):
        client.get("/local/")
