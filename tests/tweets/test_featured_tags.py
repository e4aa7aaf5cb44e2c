"""Tags on a profile."""

import pytest

from common.errors import Invalid, NotAllowed, NotFound
from tests.factories import make_tweet, make_user
from tweets.actions import feature_tag, stop_featuring, stop_featuring_named
from tweets.queries import featured_of, tags_of

pytestmark = pytest.mark.django_db


def test_each_once_with_what_everybody_may_know(alice, django_assert_num_queries):
    make_tweet(alice, "#tea")
    newest = make_tweet(alice, "#tea", visibility="quiet")
    make_tweet(alice, "#tea #milk", visibility="followers")
    assert tags_of(alice, 5) == ["tea"]
    feature_tag(alice, "milk")
    assert feature_tag(alice, "tea") == feature_tag(alice, "tea")
    with django_assert_num_queries(2):
        rows = featured_of(alice)
    assert [(row.name, row.number, row.newest_id) for row in rows] == [
        ("tea", 2, newest.id),
        ("milk", 0, None),
    ]
    assert tags_of(alice, 5) == []


def test_taken_off_again(alice, bob):
    made = feature_tag(alice, "tea")
    with pytest.raises(NotFound):
        stop_featuring(bob, made.pk)
    stop_featuring(alice, made.pk)
    with pytest.raises(NotFound):
        stop_featuring(alice, made.pk)
    feature_tag(alice, "tea")
    for _ in range(2):
        stop_featuring_named(alice, "tea")
    assert featured_of(alice) == []


def test_refusals(alice, settings):
    settings.TAGS_FEATURED_MAX = 1
    with pytest.raises(NotAllowed):
        feature_tag(make_user(confirmed=False), "tea")
    with pytest.raises(Invalid, match="such a tag"):
        feature_tag(alice, "two words")
    feature_tag(alice, "tea")
    with pytest.raises(Invalid, match="shows 1 tags"):
        feature_tag(alice, "milk")
