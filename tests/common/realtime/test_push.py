"""Pushing: after the commit, next to free, and never a reason for an action to fail or to wait."""

import logging
import threading
import time

import pytest
from django.db import transaction

from common import realtime, sending
from common.realtime import Push
from common.realtime.buses import Nobody, Unreachable
from common.sending import Sender
from tests.common.realtime.loops import push as a_push

_PATIENCE_SECONDS = 20


@pytest.fixture
def sent(monkeypatch):
    """What leaves this process."""
    told = []
    monkeypatch.setattr(realtime, "_sender", type("Noting", (), {"send": staticmethod(told.append)}))
    return told


@pytest.mark.django_db(transaction=True)
def test_it_leaves_with_the_commit_and_not_without(sent):
    with transaction.atomic():
        realtime.push(realtime.LOCAL, "new", 5, open=True)
        assert sent == []
    assert sent == [Push(("local",), "new", 5, {"open": True})]
    with transaction.atomic():
        realtime.push(realtime.LOCAL, "new", 6)
        transaction.set_rollback(True)
    assert len(sent) == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_leaves_at_once(sent):
    realtime.push([realtime.tagged("tea"), realtime.home_of(3)], "new", 5)
    assert sent == [Push(("tag:tea", "home:3"), "new", 5, {})]


@pytest.mark.django_db(transaction=True)
def test_to_nobody_nothing_is_sent(sent):
    realtime.push([], "new", 5)
    assert sent == []


class Bus:
    """Carries to a list; `is_there` says whether it answers, and `refuses` what it raises otherwise."""

    def __init__(self, refuses=None):
        self.carried, self.tries, self.closed = [], 0, False
        self.is_there = threading.Event()
        self.released = threading.Event()
        self.released.set()
        self.refuses = refuses or Unreachable("Redis is away")

    def carry(self, pushes):
        self.released.wait(_PATIENCE_SECONDS)
        self.tries += 1
        if not self.is_there.is_set():
            raise self.refuses
        self.carried += [told.id for told in pushes]

    def close(self):
        self.closed = True


def test_whoever_pushes_never_waits():
    bus = Bus()
    bus.is_there.set()
    bus.released.clear()
    sender = Sender(lambda: bus, "Live updates")
    began = time.thread_time()
    for number in range(5000):
        sender.send(a_push("local", number))
    assert time.thread_time() - began < 1
    assert bus.carried == []
    bus.released.set()
    eventually(lambda: bus.carried == list(range(5000)))
    assert bus.tries < 100  # many at once


def test_when_nobody_can_be_told_it_is_said_once_and_what_waits_is_dropped(caplog, monkeypatch):
    monkeypatch.setattr(sending, "_PAUSE_SECONDS", 0.01)
    bus = Bus()
    sender = Sender(lambda: bus, "Live updates")
    with caplog.at_level(logging.INFO, "common.sending"):
        for number in range(3):
            # What is sent while the others are dropped goes with them, so try again.
            eventually(lambda number=number: sender.send(a_push("local")) or bus.tries > number)
        bus.is_there.set()
        eventually(lambda: sender.send(a_push("local", 7)) or bus.carried)
        eventually(lambda: len(caplog.records) == 2)
    assert bus.carried[-1] == 7
    assert [record.getMessage() for record in caplog.records] == [
        "Live updates are dropped until the way is free again: Redis is away",
        "Live updates get through again.",
    ]


def test_where_nobody_listens_nothing_is_said(caplog):
    bus = Bus(Nobody())
    sender = Sender(lambda: bus, "Live updates")
    with caplog.at_level(logging.INFO, "common.sending"):
        sender.send(a_push("local"))
        eventually(lambda: bus.tries)
    assert caplog.records == []


def test_the_end_of_the_process_waits_for_what_was_pushed_but_not_for_long():
    bus = Bus()
    bus.is_there.set()
    sender = Sender(lambda: bus, "Live updates")
    for number in range(2000):
        sender.send(a_push("local", number))
    sender.finish()
    assert len(bus.carried) == 2000
    assert bus.closed
    stuck = Bus()
    stuck.released.clear()
    sender = Sender(lambda: stuck, "Live updates")
    sender.send(a_push("local"))
    began = time.monotonic()
    sender.finish()
    assert time.monotonic() - began < 5
    stuck.released.set()


def eventually(happens):
    end = time.monotonic() + _PATIENCE_SECONDS
    while not happens():
        assert time.monotonic() < end, "it never happens"
        time.sleep(0.005)
