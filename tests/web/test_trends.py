"""Trends at the side, under an empty search, and on their own page beside the tags one follows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.actions import hide_trend, recount_trends
from tests.factories import make_tweet, make_user
from timelines.actions import follow_tag
from tweets.models import Hashtag
from web import side

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    side._side.cache_clear()
    yield
    side._side.cache_clear()


def trend(*names):
    for person in [make_user() for _ in range(3)]:
        make_tweet(person, " ".join(f"#{name}" for name in names))
    recount_trends()


def column(text):
    return text.partition('<aside class="side"')[2].partition("</aside>")[0]


def main(text):
    return text.partition("<main")[2].partition("</main>")[0]


def test_five_stand_at_the_side_of_every_page(client, as_alice):
    trend(*[f"t{number}" for number in range(7)])
    for reader in (client, as_alice):
        shown = column(reader.get("/about/").text)
        assert shown.count("<span>3 people</span>") == 5
        assert 'href="/tags/t0"' in shown
        assert '<a class="trends__all" href="/tags/">All trends</a>' in shown


def test_without_trends_the_side_says_nothing_of_them(client):
    assert "Trends" not in column(client.get("/about/").text)


def test_pages_pay_nothing_for_it(client):
    trend("tea")
    client.get("/search/")
    with CaptureQueriesContext(connection) as asked:
        for path in ("/about/", "/search/"):
            assert 'href="/tags/tea"' in client.get(path).text
    assert not [query for query in asked if "analytics_trend" in query["sql"]]


def test_an_empty_search_shows_them_and_a_search_does_not(client):
    trend("tea")
    empty = main(client.get("/search/").text)
    assert "Trending here" in empty
    assert 'href="/tags/tea"' in empty
    assert "Trending here" not in client.get("/search/?q=milk").text


def test_the_page_is_for_everybody_and_says_how_they_are_counted(client):
    trend("tea", "日本")
    text = client.get("/tags/").text
    assert "in public tweets of at least 3 people" in text
    assert 'href="/tags/tea"' in main(text)
    assert 'href="/tags/%E6%97%A5%E6%9C%AC"' in main(text)
    assert "3 people" in main(text)
    assert 'href="/login/?next=/tags/tea"' in main(text)
    assert "Tags you follow" not in text


def test_nothing_trends(client, as_alice):
    assert "Nothing trends just now" in client.get("/tags/").text
    text = as_alice.get("/tags/").text
    assert "Nothing trends just now" in text
    assert "You follow no tags" in text


def test_a_trend_is_followed_there_without_scripts(as_alice, alice):
    trend("tea", "cake")
    follow_tag(alice, "cake")
    text = main(as_alice.get("/tags/").text)
    assert re.findall(r'formaction="(/tags/[^"]+)"', text) == [
        "/tags/cake/unfollow" if name == "cake" else f"/tags/{name}/follow"
        for name in re.findall(r'class="name" href="/tags/(\w+)"', text.partition('id="followed"')[0])
    ] + ["/tags/cake/unfollow"]
    after = as_alice.post("/tags/tea/follow", follow=True, headers={"Referer": "http://testserver/tags/"})
    assert after.redirect_chain
    assert main(as_alice.get("/tags/").text).count('formaction="/tags/tea/unfollow"') == 2


def test_hidden_tags_are_shown_nowhere_but_on_their_page(client, staff):
    trend("tea")
    hide_trend(staff, Hashtag.objects.get())
    for path in ("/tags/", "/about/", "/search/"):
        assert "/tags/tea" not in client.get(path).text
    assert client.get("/tags/tea").status_code == 200


def test_the_page_asks_as_often_for_many_as_for_few(as_alice):
    numbers = []
    for count in (3, 30):
        trend(*[f"t{number}" for number in range(count)])
        as_alice.get("/tags/")
        with CaptureQueriesContext(connection) as asked:
            text = as_alice.get("/tags/").text
        assert len(re.findall(r'class="handle">\d people', main(text))) == count
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
