"""Pictures of reported tweets: kept small for staff, also when their author takes them away."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from moderation.actions import close_report, file_report, forget_pictures, keep_pictures
from moderation.models import KeptPicture
from tests.factories import make_image, make_tweet
from tweets.actions import delete_tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(alice, bob, events_happen):
    images = [make_image(bob, "A rude sign"), make_image(bob)]
    tweet = make_tweet(bob, "look", images=images)
    with events_happen():
        report = file_report(alice, bob, category="other", tweet_ids=[tweet.pk])
    return report, tweet


def test_staff_see_them_after_the_tweet_is_gone(reported, bob, as_person, moderator, events_happen):
    report, tweet = reported
    with events_happen():
        delete_tweet(bob, tweet)
    browser = as_person(moderator)
    page = browser.get(report.path).content.decode()
    assert "Show 2 pictures" in page
    assert 'alt="A rude sign"' in page
    first = KeptPicture.objects.order_by("position")[0]
    answer = browser.get(f"{report.path}pictures/{first.pk}")
    assert answer.content[:4] == b"RIFF"
    assert answer["Content-Type"] == "image/webp"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_else_sees_them(reported, as_alice, as_bob, client):
    report, _ = reported
    for browser in (as_alice, as_bob, client):
        assert browser.get(f"{report.path}pictures/{KeptPicture.objects.all()[0].pk}").status_code == 404


def test_a_picture_opens_by_its_own_report_only(reported, carol, bob, as_person, moderator):
    other = file_report(carol, bob, category="spam")
    browser = as_person(moderator)
    assert browser.get(f"{other.path}pictures/{KeptPicture.objects.all()[0].pk}").status_code == 404


def test_keeping_twice_keeps_once_and_what_is_gone_is_passed_over(reported, alice, bob):
    report, _ = reported
    assert keep_pictures(report.pk) == 0
    assert KeptPicture.objects.count() == 2
    gone = make_tweet(bob, "more", images=[make_image(bob)])
    again = file_report(alice, bob, category="other", tweet_ids=[gone.pk])
    delete_tweet(bob, gone)
    assert keep_pictures(again.pk) == 0


def test_what_is_added_later_is_kept_too(reported, alice, bob, events_happen):
    more = make_tweet(bob, "more", images=[make_image(bob)])
    with events_happen():
        file_report(alice, bob, category="other", tweet_ids=[more.pk])
    assert KeptPicture.objects.count() == 3


def test_they_go_some_time_after_the_report_is_closed(reported, moderator):
    report, _ = reported
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        assert forget_pictures() == 0
    close_report(moderator, report)
    assert forget_pictures() == 0
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert forget_pictures() == 2
