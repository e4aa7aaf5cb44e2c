"""How trends are counted: who has a vote, how long it counts, what it takes to be listed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import suspend_user
from analytics.actions import hide_trend, recount_trends, show_trend
from analytics.models import Trend
from analytics.queries import TrendingTag, trending_tags
from relationships.actions import follow_user
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import delete_tweet, edit_tweet, hide_tweet, post_tweet, retweet
from tweets.draft import TweetDraft
from tweets.models import Hashtag

pytestmark = pytest.mark.django_db


def say(text, *people, hours_ago=0.0):
    """Each of them says it, so long ago."""
    at = timezone.now() - timedelta(hours=hours_ago)
    return [post_tweet(person, TweetDraft(text=text), at=at) for person in people]


def counted() -> dict[str, int]:
    recount_trends()
    return {tag.name: tag.people for tag in trending_tags()}


def score(name: str) -> float:
    return Trend.objects.get(hashtag__name=name).score


def test_a_tag_of_three_people_trends(alice, bob, carol):
    say("#Tea at five", alice, bob, carol)
    say("#cake", alice, bob)

    assert counted() == {"tea": 3}


def test_a_person_has_one_vote_and_the_newest_counts(alice, bob, carol):
    say("#tea", alice, hours_ago=20)
    say("#tea", bob, carol, hours_ago=6)
    say("#tea and #tea again", alice)
    say("#tea", *[alice] * 3, hours_ago=1)

    assert counted() == {"tea": 3}
    assert score("tea") == pytest.approx(1 + 0.5 + 0.5, abs=0.01)


def test_many_words_of_few_people_are_no_trend(alice, bob):
    say("#tea", *[alice, bob] * 5)

    assert counted() == {}


def test_votes_lose_half_their_weight_every_six_hours(alice, bob, carol):
    say("#tea", alice, bob, carol, hours_ago=12)
    say("#cake", alice, bob, carol, hours_ago=6)
    recount_trends()

    assert score("tea") == pytest.approx(3 / 4, abs=0.01)
    assert score("cake") == pytest.approx(3 / 2, abs=0.01)
    assert [tag.name for tag in trending_tags()] == ["cake", "tea"]


def test_fresh_words_of_few_stand_before_old_words_of_many(alice, bob, carol):
    say("#old", alice, bob, carol, make_user(), make_user(), hours_ago=20)
    say("#new", alice, bob, carol)
    recount_trends()

    assert trending_tags() == [TrendingTag("new", 3), TrendingTag("old", 5)]


@pytest.mark.parametrize(("hours_ago", "people"), [(23.9, {"tea": 3}), (24.1, {})])
def test_the_window_ends_after_a_day(alice, bob, carol, hours_ago, people):
    say("#tea", alice, bob, hours_ago=1)
    say("#tea", carol, hours_ago=hours_ago)

    assert counted() == people


@pytest.mark.parametrize("visibility", ["quiet", "followers", "direct"])
def test_what_is_not_for_everybody_does_not_count(alice, bob, carol, visibility):
    say("#tea", alice, bob)
    make_tweet(carol, "@alice #tea", visibility=visibility)

    assert counted() == {}


def test_replies_and_retweets_do_not_count(alice, bob, carol):
    first, _ = say("#tea", alice, bob)
    make_reply(carol, first, "#tea")
    retweet(carol, first)

    assert counted() == {}


def test_quotes_are_words_of_ones_own(alice, bob, carol):
    first, _ = say("#tea", alice, bob)
    make_tweet(carol, "so true #tea", quote_of_id=first.id)

    assert counted() == {"tea": 3}


def test_who_is_not_seen_has_no_vote(alice, bob, carol, staff):
    say("#tea", alice, bob, carol)
    assert counted() == {"tea": 3}
    suspend_user(staff, carol)
    assert counted() == {}


def test_who_has_not_confirmed_has_no_vote(alice, bob, carol):
    say("#tea", alice, bob, carol)
    carol.email_confirmed_at = None
    carol.save(update_fields=["email_confirmed_at"])

    assert counted() == {}


def test_what_was_hidden_deleted_or_edited_does_not_count(alice, bob, carol, staff):
    for take_back in (
        lambda tweet: hide_tweet(staff, tweet),
        lambda tweet: delete_tweet(carol, tweet),
        lambda tweet: edit_tweet(carol, tweet, TweetDraft("coffee, rather")),
    ):
        tweet = say("#tea", alice, bob, carol)[-1]
        assert counted() == {"tea": 3}
        take_back(tweet)
        assert counted() == {}


def test_how_many_it_takes_is_a_setting(alice, bob, settings):
    settings.TRENDS_MIN_PEOPLE = 2
    say("#tea", alice, bob)

    assert counted() == {"tea": 2}


def test_only_the_newest_uses_are_read(alice, bob, carol, settings):
    say("#old", alice, bob, carol, hours_ago=2)
    say("#new", alice, bob, carol, hours_ago=1)
    settings.TRENDS_READ = 5
    assert counted() == {"new": 3}
    settings.TRENDS_READ = 6
    assert counted() == {"new": 3, "old": 3}


def test_only_the_liveliest_are_kept(alice, bob, carol, settings):
    settings.TRENDS_KEPT = 2
    for hours_ago in (3, 2, 1):
        say(f"#tag{hours_ago}", alice, bob, carol, hours_ago=hours_ago)

    assert counted() == {"tag1": 3, "tag2": 3}
    assert Trend.objects.count() == 2


def test_twice_is_harmless_and_what_is_over_goes(alice, bob, carol):
    tweets = say("#tea", alice, bob, carol)
    assert counted() == counted() == {"tea": 3}
    assert Trend.objects.count() == 1
    delete_tweet(carol, tweets[-1])
    assert counted() == {}
    assert not Trend.objects.exists()


def test_a_decision_outlives_the_trend(alice, bob, carol, staff):
    say("#tea", alice, bob, carol, hours_ago=30)
    say("#cake", alice, bob, carol, hours_ago=30)
    show_trend(staff, Hashtag.objects.get(name="tea"))
    hide_trend(staff, Hashtag.objects.get(name="cake"))
    assert counted() == {}
    say("#tea #cake", alice, bob, carol)
    assert counted() == {"tea": 3}
    assert {trend.hashtag.name: trend.state for trend in Trend.objects.all()} == {
        "tea": Trend.State.LISTED,
        "cake": Trend.State.HIDDEN,
    }


def test_it_asks_as_often_for_many_as_for_few(alice, bob, carol):
    follow_user(alice, bob)
    numbers = []
    for names in (range(3), range(30)):
        say(" ".join(f"#t{name}" for name in names), alice, bob, carol)
        with CaptureQueriesContext(connection) as asked:
            recount_trends()
        assert Trend.objects.count() == len(names)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 8
