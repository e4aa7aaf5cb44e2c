"""Who liked and retweeted a tweet, and who quoted it."""

import pytest

from accounts.actions import suspend_user
from relationships.actions import block_user
from tests.factories import make_quote, make_tweet, make_user
from tests.web.gestures import FRAGMENT
from tweets.actions import like_tweet, retweet

pytestmark = pytest.mark.django_db
DEEDS = pytest.mark.parametrize(("part", "deed"), [("likes", like_tweet), ("retweets", retweet)])


@pytest.fixture
def tweet(alice):
    return make_tweet(alice)


def names(answer):
    return [row.person.username for row in answer.context["page"].rows]


@DEEDS
def test_people_are_listed_the_latest_first(part, deed, client, bob, carol, tweet):
    deed(bob, tweet)
    deed(carol, tweet)
    answer = client.get(f"{tweet.path}/{part}")
    assert names(answer) == ["carol", "bob"]
    assert "@carol" in answer.content.decode()


@DEEDS
def test_the_tweets_page_leads_there(part, deed, client, bob, tweet):
    assert f'href="{tweet.path}/{part}"' not in client.get(tweet.path).content.decode()
    deed(bob, tweet)
    assert f'href="{tweet.path}/{part}"><b>1</b>' in client.get(tweet.path).content.decode()


@DEEDS
def test_pages_lead_on_and_htmx_gets_only_the_rows(part, deed, client, tweet, settings):
    settings.PEOPLE_PAGE_SIZE = 2
    people = [make_user() for _ in range(3)]
    for person in people:
        deed(person, tweet)
    first = client.get(f"{tweet.path}/{part}")
    assert names(first) == [people[2].username, people[1].username]
    second = client.get(first.context["page"].next_url, headers=FRAGMENT)
    assert names(second) == [people[0].username]
    assert "<html" not in second.content.decode()


@DEEDS
def test_the_suspended_and_the_blocked_are_left_out(part, deed, as_person, bob, carol, staff, tweet):
    dora = make_user("dora")
    for person in (bob, carol, dora):
        deed(person, tweet)
    suspend_user(staff, dora)
    block_user(carol, bob)
    assert names(as_person(bob).get(f"{tweet.path}/{part}")) == ["bob"]
    assert names(as_person(carol).get(f"{tweet.path}/{part}")) == ["carol"]


@DEEDS
def test_nobody_yet_gets_a_sentence(part, deed, client, tweet):
    assert "Nobody to see here yet" in client.get(f"{tweet.path}/{part}").content.decode()


@DEEDS
def test_as_many_queries_for_three_as_for_thirty(
    part, deed, as_bob, tweet, settings, django_assert_max_num_queries
):
    settings.PEOPLE_PAGE_SIZE = 30
    for number in range(1, 31):
        deed(make_user(), tweet)
        if number in (3, 30):
            as_bob.get(f"{tweet.path}/{part}")
            with django_assert_max_num_queries(11):
                assert len(names(as_bob.get(f"{tweet.path}/{part}"))) == number


def test_quotes_are_listed_as_cards(client, as_bob, alice, bob, carol, tweet):
    make_quote(bob, tweet, "look at this")
    make_quote(carol, tweet, "not for you", visibility="followers")
    answer = client.get(f"{tweet.path}/quotes")
    assert "look at this" in answer.content.decode()
    assert "not for you" not in answer.content.decode()
    assert "<html" not in client.get(f"{tweet.path}/quotes", headers=FRAGMENT).content.decode()
    assert "No quotes to see yet" in client.get(f"{make_tweet(alice).path}/quotes").content.decode()


@pytest.mark.parametrize("part", ["likes", "retweets", "quotes"])
def test_another_spelling_of_the_name_leads_to_the_right_address(part, client, tweet):
    answer = client.get(f"/@ALICE/{tweet.id}/{part}")
    assert answer.status_code == 301
    assert answer.url == f"{tweet.path}/{part}"


@pytest.mark.parametrize("part", ["likes", "retweets", "quotes"])
def test_nothing_is_told_about_what_one_may_not_see(part, client, alice):
    secret = make_tweet(alice, "for few", visibility="followers")
    assert client.get(f"{secret.path}/{part}").status_code == 404
