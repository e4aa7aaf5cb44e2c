"""How the server is doing, for staff: numbers, charts with tables, a file."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.models import User
from analytics.actions import count_server_day, write_active
from moderation.actions import close_report, file_report
from moderation.queries import report_days
from tests.analytics.readers import NOON
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def travel():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def moderator(db) -> User:
    return make_user("mona", role="moderator")


def page(browser, path="/moderation/statistics/?days=7"):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def figures(html):
    return dict(re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", html))


def test_what_happened_stands_there(alice, bob, moderator, as_person, as_alice, travel):
    for number in range(3):
        make_tweet(alice, f"number {number}")
    as_alice.get("/")
    browser = as_person(moderator)
    browser.get("/")
    reports = [file_report(alice, person, category="spam") for person in (bob, make_user())]
    count_server_day()
    travel.move_to(datetime(2026, 3, 11, 12, tzinfo=UTC))
    close_report(moderator, reports[0])
    as_alice.get("/bookmarks/")
    write_active()
    count_server_day()

    html = page(browser)

    found = figures(html)
    assert found["People"] == "4"
    assert (found["Active today"], found["Active, 7 days"]) == ("1", "2")
    assert (found["Joined"], found["Tweets"], found["Reports"]) == ("4", "3", "2")
    assert "1 handled" in html
    yesterday = re.search(r'<th scope="row">10 Mar</th>(.+?)</tr>', html, re.DOTALL)[1]
    assert re.findall(r"<td>(.+?)</td>", yesterday) == ["4", "4", "2", "2", "2", "3", "2", "0"]


def test_each_chart_has_a_name_a_description_and_its_numbers_a_table(moderator, as_person, travel):
    count_server_day()
    travel.move_to(datetime(2026, 3, 11, 12, tzinfo=UTC))
    count_server_day()
    html = page(as_person(moderator))
    charts = re.findall(r'role="img" aria-labelledby="(\S+)-h" aria-describedby="(\S+)-d"', html)

    assert [name for name, _ in charts] == ["active", "joined", "tweets", "kept", "stored"]
    for name, _ in charts:
        assert f'id="{name}-h"' in html
        assert f'id="{name}-d"' in html
    assert html.count("<table") == 4
    assert "style=" not in html


def test_before_anything_was_counted_the_page_is_there(moderator, as_person):
    html = page(as_person(moderator))
    found = figures(html)
    assert (found["People"], found["Active today"]) == ("0", "–")
    assert "not counted yet" in html
    assert "0 in all" not in html
    assert "Not counted yet today" in html


def test_what_nobody_counted_in_time_is_not_known(alice, moderator, as_person, travel):
    make_tweet(alice)
    travel.move_to(datetime(2026, 3, 14, 12, tzinfo=UTC))
    count_server_day()
    browser = as_person(moderator)
    html = page(browser)

    daily, stored = (
        re.findall(r"<td>(.+?)</td>", row)
        for row in re.findall(r'<th scope="row">10 Mar</th>(.+?)</tr>', html, re.DOTALL)
    )
    unknown = '<span aria-hidden="true">–</span><span class="visually-hidden">not known</span>'
    assert daily == ["2", "2", unknown, unknown, unknown, "1", "0", "0"]
    assert stored == [unknown, unknown]
    assert "<title>10 March: not known</title>" in html
    assert "<title>14 March: 0 person came</title>" in html
    assert "A grey foot is a day" in html
    answer = browser.get("/moderation/statistics/days.csv?days=7")
    head, *days = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    row = dict(zip(head, days[-5], strict=True))
    assert (row["day"], row["joined"], row["tweets"]) == ("2026-03-10", "2", "1")
    names = ("active_1", "active_7", "active_30", "tweets_in_all", "database_bytes", "picture_bytes")
    assert {row[name] for name in names} == {"not known"}
    assert days[-1][head.index("active_1")] == "0"


def test_the_same_as_a_file(alice, moderator, as_person):
    make_tweet(alice)
    count_server_day()
    answer = as_person(moderator).get("/moderation/statistics/days.csv?days=7")
    head, *days = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    today = dict(zip(head, days[-1], strict=True))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="server-7-days.csv"'
    assert len(days) == 7
    assert (today["day"], today["people"], today["joined"], today["tweets"]) == ("2026-03-10", "2", "2", "1")
    assert today["reports_made"] == "0"


def test_members_do_not_find_it(alice, as_alice, client):
    for browser in (as_alice, client):
        assert browser.get("/moderation/statistics/").status_code == 404
        assert browser.get("/moderation/statistics/days.csv").status_code == 404


def test_reports_by_day(alice, bob, moderator, travel):
    report = file_report(alice, bob, category="spam")
    file_report(bob, alice, category="spam")
    travel.move_to(datetime(2026, 3, 12, 3, tzinfo=UTC))
    close_report(moderator, report)

    found = report_days(NOON.date())
    assert {day.day: (one.made, one.closed) for day, one in found.items()} == {10: (2, 0), 12: (0, 1)}
    assert list(report_days(date(2026, 3, 12))) == [date(2026, 3, 12)]


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_for_many(moderator, as_person, number, django_assert_num_queries, travel):
    for _ in range(number):
        make_tweet(make_user())
    for day in range(10, 10 + number):
        travel.move_to(datetime(2026, 3, day, 12, tzinfo=UTC))
        count_server_day()
    browser = as_person(moderator)
    browser.get("/moderation/statistics/")
    with django_assert_num_queries(13):
        browser.get("/moderation/statistics/")
