"""Finding people, tags and tweets."""

import pytest

from relationships.actions import block_user, follow_user
from search.actions import index_people, index_tags, index_tweets
from tests.api.shape import assert_is
from tests.factories import make_tweet
from tweets.models import Hashtag

pytestmark = pytest.mark.django_db
PATH = "/api/v2/search"


def index(*tweets):
    index_tweets(tweet.id for tweet in tweets)
    index_tags(Hashtag.objects.values_list("pk", flat=True))


@pytest.fixture
def people(alice, bob, carol):
    index_people([alice.id, bob.id, carol.id])


def names(found):
    return [one["acct"] for one in found["accounts"]]


def ids(found):
    return [int(one["id"]) for one in found["statuses"]]


def test_everything_at_once(alices, nobodys, people, bob):
    tweet = make_tweet(bob, "a cup of #bobtail for bob")
    index(tweet)
    found = alices.get(f"{PATH}?q=bob").json()
    assert_is("Search", {**found, "collections": None})
    assert (names(found), ids(found)) == (["bob"], [tweet.id])
    assert [tag["name"] for tag in found["hashtags"]] == ["bobtail"]
    assert_is("Tag", found["hashtags"][0])
    assert names(nobodys.get(f"{PATH}?q=bob").json()) == ["bob"]
    assert alices.get("/api/v1/search?q=bob").json()["hashtags"] == ["bobtail"]


@pytest.mark.parametrize("kind", ["accounts", "statuses", "hashtags"])
def test_one_kind_alone(alices, people, bob, kind):
    index(make_tweet(bob, "#bobtail bob"))
    found = alices.get(f"{PATH}?q=bob&type={kind}").json()
    assert {name for name, several in found.items() if several} == {kind}


def test_people_by_their_whole_name_and_by_address(alices, people, alice, bob):
    for typed in ("@bob", "bob@localhost:8000", "http://localhost:8000/@bob", "BOB"):
        assert names(alices.get(f"{PATH}?type=accounts&resolve=true&q={typed}").json()) == ["bob"]
    assert names(alices.get(f"{PATH}?type=accounts&q=bob&following=true").json()) == []
    follow_user(alice, bob)
    assert names(alices.get(f"{PATH}?type=accounts&q=bob&following=1").json()) == ["bob"]
    block_user(bob, alice)
    assert names(alices.get(f"{PATH}?type=accounts&q=bob").json()) == []


def test_a_tweet_by_its_address(alices, nobodys, bob):
    tweet = make_tweet(bob, "hello")
    hidden = make_tweet(bob, "psst", visibility="followers")
    assert ids(alices.get(f"{PATH}?q=http://localhost:8000/@bob/{tweet.id}").json()) == [tweet.id]
    assert ids(alices.get(f"{PATH}?q=http://localhost:8000/@bob/{hidden.id}").json()) == []
    assert ids(alices.get(f"{PATH}?q=http://elsewhere.example/@bob/{tweet.id}").json()) == []


def test_what_one_person_said(alices, alice, bob):
    his, hers = make_tweet(bob, "good tea"), make_tweet(alice, "more tea")
    index(his, hers)
    assert ids(alices.get(f"{PATH}?q=tea&type=statuses").json()) == [hers.id, his.id]
    assert ids(alices.get(f"{PATH}?q=tea&type=statuses&account_id={bob.id}").json()) == [his.id]
    assert alices.get(f"{PATH}?q=tea&account_id=5").status_code == 404


def test_further_down(alices, nobodys, bob):
    tweets = [make_tweet(bob, f"tea {place}") for place in range(5)][::-1]
    index(*tweets)
    path = f"{PATH}?q=tea&type=statuses&limit=2"
    assert ids(alices.get(path).json()) == [tweet.id for tweet in tweets[:2]]
    assert ids(alices.get(f"{path}&offset=2").json()) == [tweet.id for tweet in tweets[2:4]]
    assert ids(alices.get(f"{path}&max_id={tweets[3].id}").json()) == [tweets[4].id]
    assert ids(alices.get(f"{path}&min_id={tweets[3].id}").json()) == [tweet.id for tweet in tweets[1:3]]
    for query in ("offset=2", "resolve=true"):
        answer = nobodys.get(f"{path}&{query}")
        assert answer.status_code == 401
        assert answer.json()["error"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=x&type=people",
        "?q=x&offset=-1",
        "?q=x&offset=y",
        "?q=x&limit=y",
        "?q=x&account_id=y",
        "?q=%00",
    ],
)
def test_questions_that_make_no_sense(alices, query):
    assert alices.get(f"{PATH}{query}").status_code == 422


@pytest.mark.parametrize("query", ["", "%20", "%22", "-", "from:", "before:x", "http://localhost:8000/@"])
def test_questions_nothing_answers(alices, query):
    answer = alices.get(f"{PATH}?q={query}")
    assert (answer.status_code, answer.json()) == (
        200,
        {name: [] for name in ("accounts", "statuses", "hashtags", "collections")},
    )
