"""Who is frozen reads by apps as before, and writes nothing that others see."""

import pytest

from accounts.actions import freeze_user, suspend_user
from accounts.models import User
from clients.models import AccessToken
from relationships.models import Follow
from tests.factories import make_tweet
from tweets.models import Like, Tweet

pytestmark = pytest.mark.django_db


def test_reading_goes_on_and_writing_is_refused(alices, alice, bob, staff):
    tweet = make_tweet(bob, "good morning")
    own = make_tweet(alice, "mine")
    freeze_user(staff, alice)
    for path in ("timelines/public", f"statuses/{tweet.pk}", "accounts/verify_credentials", "notifications"):
        assert alices.get(f"/api/v1/{path}").status_code == 200, path
    before = (Tweet.objects.count(), Like.objects.count(), Follow.objects.count())
    refused = [
        alices.post("/api/v1/statuses", {"status": "hello"}),
        alices.post("/api/v1/statuses", {"status": "@bob psst", "visibility": "direct"}),
        alices.put(f"/api/v1/statuses/{own.pk}", {"status": "other words"}),
        alices.post(f"/api/v1/statuses/{tweet.pk}/reblog"),
        alices.post(f"/api/v1/accounts/{bob.pk}/follow"),
        alices.post("/api/v1/reports", {"account_id": bob.pk}),
        alices.patch("/api/v1/accounts/update_credentials", {"display_name": "Other"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert alices.post(f"/api/v1/statuses/{tweet.pk}/favourite").status_code == 404  # as for all who may not
    assert "frozen" in refused[0].json()["error"]
    assert (Tweet.objects.count(), Like.objects.count(), Follow.objects.count()) == before
    assert User.objects.get(pk=alice.pk).display_name == "Alice Ashdown"


def test_own_words_can_still_be_taken_back(alices, alice, staff):
    tweet = make_tweet(alice, "mine")
    freeze_user(staff, alice)
    assert alices.delete(f"/api/v1/statuses/{tweet.pk}").status_code == 200


def test_a_suspended_persons_token_opens_nothing_and_works_again_afterwards(alices, alice, staff):
    suspend_user(staff, alice)
    assert alices.get("/api/v1/timelines/home").status_code == 401
    assert AccessToken.objects.filter(user=alice).exists()
