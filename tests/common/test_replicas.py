"""Which database is read, and which replica is fit: the rules. tests/postgres has real servers."""

from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import MiddlewareNotUsed
from django.db import transaction

from common.replicas import watch as watching
from common.replicas.middleware import ReadFromReplicas
from common.replicas.routing import Router, from_primary, primary, read_alias, reading_from
from common.replicas.watch import Watch
from tests.factories import make_tweet
from tweets.models import Tweet

router = Router()


def test_nobody_reads_a_replica_without_having_been_sent_there(db):
    assert router.db_for_read(Tweet) == read_alias() == "default"


@pytest.mark.django_db(transaction=True)
def test_a_request_that_only_looks_reads_where_it_was_sent():
    with reading_from("replica1") as reading:
        assert router.db_for_read(Tweet) == read_alias() == "replica1"
        assert router.db_for_read(Session) == "default"
        with primary():
            assert read_alias() == "default"
        assert read_alias() == "replica1"
        assert from_primary(read_alias)() == "default"
    assert not reading.has_written
    assert read_alias() == "default"


@pytest.mark.django_db(transaction=True)
def test_nothing_inside_a_transaction_reads_a_replica():
    with reading_from("replica1"):
        with transaction.atomic():
            assert router.db_for_read(Tweet) == read_alias() == "default"
        assert read_alias() == "replica1"


@pytest.mark.django_db(transaction=True)
def test_after_a_write_the_rest_of_the_request_reads_the_primary():
    with reading_from("replica1") as reading:
        assert router.db_for_write(Session) == "default"
        assert read_alias() == "replica1"  # a session is never read elsewhere, so nobody need wait for it
        assert router.db_for_write(Tweet) == "default"
        assert read_alias() == "default"
    assert reading.has_written


def test_rows_of_different_servers_belong_together_and_tables_are_made_on_the_primary(alice):
    tweet = make_tweet(alice)
    tweet._state.db = "replica1"
    assert router.allow_relation(alice, tweet)
    assert router.allow_migrate("default", "tweets")
    assert not router.allow_migrate("replica1", "tweets")


def test_without_replicas_there_is_nothing_to_choose():
    with pytest.raises(MiddlewareNotUsed):
        ReadFromReplicas(lambda request: None)


class Servers:
    """What the servers tell, and the time."""

    def __init__(self, monkeypatch) -> None:
        self.now = 1000.0
        self.told: dict[str, int | None] = {"default": 0, "replica1": 0, "replica2": 0}
        self.asked: list[str] = []
        monkeypatch.setattr(watching, "monotonic", lambda: self.now)
        monkeypatch.setattr(watching, "_ask", self._ask)
        self.watch = Watch(["replica1", "replica2"], 5)
        self.watch._keep_looking = lambda: None  # the thread; here every look is called by hand

    def _ask(self, alias: str, sql: str) -> Decimal | None:
        self.asked.append(alias)
        told = self.told[alias]
        return None if told is None else Decimal(told)

    def pass_seconds(self, seconds: int, **told: int | None) -> None:
        """A look each second, at servers that tell this."""
        self.told |= told
        for _ in range(seconds):
            self.now += 1
            self.watch.look()

    def picked(self) -> set[str]:
        return {self.watch.pick() for _ in range(4)}


@pytest.fixture
def servers(monkeypatch) -> Servers:
    return Servers(monkeypatch)


def test_before_the_first_look_the_primary_is_read(servers):
    assert servers.picked() == {"default"}
    assert servers.watch.report() == "0 of 2 in use"


def test_fit_replicas_take_turns_and_may_be_avoided(servers):
    servers.pass_seconds(1)
    first, second = servers.watch.pick(), servers.watch.pick()
    assert {first, second} == {"replica1", "replica2"}
    assert servers.watch.pick(["replica1"]) == "replica2"
    assert servers.watch.pick(["replica1", "replica2"]) == "default"


def test_a_replica_is_read_as_long_as_it_holds_all_of_five_seconds_ago(servers):
    servers.pass_seconds(1)
    # From here on the second stands still, while the primary goes on.
    for written in range(1, 6):
        servers.pass_seconds(1, default=written, replica1=written)
        assert servers.picked() == {"replica1", "replica2"}
    servers.pass_seconds(1, default=6, replica1=6)
    assert servers.picked() == {"replica1"}
    servers.pass_seconds(1, replica2=6)
    assert servers.picked() == {"replica1", "replica2"}


def test_a_primary_that_writes_nothing_makes_nobody_late(servers):
    servers.pass_seconds(60)
    assert servers.picked() == {"replica1", "replica2"}


def test_a_look_that_takes_too_long_counts_as_lag(servers):
    servers.pass_seconds(1)
    servers.now += 6
    assert servers.picked() == {"default"}


def test_while_the_primary_is_away_whoever_has_all_of_it_is_read(servers):
    servers.pass_seconds(3, default=7, replica1=7, replica2=5)
    servers.pass_seconds(30, default=None)
    assert servers.picked() == {"replica1"}


def test_a_replica_that_broke_is_out_until_it_answers(servers):
    servers.pass_seconds(1)
    servers.watch.leave_out("replica1")
    assert servers.picked() == {"replica2"}
    servers.pass_seconds(1)
    assert servers.picked() == {"replica1", "replica2"}


def test_at_doors_that_stay_shut_we_knock_less_and_less_often(servers):
    servers.pass_seconds(60, replica1=None)
    assert servers.asked.count("replica1") < 12
    assert servers.asked.count("replica2") == 60
    servers.pass_seconds(11, replica1=0)
    assert servers.picked() == {"replica1", "replica2"}
