"""Each condition, as a live rule asks it and as a rehearsal does: both say the same."""

from datetime import UTC, datetime, timedelta

import pytest

from common.ids import new_id_at
from moderation.automatic.checking import why_caught
from moderation.automatic.now import FactsNow, note_said, strangers_in
from moderation.automatic.said import COLUMNS, Said, looked_at, said_of
from moderation.automatic.then import FactsThen
from moderation.models import Conditions, SaidText
from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def all_said() -> list[Said]:
    return [said_of(row) for row in looked_at().order_by("id").values_list(*COLUMNS)]


def caught(**asked: object) -> list[int]:
    """Ids of what is caught, the same in both ways."""
    conditions = Conditions(**asked)
    tweets = all_said()
    SaidText.objects.all().delete()
    note_said(tweets)
    now = [said.tweet_id for said in tweets if why_caught(conditions, said, FactsNow())]
    facts, then = FactsThen(conditions), []
    facts.strangers_known = strangers_in(tweets)
    for said in tweets:
        facts.remember(said)
        if why_caught(conditions, said, facts):
            then.append(said.tweet_id)
    assert then == now
    return now


def say(author, text: str, minutes: float = 0) -> Tweet:
    return post_tweet(author, TweetDraft(text), at=NOON + timedelta(minutes=minutes))


@pytest.fixture
def young(db):
    return make_user("young", id=new_id_at(NOON - timedelta(hours=5)))


def test_no_condition_catches_nothing(alice):
    make_tweet(alice)
    assert caught() == []


@pytest.mark.parametrize(("hours", "is_caught"), [(4, False), (5, False), (6, True), (48, True)])
def test_the_age_of_the_account(young, hours, is_caught):
    tweet = say(young, "hello")
    assert caught(younger_than_hours=hours) == ([tweet.pk] if is_caught else [])


@pytest.mark.parametrize(("links", "is_caught"), [(1, True), (2, True), (3, False)])
def test_links(alice, links, is_caught):
    tweet = say(alice, "https://example.org/a and https://example.com/b")
    assert caught(links=links) == ([tweet.pk] if is_caught else [])


@pytest.mark.parametrize(
    ("keyword", "is_caught"),
    [
        ("casino", True),
        ("CASINO", True),
        ("casi", False),
        ("big casino", True),
        ("cafe", True),
        ("win", False),
    ],
)
def test_keywords_are_whole_words_whatever_their_case_and_accents(alice, keyword, is_caught):
    tweet = say(alice, "The Big  Casino, beside the Café: winners!")
    assert caught(keywords=(keyword,)) == ([tweet.pk] if is_caught else [])


def test_keywords_stand_in_warnings_and_choices_too_but_not_across(alice):
    warned = make_tweet(alice, "see inside", warning="A casino")
    make_tweet(alice, "casi", warning="no")
    assert caught(keywords=("casino", "casi no")) == [warned.pk]


def test_people_named_who_do_not_follow(alice, bob, carol):
    dave = make_user("dave")
    follow_user(bob, alice)
    tweet = say(alice, "@bob @carol @dave @alice look")
    assert caught(strangers=2) == [tweet.pk]
    assert caught(strangers=3) == []
    follow_user(dave, alice)
    assert caught(strangers=2) == []


def test_the_same_words_by_the_author(alice, bob):
    first, second = say(alice, "Buy  now!", 0), say(alice, "buy NOW!", 3)
    third = say(alice, "@bob Buy now!", 9)
    say(bob, "Buy now!", 9)
    say(alice, "Buy now, please!", 9.5)
    late = say(alice, "Buy now!", 30)
    assert caught(repeats=2, repeats_minutes=10) == [second.pk, third.pk]
    assert caught(repeats=3, repeats_minutes=10) == [third.pk]
    assert caught(repeats=3, repeats_minutes=8) == []
    assert caught(repeats=4, repeats_minutes=30) == [late.pk]
    assert first.pk not in caught(repeats=2, repeats_minutes=60)


def test_the_same_words_by_anybody(alice, bob, carol):
    for place, author in enumerate((alice, bob, carol)):
        last = say(author, "Buy now!", place)
    assert caught(repeats=3, repeats_minutes=10, repeats_by="anybody") == [last.pk]
    assert caught(repeats=2, repeats_minutes=10) == []


def test_names_and_pictures_alone_repeat_nothing(alice, bob):
    say(alice, "@bob", 0)
    say(alice, "@bob", 1)
    assert caught(repeats=2, repeats_minutes=10) == []


def test_pace(alice, bob):
    tweets = [say(alice, f"number {number}", number) for number in range(4)]
    say(bob, "one", 1)
    assert caught(pace=2, pace_minutes=10) == [tweets[2].pk, tweets[3].pk]
    assert caught(pace=2, pace_minutes=1) == []
    assert caught(pace=3, pace_minutes=3) == [tweets[3].pk]


def test_all_that_is_asked_must_hold(young, bob, carol):
    old = make_user("older", id=new_id_at(NOON - timedelta(days=9)))
    tweet = say(young, "@bob @carol casino https://example.org")
    say(young, "@bob @carol casino")
    say(old, "@bob @carol casino https://example.org")
    assert caught(younger_than_hours=24, links=1, strangers=2, keywords=("casino",)) == [tweet.pk]


def test_messages_retweets_and_words_of_staff_are_not_looked_at(alice, bob, staff):
    make_tweet(alice, "@bob hello", visibility="direct")
    make_tweet(make_user("mona", role="moderator"))
    make_tweet(staff)
    tweet = make_tweet(alice, visibility="followers")
    assert [said.tweet_id for said in all_said()] == [tweet.pk]


def test_why_is_said_in_sentences(young, bob):
    say(young, "@bob casino https://example.org")
    conditions = Conditions(younger_than_hours=24, links=1, strangers=1, keywords=("casino",), pace=0 or None)
    said = all_said()[0]
    assert why_caught(conditions, said, FactsNow()) == [
        "The account was 5 hours old.",
        "It has 1 link.",
        "It says “casino”.",
        "It names at least 1 people who do not follow the author.",
    ]


def test_each_question_to_the_database_is_one_bounded_query(alice, django_assert_num_queries):
    for number in range(30):
        say(alice, "again", number / 100)
    note_said(said := all_said())
    for asked in ({"pace": 3, "pace_minutes": 60}, {"repeats": 4, "repeats_minutes": 60}, {"strangers": 1}):
        with django_assert_num_queries(1):
            why_caught(Conditions(**asked), said[-1], FactsNow())


def test_conditions_are_the_same_after_they_were_kept():
    asked = Conditions(
        keywords=("a b", "c"), repeats=3, repeats_minutes=10, repeats_by="anybody", links=0 or None
    )
    assert Conditions.from_json(asked.as_json()) == asked
    assert Conditions(links=2).as_json() == {"links": 2}
    assert list(asked.sentences()) == [
        "Any of these words: a b, c",
        "The same words at least 3 times within 10 minutes by anybody",
    ]
