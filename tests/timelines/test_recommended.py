"""Whom one could follow: friends of friends first, and never whom one would rather not meet."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actions import suspend_user
from accounts.models import User
from accounts.models.user import WELL_KNOWN_FROM
from relationships.actions import block_user, follow_user, mute_user
from tests.factories import make_tweet, make_user
from timelines.queries import people_to_meet, recommended

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def reasons(viewer, limit=30) -> list[tuple[str, int]]:
    return [(one.person.username, one.common) for one in recommended(viewer, limit)]


@pytest.fixture
def circle(alice, bob, carol) -> list[User]:
    """Alice follows bob and carol; both follow dora, bob also emil."""
    dora, emil = make_user("dora"), make_user("emil")
    for follower, followed in (
        (alice, bob),
        (alice, carol),
        (bob, dora),
        (carol, dora),
        (bob, emil),
        (bob, alice),
    ):
        follow_user(follower, followed)
    return [dora, emil]


def test_first_whom_most_of_ones_own_follow(alice, circle):
    assert reasons(alice) == [("dora", 2), ("emil", 1)]


def test_then_who_is_well_known_then_who_is_around(alice, circle):
    make_tweet(make_user("around"))
    User.objects.filter(pk=make_user("famous").pk).update(followers_count=WELL_KNOWN_FROM)
    assert reasons(alice) == [("dora", 2), ("emil", 1), ("famous", 0), ("around", 0)]
    assert reasons(alice, 3)[2:] == [("famous", 0)]


def test_whom_one_knows_or_would_rather_not_meet_is_not_named(alice, bob, circle, staff):
    dora, emil = circle
    locked = make_user("locked", is_locked=True)
    follow_user(bob, make_user("fred"))
    User.objects.filter(pk=locked.pk).update(followers_count=WELL_KNOWN_FROM)
    follow_user(alice, locked)  # asks
    mute_user(alice, dora)
    block_user(emil, alice)
    suspend_user(staff, User.objects.get(username="fred"))
    assert reasons(alice) == []


def test_who_does_not_wish_to_be_found_is_not_named(alice, circle):
    User.objects.filter(username="dora").update(is_findable=False, followers_count=WELL_KNOWN_FROM)
    make_tweet(User.objects.get(username="dora"))
    assert reasons(alice) == [("emil", 1)]
    assert ("dora", 0) not in reasons(VISITOR)
    assert people_to_meet(alice, 30) == []


def test_whoever_hides_the_network_or_follows_very_many_recommends_nobody(alice, carol, circle, settings):
    User.objects.filter(username="bob").update(hides_network=True)
    assert reasons(alice) == [("dora", 1)]
    settings.MEETING_FOLLOWS_MOST = 0
    assert reasons(alice) == []


def test_only_the_newest_follows_are_asked(alice, circle, settings):
    settings.MEETING_FOLLOWED_READ = 1  # carol
    assert reasons(alice)[0] == ("dora", 1)


def test_visitors_see_the_well_known_and_who_is_around(circle):
    make_tweet(circle[0])
    User.objects.filter(username="emil").update(followers_count=WELL_KNOWN_FROM)
    assert reasons(VISITOR) == [("emil", 0), ("dora", 0)]


def test_it_costs_the_same_for_few_and_for_many(alice, circle, django_assert_num_queries):
    with django_assert_num_queries(5):
        recommended(alice, 30)
    for _ in range(10):
        person = make_user()
        follow_user(circle[0], person)
        follow_user(alice, person)
        follow_user(person, make_user())
    with django_assert_num_queries(5):
        recommended(alice, 30)
