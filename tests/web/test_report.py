"""Reporting somebody from a card or a profile."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.models import Report
from server.actions import add_rule
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db


def test_the_menus_lead_to_the_form(as_alice, bob):
    tweet = make_tweet(bob)
    assert f"/@bob/report?tweet={tweet.pk}" in as_alice.get(f"{tweet.path}/menu").content.decode()
    assert "/@bob/report" in as_alice.get("/@bob").content.decode()
    assert "/report" not in as_alice.get("/@alice").content.decode()


def test_a_report_is_sent_without_scripts(as_alice, alice, bob, staff):
    rule, tweet, other = add_rule(staff, "Be kind."), make_tweet(bob, "rude words"), make_tweet(bob, "nice")
    page = as_alice.get(f"/@bob/report?tweet={tweet.pk}").content.decode()
    assert f'value="{tweet.pk}" checked' in page
    assert f'value="{other.pk}">' in page
    assert "Be kind." in page
    said = {"category": "violation", "rules": [rule.pk], "tweets": [tweet.pk], "comment": "Look."}
    answer = as_alice.post("/@bob/report", said, follow=True)
    assert answer.redirect_chain[-1][0] == "/@bob"
    assert "not told who reported" in answer.content.decode()
    report = Report.objects.get()
    assert [row.text for row in report.tweets.all()] == ["rude words"]
    assert list(report.rules.all()) == [rule]


def test_nobody_but_staff_learns_of_it(as_alice, as_bob, bob, as_person, carol, events_happen, mailoutbox):
    with events_happen():
        as_alice.post("/@bob/report", {"category": "other", "comment": "zwetschge"})
    assert mailoutbox == []
    for client in (as_bob, as_person(carol), Client()):
        for path in ("/", "/notifications/", "/@bob", "/@alice", "/settings/measures/"):
            assert "zwetschge" not in client.get(path).content.decode()


def test_what_was_typed_stays_when_something_is_missing(as_alice, bob):
    tweet = make_tweet(bob, "rude words")
    answer = as_alice.post("/@bob/report", {"comment": "Look.", "tweets": [tweet.pk]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what is wrong." in page
    assert "Look." in page
    assert f'value="{tweet.pk}" checked' in page
    assert as_alice.post("/@bob/report", {"category": "spam", "rules": "99"}).status_code == 422


def test_not_for_visitors_nor_about_oneself_nor_before_one_may_write(client, as_alice, as_person, bob):
    assert client.get("/@bob/report")["Location"].startswith("/login/")
    assert as_alice.get("/@alice/report").status_code == 403
    assert as_person(make_user(confirmed=False)).post("/@bob/report", {"category": "spam"}).status_code == 403
    assert as_alice.get("/@nobody/report").status_code == 404
    assert not Report.objects.exists()


def test_odd_ids_are_nobodys(as_alice, bob):
    odd = {"category": "spam", "tweets": ["-1", "0", "x", "9" * 30, ""]}
    assert as_alice.post("/@bob/report", odd).status_code == 302
    assert Report.objects.get().tweets.count() == 0


def test_reports_are_paced(as_alice, bob, settings):
    settings.RATES_DEEDS = {**settings.RATES_DEEDS, "reports": "2/hour"}
    for status in (302, 302, 429):
        assert (
            as_alice.post("/@bob/report", {"category": "spam"}, REMOTE_ADDR="203.0.113.7").status_code
            == status
        )


def test_the_form_asks_the_same_for_one_tweet_and_for_many(as_alice, bob):
    counts = []
    for _ in range(2):
        make_tweet(bob)
        make_tweet(bob)
        as_alice.get("/@bob/report")
        with CaptureQueriesContext(connection) as queries:
            as_alice.get("/@bob/report")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
