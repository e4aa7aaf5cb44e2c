"""What is said about the work: the log, the figures for Prometheus, what is slow."""

import os
import sys
from pathlib import Path
from socket import gethostname
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from twitter_clone import env
from twitter_clone.settings import guards

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_FORMATS = ("json", "text")
_TOKEN_LENGTH = 16  # characters at least
# Libraries that would tell what goes over the line, tokens and passwords with it.
_TALKATIVE = (
    "oauthlib",
    "fido2",
    "httpx",
    "httpcore",
    "urllib3",
    "botocore",
    "boto3",
    "s3transfer",
    "allauth",
    "redis",
)
# Libraries that tell of every attempt while a service is away, as of an error of ours.
_PERSISTENT = {
    "opentelemetry": "ERROR",  # then it tells only when it gives up
    "channels_redis": "CRITICAL",  # with a traceback each second; the hub says once that nothing arrives
}


def level() -> str:
    """LOG_LEVEL in capitals. Raises ImproperlyConfigured when there is no such level."""
    found = env.text("LOG_LEVEL", "INFO").upper()
    if found not in _LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL is “{found}”; write DEBUG, INFO, WARNING or ERROR.")
    return found


def are_read_by_people() -> bool:
    """Whether somebody sits before this server: it is a trial on this very machine, or being worked on."""
    return env.flag("DEBUG") or guards.is_local(guards.site(guards.site_url()))


def logging_settings() -> dict[str, Any]:
    """Django's LOGGING, which gunicorn takes too. Raises ImproperlyConfigured on a wrong variable."""
    chosen = env.text("LOG_FORMAT", "text" if are_read_by_people() else "json").lower()
    if chosen not in _FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is “{chosen}”; write json or text.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "common.logs.formatter",
                "as_json": chosen == "json",
                "colours": sys.stderr.isatty(),
            }
        },
        "filters": {"one-line": {"()": "common.logs.OneLine"}, "discreet": {"()": "common.logs.Discreet"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["one-line", "discreet"],
            }
        },
        "loggers": {
            **{name: {"level": "WARNING"} for name in _TALKATIVE},
            **{name: {"level": kept} for name, kept in _PERSISTENT.items()},
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
        },
        "root": {"handlers": ["console"], "level": level()},
    }


def metrics_token() -> str:
    """METRICS_TOKEN. Raises ImproperlyConfigured when it can be guessed."""
    token = env.text("METRICS_TOKEN")
    if token and len(token) < _TOKEN_LENGTH:
        raise ImproperlyConfigured(f"METRICS_TOKEN can be guessed; write {_TOKEN_LENGTH} or more characters.")
    return token


def metrics_dir(data_dir: Path) -> str:
    """The folder where processes of this machine count together; another machine has another."""
    folder = str(data_dir / "metrics" / gethostname())
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # prometheus_client looks for it when it is imported
    return folder
