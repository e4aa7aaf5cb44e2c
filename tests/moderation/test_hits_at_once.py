"""Two workers at once, and rules that fail: no rule undoes what another one does."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from accounts.models import User
from moderation.actions import apply_rules
from moderation.models import AutomaticRule, Measure, RuleHit
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_live_rule
from tweets.models import Tweet


class Worker(threading.Thread):
    """Lets rules look at a tweet; `error` is what went wrong."""

    def __init__(self, tweet: Tweet) -> None:
        super().__init__()
        self.tweet_id = tweet.pk
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            apply_rules(self.tweet_id)
        except Exception as error:  # noqa: BLE001  (the test asks for it)
            self.error = error
        finally:
            connections.close_all()


def wait_for_waiting(number: int) -> None:
    """Until so many wait for a row. On SQLite they wait for their turn to write."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the same again
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.02)
    raise AssertionError("They do not wait.")


@pytest.mark.django_db(transaction=True)
def test_two_tweets_of_one_person_at_once_are_one_measure_and_both_are_held(caplog):
    admin, alice = make_user("ada", role="admin"), make_user("alice")
    make_live_rule(admin, "limit")
    make_live_rule(admin, "hold")
    tweets = [make_tweet(alice, text) for text in ("my casino", "our casino")]
    with transaction.atomic():
        User.objects.select_for_update().get(pk=alice.pk)
        workers = [Worker(tweet) for tweet in tweets]
        wait_for_waiting(2)
    for worker in workers:
        worker.join()
    assert [worker.error for worker in workers] == [None, None]
    assert Tweet.objects.filter(held_at__isnull=False).count() == 2
    assert Measure.objects.count() == 1
    assert RuleHit.objects.count() == 4
    assert "failed" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("order", [("limit", "hold"), ("hold", "limit")], ids="-".join)
def test_a_rule_that_fails_undoes_nothing_of_another(order, admin, alice, caplog):
    for outcome in order:
        make_live_rule(admin, outcome)
    AutomaticRule.objects.filter(outcome="limit").update(reason="")  # as no action leaves it
    tweet = make_tweet(alice, "my casino")
    assert [hit.outcome for hit in apply_rules(tweet.pk)] == ["hold"]
    assert Tweet.objects.get(pk=tweet.pk).held_at is not None
    assert not Measure.objects.exists()
    assert RuleHit.objects.get().outcome == "hold"
    broken = AutomaticRule.objects.get(outcome="limit")
    assert f"Rule {broken.pk} failed on tweet {tweet.pk}." in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"no_such_condition": 1}, {"repeats": "many", "repeats_minutes": 5}, []])
def test_a_rule_that_cannot_even_look_keeps_no_other_from_looking(asked, admin, alice, caplog):
    broken, other = make_live_rule(admin, "limit"), make_live_rule(admin, "hold")
    AutomaticRule.objects.filter(pk=broken.pk).update(asked=asked)  # as no action leaves it
    tweet = make_tweet(alice, "my casino")
    assert [hit.rule for hit in apply_rules(tweet.pk)] == [other]
    assert Tweet.objects.get(pk=tweet.pk).held_at is not None
    assert f"Rule {broken.pk} failed on tweet {tweet.pk}." in caplog.text
