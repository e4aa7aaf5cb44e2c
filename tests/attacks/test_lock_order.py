"""All actions hold rows in one order (docs/architecture.md), so no two of them wait for each other for ever.

Each is done while a second session looks, after every statement, what is held.
"""

from types import SimpleNamespace

import pytest
from django.db import connection

from relationships.actions import follow_user
from tests.attacks.deeds_of_authors import ONES_OWN, SAYING
from tests.attacks.deeds_of_others import BETWEEN_PEOPLE, STAFF
from tests.attacks.holding import watched
from tests.factories import make_tweet

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer and no row locks"),
]


@pytest.fixture
def cast(bob, alice, carol, staff):
    """By their ids Alice stands between the others; what Bob said is older than what Carol said."""
    older, newer = make_tweet(bob, "older #tea"), make_tweet(carol, "newer")
    for person in (bob, carol):
        follow_user(alice, person)
        follow_user(person, alice)
    return SimpleNamespace(alice=alice, bob=bob, carol=carol, staff=staff, older=older, newer=newer)


@pytest.mark.parametrize(
    "prepare", [*SAYING, *STAFF, *ONES_OWN, *BETWEEN_PEOPLE], ids=lambda one: one.__name__
)
def test_rows_are_held_in_one_order(cast, prepare):
    do = prepare(cast)
    with watched() as order:
        do()
    assert order.faults == []
    assert order.seen, "nothing was held: the second session saw nothing"
