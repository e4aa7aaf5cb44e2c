"""Explore: trending tweets and people to follow, for visitors too; each list says how it is made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.actions import recount_tweet_trends
from relationships.actions import FilterDraft, create_filter, follow_user
from tests.factories import make_tweet, make_user
from tweets.actions import like_tweet

pytestmark = pytest.mark.django_db
PAGES = ("/explore/", "/tags/", "/explore/people/")


@pytest.fixture
def crowd(db):
    return [make_user() for _ in range(3)]


def trend(crowd, *texts):
    for text in texts:
        tweet = make_tweet(make_user(), text)
        for person in crowd:
            like_tweet(person, tweet)
    recount_tweet_trends()


def main(page) -> str:
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_tabs_lead_from_each_part_to_the_others(client, as_alice):
    for reader in (client, as_alice):
        for path in PAGES:
            shown = main(reader.get(path))
            assert f'<a href="{path}" aria-current="page">' in shown
            assert all(f'<a href="{other}"' in shown for other in PAGES)
            assert 'role="search"' in shown


def test_trending_tweets_stand_there_for_everybody(client, as_alice, crowd):
    trend(crowd, "everybody loves this")
    for reader in (client, as_alice):
        shown = main(reader.get("/explore/"))
        assert "everybody loves this" in shown
        assert "Public tweets of the last 48 hours" in shown


def test_empty_it_says_so_and_leads_on(client, db):
    shown = main(client.get("/explore/"))
    assert "Nothing trends just now" in shown
    assert 'href="/local/"' in shown


def test_word_filters_fold_what_trends(as_alice, alice, crowd):
    trend(crowd, "marmalade for all")
    create_filter(alice, FilterDraft("", {"marmalade": True}, ("public",)))
    assert 'aria-label="Filtered tweet"' in main(as_alice.get("/explore/"))


def test_people_stand_there_with_the_reason_and_the_button(as_alice, alice, bob, carol):
    follow_user(alice, bob)
    follow_user(bob, carol)
    shown = main(as_alice.get("/explore/people/"))
    assert "Followed by somebody you follow" in shown
    assert 'formaction="/@carol/follow"' in shown or 'action="/@carol/follow"' in shown


def test_somebody_who_knows_everybody_is_told(as_alice):
    assert "You know everybody here" in main(as_alice.get("/explore/people/"))


@pytest.mark.parametrize("path", ["/explore/", "/explore/people/"])
def test_it_costs_the_same_for_three_and_for_thirty(as_alice, alice, bob, crowd, path):
    follow_user(alice, bob)
    costs = []
    for number in (3, 27):
        for _ in range(number):
            follow_user(bob, make_user())
        trend(crowd, *[f"tweet {number} {count}" for count in range(number)])
        as_alice.get(path)
        with CaptureQueriesContext(connection) as asked:
            as_alice.get(path)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize("path", ["/explore/", "/explore/people/"])
def test_it_costs_a_visitor_the_same_for_three_and_for_thirty(client, crowd, path):
    costs = []
    for number in (3, 27):
        trend(crowd, *[f"tweet {number} {count}" for count in range(number)])
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 6
