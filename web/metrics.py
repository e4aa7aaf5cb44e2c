"""/metrics: figures for Prometheus, for those who may; for anybody else there is no such page."""

import hmac
from collections.abc import Callable, Iterable
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from common.watching import scraping
from jobs.queries import queues

_PATH = "/metrics"


class Metrics:
    """Whoever may not see them goes on as with any unknown address, and gets the same answer as there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == _PATH and request.method == "GET" and _may_see(request):
            figures = scraping.answer(_of_jobs())
            return HttpResponse(
                figures, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
            )
        return self.get_response(request)


def _may_see(request: HttpRequest) -> bool:
    return _shows_token(request) or _is_neighbour(request)


def _shows_token(request: HttpRequest) -> bool:
    """Compared by checksums, which takes as long for any wrong token."""
    kind, _, shown = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    is_right = hmac.compare_digest(_checksum(shown.strip()), _checksum(settings.METRICS_TOKEN))
    return bool(settings.METRICS_TOKEN) and kind.lower() == "bearer" and is_right


def _is_neighbour(request: HttpRequest) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket file has no address
        return False
    return any(address in ip_network(network) for network in settings.METRICS_ADDRESSES)


def _checksum(text: str) -> bytes:
    return sha256(text.encode(errors="surrogateescape")).digest()


def _of_jobs() -> Iterable[Metric]:
    """What waits, runs and failed; nothing while the database is away, which shows in the requests."""
    counts = GaugeMetricFamily("twitter_jobs", "Jobs by queue and state.", labels=["queue", "state"])
    oldest = GaugeMetricFamily(
        "twitter_jobs_oldest_seconds", "How long the oldest has been due.", labels=["queue"]
    )
    try:
        for queue in queues():
            for state in ("due", "later", "running", "failed"):
                counts.add_metric([queue.name, state], getattr(queue, state))
            oldest.add_metric([queue.name], queue.oldest_seconds)
    except DatabaseTrouble:
        return []
    return [counts, oldest]
