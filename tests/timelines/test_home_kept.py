"""PostgreSQL plans a page of home once for a line, for everybody."""

import pytest
from django.db import connection

from common.paging import Window
from tests.factories import make_tweet, make_user
from timelines.queries import home_ids

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time"),
]

_PLANS = """SELECT COALESCE(SUM(custom_plans), 0), COALESCE(SUM(generic_plans), 0) FROM pg_prepared_statements
  WHERE statement LIKE '%timelines_timelineentry%'"""


def plans() -> tuple[int, int]:
    """Made for the values of one reader, and used for all."""
    with connection.cursor() as cursor:
        cursor.execute(_PLANS)
        return tuple(map(int, cursor.fetchone()))


@pytest.mark.parametrize("max_id", [None, 2**62])
def test_home_is_planned_once(alice, max_id):
    make_tweet(alice)
    for_one, for_all = plans()
    for reader in [alice, *(make_user() for _ in range(8))]:
        home_ids(reader, Window(20, max_id))
    assert plans() == (for_one, for_all + 9)
