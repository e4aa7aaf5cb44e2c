"""Who is counted as a reader, and what that costs."""

import time

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from analytics.actions import (
    count_link,
    count_views,
    views,
    write_views,
)
from analytics.models import Kind, Sketch
from analytics.sketch import estimate
from tests.analytics.readers import read_by, shown, visited_by, visitor
from tests.factories import make_tweet
from tests.pace import is_within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates", "travel")]


def people(kind, thing):
    sketch = Sketch.objects.filter(kind=kind, thing=thing).first()
    return estimate(sketch.marks) if sketch else 0


def test_readers_are_counted_for_the_tweet_and_its_author(alice, hello):
    other = make_tweet(alice, "and more")

    read_by(7, hello)
    read_by(9, other, first=3)

    assert people(Kind.TWEET, hello.pk) == 7
    assert people(Kind.TWEET, other.pk) == 9
    assert people(Kind.AUTHOR, alice.pk) == 12


def test_whoever_reads_twice_counts_once(alice, hello):
    read_by(6, hello, hello)
    read_by(6, hello)

    assert people(Kind.TWEET, hello.pk) == people(Kind.AUTHOR, alice.pk) == 6


def test_people_count_by_who_they_are_and_visitors_by_browser(bob, carol, hello):
    for address in (1, 2, 3):
        count_views(shown(hello), visitor(address), bob.pk)
    count_views(shown(hello), visitor(1), carol.pk)
    count_views(shown(hello), visitor(1), None)
    count_views(shown(hello), visitor(1, agent="Mozilla/5.0 another"), None)
    write_views()

    assert people(Kind.TWEET, hello.pk) == 4


def test_a_household_with_many_addresses_of_ipv6_is_one(hello):
    for end in range(5):
        count_views(shown(hello), visitor(0) | {"REMOTE_ADDR": f"2001:db8::{end + 1}"}, None)
    write_views()

    assert people(Kind.TWEET, hello.pk) == 1


def test_oneself_does_not_count(alice, bob, hello):
    strange = make_tweet(bob)
    count_views(shown(hello, strange), visitor(1), alice.pk)
    write_views()

    assert people(Kind.TWEET, hello.pk) == 0
    assert people(Kind.TWEET, strange.pk) == 1


@pytest.mark.parametrize(
    "agent", ["Googlebot/2.1", "curl/8.5", "WhatsApp/2.23", "Mastodon/4.5 Bot", "python-requests/2", ""]
)
def test_machines_do_not_count(hello, agent, bob):
    count_views(shown(hello), visitor(1, agent=agent), None)
    assert write_views() == 0

    count_views(shown(hello), visitor(1, agent=agent), bob.pk)  # but a person does, whatever app it is
    assert write_views() == 2


def test_a_phone_of_a_maker_called_so_is_no_machine(hello):
    read_by(0, hello)
    count_views(shown(hello), visitor(1, agent="Mozilla/5.0 (Linux; Android 13; CUBOT X70) Chrome/143"), None)

    assert write_views() == 2


@pytest.mark.parametrize(
    "asks",
    [{"HTTP_SEC_GPC": "1"}, {"HTTP_DNT": "1"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}],
    ids=["gpc", "dnt", "prefetch"],
)
def test_whoever_asks_not_to_be_counted_is_not(bob, hello, asks):
    count_views(shown(hello), visitor(1, **asks), None)
    count_views(shown(hello), visitor(1, **asks), bob.pk)

    assert write_views() == 0


def test_profiles_and_links(alice, hello):
    visited_by(range(8), alice.pk)
    for one in range(6):
        count_link(hello.pk, alice.pk, visitor(one), None)
    write_views()

    assert people(Kind.PROFILE, alice.pk) == 8
    assert people(Kind.LINK, hello.pk) == people(Kind.LINKS, alice.pk) == 6
    assert people(Kind.TWEET, hello.pk) == 0


def test_noting_asks_the_database_nothing(alice, django_assert_num_queries):
    tweets = [make_tweet(alice) for _ in range(20)]
    with django_assert_num_queries(0):
        count_views(shown(*tweets), visitor(1), None)


@pytest.mark.parametrize("number", [1, 30])
def test_all_that_waits_is_written_together(alice, number):
    tweets = [make_tweet(alice) for _ in range(number)]
    read_by(1, tweets[0])  # the day has begun
    for one in range(1, number + 1):
        count_views(shown(*tweets), visitor(one), None)
    with CaptureQueriesContext(connection) as asked:
        write_views()

    statements = [query["sql"].split()[0] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert statements == ["SELECT", "SELECT", "SELECT", "INSERT"]


def test_what_nobody_new_read_is_not_written(hello):
    read_by(5, hello)
    for one in range(5):
        count_views(shown(hello), visitor(one), None)
    with CaptureQueriesContext(connection) as asked:
        assert write_views() == 0

    assert not [query for query in asked if query["sql"].startswith("INSERT")]


def test_at_most_so_many_things_are_written_at_once_the_most_read_first(alice, settings):
    settings.STATISTICS_THINGS_MAX = 2  # the author is one of them
    loved, other = make_tweet(alice), make_tweet(alice)
    count_views(shown(other), visitor(0), None)
    read_by(5, loved)

    assert people(Kind.TWEET, loved.pk) == 5
    assert people(Kind.TWEET, other.pk) == 0
    assert people(Kind.AUTHOR, alice.pk) == 5


def test_the_memory_is_bounded_and_the_oldest_go(hello, settings):
    line = views._Line()
    for one in range(settings.STATISTICS_LINE_MAX + 10):
        line.add((0.0, b"%d" % one, []))

    waiting = line.take()
    assert len(waiting) == settings.STATISTICS_LINE_MAX
    assert waiting[0][1] == b"10"


def test_while_the_database_is_away_it_waits(hello, monkeypatch):
    count_views(shown(hello), visitor(1), None)
    with monkeypatch.context() as broken:
        broken.setattr(views, "_salt_of", raising)
        with pytest.raises(OperationalError):
            write_views()
    count_views(shown(hello), visitor(2), None)
    write_views()

    assert people(Kind.TWEET, hello.pk) == 2


def raising(day):
    raise OperationalError("away")


def test_a_page_of_twenty_cards_costs_less_than_a_tenth_of_a_millisecond(alice, settings):
    """Noting and handing over, without writing."""
    tweets = [make_tweet(alice) for _ in range(20)]
    ids = [(tweet.pk, tweet.author_id) for tweet in tweets]
    meta = visitor(1)

    def page():
        with views.noting_shown() as noted:
            for an_id, author_id in ids:
                views.note_tweet(an_id, author_id)
        count_views(noted, meta, 5)

    assert is_within(lambda: [page() for _ in range(50)], 50 * 0.0001, tries=20)


@pytest.mark.django_db(transaction=True)
def test_two_processes_lose_nothing_of_each_other(hello):
    """The second writes what the first did not know, and keeps what it wrote."""
    read_by(10, hello)
    other = views._Line()
    for one in range(5, 20):
        other.add((time.time(), views._reader(visitor(one), None), shown(hello)))
    views._line.put_back(other.take())
    write_views()

    assert people(Kind.TWEET, hello.pk) == pytest.approx(20, abs=1)


def test_where_nobody_notes_nothing_is_noted():
    views.note_tweet(1, 2)
    views.note_profile(2)
    views.note_again([(1, 1, 2)])
    assert views.shown_so_far() == ()
