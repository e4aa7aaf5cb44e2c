"""The pages of an author's numbers: for the author alone, whole without scripts, and the same as files."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from analytics.actions import close_days, roll_up_days
from relationships.actions import follow_user
from tests.analytics.readers import NOON, read_by, visited_by
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import like_tweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("same_estimates")]
FILES = ["/statistics/days.csv", "/statistics/tweets.csv"]


@pytest.fixture(autouse=True)
def travel():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lively(alice, travel):
    """A tweet with eight readers and three likes yesterday, and a reply today."""
    tweet = make_tweet(alice, "The ferry leaves at eight.")
    read_by(8, tweet)
    visited_by(range(6), alice.pk)
    for person in [make_user() for _ in range(3)]:
        like_tweet(person, tweet)
        follow_user(person, alice)
    travel.move_to(datetime(2026, 3, 11, 0, 5, tzinfo=UTC))
    close_days()
    roll_up_days()
    travel.move_to(NOON + timedelta(days=1))
    make_reply(make_user(), tweet)
    return tweet


def page(browser, path="/statistics/?days=7"):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def figures(html):
    found = re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", html)
    return {name: re.sub(r"<.+?>", "", number) for name, number in found}


def test_all_numbers_stand_on_the_page_and_in_tables(lively, as_alice):
    html = page(as_alice)

    assert figures(html) == {
        "Views": "8",
        "Likes": "3",
        "Retweets": "0",
        "Quotes": "0",
        "Replies": "1",
        "Profile visits": "6",
        "Link clicks": "Few",
        "Followers": "3",
    }
    assert "5 March to 11 March" in html
    yesterday = re.search(r'<th scope="row">10 Mar</th>(.+?)</tr>', html, re.DOTALL)[1]
    assert re.sub(r"<.+?>", " ", yesterday).split() == ["8", "6", "&lt;", "5", "3", "0", "0", "0"]
    assert "10 March: 8 readers" in html  # of the bar
    assert "This server only" not in html
    assert "It counts this server only, and records no reader." in html


def test_each_chart_is_an_image_with_a_name_a_description_and_a_table(lively, as_alice):
    html = page(as_alice)
    charts = re.findall(
        r'<svg class="chart[^>]+role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', html
    )

    assert [name for name, _ in charts] == ["views-h", "responses-h", "followers-h", "hours-h"]
    for name, description in charts:
        assert f'id="{name}"' in html
        assert f'id="{description}"' in html
    assert html.count("<table") == 4
    assert "style=" not in html


@pytest.mark.parametrize(
    ("path", "days"), [("/statistics/", 30), ("/statistics/?days=90", 90), ("/statistics/?days=5000", 30)]
)
def test_the_range_is_one_of_three(lively, as_alice, path, days):
    html = page(as_alice, path)

    assert f'<a href="/statistics/?days={days}" aria-current="true">{days} days</a>' in html
    assert html.count("days</a>") == 3


def test_change_is_against_the_range_before(lively, as_alice, travel):
    travel.move_to(NOON + timedelta(days=8))
    like_tweet(make_user(), lively)
    html = page(as_alice)

    assert figures(html)["Likes"] == "1"
    assert re.search(r'<dt>Likes</dt><dd>1</dd><dd class="change change--down">−67%', html)


def test_best_tweets_lead_to_their_own_numbers(lively, as_alice):
    assert f'<a href="{lively.path}/statistics">The ferry leaves at eight.</a>' in page(as_alice)
    html = page(as_alice, f"{lively.path}/statistics")

    assert figures(html)["Views"] == "8"
    assert figures(html)["Replies"] == "1"
    assert '<th scope="row">10 Mar</th><td>8</td>' in html.replace("\n", "")


def test_best_hours_are_told_in_words(lively, as_alice):
    assert "Most responses: Tuesday 12:00, Wednesday 12:00 (UTC)" in page(as_alice)


def test_before_anything_happened_the_page_says_so(alice, as_alice):
    html = page(as_alice)

    assert figures(html)["Views"] == "Few"
    assert "Nothing to tell yet" in html
    assert '<svg class="chart' not in html


def test_visitors_log_in_first(client, alice):
    for path in ["/statistics/", *FILES]:
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login/?next=")


def test_nobody_else_gets_the_numbers_of_a_tweet(lively, client, as_bob, as_person, staff):
    for browser in (client, as_bob, as_person(staff)):
        assert browser.get(f"{lively.path}/statistics").status_code == 404
    assert as_bob.get("/@alice/1/statistics").status_code == 404


def test_others_see_their_own_only(lively, as_bob):
    html = page(as_bob)

    assert figures(html)["Likes"] == "0"
    assert "ferry" not in html


def test_a_message_has_no_readers_to_tell_of(alice, bob, as_alice):
    message = make_tweet(alice, "psst @bob", visibility=Tweet.Visibility.DIRECT)

    assert "Who reads a message is not counted." in page(as_alice, f"{message.path}/statistics")


def test_the_menu_of_ones_own_tweet_leads_there(lively, as_alice, as_bob):
    assert f"{lively.path}/statistics" in page(as_alice, f"{lively.path}/menu")
    assert f"{lively.path}/statistics" not in page(as_bob, f"{lively.path}/menu")
    assert 'href="/statistics/"' in page(as_alice, "/")


def test_the_numbers_of_each_day_as_a_file(lively, as_alice):
    answer = as_alice.get("/statistics/days.csv?days=7")
    head, *days = rows(answer)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statistics-7-days.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert head[:4] == ["day", "readers", "profile_visits", "link_clicks"]
    assert days[-2:] == [
        ["2026-03-10", "8", "6", "<5", "3", "0", "0", "0", "3"],
        ["2026-03-11", "<5", "<5", "<5", "0", "0", "0", "1", "3"],
    ]
    assert len(days) == 7


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@bob =SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1"])
def test_no_cell_of_the_file_is_a_formula(alice, bob, as_alice, text):
    like_tweet(bob, make_tweet(alice, text))
    _, (address, _, said, *_) = rows(as_alice.get("/statistics/tweets.csv"))

    assert said.startswith("'") or said.lstrip()[0] not in "=+-@"
    assert address.startswith("http://localhost:8000/@alice/")


@pytest.mark.parametrize("number", [1, 9])
def test_it_costs_the_same_for_many(alice, bob, as_alice, number, travel, django_assert_num_queries):
    for _ in range(number):
        tweet = make_tweet(alice)
        like_tweet(bob, tweet)
        read_by(6, tweet)
    as_alice.get("/statistics/")
    with django_assert_num_queries(19):
        as_alice.get("/statistics/?days=90")
