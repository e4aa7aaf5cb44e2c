"""Who of many may read a tweet: asked at once, it is the answer that each would get alone."""

import pytest

from accounts.models import User
from relationships.actions import mute_user
from tests.factories import make_tweet
from tests.visibility.scene import build
from tweets.models import Tweet
from tweets.queries import readers_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("but_muted", [False, True])
def test_everybody_of_the_scene_reads_what_they_read_alone(tmp_path, settings, but_muted):
    settings.MEDIA_ROOT = tmp_path
    build()
    tweets = list(Tweet.objects.values_list("pk", flat=True))
    people = list(User.objects.all())
    found = readers_of(tweets, [person.pk for person in people], but_muted=but_muted)

    assert len(tweets) > 10
    assert len(people) > 10
    for person in people:
        alone = Tweet.objects.visible_to(person)
        if but_muted:
            alone = alone.offered_to(person)
        assert found[person.pk] == set(alone.values_list("pk", flat=True)), person


def test_nobody_is_answered_for_who_was_not_asked(alice, bob, carol):
    tweet = make_tweet(alice)
    mute_user(carol, alice)

    assert readers_of([tweet.id, 7], [bob.id, carol.id], but_muted=True) == {
        bob.id: {tweet.id},
        carol.id: set(),
    }
    assert readers_of([tweet.id], []) == {}


def test_the_queries_are_as_many_as_the_tweets(alice, bob, carol, django_assert_num_queries):
    tweets = [make_tweet(alice).id for _ in range(2)]
    for people in ([bob.id], [alice.id, bob.id, carol.id]):
        with django_assert_num_queries(2):
            readers_of(tweets, people)
