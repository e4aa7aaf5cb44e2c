"""Deciding about what rules held: staff read what was caught, and only what they read appears."""

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions import apply_rules
from moderation.models import Measure, RuleHit
from moderation.queries import held_tweets
from tests.factories import make_image, make_tweet, make_user
from tests.moderation.making import make_live_rule
from tweets.actions import edit_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
INDEX, HELD = "/moderation/automatic/", "/moderation/automatic/held/"
CHANGED = "This tweet was edited while you read it. Read it as it is now, then decide."


@pytest.fixture
def admin(db) -> User:
    return make_user("ada", role="admin")


@pytest.fixture
def as_moderator(db, as_person) -> Client:
    return as_person(make_user("mona", role="moderator"))


@pytest.fixture
def held(admin, alice) -> Tweet:
    make_live_rule(admin)
    tweet = make_tweet(alice, "Come to my casino", images=[make_image(alice, "A wheel")])
    apply_rules(tweet.pk)
    return tweet


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_read_what_was_caught_and_let_appear_only_what_they_read(held, alice, as_moderator, as_bob):
    edit_tweet(alice, held, TweetDraft("A second scam"))
    edit_tweet(alice, held, TweetDraft("Good morning"))
    page = words(as_moderator, HELD)
    assert "when it was caught it said:" in page
    assert "What it said before" in page
    assert "for everyone · edited" in page
    for said in ("Come to my casino", "A second scam", "Good morning"):
        assert said in page
    for read in ({}, {"revision": "1"}, {"revision": "2"}, {"revision": "x"}):
        answer = as_moderator.post(f"{HELD}{held.pk}/appear", read, follow=True)
        assert CHANGED in answer.content.decode()
    assert as_bob.get(held.path).status_code == 404
    as_moderator.post(f"{HELD}{held.pk}/appear", {"revision": "3"})
    assert "Good morning" in words(as_bob, held.path)
    history = words(as_bob, f"{held.path}/history")
    told = as_bob.get(f"/api/v1/statuses/{held.pk}/history").content.decode()
    assert "As it is now" in history
    for page in (history, told):
        assert "Good morning" in page
        assert "casino" not in page
        assert "scam" not in page


def test_taking_down_and_undoing_ask_for_the_words_that_were_read_too(held, alice, as_moderator):
    edit_tweet(alice, held, TweetDraft("Good morning"))
    reason = {f"t{held.pk}-reason": "Advertising.", "revision": "1"}
    answer = as_moderator.post(f"{HELD}{held.pk}/take-down", reason)
    assert answer.status_code == 422
    assert CHANGED in answer.content.decode()
    assert not Measure.objects.exists()
    hit = RuleHit.objects.get()
    undone = {"decision": "wrong", "revision": "1"}
    answer = as_moderator.post(f"{INDEX}hits/{hit.pk}/decide", undone, follow=True)
    assert "It was edited after the rule caught it." in answer.content.decode()
    for decision in ("wrong", "right"):
        answer = as_moderator.post(f"{INDEX}hits/{hit.pk}/decide", {"decision": decision}, follow=True)
        assert CHANGED in answer.content.decode()
    assert list(held_tweets()) == [held]


def test_undoing_one_of_two_says_that_it_stays_held(admin, alice, as_moderator):
    for word in ("casino", "garden"):
        make_live_rule(admin, keywords=(word,))
    first, _ = apply_rules(make_tweet(alice, "A casino in a garden").pk)
    undone = {"decision": "wrong", "revision": "1"}
    answer = as_moderator.post(f"{INDEX}hits/{first.pk}/decide", undone, follow=True)
    assert "The tweet stays held, because another rule holds it, too." in answer.content.decode()
