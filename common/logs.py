"""The log: one line for each thing, as JSON for machines or as text for people, without secrets.

The house logs by Python's own `logging`; structlog draws the lines. What is known about the work in hand, the
request and the job, stands on every line.
"""

import contextlib
import logging
import re
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from django.urls import Resolver404, resolve
from structlog.typing import EventDict, Processor

from common.watching.tally import current

_OUTAGES = {503, 507}
# What follows is a secret wherever it stands: in an address, a header, a form or a connection's address.
_SECRETS = re.compile(
    r"(?i)((?:^|[?&;\s'\"{,(])['\"]?(?:access_token|refresh_token|client_secret|code_verifier|code|token|state|key|"
    r"password\d?|secret|csrfmiddlewaretoken|sessionid|otp)['\"]?\s*[=:]\s*['\"]?|\bbearer\s+|://[^/\s:@]*:(?=[^\s/@]+@))"
    r"[^\s&'\"@,;)}]+"
)


class OneLine(logging.Filter):
    """Refused requests are one line each, without a traceback: anyone can send them by the thousand.

    That is django.security and the 4xx of django.request; so are those that a database away or full leaves
    without an answer. Failures of our own keep their traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if _is_refusal(record):
            record.msg, record.args = " ".join(record.getMessage().split()), ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


class Discreet(logging.Filter):
    """Instead of an address stands its pattern, and instead of a secret three dots."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path and path in said:
            said = said.replace(path, _pattern_of(request))
        record.msg, record.args = without_secrets(said), ()
        return True


def without_secrets(text: str) -> str:
    """The text with three dots in the place of passwords, tokens, codes and keys."""
    return _SECRETS.sub(r"\1…", text) if "=" in text or ":" in text or "earer" in text else text


def formatter(*, as_json: bool, colours: bool) -> structlog.stdlib.ProcessorFormatter:
    """What logging asks to draw a line."""
    draw: list[Processor] = [_in_order, structlog.processors.JSONRenderer(serializer=_json)]
    if not as_json:
        draw = [structlog.dev.ConsoleRenderer(colors=colours, pad_event_to=0, pad_level=False)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_facts,
            structlog.processors.format_exc_info,
            _scrub_exception,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *draw],
    )


def _add_facts(logger: object, name: str, event: EventDict) -> EventDict:
    """What whoever logs gave as `extra={"facts": …}`, and whose work it was."""
    record: logging.LogRecord = event["_record"]
    event.update(getattr(record, "facts", {}))
    tally = current()
    if tally is not None:
        event["request_id"] = tally.request_id
        if tally.job_id is not None:
            event["job"] = tally.job_id
    elif request_id := getattr(getattr(record, "request", None), "request_id", ""):
        event["request_id"] = request_id
    return event


def _scrub_exception(logger: object, name: str, event: EventDict) -> EventDict:
    if "exception" in event:
        event["exception"] = without_secrets(event["exception"])
    return event


def _in_order(logger: object, name: str, event: EventDict) -> EventDict:
    first = {"time": event.pop("timestamp"), "level": event.pop("level"), "logger": event.pop("logger")}
    return {**first, "message": event.pop("event"), **event}


def _json(event: Any, default: Callable[[Any], Any] | None = None, **options: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def _is_refusal(record: logging.LogRecord) -> bool:
    if record.name == "django.request":
        status = getattr(record, "status_code", 500)
        return 400 <= status < 500 or status in _OUTAGES
    return record.name.startswith("django.security")


def _pattern_of(request: Any) -> str:
    """The pattern of its address, whose values may be keys; an unknown address as it is."""
    match = getattr(request, "resolver_match", None)
    with contextlib.suppress(Resolver404):
        return "/" + str((match or resolve(request.path_info)).route)
    return str(request.path)
