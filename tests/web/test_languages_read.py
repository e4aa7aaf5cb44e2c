"""Local in the languages a reader chose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import update_reading
from analytics.actions import recount_tweet_trends
from relationships.actions import follow_user, mute_user
from tests.factories import make_tweet, make_user
from tweets.actions import hide_tweet, like_tweet

pytestmark = pytest.mark.django_db
LOCAL = "/local/"


def ids_shown(response) -> list[int]:
    return [card.id for card in response.context["page"].cards]


@pytest.fixture
def as_reader(as_alice, alice):
    update_reading(alice, opens_warnings=False, pictures_shown="all", languages=["de", "ja"])
    return as_alice


def test_local_shows_them_and_what_nobody_named(as_reader, client, bob):
    said = [make_tweet(bob, language=language) for language in ("de", "en", "", "ja", "fr", "de")]
    expected = [said[at].id for at in (5, 3, 2, 0)]
    page = as_reader.get(LOCAL)
    assert ids_shown(page) == expected
    assert "You read Deutsch, 日本語, and what is in no known language." in page.content.decode()
    assert len(ids_shown(client.get(LOCAL))) == 6
    assert "You read" not in client.get(LOCAL).content.decode()


def test_home_is_never_limited(as_reader, alice, bob, events_happen):
    with events_happen():
        tweet = make_tweet(bob, "Bonjour", language="fr")
    assert ids_shown(as_reader.get("/")) == [tweet.id]  # while one follows nobody
    with events_happen():
        follow_user(alice, bob)
    assert ids_shown(as_reader.get("/")) == [tweet.id]


def test_tags_hold_them_and_what_nobody_named(as_reader, client, bob):
    said = [make_tweet(bob, "#tea", language=language) for language in ("de", "en", "", "ja")]
    page = as_reader.get("/tags/tea")
    assert ids_shown(page) == [said[at].id for at in (3, 2, 0)]
    assert "You read Deutsch, 日本語, and what is in no known language." in page.content.decode()
    assert len(ids_shown(client.get("/tags/tea"))) == 4
    assert "You read" not in client.get("/tags/tea").content.decode()


def test_a_tag_that_is_used_in_other_languages_says_so(as_reader, client, bob):
    make_tweet(bob, "#tea", language="en")
    page = as_reader.get("/tags/tea").content.decode()
    assert "Nothing with #tea in these languages" in page
    assert 'href="/search/?q=%23tea&amp;tab=latest"' in page
    assert "Nobody has used" not in page


def test_pages_of_a_tag_meet_among_many_in_other_languages(as_reader, bob, settings):
    settings.FEED_PAGE_SIZE = 4
    wanted = []
    for number in range(40):
        tweet = make_tweet(bob, "#tea", language="de" if number % 4 == 0 else "en")
        if number % 4 == 0:
            wanted.insert(0, tweet.id)
    found, url = [], "/tags/tea"
    while url:
        page = as_reader.get(url).context["page"]
        found += [card.id for card in page.cards]
        url = page.older_url
    assert found == wanted


def test_explore_shows_them_and_what_nobody_named(as_reader, client, bob):
    crowd = [make_user() for _ in range(3)]
    trending = {language: make_tweet(make_user(), language=language) for language in ("de", "en", "")}
    for tweet in trending.values():
        for person in crowd:
            like_tweet(person, tweet)
    recount_tweet_trends()
    page = as_reader.get("/explore/")
    assert set(ids_shown(page)) == {trending["de"].id, trending[""].id}
    assert "You read Deutsch" in page.content.decode()
    assert set(ids_shown(client.get("/explore/"))) == {tweet.id for tweet in trending.values()}


def test_what_may_not_be_seen_is_not_seen(as_reader, alice, bob, carol, staff):
    make_tweet(carol, language="de")
    mute_user(alice, carol)
    hide_tweet(staff, make_tweet(bob, language="de"))
    make_tweet(bob, language="de", visibility="quiet")
    seen = make_tweet(bob, language="de")
    assert ids_shown(as_reader.get(LOCAL)) == [seen.id]


def test_pages_are_full_and_meet_among_many_in_other_languages(as_reader, bob, settings):
    settings.FEED_PAGE_SIZE = 4
    wanted = []
    for number in range(60):
        language = "de" if number % 6 == 0 else "" if number % 15 == 1 else "en"
        tweet = make_tweet(bob, language=language)
        if language != "en":
            wanted.insert(0, tweet.id)
    found, url, pages = [], LOCAL, 0
    while url:
        response = as_reader.get(url)
        page = response.context["page"]
        found += ids_shown(response)
        pages += 1
        last, url = page, page.older_url
    assert found == wanted
    assert pages == -(-len(wanted) // 4)
    back = as_reader.get(last.newer_url).context["page"]
    assert [card.id for card in back.cards] == wanted[-len(last.cards) - 4 : -len(last.cards)]


def test_it_is_one_query_more_than_nothing_whatever_is_said(as_reader, bob):
    def queries() -> list[str]:
        as_reader.get(LOCAL)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_reader.get(LOCAL)
        return [query["sql"] for query in captured]

    make_tweet(bob, language="de")
    few = queries()
    for number in range(40):
        make_tweet(bob, language="en" if number % 2 else "de")
    assert len(queries()) == len(few)
    assert sum("UNION ALL" in sql and "language" in sql for sql in queries()) == 1


def test_each_language_is_a_stretch_of_the_index(as_reader, alice, bob):
    for number in range(50):
        make_tweet(bob, language="en" if number % 2 else "de")
    with CaptureQueriesContext(connection) as captured:
        as_reader.get(LOCAL)
    sql = next(
        query["sql"] for query in captured if "UNION ALL" in query["sql"] and "language" in query["sql"]
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert plan.count("tweet_in_language") >= 3
        assert "SCAN tweets_tweet" not in plan
