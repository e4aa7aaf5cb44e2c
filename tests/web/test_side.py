"""The right column: whom one could follow, and who was around lately."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import leave, suspend_user
from analytics.actions import recount_trends, show_trend
from common import revision
from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from tests.web.gestures import FRAGMENT
from tweets.actions import hide_tag
from tweets.models import Hashtag
from web import side

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_is_remembered():
    side._side.cache_clear()
    yield
    side._side.cache_clear()


@pytest.fixture
def around(alice, bob):
    """Alice follows Bob; five more have tweeted."""
    people = [make_user(f"neighbour{number}", display_name=f"Neighbour {number}") for number in range(5)]
    for person in (bob, *people):
        make_tweet(person)
    follow_user(alice, bob)
    return people


def column(client, path="/about/"):
    return client.get(path).content.decode().partition('<aside class="side"')[2].partition("</aside>")[0]


def test_who_was_around_and_is_not_followed_can_be_followed_there(as_alice, around):
    as_alice.get("/")
    shown = column(as_alice)
    assert "People to follow" in shown
    assert 'formaction="/@neighbour4/follow"' in shown
    assert shown.count("formaction=") == 3
    assert "/@bob" not in shown


def test_until_home_was_read_it_says_who_tweeted_lately(as_alice, client, around):
    for reader in (as_alice, client):
        shown = column(reader)
        assert "Tweeting lately" in shown
        assert "/@bob" not in shown.partition("Neighbour 0")[0]
        assert "formaction" not in shown


def test_who_was_followed_muted_or_blocked_is_not_suggested_again(as_alice, around):
    as_alice.get("/")
    as_alice.post("/@neighbour4/follow")
    as_alice.post("/@neighbour3/mute", {"how_long": "ever"})
    as_alice.post("/@neighbour2/block")
    shown = column(as_alice)
    assert "/@neighbour1/follow" in shown
    for number in (2, 3, 4):
        assert f"/@neighbour{number}" not in shown


def test_a_script_gets_the_button_as_it_stands_now(as_alice, around):
    answer = as_alice.post("/@neighbour1/follow", {"place": "side"}, headers=FRAGMENT).content.decode()
    assert 'id="follow-side-' in answer
    assert 'formaction="/@neighbour1/unfollow"' in answer


def test_the_unconfirmed_are_offered_nobody(as_person, around):
    new = as_person(make_user("new", confirmed=False))
    new.get("/")
    assert "formaction" not in column(new)


def test_who_stands_in_the_middle_of_an_empty_home_does_not_stand_at_the_side(as_bob, around):
    page = as_bob.get("/").content.decode()
    main, _, shown = page.partition('<aside class="side"')
    assert 'formaction="/@neighbour4/follow"' in main
    assert 'formaction="/@neighbour4/follow"' not in shown
    assert 'formaction="/@neighbour1/follow"' in shown


def test_pages_pay_nothing_for_it(as_alice, around):
    as_alice.get("/")
    as_alice.get("/about/")
    with CaptureQueriesContext(connection) as counted:
        assert "People to follow" in column(as_alice)
    assert not [query for query in counted.captured_queries if 'last_tweeted_at" DESC' in query["sql"]]


def test_who_is_suspended_or_leaves_is_gone_from_there_at_once(client, around, staff, events_happen):
    assert "Neighbour 4" in column(client)
    with events_happen():
        suspend_user(staff, around[4])
        leave(around[3])
    shown = column(client)
    assert "Neighbour 4" not in shown
    assert "Neighbour 3" not in shown
    assert "Neighbour 2" in shown


def test_a_tag_that_staff_hide_is_gone_from_there_at_once(client, around, staff, events_happen):
    with events_happen():
        for person in around:
            make_tweet(person, "Oh #marmalade")
        recount_trends()
        show_trend(staff, Hashtag.objects.get(name="marmalade"))
    assert "marmalade" in column(client)
    with events_happen():
        hide_tag(staff, Hashtag.objects.get(name="marmalade"))
    assert "marmalade" not in column(client)


def test_where_nobody_can_say_what_changed_it_lasts_for_seconds(client, around, staff, monkeypatch):
    monkeypatch.setattr(revision, "current", lambda sign="": None)
    assert "Neighbour 4" in column(client)
    suspend_user(staff, around[4])
    assert "Neighbour 4" in column(client)
    monkeypatch.setattr(side, "time", lambda: 1_700_000_005)
    assert "Neighbour 4" not in column(client)
