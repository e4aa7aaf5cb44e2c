"""What was committed is promised, what was not never happened, and nobody stops his neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from events import bus
from events.bus import Gate, Plan, publish
from events.catalogue import Event
from jobs.actions import claim_job, release_abandoned, run_again
from jobs.engines.embedded import run_pending
from jobs.models import Job
from jobs.queries import failed_tasks
from jobs.registry import UnknownTask

pytestmark = pytest.mark.django_db
seen = []


@dataclass(frozen=True, slots=True)
class Happened(Event):
    number: int
    names: list[str]


@dataclass(frozen=True, slots=True)
class Paused(Event):
    pause_seconds: float


@dataclass(frozen=True, slots=True)
class Unplanned(Event):
    number: int


EVENT = Happened(2**62 + 1, ["a", "ü\u2028"])


def see_now(event: Happened) -> None:
    seen.append(("now", event))


def see_later(event: Happened) -> None:
    seen.append(("later", event, transaction.get_connection().in_atomic_block))


@bus.queue("media")
@bus.outside_transaction
def see_in_media(event: Happened) -> None:
    seen.append(("media", event, transaction.get_connection().in_atomic_block))


def break_down(event: Happened) -> None:
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def _our_plans() -> Iterator[None]:
    seen.clear()
    plans = dict(bus._plans)
    bus.connect({Happened: Plan(now=[break_down, see_now], later=[see_later, see_in_media])})
    yield
    bus.connect(plans)


def test_outside_a_transaction_nothing_can_be_announced(transactional_db):
    with pytest.raises(RuntimeError, match=r"publish\(Happened\) needs a transaction"):
        publish(EVENT)
    assert not Job.objects.exists()


def test_an_event_without_a_plan_is_refused():
    with pytest.raises(LookupError, match="Unplanned has no plan"):
        publish(Unplanned(1))


def test_later_means_one_job_for_each_reaction_in_the_same_transaction():
    publish(EVENT)
    jobs = {job.task.rpartition(".")[2]: job for job in Job.objects.all()}
    assert set(jobs) == {"see_later", "see_in_media"}
    assert jobs["see_later"].queue == "default"
    assert jobs["see_in_media"].queue == "media"
    assert seen == []


def test_a_rollback_takes_the_promise_back(transactional_db):
    with transaction.atomic():
        publish(EVENT)
        transaction.set_rollback(True)
    assert seen == []
    assert not Job.objects.exists()


def test_now_follows_the_commit_and_a_broken_reaction_stops_nobody(transactional_db, caplog):
    with transaction.atomic():
        publish(EVENT)
        assert seen == []
    assert seen == [("now", EVENT)]
    assert "break_down failed after Happened" in caplog.text
    assert Job.objects.count() == 2


def test_the_worker_gives_each_reaction_the_event_again(transactional_db):
    with transaction.atomic():
        publish(EVENT)
    seen.clear()
    assert run_pending() == 2
    assert sorted(seen, key=str) == [("later", EVENT, True), ("media", EVENT, False)]
    assert not Job.objects.exists()


def test_only_connected_reactions_can_be_called():
    for reaction, kind in [("os.system", "Happened"), (f"{__name__}.see_now", "Happened")]:
        with pytest.raises(UnknownTask):
            bus.react(reaction, kind, {"number": 1, "names": []})
    with pytest.raises(UnknownTask):
        bus.react(f"{__name__}.see_later", "NoSuchEvent", {})
    assert seen == []


def test_someone_can_listen():
    heard = []
    with bus.heard_by(heard.append):
        publish(EVENT)
    publish(EVENT)
    assert heard == [EVENT]


def test_others_are_told_after_the_pause_the_event_asks_for():
    bus.connect({Paused: Plan(later=[see_later], delivered=[see_in_media])})
    with transaction.atomic():
        publish(Paused(5))
        publish(Paused(0))
    waits = {
        (job.task.rsplit(".")[-1], round((job.run_at - job.created_at).total_seconds()))
        for job in Job.objects.all()
    }
    assert waits == {("see_later", 0), ("see_in_media", 5), ("see_in_media", 0)}
    run_pending()
    assert [one[1] for one in seen if one[0] == "media"] == [Paused(0)]


# --- The gate ---------------------------------------------------------------------------------------


manned = True


def keep(event: Happened) -> None:
    seen.append(("keeper", event, transaction.get_connection().in_atomic_block))


def is_manned() -> bool:
    return manned


@pytest.fixture
def gated(monkeypatch) -> None:
    monkeypatch.setitem(globals(), "manned", True)
    gate = Gate(keep, is_manned, "Nobody was asked.")
    plan = Plan(later=[see_later], delivered=[see_in_media], gate=gate)
    bus.connect({Happened: plan, Paused: Plan(delivered=[see_later], gate=gate)})


def waiting() -> list[str]:
    return [job.task.rpartition(".")[2] for job in Job.objects.order_by("id")]


@pytest.mark.usefixtures("gated")
def test_nobody_is_told_before_the_keeper_is_done(transactional_db):
    with transaction.atomic():
        publish(EVENT)
    assert waiting() == ["keep", "see_later"]
    assert run_pending() == 3
    assert [name for name, *_ in seen] == ["keeper", "later", "media"]
    assert seen[0] == ("keeper", EVENT, True)
    assert not Job.objects.exists()


@pytest.mark.usefixtures("gated")
def test_an_open_gate_costs_no_job(monkeypatch, django_assert_num_queries):
    monkeypatch.setitem(globals(), "manned", False)
    with django_assert_num_queries(1):  # the promises
        publish(EVENT)
    assert waiting() == ["see_later", "see_in_media"]


@pytest.mark.usefixtures("gated")
def test_a_keeper_that_fails_keeps_nobody_from_being_told(monkeypatch, caplog, transactional_db):
    monkeypatch.setitem(bus._later, f"{__name__}.keep", break_down)
    with transaction.atomic():
        publish(EVENT)
    run_pending()
    assert [name for name, *_ in seen] == ["later", "media"]
    assert "keep failed after Happened" in caplog.text


@pytest.mark.usefixtures("gated")
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_gate_stays_shut_while_the_database_is_in_trouble(error, monkeypatch, caplog, transactional_db):
    def stumble(event: Happened) -> None:
        raise error("deadlock detected")

    monkeypatch.setitem(bus._later, f"{__name__}.keep", stumble)
    with transaction.atomic():
        publish(EVENT)
    with pytest.raises(error):
        run_pending()
    assert waiting() == ["keep"]
    assert [name for name, *_ in seen] == ["later"]
    monkeypatch.undo()
    Job.objects.update(run_at=timezone.now())
    run_pending()
    assert [name for name, *_ in seen] == ["later", "keeper", "media"]


@pytest.mark.usefixtures("gated")
def test_the_last_attempt_opens_the_gate(monkeypatch, caplog, settings, transactional_db):
    def stumble(event: Happened) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setitem(bus._later, f"{__name__}.keep", stumble)
    with transaction.atomic():
        publish(EVENT)
    Job.objects.update(attempts=settings.JOB_MAX_ATTEMPTS - 1)
    with pytest.raises(OperationalError):
        run_pending()
    assert [name for name, *_ in seen] == ["later", "media"]
    dead = Job.objects.get()
    assert (dead.state, "deadlock detected" in dead.last_error) == ("dead", True)


@pytest.mark.usefixtures("gated")
def test_a_worker_that_dies_each_time_keeps_nobody_from_being_told(settings, transactional_db):
    with transaction.atomic():
        publish(EVENT)
    keeper = Job.objects.filter(task__endswith="keep")
    keeper.update(attempts=settings.JOB_MAX_ATTEMPTS - 1)
    assert claim_job("a worker").task.endswith("keep")
    assert release_abandoned(["a worker"]) == 1
    assert keeper.get().state == Job.State.DEAD
    assert release_abandoned(["a worker"]) == 0
    run_pending()
    assert [name for name, *_ in seen] == ["later", "media"]
    run_again(keeper)
    run_pending()
    assert [name for name, *_ in seen] == ["later", "media", "keeper", "media"]
    assert not Job.objects.exists()


@pytest.mark.usefixtures("gated")
def test_staff_read_what_a_gate_that_opened_by_itself_means():
    publish(EVENT)
    Job.objects.update(state=Job.State.DEAD)
    told = {failed.task.rpartition(".")[2]: failed.meaning for failed in failed_tasks()}
    assert told == {"keep": "Nobody was asked.", "see_later": ""}


@pytest.mark.usefixtures("gated")
def test_a_job_of_other_code_that_is_put_aside_stops_no_worker(settings, transactional_db, caplog):
    """What should go on without it cannot: its arguments are not ours."""
    task, attempts = f"{__name__}.keep", settings.JOB_MAX_ATTEMPTS - 1
    for args in (["NoSuchEvent", {}, "2026-01-01"], ["Happened"], ["Happened", {"odd": 1}, "never"]):
        Job.objects.create(task=task, args=args, attempts=attempts)
    while claim_job("a worker"):
        pass
    assert release_abandoned(["a worker"]) == 3
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DEAD}
    assert "what should go on without it failed" in caplog.text


@pytest.mark.usefixtures("gated")
def test_what_is_to_wait_waits_behind_the_gate_too():
    due = timezone.now() + timedelta(hours=1)
    publish(Paused(pause_seconds=3600))
    run_pending()
    job = Job.objects.get()
    assert job.task.endswith("see_later")
    assert abs(job.run_at - due) < timedelta(minutes=1)
