"""The first page, as visitor and as reader who follows nobody yet. Home itself: test_home."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.ids import id_at
from tests.factories import make_tweet, make_user
from tweets.actions import close_feed_blocks, feed_blocks, hide_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def ids_shown(response) -> list[int]:
    return [card.id for card in response.context["page"].cards]


def test_it_is_at_the_root_with_the_newest_first(as_alice, alice, bob):
    older, newer = make_tweet(bob, "yesterday's word"), make_tweet(alice, "today's word")
    response = as_alice.get(reverse("feed"))
    assert reverse("feed") == "/"
    assert ids_shown(response) == [newer.id, older.id]
    page = response.content.decode()
    assert page.index("today") < page.index("yesterday")


def test_a_visitor_reads_too_and_is_invited(client, alice):
    make_tweet(alice, "hello visitors")
    page = client.get("/").content.decode()
    assert "hello visitors" in page
    assert 'href="/register/"' in page
    assert 'href="/login/"' in page
    assert "<textarea" not in page


def test_ten_tweets_make_a_page_and_links_lead_on(client, alice):
    tweets = [make_tweet(alice) for _ in range(25)]
    first = client.get("/")
    assert len(ids_shown(first)) == 10
    assert 'href="/?page=2"' in first.content.decode()
    second, third = client.get("/?page=2"), client.get("/?page=3")
    assert ids_shown(first) + ids_shown(second) + ids_shown(third) == [tweet.id for tweet in reversed(tweets)]
    assert 'href="/?page=4"' not in third.content.decode()


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "1.5", "²", "１", "1; DROP", "9" * 40, "%00"])
def test_a_nonsense_page_is_the_first(client, alice, page):
    tweet = make_tweet(alice)
    response = client.get(f"/?page={page}")
    assert response.status_code == 200
    assert ids_shown(response) == [tweet.id]


def test_a_page_too_far_is_the_last(client, alice):
    tweets = [make_tweet(alice) for _ in range(13)]
    response = client.get("/?page=400")
    assert ids_shown(response) == [tweet.id for tweet in reversed(tweets[:3])]


def test_a_cursor_reads_on_where_the_page_ended_though_new_ones_arrive(client, alice):
    tweets = [make_tweet(alice) for _ in range(15)]
    first = client.get("/")
    make_tweet(alice, "arrived meanwhile")
    rest = client.get(first.context["page"].next_url, headers={"HX-Request": "true"})
    assert ids_shown(rest) == [tweet.id for tweet in reversed(tweets[:5])]
    assert "<html" not in rest.content.decode()


def test_from_a_cursor_one_finds_back_up(client, alice):
    tweets = [make_tweet(alice) for _ in range(35)]
    deep = client.get(f"/?cursor={tweets[15].id}")
    up = client.get(deep.context["page"].newer_url)
    assert ids_shown(up) == [tweet.id for tweet in reversed(tweets[15:25])]
    top = client.get(up.context["page"].newer_url)
    assert ids_shown(top) == [tweet.id for tweet in reversed(tweets[25:35])]


@pytest.mark.parametrize("cursor", ["x", "-5", "0", "9" * 19, "9" * 30, "1e3"])
def test_a_nonsense_cursor_is_no_error(client, alice, cursor):
    make_tweet(alice)
    assert client.get(f"/?cursor={cursor}").status_code == 200
    assert client.get(f"/?newer={cursor}").status_code == 200


def test_an_empty_feed_says_so(client, db):
    assert client.get("/").status_code == 200


def test_deep_in_the_feed_eight_queries_do_as_well(
    as_alice, alice, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(feed_blocks, "BLOCK_SIZE", 20)
    monkeypatch.setattr(feed_blocks, "PARTS", 3)
    start = id_at(timezone.now() - timedelta(hours=1))
    tweets = [
        Tweet(id=start + n, conversation_id=start + n, author=alice, text="deep", html="deep")
        for n in range(400)
    ]
    Tweet.objects.bulk_create(tweets)
    close_feed_blocks()
    as_alice.get("/local/")
    with django_assert_max_num_queries(8):
        response = as_alice.get("/local/?page=33")
    assert ids_shown(response) == [tweet.id for tweet in tweets[79:69:-1]]


def test_hidden_tweets_are_not_there(client, alice, staff):
    hide_tweet(staff, make_tweet(alice, "unspeakable"))
    assert "unspeakable" not in client.get("/").content.decode()


def test_it_is_read_only(client, db):
    assert client.post("/").status_code == 405


def test_markup_in_names_and_texts_is_shown_as_text(client, db):
    mallory = make_user("mallory", display_name="<script>alert(1)</script>")
    make_tweet(mallory, '<img src=x onerror="alert(2)"> "quoted" & more')
    page = client.get("/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_answer_differs_for_htmx_and_says_so(client, db):
    assert "HX-Request" in client.get("/").headers["Vary"]


def test_strangers_forms_are_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/create/", {"text": "forged"}).status_code == 403
