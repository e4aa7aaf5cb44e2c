"""Every chore of the clock: a dry run tells how much would go and changes nothing, a turn takes just that."""

from datetime import timedelta
from inspect import signature
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone
from django_tasks.base import Task

from accounts import mails
from accounts.actions import FORGOTTEN
from accounts.actions.origins import JOBS_WITH_ADDRESSES
from accounts.models import User
from jobs import clock, housekeeping, registry
from jobs.engines.embedded import run_pending
from jobs.housekeeping import chores, do, look, runs
from jobs.models import Job
from server.models import Probe
from tests.factories import PASSWORD, make_tweet, make_user
from tests.outdated import OLD, probes
from tweets.models import Tweet
from tweets.queries import recount

pytestmark = pytest.mark.django_db


def test_every_chore_is_tried():
    assert [chore.name for chore in chores()] == list(OLD)


@pytest.mark.parametrize("name", list(OLD))
def test_a_dry_run_tells_what_a_turn_takes(name, monkeypatch, django_capture_on_commit_callbacks):
    make_old, due = OLD[name]
    count = make_old(monkeypatch)
    before = count()
    assert due < before, "something has to stay"

    assert look(name) == due
    assert count() == before
    assert runs()[name].would_go == due
    assert runs()[name].done_at is None

    with django_capture_on_commit_callbacks(execute=True):
        assert do(name) == due
    assert count() == before - due
    assert runs()[name].went == due
    assert do(name) == 0
    assert look(name) == 0


def test_a_session_outlives_its_address(client, alice):
    client.post("/login/", {"login": "alice", "password": PASSWORD}, REMOTE_ADDR="192.0.2.77")
    assert "192.0.2.77" in client.get("/settings/sessions/").content.decode()
    old = timezone.now() - timedelta(days=settings.IP_ADDRESSES_KEPT_DAYS + 1)
    UserSession.objects.update(created_at=old)
    assert do("ip-addresses") == 1
    page = client.get("/settings/sessions/")
    assert page.status_code == 200
    assert "This device" in page.content.decode()
    assert "192.0.2.77" not in page.content.decode()
    assert FORGOTTEN not in page.content.decode()


def test_no_other_table_keeps_addresses():
    """Whoever adds a column for one finds here what has to forget it."""
    names = {"ip", "ip_address", "remote_addr", "client_address"}
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.GenericIPAddressField) or field.name in names
    }
    assert columns == {"usersessions.UserSession.ip"}


def test_every_mail_that_tells_an_address_is_known():
    """By the names of what is handed to the job."""
    tasks = [task for task in vars(mails).values() if isinstance(task, Task)]
    told = {
        task.module_path: list(signature(task.func).parameters).index("browser") - 1
        for task in tasks
        if "browser" in signature(task.func).parameters  # both stand beside each other
    }
    assert told == JOBS_WITH_ADDRESSES


def test_counting_goes_on_where_the_last_turn_stopped(monkeypatch):
    alice = make_user("alice")
    for _ in range(3):
        make_tweet(alice)
    Tweet.objects.update(likes_count=5)
    User.objects.update(tweets_count=0)
    monkeypatch.setattr(recount, "BATCH", 1)
    monkeypatch.setattr(settings, "RECOUNT_SECONDS", -1)  # one stretch each time
    found = []
    for _ in range(20):
        assert look("counters") == look("counters"), "a look does not move on"
        found.append(do("counters"))
        if not housekeeping.place_of("counters"):
            break
    assert sum(found) == 4
    assert max(found) == 1
    assert not [*recount.wrong_people(), *recount.wrong_tweets()]


def test_the_clock_calls_and_notes():
    clock.tick()
    for chore in chores():
        assert registry.find(chore.turn.name).outside_transaction, "in short transactions of its own"
        assert Job.objects.filter(task=chore.turn.name, queue="chores").count() == 1
    Job.objects.exclude(task="jobs.periodic.forget_failed").delete()
    run_pending()
    assert list(runs()) == ["jobs"]
    assert runs()["jobs"].done_at is not None


def test_one_job_for_each_chore_that_is_counted():
    assert housekeeping.look_at_all_later() == len(chores())
    assert housekeeping.is_looking()
    assert housekeeping.look_at_all_later() == 0
    Job.objects.filter(task=housekeeping.look_later.module_path).update(state=Job.State.DEAD)
    assert not housekeeping.is_looking()
    assert housekeeping.look_at_all_later() == len(chores())
    run_pending()
    assert not housekeeping.is_looking()
    assert all(run.looked_at and not run.done_at for run in runs().values())
    assert len(runs()) == len(chores())


def command(*options: str) -> str:
    out = StringIO()
    call_command("housekeeping", *options, stdout=out)
    return out.getvalue()


def test_the_command_prints_a_table(monkeypatch):
    probes(monkeypatch)
    table = command("--dry-run").splitlines()
    assert table[0].split() == ["NAME", "WHAT", "WOULD", "GO", "LAST", "TIME"]
    assert [line.split()[0] for line in table[1:-1]] == list(OLD)
    assert "1 in all, nothing was changed." in table[-1]
    assert Probe.objects.count() == 2
    table = command("--only", "probes", "--only", "codes").splitlines()
    assert [line.split()[0] for line in table[1:-1]] == ["probes", "codes"]
    assert table[-1] == "1 in all."
    assert Probe.objects.count() == 1
    assert "UTC: 1" in command("--dry-run", "--only", "probes")


def test_the_command_knows_its_chores():
    with pytest.raises(CommandError, match=r"no chore “dust”.*uploads, sessions"):
        command("--only", "dust")


def test_the_cache_may_be_elsewhere():
    """Nothing fails where the table is empty because Redis or memory keep it."""
    caches["default"].set("a", 1)
    assert do("cache") == 0
