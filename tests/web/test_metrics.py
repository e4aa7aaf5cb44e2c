"""Figures for Prometheus: for whoever has the token or stands on a named network, and nobody else."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from common.realtime.hub import Hub
from common.watching import meters
from common.watching.requests import Watched
from jobs.engines.embedded import run_pending
from tests.jobs import effects
from tests.jobs.effects import write
from tests.pace import standard_seconds

pytestmark = pytest.mark.django_db
TOKEN = "a token that nobody guesses"


@pytest.fixture
def with_token(settings):
    settings.METRICS_ON, settings.METRICS_TOKEN = True, TOKEN


@pytest.fixture
def figures(with_token):
    """What stands behind each figure at this moment."""

    def ask() -> dict[str, float]:
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        assert answer.headers["Cache-Control"] == "no-store"
        lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}

    return ask


def test_requests_are_counted_by_what_was_asked_and_how_it_ended(figures, client):
    name = 'twitter_requests_total{status="2xx",view="local"}'
    before = figures().get(name, 0)
    client.get("/local/")
    client.get("/local/")
    client.get("/no-such-page-as-this/")
    after = figures()

    assert after[name] == before + 2
    assert after['twitter_request_seconds_count{view="local"}'] >= 2
    assert after['twitter_request_seconds_sum{view="local"}'] > 0
    assert after['twitter_queries_total{view="local"}'] >= 2
    assert after['twitter_query_seconds_total{view="local"}'] > 0
    assert after['twitter_requests_total{status="4xx",view="unknown"}'] >= 1
    assert not any("no-such-page" in name for name in after)


@pytest.mark.parametrize(
    ("started_by", "role"),
    [
        ("bin/gunicorn twitter_clone.wsgi", "web"),
        ("twitter_clone/serve.py --demo", "web"),
        ("twitter_clone/stream.py", "stream"),
        ("manage.py run_worker --queue media", "worker"),
        ("manage.py migrate", "migrate"),
    ],
)
def test_each_process_has_the_name_of_its_role(monkeypatch, started_by, role):
    monkeypatch.setattr("sys.argv", started_by.split())
    assert meters._role() == role


def test_jobs_are_counted_by_queue(figures):
    now = timezone.now()
    write("note", 1, run_at=now - timedelta(seconds=75), queue="media")
    write("note", 2, run_at=now + timedelta(hours=1), queue="media")
    write("note", 3, state="dead", queue="media")

    found = figures()

    states = {
        state: found[f'twitter_jobs{{queue="media",state="{state}"}}']
        for state in ("due", "later", "running", "failed")
    }
    assert states == {"due": 1, "later": 1, "running": 0, "failed": 1}
    assert 75 <= found['twitter_jobs_oldest_seconds{queue="media"}'] < 100
    assert found['twitter_jobs_oldest_seconds{queue="default"}'] == 0


def test_what_workers_did_is_counted(figures):
    effects.register()
    name = 'twitter_jobs_tried_total{outcome="done",queue="default"}'
    before = figures().get(name, 0)
    with effects.effects_table():
        write("note", 1)
        run_pending()
        write("note_then_fail", 2)
        with pytest.raises(ValueError, match="secret"):
            run_pending()
    found = figures()

    assert found[name] == before + 1
    assert found['twitter_jobs_tried_total{outcome="failed",queue="default"}'] >= 1
    assert found['twitter_job_seconds_count{queue="default"}'] >= 2


def test_open_connections_are_counted(figures):
    class Door:
        def draw(self, stream, pushes, publics):
            return {}

    name = 'twitter_live_connections{door="tests"}'
    before = figures().get(name, 0)
    hub = Hub(threads=1)
    hub._note = lambda is_well: None
    hub._well_since = 0.0
    open_ones = [hub.subscribe(Door(), "all", ["local"], most=5) for _ in range(3)]

    assert figures()[name] == before + 3
    open_ones[0].end()
    open_ones[0].end()
    assert figures()[name] == before + 2
    hub.stop()
    assert figures()[name] == before


def test_the_process_tells_of_itself(figures, client):
    client.get("/local/")
    found = figures()

    for figure in ("process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"):
        assert any(re.match(rf"{figure}{{.*role=", name) and value > 0 for name, value in found.items())


@pytest.mark.parametrize(
    ("headers", "address", "networks", "token", "sees"),
    [
        ({}, "127.0.0.1", [], "", False),
        ({"Authorization": "Bearer "}, "127.0.0.1", [], "", False),
        ({"Authorization": f"Bearer {TOKEN}"}, "127.0.0.1", [], TOKEN, True),
        ({"Authorization": f"bearer {TOKEN}"}, "203.0.113.9", [], TOKEN, True),
        ({"Authorization": f"Bearer {TOKEN}x"}, "127.0.0.1", [], TOKEN, False),
        ({"Authorization": f"Basic {TOKEN}"}, "127.0.0.1", [], TOKEN, False),
        ({"Authorization": "Bearer \udce9"}, "127.0.0.1", [], TOKEN, False),
        ({}, "10.1.2.3", ["10.0.0.0/8"], "", True),
        ({}, "11.1.2.3", ["10.0.0.0/8"], "", False),
        ({"X-Forwarded-For": "10.1.2.3"}, "203.0.113.9", ["10.0.0.0/8"], "", False),
        ({}, "fd00::5", ["10.0.0.0/8", "fd00::/8"], "", True),
        ({}, "", ["10.0.0.0/8"], "", False),
    ],
)
def test_who_sees_them(settings, headers, address, networks, token, sees):
    settings.METRICS_ON, settings.METRICS_TOKEN = True, token
    settings.METRICS_ADDRESSES = networks

    answer = Client().get("/metrics", headers=headers, REMOTE_ADDR=address)

    assert answer.status_code == (200 if sees else 404)


def test_for_anybody_else_there_is_no_such_page(client, with_token):
    unknown = client.get("/metrisc")
    refused = client.get("/metrics", headers={"Authorization": "Bearer wrong"})

    assert refused.status_code == unknown.status_code == 404
    assert refused.content.replace(b"/metrics", b"/metrisc") == unknown.content
    differing = {"X-Request-Id"}
    assert {name: value for name, value in refused.headers.items() if name not in differing} == {
        name: value for name, value in unknown.headers.items() if name not in differing
    }
    for method in (client.post, client.put, client.delete, client.head):
        assert method("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code in {403, 404}


def test_measuring_costs_a_request_almost_nothing(with_token, settings):
    """Less than 0.05 ms of CPU: the whole of being watched, beside the line in the log."""
    settings.LOG_REQUESTS = False
    request = RequestFactory().get("/local/")
    watched, bare = Watched(lambda request: HttpResponse("")), lambda request: HttpResponse("")

    def cpu(ask, times=2000):
        return standard_seconds(lambda: [ask(request) for _ in range(times)]) / times

    assert cpu(watched) - cpu(bare) < 0.000_05
