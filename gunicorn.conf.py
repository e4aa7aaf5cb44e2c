"""Settings of `gunicorn twitter_clone.wsgi` and bin/web: threads for pages; jobs are done by bin/worker."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from twitter_clone import local
from twitter_clone.settings import logs

try:
    local.read_env_file()
except local.CannotStart as error:
    sys.exit(str(error))
port = os.environ.get("PORT") or "8000"
host = os.environ.get("HOST") or "0.0.0.0"  # noqa: S104  (hosts that run containers ask from outside of them)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
threads = int(os.environ.get("WEB_THREADS") or "8")
worker_class = "gthread"
timeout = 60  # seconds without a sign of life, then a worker is replaced
graceful_timeout = 25
keepalive = 20
max_requests = 50_000  # a fresh process now and then keeps memory flat
max_requests_jitter = 5_000
limit_request_line = 8190
limit_request_fields = 100
control_socket_disable = True  # it would write into the home directory
if Path("/dev/shm").is_dir():  # noqa: S108  (a heartbeat on disk can block)
    worker_tmp_dir = "/dev/shm"  # noqa: S108


try:
    # What gunicorn itself has to say is drawn as the rest of the log; a line for each request is the site's.
    logconfig_dict = logs.logging_settings()
except ImproperlyConfigured as error:
    sys.exit(str(error))


def on_starting(server: Any) -> None:
    """A wrong configuration is one sentence here, instead of workers that die one after the other."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twitter_clone.settings.base")
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as error:
        sys.exit(str(error))
