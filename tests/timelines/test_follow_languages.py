"""Of somebody one may read some languages alone: at home, on lists, and as it is delivered."""

import pytest

from common.errors import Invalid
from common.paging import Window
from events.bus import heard_by
from events.catalogue import FollowChanged
from relationships.actions import accept_follow, follow_user
from relationships.models import Follow
from tests.factories import make_tweet, make_user
from timelines.actions import add_to_list, create_list, keep_home
from timelines.queries import home_ids, list_ids

pytestmark = pytest.mark.django_db
PAGE = Window(limit=20)


def say(author):
    """In German, in English, and in a language nobody named."""
    return [make_tweet(author, f"{code} words", language=code).id for code in ("de", "en", "")]


def test_only_these_are_delivered_and_what_nobody_named(alice, bob, events_happen):
    keep_home(bob)
    with events_happen():
        follow_user(bob, alice, languages=["de"])
    with events_happen():
        german, _, plain = say(alice)

    assert home_ids(bob, PAGE) == [plain, german]


def test_home_changes_with_the_wish(alice, bob, events_happen):
    keep_home(bob)
    with events_happen():
        follow_user(bob, alice)
    with events_happen():
        german, english, plain = say(alice)
    with events_happen():
        follow_user(bob, alice, languages=["en", "fr"])
    assert home_ids(bob, PAGE) == [plain, english]
    with events_happen():
        follow_user(bob, alice, languages=["de-AT"])
    assert home_ids(bob, PAGE) == [plain, german]
    with events_happen():
        follow_user(bob, alice, languages=[])
    assert home_ids(bob, PAGE) == [plain, english, german]


def test_of_a_large_author_it_is_the_same(alice, bob, settings, events_happen):
    settings.FANOUT_LIMIT = 0
    keep_home(bob)
    with events_happen():
        follow_user(bob, alice, languages=["de"])
    with events_happen():
        german, _, plain = say(alice)

    assert home_ids(bob, PAGE) == [plain, german]


def test_on_lists_too(alice, bob, events_happen):
    follow_user(bob, alice, languages=["en"])
    friends = create_list(bob, "Friends")
    add_to_list(bob, friends, alice)
    _, english, plain = say(alice)

    assert list_ids(friends, PAGE) == [plain, english]


def test_a_locked_person_lets_in_with_the_wish(alice, bob):
    alice.is_locked = True
    alice.save()
    follow_user(bob, alice, languages=["de"])
    accept_follow(alice, bob)

    assert Follow.objects.get().languages_read == ("de",)


def test_the_same_wish_again_is_no_change(alice, bob):
    events = []
    follow_user(bob, alice, languages=["de", "en"])
    with heard_by(events.append):
        follow_user(bob, alice, languages=["en", "de", "de"])
        follow_user(bob, alice)
    assert events == []
    with heard_by(events.append):
        follow_user(bob, alice, languages=["fr"])
    assert events == [FollowChanged(bob.id, alice.id)]


@pytest.mark.parametrize("languages", [["klingon"], [""], ["de", "x" * 50], ["'"], ["%"]])
def test_what_is_no_language_is_refused(alice, languages):
    with pytest.raises(Invalid):
        follow_user(alice, make_user("dora"), languages=languages)
