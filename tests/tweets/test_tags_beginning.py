"""Which tags are found while one is typed."""

import pytest

from accounts.actions import suspend_user
from tests.factories import make_tweet
from tweets.actions import hide_tweet
from tweets.queries import tags_beginning

pytestmark = pytest.mark.django_db


def test_each_with_the_number_of_people(alice, bob):
    make_tweet(alice, "#Garden and #gardening")
    make_tweet(alice, "#garden again")
    make_tweet(bob, "#garden #music")
    assert tags_beginning("Gar") == {"garden": 2, "gardening": 1}


@pytest.mark.parametrize("typed", ["", "arden", "%", "g%", "g_rden", "\\"])
def test_nothing_else_finds_them(alice, typed):
    make_tweet(alice, "#garden")
    assert tags_beginning(typed) == {}


def test_what_not_everybody_may_read_shows_in_no_suggestion(alice, bob, carol, staff):
    make_tweet(alice, "#secret1", visibility="followers")
    make_tweet(alice, "@bob #secret2", visibility="direct")
    make_tweet(alice, "#secret3", visibility="quiet")
    hide_tweet(staff, make_tweet(alice, "#secret4"))
    make_tweet(carol, "#secret5")
    suspend_user(staff, carol)
    assert tags_beginning("secret") == {}
