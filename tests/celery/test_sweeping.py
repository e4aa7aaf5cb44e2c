"""Who has no message gets one: what has become due, what was lost; and a long line gets none twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import actions, clock, messages, sweeping
from jobs.models import Clock, Job
from jobs.sweeping import Sweeper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]
LONG_AGO = timedelta(minutes=10)


@pytest.fixture
def sweep(monkeypatch):
    """One look of somebody whose turn it is."""
    sweeper = Sweeper()

    def look() -> Sweeper:
        Clock.objects.all().delete()
        sweeper._next_look = 0.0
        sweeper.look()
        return sweeper

    yield look
    sweeper.close()


def wait(*, sent: timedelta | None = None, due: timedelta = timedelta(), queue: str = "default") -> Job:
    now = timezone.now()
    return Job.objects.create(task="x", queue=queue, run_at=now - due, sent_at=sent and now - sent)


def waiting_at_broker(queue: str = "default") -> int:
    broker = messages.Broker()
    try:
        return broker.length(queue)
    finally:
        broker.close()


@pytest.mark.parametrize("broker", ["redis", "rabbit"], indirect=True)
def test_what_has_become_due_is_sent_once(sweep):
    job = wait(queue="fanout")
    wait(due=-timedelta(minutes=1), queue="fanout")
    sweep()
    sweep()
    assert waiting_at_broker("fanout") == 1
    job.refresh_from_db()
    assert timezone.now() - job.sent_at < timedelta(minutes=1)


def test_what_was_lost_is_sent_again(sweep):
    wait(due=LONG_AGO, sent=LONG_AGO)
    sweep()
    assert waiting_at_broker() == 1


def test_what_was_forgotten_long_ago_is_found(sweep):
    wait(due=LONG_AGO)
    sweep()
    assert waiting_at_broker() == 1


def test_what_was_just_sent_is_not_lost_yet(sweep):
    wait(sent=timedelta(seconds=1))
    sweep()
    assert waiting_at_broker() == 0


def test_a_long_line_is_not_sent_again(sweep):
    jobs = [wait(due=LONG_AGO, sent=LONG_AGO) for _ in range(5)]
    broker = messages.Broker()
    broker.carry([(job.pk, job.queue) for job in jobs[:3]])
    broker.close()
    sweep()
    assert waiting_at_broker() == 5  # as many as are missing
    sweep()
    sweep()
    assert waiting_at_broker() == 5


def test_whatever_is_running_put_aside_or_done_elsewhere_is_left_alone(sweep):
    Job.objects.create(task="x", state="running", held_by="somebody")
    Job.objects.create(task="x", state="dead")
    Job.objects.create(task="x", queue="outside")
    sweep()
    assert [waiting_at_broker(queue) for queue in ("default", "fanout", "deliver", "media")] == [0] * 4


def test_many_are_sent_in_parts(sweep, monkeypatch):
    monkeypatch.setattr(sweeping, "_AT_ONCE", 3)
    for _ in range(10):
        wait()
    sweep()
    assert waiting_at_broker() == 10


def test_only_one_looks_at_a_time():
    assert clock.take_turn("a", 30)
    assert not clock.take_turn("a", 30)
    assert clock.take_turn("b", 30)
    Clock.objects.filter(name="a").update(next_at=timezone.now() - timedelta(seconds=1))
    assert clock.take_turn("a", 30)


def test_a_clock_that_was_set_back_stops_nobody():
    Clock.objects.create(name="a", next_at=timezone.now() + timedelta(days=1))
    assert clock.take_turn("a", 30)


def test_while_the_broker_is_away_nothing_is_marked_as_sent(sweep, broker, caplog):
    job = wait()
    broker.stop()
    assert sweep().is_cut_off
    assert sweep().is_cut_off
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    job.refresh_from_db()
    assert job.sent_at is None
    broker.start()
    assert not sweep().is_cut_off
    assert waiting_at_broker() == 1


def test_a_job_that_comes_back_gets_a_message_again():
    job = wait(sent=timedelta(seconds=1))
    taken = actions.claim_this_job("w", job.pk)
    assert actions.claim_this_job("v", job.pk) is None
    actions.give_back("w")
    job.refresh_from_db()
    assert (taken.pk, job.sent_at, job.attempts) == (job.pk, None, 0)


def test_a_message_that_comes_too_early_changes_nothing():
    job = wait(due=-timedelta(seconds=30))
    assert actions.claim_this_job("w", job.pk) is None
    assert actions.claim_this_job("w", 123456) is None
