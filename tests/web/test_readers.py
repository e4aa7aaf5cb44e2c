"""What a page shows is counted for its reader: on whole pages and parts, kept pages, and answers for apps."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from analytics.actions import write_views
from analytics.models import Kind, Sketch
from analytics.sketch import estimate
from relationships.actions import FilterDraft, create_filter, follow_user
from tests.analytics.readers import BROWSER, NOON
from tests.api.calling import Caller, caller_for
from tests.factories import make_quote, make_reply, make_tweet
from timelines.actions import add_to_list, create_list
from tweets.actions import bookmark_tweet, retweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates")]


@pytest.fixture(autouse=True)
def _it_is_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def app_of():
    return caller_for


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"User-Agent": BROWSER})


@pytest.fixture
def hello(alice):
    return make_tweet(alice, "good morning #breakfast")


def read(kind=Kind.TWEET):
    """How many readers each thing has."""
    write_views()
    return {row.thing: estimate(row.marks) for row in Sketch.objects.filter(kind=kind)}


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/local/", "/tags/breakfast", "/search/?q=breakfast&tab=latest", "/@alice", "{tweet}"),
        "/live/tweets?place=local",
    ],
)
def test_pages_for_visitors(hello, visitor, path, events_happen):
    with events_happen():
        tweet = make_tweet(hello.author, "more #breakfast")
    assert visitor.get(path.format(tweet=tweet.path)).status_code == 200

    assert read()[tweet.pk] == 1
    assert read(Kind.AUTHOR) == {hello.author_id: 1}


def test_home_lists_and_bookmarks_of_a_person(alice, bob, hello, as_bob, events_happen):
    follow_user(bob, alice)
    people_list = create_list(bob, "Friends")
    add_to_list(bob, people_list, alice)
    bookmark_tweet(bob, hello)
    for path in ("/", f"/lists/{people_list.pk}/", "/bookmarks/"):
        Sketch.objects.all().delete()
        as_bob.get(path)
        assert read() == {hello.pk: 1}, path


def test_ones_own_page_does_not_count(as_alice, hello):
    as_alice.get("/@alice")
    as_alice.get(hello.path)

    assert read() == {}
    assert read(Kind.PROFILE) == {}


def test_a_profile_is_visited_once_a_day_whatever_one_opens_there(alice, hello, visitor, as_bob):
    for path in ("/@alice", "/@alice/replies", "/@alice"):
        visitor.get(path)
        as_bob.get(path)

    assert read(Kind.PROFILE) == {alice.pk: 2}


def test_a_part_of_a_page_counts_its_cards_and_is_no_visit(hello, as_bob):
    as_bob.get("/@alice", headers={"HX-Request": "true"})

    assert read() == {hello.pk: 1}
    assert read(Kind.PROFILE) == {}


def test_of_a_retweet_what_it_spreads_and_of_a_quote_what_quotes(alice, bob, carol, hello, as_person):
    retweet(bob, hello)
    quote = make_quote(bob, make_tweet(alice, "quoted"))
    as_person(carol).get("/@bob")

    assert read() == {hello.pk: 1, quote.pk: 1}


def test_a_thread_counts_what_stands_above_and_beneath(alice, bob, carol, hello, as_person):
    reply = make_reply(bob, hello)
    answer = make_reply(alice, reply)
    as_person(carol).get(reply.path)

    assert read() == {hello.pk: 1, reply.pk: 1, answer.pk: 1}


def test_what_a_filter_folds_was_not_read(alice, bob, hello, as_bob):
    create_filter(bob, FilterDraft("Mornings", {"morning": True}, ("account", "thread", "public")))
    as_bob.get("/@alice")
    as_bob.get(hello.path)

    assert read() == {}


def test_who_reads_a_message_is_nobodys_number(alice, bob, as_bob, app_of):
    message = make_tweet(alice, "psst @bob", visibility=Tweet.Visibility.DIRECT)
    as_bob.get(message.path)
    as_bob.get("/messages/")
    app_of(bob).get(f"/api/v1/statuses/{message.pk}")

    assert read() == {}


def test_apps_count_too(alice, bob, hello, app_of):
    follow_user(bob, alice)
    bobs = app_of(bob)
    for path in (
        "timelines/public",
        "timelines/tag/breakfast",
        f"statuses/{hello.pk}",
        f"statuses/{hello.pk}/context",
        f"accounts/{alice.pk}/statuses",
    ):
        Sketch.objects.all().delete()
        assert bobs.get(f"/api/v1/{path}").status_code == 200
        assert read() == ({} if path.endswith("context") else {hello.pk: 1}), path
    bobs.get(f"/api/v1/accounts/{alice.pk}")
    assert read(Kind.PROFILE) == {alice.pk: 1}


def test_an_app_without_a_person_is_a_machine_unless_it_looks_like_a_browser(hello):
    nobodys = Caller()
    nobodys.get("/api/v1/timelines/public")
    assert read() == {}
    nobodys.get("/api/v1/timelines/public", **{"User-Agent": BROWSER})
    assert read() == {hello.pk: 1}


@pytest.mark.parametrize("method", ["head", "post"])
def test_only_what_is_asked_for_to_be_read_counts(hello, as_bob, method):
    getattr(as_bob, method)(hello.path)
    as_bob.post(f"{hello.path}/like", headers={"HX-Request": "true"})

    assert read() == {}


def test_what_is_missing_or_refused_was_not_read(hello, as_bob):
    as_bob.get("/@alice/1")
    as_bob.get(f"/edit/{hello.pk}/")

    assert read() == {}


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_whoever_asks_not_to_be_counted_is_not(hello, as_bob, header):
    as_bob.get(hello.path, headers={header: "1"})

    assert read() == {}


def test_a_page_costs_no_query_more(hello, as_bob, monkeypatch):
    def number_of_queries():
        as_bob.get(hello.path)
        with CaptureQueriesContext(connection) as asked:
            as_bob.get(hello.path)
        return len(asked)

    counting = number_of_queries()
    monkeypatch.setattr("web.readers.count_views", lambda *noted: None)
    assert number_of_queries() == counting


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_kept_counts_for_each_who_gets_it(
    hello, visitor, settings, tmp_path, django_assert_num_queries
):
    settings.VISITOR_PAGES_SECONDS, settings.SINGLE_PROCESS, settings.DATA_DIR = 3600, True, tmp_path
    for number in range(7):
        first = visitor.get("/local/", REMOTE_ADDR=f"10.1.1.{number}")
    with django_assert_num_queries(0):
        again = visitor.get(
            "/local/", headers={"If-None-Match": first.headers["ETag"]}, REMOTE_ADDR="10.1.1.99"
        )
    assert again.status_code == 304

    assert read() == {hello.pk: 8}
